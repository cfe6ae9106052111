"""Floor: whose turn it is to speak while a reply sounds: quiet at the first sign, stopped at a firm one."""

from __future__ import annotations

import re
from collections import deque
from typing import Protocol

import numpy as np

from core.audio.base import AudioSink, Pcm
from core.audio.evidence import NearEnd

DUCK_SECONDS, STOP_SECONDS = 0.06, 0.13  # of evidence
DUCKED = 0.25  # of the loudness
GIVE_BACK_SECONDS = 0.3  # without evidence, and the reply is as loud as before
CONFIRM_SECONDS = 0.7  # of a voice: no cough, and longer than saying yes
LET_GO_SECONDS = 0.6  # of silence after less than that, and the reply goes on
LONGEST_WAIT_SECONDS = 1.3  # for a voice that the detector, too, takes for one
REMEMBERED_SECONDS = 3.0  # of a reply that was written, and may have to be said again
_LEAST_BACK_SECONDS, _MOST_BACK_SECONDS = 0.12, 0.6  # before the last that was heard, where a word may begin
_DIP_SECONDS = 0.02  # the quietest so long there is between two words, or two syllables

_NODS = re.compile(
    r"(haa?n|ha|m+|hm+|uh-?huh|mhm|avunu|sare|ok(ay)?|yes|yeah|right|ji|accha|హా|హాఁ|అవును|సరే|మ్|ఊ|ఊఁ|हाँ|हां|जी|अच्छा|हूँ)"
)


class Ears(Protocol):
    """What a talk asks the line about the sound it hears."""

    @property
    def near_end(self) -> NearEnd | None: ...

    @property
    def faithful(self) -> Pcm: ...


def is_nod(words: str) -> bool:
    """Whether these words only say: I am listening, go on."""
    said = [word for word in re.split(r"[\s.,!?।…]+", words.lower()) if word]
    return all(_NODS.fullmatch(word) for word in said)


class Spoken:
    """The sound of a reply on its way to the ear, kept so that it can go on where it was not heard."""

    def __init__(self, frame_seconds: float, sample_rate: int) -> None:
        self._kept: deque[tuple[int, Pcm]] = deque(maxlen=max(1, round(REMEMBERED_SECONDS / frame_seconds)))
        self._again: deque[Pcm] = deque()
        self._written = 0
        self._rate = sample_rate
        self.frame_seconds = frame_seconds

    def write(self, pcm: Pcm, sink: AudioSink, gain: float) -> None:
        self._kept.append((self._written, pcm))
        self._written += len(pcm)
        sink.write(pcm if gain == 1 else pcm * gain)

    def heard(self, sink: AudioSink) -> int:
        """How much of it was heard."""
        return self._written - sink.pending()

    def again_from(self, heard: int) -> None:
        """What was not heard is to be said again, from the beginning of the word that was cut."""
        place = self._word_before(heard)
        sounds = [pcm[max(0, place - at) :] for at, pcm in self._kept if at + len(pcm) > place]
        self._again.extendleft(reversed([pcm for pcm in sounds if len(pcm)]))
        whole = [(at, pcm[: max(0, place - at)]) for at, pcm in self._kept if at < place]
        self._kept.clear()
        self._kept.extend(whole)
        self._written = place

    def _word_before(self, heard: int) -> int:
        """The quietest place shortly before this one, as far back as is remembered."""
        most, least, size = (
            round(seconds * self._rate) for seconds in (_MOST_BACK_SECONDS, _LEAST_BACK_SECONDS, _DIP_SECONDS)
        )
        first = max(heard - most, self._kept[0][0]) if self._kept else heard
        sounds = [pcm[max(0, first - at) :] for at, pcm in self._kept if at + len(pcm) > first]
        count = min(sum(map(len, sounds)), heard - least - first) // size
        if count <= 0:
            return min(first, heard)
        power = np.square(np.concatenate(sounds)[: count * size]).reshape(count, size).mean(axis=1)
        return first + int(np.argmin(power)) * size

    def next_again(self) -> Pcm | None:
        """The next sound that is to be said again; None where there is no more."""
        return self._again.popleft() if self._again else None


class Floor:
    """A judgement of each frame heard while a reply sounds, and of what follows once it was stopped."""

    def __init__(self) -> None:
        self.quiet = False
        """Whether the reply is made quiet."""
        self.quiet_from: int | None = None
        """How much of the reply was heard when it was made quiet."""
        self._without = 0.0
        self._since_stop = 0.0
        self._voice = 0.0

    def judge(self, near: NearEnd, seconds: float) -> bool:
        """Whether the reply must stop now."""
        if near.seconds >= DUCK_SECONDS:
            self.quiet, self._without = True, 0.0
        else:
            self._without += seconds
            if self._without >= GIVE_BACK_SECONDS:
                self.quiet, self.quiet_from = False, None
        if near.seconds < STOP_SECONDS:
            return False
        self._since_stop, self._voice = 0.0, near.seconds
        return True

    def follow(self, speaking: bool, silence: float, seconds: float) -> bool | None:
        """After the stop: True once it is a turn, False once it was none; None while that is open."""
        self._since_stop += seconds
        if speaking and silence == 0:
            self._voice += seconds
        if self._voice >= CONFIRM_SECONDS:
            return True
        if speaking:
            return False if silence >= LET_GO_SECONDS else None
        return False if self._since_stop >= LONGEST_WAIT_SECONDS else None
