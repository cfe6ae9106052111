"""Share: how much of a frame's time a talk may still work."""

from __future__ import annotations

import time
from collections.abc import Callable

_OF_A_FRAME = 0.5
"""After which nothing more is begun: what was begun then ends within the frame."""


class Share:
    """The part of a frame's time that may be worked; what can wait goes on in the next frame."""

    def __init__(self, frame_seconds: float, clock: Callable[[], float] = time.perf_counter) -> None:
        self._seconds = _OF_A_FRAME * frame_seconds
        self._clock = clock
        self._until: float | None = None

    def begin(self) -> None:
        """A frame has come; nothing changes where it has begun already."""
        if self._until is None:
            self._until = self._clock() + self._seconds

    def end(self) -> None:
        """All of this frame is done."""
        self._until = None

    @property
    def left(self) -> bool:
        """Whether there is time to begin something more."""
        return self._until is None or self._clock() < self._until
