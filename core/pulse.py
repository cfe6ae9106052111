"""Pulse: how the engine's beat goes: frames, late ones, and the time that each takes."""

from __future__ import annotations

import statistics
from collections import deque
from dataclasses import dataclass

_KEPT = 500  # beats of which the median and the 95th percentile are told


@dataclass(frozen=True, slots=True)
class Health:
    """How the engine is doing, in counts and milliseconds."""

    frames: int = 0
    late_frames: int = 0
    overruns: int = 0
    underruns: int = 0
    lead_ms: float = 0.0
    step_ms_median: float = 0.0
    step_ms_p95: float = 0.0


class Pulse:
    """A count of the engine's frames. One thread beats, any may look."""

    def __init__(self) -> None:
        self._frames = 0
        self._late = 0
        self._lead_seconds = 0.0
        self._spent: deque[float] = deque(maxlen=_KEPT)

    def beat(self, spent_seconds: float, frame_seconds: float, lead_seconds: float) -> None:
        """A frame was made: what it took, what it lasts, and the sound that waits to be heard."""
        self._frames += 1
        self._late += spent_seconds > frame_seconds
        self._lead_seconds = lead_seconds
        self._spent.append(spent_seconds)

    def health(self, overruns: int, underruns: int) -> Health:
        spent = sorted(self._spent.copy())
        return Health(
            frames=self._frames,
            late_frames=self._late,
            overruns=overruns,
            underruns=underruns,
            lead_ms=1000 * self._lead_seconds,
            step_ms_median=1000 * statistics.median(spent) if spent else 0.0,
            step_ms_p95=1000 * spent[int(0.95 * (len(spent) - 1))] if spent else 0.0,
        )
