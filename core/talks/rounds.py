"""Rounds: a talk's frames on their way through the codec, one at a time or several at once.

Several at once cost less for each: where every frame has its own call, calls are most of the work.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from core.audio.base import Pcm
from core.codecs.base import Codes, Decoder, Encoder
from core.s2s.base import Spoken
from core.talks.base import TOGETHER

SPOKEN_SECONDS = 0.08
"""Of a reply that are made at once: less than waits in the speaker, or making them would tear it."""

_MOST_OF_LEAD = 0.85  # that a round may last: it is heard only when it is whole

HEARD_SECONDS = 0.04  # more would make the end of a turn wait


def together(step: int, round_seconds: float, frame_seconds: float) -> int:
    """Frames in a round of so many seconds, at this step of relief."""
    return max(1, int(round_seconds / frame_seconds + 1e-6)) if step >= TOGETHER else 1


class HeardRounds:
    """Frames that become codes."""

    def __init__(self, encoder: Encoder, frame_seconds: float) -> None:
        self._encoder = encoder
        self._frame_seconds = frame_seconds
        self._waiting: list[Pcm] = []
        self._size = 1

    def relieve(self, step: int) -> None:
        self._size = together(step, HEARD_SECONDS, self._frame_seconds)

    def push(self, pcm: Pcm) -> Codes | None:
        """The codes of this frame and of those that waited for it; None where it waits itself."""
        self._waiting.append(pcm)
        return self.flush() if len(self._waiting) >= self._size else None

    def flush(self) -> Codes | None:
        """The codes of what still waits."""
        if not self._waiting:
            return None
        waiting, self._waiting = self._waiting, []
        return self._encoder.push(np.concatenate(waiting) if len(waiting) > 1 else waiting[0])


class SpokenRounds:
    """Frames that become sound; the first one alone, for it is waited for."""

    def __init__(self, frames: Iterator[Spoken], decoder: Decoder, frame_seconds: float) -> None:
        self._frames = frames
        self._frame_seconds = frame_seconds
        self._decoder = decoder
        self._ready: deque[tuple[Spoken, Pcm]] = deque()
        self._begun = False
        self._size = 1

    def relieve(self, step: int) -> None:
        self._size = together(step, SPOKEN_SECONDS, self._frame_seconds)

    def next(self, codebooks: int | None, lead_seconds: float) -> tuple[Spoken, Pcm] | None:
        """The next frame and its sound, made while so much still waits to be heard; None at the end."""
        if not self._ready:
            most = int(_MOST_OF_LEAD * lead_seconds / self._frame_seconds)
            # where nothing waits any more there is a gap already: whole rounds win back the lead
            self._make(codebooks, most if most > 1 else self._size)
        return self._ready.popleft() if self._ready else None

    def _make(self, codebooks: int | None, most: int) -> None:
        made: list[Spoken] = []
        size = min(self._size, most) if self._begun else 1
        while len(made) < size and (spoken := next(self._frames, None)):
            made.append(spoken)
        if not made:
            return
        self._begun = True
        codes = np.concatenate([spoken.codes for spoken in made], axis=1) if len(made) > 1 else made[0].codes
        sound = self._decoder.push(codes[:codebooks])
        self._ready.extend(zip(made, np.split(sound, len(made)), strict=True))
