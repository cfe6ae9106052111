"""Rest: how long nothing was said, so that a microphone nobody talks to is closed."""

from __future__ import annotations

import time
from collections.abc import Callable


class Rest:
    """A clock that runs while a talk has nothing to do; it goes on while the computer sleeps."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: float | None = None

    def due(self, busy: bool, seconds: float) -> bool:
        """Whether the talk had nothing to do for so long; never where `seconds` is 0."""
        if busy or not seconds:
            self._since = None
            return False
        now = self._clock()
        if self._since is None:
            self._since = now
        if now - self._since < seconds:
            return False
        self._since = None
        return True

    def again(self) -> None:
        """Something happened: count from now on."""
        self._since = None
