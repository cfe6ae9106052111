"""StreamClock: where a smoothly scrolling picture is, while its sound arrives in lumps."""

from __future__ import annotations

import math

_SETTLE = 0.4  # seconds in which most of an error of the clock is made good
_LEAP = 1.0  # seconds behind from which on it leaps instead of running after


class StreamClock:
    """A place in a stream that moves evenly with real time, never beyond what has arrived, never back."""

    def __init__(self, per_second: float, delay: float) -> None:
        self._per_second = per_second
        self._delay = delay * per_second
        self._place = 0.0
        self._last: float | None = None

    def advance(self, now: float, arrived: int) -> float:
        """The place at time `now` (seconds of any steady clock), `arrived` columns having come so far."""
        passed = 0.0 if self._last is None else max(0.0, now - self._last)
        self._last = now
        aim = arrived - self._delay
        if abs(aim - self._place) > _LEAP * self._per_second:
            self._place = max(self._place, aim)
        else:
            ahead = self._place + passed * self._per_second
            ahead += (aim - ahead) * (1.0 - math.exp(-passed / _SETTLE))
            self._place = max(self._place, min(ahead, float(arrived)))
        return self._place

    def skip(self, now: float) -> None:
        """Time passes and the place stays."""
        self._last = now
