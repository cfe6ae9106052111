"""Fitness: whether a model fits this computer and can run live on it, said before it is fetched or loaded."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import psutil

from core.cards import ModelCard

Fit = Literal["too_large", "fits", "too_slow", "live"]

_PROBE_BYTES = 64_000_000
_MATRIX = 60  # small enough that numpy multiplies it on one core
_PRODUCTS = 200
_ROUNDS = 8
_MEMORY_SHARE = 0.9  # of what is free
_LIVE_SHARE = 0.7  # of what the machine can do: the rest is for sound, window and chance
_CONVOLUTION_SHARE = 0.3  # of a matrix product's speed that small convolutions reach


@dataclass(frozen=True, slots=True)
class Machine:
    """What this computer can do with one core, measured, and the memory that is free."""

    free_bytes: int
    bytes_per_second: float
    macs_per_second: float


@dataclass(frozen=True, slots=True)
class Need:
    """What a model asks for: memory, and for each second of live sound bytes to read and products to make."""

    bytes: int
    bytes_per_second: float = 0.0
    macs_per_second: float = 0.0

    def fit(self, machine: Machine) -> Fit:
        """Whether it fits, and how well."""
        if self.bytes > machine.free_bytes * _MEMORY_SHARE:
            return "too_large"
        if not self.bytes_per_second and not self.macs_per_second:
            return "fits"
        return "too_slow" if self.share(machine) > _LIVE_SHARE else "live"

    def share(self, machine: Machine) -> float:
        """Of one core's speed."""
        share = max(
            self.bytes_per_second / machine.bytes_per_second,
            self.macs_per_second / (machine.macs_per_second * _CONVOLUTION_SHARE),
        )
        return max(share, 0.01)

    def verdict(self, machine: Machine) -> str:
        """In a few words, with the numbers."""
        match self.fit(machine):
            case "too_large":
                return (
                    f"too large: needs {self.bytes / 1e9:.1f} of {machine.free_bytes / 1e9:.1f} GB of memory"
                )
            case "fits":
                return f"fits: needs {self.bytes / 1e9:.1f} GB of memory"
            case "too_slow":
                return f"too slow here: needs {self.share(machine):.1f} times what a core gives"
            case "live":
                return f"runs live here, on about {self.share(machine):.0%} of a core"


def need_of(card: ModelCard) -> Need:
    """The need of a model as its card tells it; a speech model reads all its weights for every frame."""
    bytes_each = 4 if card.kind == "codec" or card.runtime == "onnx" else 2
    size = card.bytes if card.runtime == "onnx" and card.files else card.parameters * bytes_each
    rate = card.speech.frame_rate if card.speech else 0.0
    return Need(size, size * rate, card.macs)


@cache
def measure_machine() -> Machine:
    """Measured once a program, in a few hundredths of a second."""
    numbers = np.ones(_PROBE_BYTES // 8)
    matrix = np.ones((_MATRIX, _MATRIX), np.float32)

    def multiply() -> None:
        for _ in range(_PRODUCTS):
            matrix @ matrix

    reading = min(_seconds(numbers.sum) for _ in range(_ROUNDS))
    multiplying = min(_seconds(multiply) for _ in range(_ROUNDS))
    return Machine(
        free_bytes=psutil.virtual_memory().available,
        bytes_per_second=_PROBE_BYTES / reading,
        macs_per_second=_PRODUCTS * _MATRIX**3 / multiplying,
    )


def _seconds(act: Callable[[], object]) -> float:
    """Of computing: what other programs take does not count."""
    started = time.process_time()
    act()
    return max(time.process_time() - started, 1e-9)
