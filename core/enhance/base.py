"""The words of super-resolution: Enhancer, Enhancement, and what a run of it reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from core.audio.base import Pcm

OUT_RATE = 48_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long work has come: the share that is done and the seconds that are left."""

    done: float  # 0 to 1
    seconds_left: float | None  # None until there is a guess


OnProgress = Callable[[Progress], None]  # may raise to cancel: nothing half done is kept


def ignore_progress(progress: Progress) -> None:
    """For callers that do not look."""


def enhanced_length(samples: int, rate: int) -> int:
    """Samples at 48 kHz of a sound that has `samples` at `rate`."""
    return -(-samples * OUT_RATE // rate)


class Enhancement(Protocol):
    """One channel of one sound on its way to 48 kHz; owns its state, is never reset."""

    def push(self, pcm: Pcm) -> Pcm:
        """More of the sound. Returns what it decides: perhaps nothing yet."""

    def finish(self) -> Pcm:
        """The end of the sound. With this, exactly `enhanced_length` samples came out."""


class Enhancer(Protocol):
    """An engine of super-resolution: weights that any number of sounds share."""

    @property
    def name(self) -> str: ...

    def begin(self, rate: int, limit_hz: float, seconds: float, on_progress: OnProgress) -> Enhancement:
        """A new sound: its sample rate, the frequency up to which it holds anything, and its length."""
