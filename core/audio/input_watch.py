"""InputWatch: what is wrong with the sound of a microphone, said to a person."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.audio.base import Pcm
from core.audio.level import LevelMeter, Verdict

TroubleKind = Literal["silent", "clipping", "too_quiet", "hands_free"]

_LOOK_SECONDS = 15.0  # of sound, in which a person who is heard at all would have been heard
_MOMENT_SECONDS = 0.05
_SOFT_DB = -46.0  # the loudest moment of a voice that is too soft to be understood
_LIVELY_DB = 12.0  # between loud and quiet moments: it is a voice, and no hum
_WISHED_DB = -24.0  # where a voice's loud moments should be
_SPOKEN_MOMENTS = 20  # that somebody spoke, at least: the end of a word that was said before is not enough
_LOUDEST_MOMENTS = 4  # a short word has as many; a knock at the table has fewer
_GATED_SECONDS = 30.0  # of nothing at all, once sound was heard: many a headset gives zeros between words
_CLIPS = 3  # moments in a look: one may be a knock at the table


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and what to do about it."""

    kind: TroubleKind
    message: str
    hint: str


class InputWatch:
    """An ear on the microphone's own sound; each trouble is said once, and again only after it was over."""

    def __init__(self, sample_rate: int, *, hands_free: bool = False) -> None:
        self._rate = sample_rate
        self._meter = LevelMeter(sample_rate)
        self._hands_free = hands_free
        self._told: set[TroubleKind] = set()
        self._moments: deque[float] = deque(maxlen=round(_LOOK_SECONDS / _MOMENT_SECONDS))
        self._clips: deque[bool] = deque(maxlen=self._moments.maxlen)
        self._rest: Pcm = np.zeros(0, np.float32)
        self._zero_seconds = 0.0
        self._heard = False  # anything at all: the microphone works

    def push(self, pcm: Pcm) -> Trouble | None:
        """The microphone's next sound, as it came; a trouble when it is found."""
        dead = self._meter.push(pcm).verdict is Verdict.DEAD
        self._zero_seconds = 0.0 if pcm.any() else self._zero_seconds + len(pcm) / self._rate
        self._heard = self._heard or self._zero_seconds == 0
        self._rest = np.concatenate((self._rest, pcm))
        size = round(_MOMENT_SECONDS * self._rate)
        while len(self._rest) >= size:
            moment, self._rest = self._rest[:size], self._rest[size:]
            self._moments.append(10 * float(np.log10(np.mean(np.square(moment)) + 1e-10)))
            self._clips.append(int(np.count_nonzero(np.abs(moment) >= 0.999)) >= 3)
        return (
            self._tell(self._hands_free, _HANDS_FREE)
            or self._tell(self._zero_seconds >= _GATED_SECONDS if self._heard else dead, _SILENT)
            or self._tell(sum(self._clips) >= _CLIPS, _CLIPPING)
            or self._tell(self._soft(), self._too_quiet())
        )

    def _tell(self, holds: bool, trouble: Trouble) -> Trouble | None:
        if not holds:
            self._told.discard(trouble.kind)
            return None
        if trouble.kind in self._told:
            return None
        self._told.add(trouble.kind)
        return trouble

    def _soft(self) -> bool:
        if len(self._moments) < (self._moments.maxlen or 0):
            return False
        if self._loud() >= _SOFT_DB:
            return False
        quiet = float(np.percentile(self._moments, 30))
        return sum(moment > quiet + _LIVELY_DB for moment in self._moments) >= _SPOKEN_MOMENTS

    def _loud(self) -> float:
        """The loudness of a voice, if there was one: even one short word is enough."""
        return sorted(self._moments)[-_LOUDEST_MOMENTS:][0] if self._moments else _WISHED_DB

    def _too_quiet(self) -> Trouble:
        loud = self._loud()
        return Trouble(
            "too_quiet",
            "The microphone hears you very softly.",
            f"Come nearer, or raise its level by about {round(_WISHED_DB - loud)} dB in the sound settings.",
        )


_SILENT = Trouble(
    "silent",
    "The microphone gives nothing at all, not even noise.",
    "Most likely its use is not permitted, or it is switched off: check the system's privacy settings.",
)
_CLIPPING = Trouble(
    "clipping",
    "The microphone is too loud: the voice is cut off at its peaks.",
    "Lower its level in the sound settings by about 6 dB, or move away a little.",
)
_HANDS_FREE = Trouble(
    "hands_free",
    "The Bluetooth headset works in telephone quality while its microphone is open.",
    "Choose another microphone, and the headset plays in full quality again.",
)
