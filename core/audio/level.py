"""Level: how loud the sound is, and whether a microphone is set well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from core.audio.base import Pcm

QUIETEST_DB = -100.0
_CLIPPED = 0.999
_CLIPPED_RUN = 3  # so many samples at full scale in one sound are no chance
_HOLD_SECONDS = 1.5  # that a clip stays in sight
_DEAD_SECONDS = 2.0  # of exact zeros: no working microphone is that silent
_SPEECH_DB = -50.0  # a loudest second below this is no speech, or speech too quiet to understand
_JUDGE_SECONDS = 3.0


class Verdict(Enum):
    """What a person should know about the level."""

    GOOD = auto()
    TOO_QUIET = auto()
    CLIPPING = auto()
    DEAD = auto()  # exact zeros: most likely the system does not permit the use of the microphone


@dataclass(frozen=True, slots=True)
class Reading:
    """The level of the latest sound in dBFS, and what it means."""

    rms_db: float
    peak_db: float
    verdict: Verdict


class LevelMeter:
    """A meter on a stream of sound, with a memory long enough to judge it."""

    def __init__(self, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._since_clip = float("inf")
        self._zero_seconds = 0.0
        self._since_speech = 0.0
        self._latest = Reading(QUIETEST_DB, QUIETEST_DB, Verdict.GOOD)

    def push(self, pcm: Pcm) -> Reading:
        """Measure the next sound; without any, the latest reading stands."""
        if len(pcm) == 0:
            return self._latest
        seconds = len(pcm) / self._sample_rate
        loudness = np.abs(pcm)
        peak = float(loudness.max())
        rms_db = _decibel(float(np.sqrt(np.mean(np.square(pcm, dtype=np.float64)))))
        clipped = int(np.count_nonzero(loudness >= _CLIPPED)) >= _CLIPPED_RUN
        self._since_clip = 0.0 if clipped else self._since_clip + seconds
        self._zero_seconds = self._zero_seconds + seconds if peak == 0 else 0.0
        self._since_speech = 0.0 if rms_db > _SPEECH_DB else self._since_speech + seconds
        self._latest = Reading(rms_db, _decibel(peak), self._verdict())
        return self._latest

    def _verdict(self) -> Verdict:
        if self._zero_seconds >= _DEAD_SECONDS:
            return Verdict.DEAD
        if self._since_clip < _HOLD_SECONDS:
            return Verdict.CLIPPING
        return Verdict.TOO_QUIET if self._since_speech >= _JUDGE_SECONDS else Verdict.GOOD


def _decibel(amplitude: float) -> float:
    return max(QUIETEST_DB, 20 * float(np.log10(max(amplitude, 1e-9))))
