"""Relief: what is left out while frames come late, step by step, and taken up again."""

from __future__ import annotations

import time
from collections.abc import Callable

from core.events import Relieved
from core.line import Line
from core.talks.base import NARROW, SHORT, TOGETHER, Emit, Relievable, Talk

WINDOW_SECONDS = 0.08
"""Over which the load is measured; twice as long where a talk works in rounds of that length."""

_BUSY, _CALM = 0.92, 0.6  # shares of the time that were worked
_PATIENCE, _LONGEST_PATIENCE = 5.0, 60.0  # seconds of calm until a step is taken back
_QUIET_WINDOWS = 2  # while nothing is spoken, a turn's end may well be busy for a moment

_LEFT_OUT = {
    0: "Everything is computed again.",
    NARROW: "The upper band is not filled in.",
    SHORT: "Only the newest part of the talk is looked at.",
    TOGETHER: "Several frames are computed at once.",
}


class Relief:
    """The engine's answer to a computer that is too slow: first the finish goes, then the even pace.

    The load is the share of the time that was worked, not waited. Calm is counted only while something is
    spoken, for then most is computed; where a step that was taken back is needed again, it stays longer.
    """

    def __init__(self, emit: Emit, clock: Callable[[], float] = time.monotonic) -> None:
        self.step = 0
        self._emit = emit
        self._clock = clock
        self._patience = _PATIENCE
        self._eased_at = -_LONGEST_PATIENCE
        self._underruns = 0
        self._start_window(0)
        self._busy_windows = 0
        self._calm_seconds = 0.0

    def begin(self, talk: Talk, line: Line) -> None:
        """Another talk is on: what is left out now, it leaves out as well."""
        _relieve(talk, line, self.step)
        self._underruns = line.counts()[1]
        self._start_window(line.pending())

    def beat(self, talk: Talk, line: Line, spent_seconds: float) -> None:
        """One round of the engine was done, with so much work in it."""
        if not line.live:
            return
        self._worked += spent_seconds
        elapsed = self._clock() - self._since
        torn, self._underruns = line.counts()[1] > self._underruns, line.counts()[1]
        if elapsed < WINDOW_SECONDS * (1 + (self.step >= TOGETHER)) and not torn:
            return
        load, speaking = self._worked / max(elapsed, 1e-9), line.pending() > 0
        gains = line.pending() > self._lead  # a reply that begins is made as fast as it goes
        self._start_window(line.pending())
        self._busy_windows = self._busy_windows + 1 if load > _BUSY and not gains else 0
        if torn or self._busy_windows >= (1 if speaking else _QUIET_WINDOWS):
            self._ease(talk, line)
        elif speaking:
            self._calm_seconds = self._calm_seconds + elapsed if load < _CALM else 0.0
            if self.step and self._calm_seconds >= self._patience:
                self._take_up(talk, line)

    def _ease(self, talk: Talk, line: Line) -> None:
        """The next step that changes anything here."""
        self._calm_seconds, self._busy_windows = 0.0, 0
        if self._clock() - self._eased_at < self._patience:
            self._patience = min(2 * self._patience, _LONGEST_PATIENCE)
        for step in range(self.step + 1, TOGETHER + 1):
            if _relieve(talk, line, step):
                self._settle(step)
                return

    def _take_up(self, talk: Talk, line: Line) -> None:
        """Back to the step before that changes anything here."""
        self._calm_seconds = 0.0
        self._eased_at = self._clock()
        step, changed = self.step, False
        while step > 0:
            if _relieve(talk, line, step - 1):
                if changed:  # one at a time
                    _relieve(talk, line, step)
                    break
                changed = True
            step -= 1
        self._settle(step)

    def _settle(self, step: int) -> None:
        self.step = step
        self._emit(Relieved(step, _LEFT_OUT[step]))

    def _start_window(self, lead: int) -> None:
        self._since, self._worked, self._lead = self._clock(), 0.0, lead


def _relieve(talk: Talk, line: Line, step: int) -> bool:
    """Tell both, and whether it changes anything in one of them."""
    parts: tuple[object, ...] = (line, talk)
    changed = [part.relieve(step) for part in parts if isinstance(part, Relievable)]
    return any(changed)
