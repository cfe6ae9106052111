"""Compute: on what the models compute, and with how many threads.

Two variables of the environment say so: a child process that hosts a model then knows it as well.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

DEVICE_VARIABLE = "PALUKU_COMPUTE"
THREADS_VARIABLE = "PALUKU_THREADS"

Device = Literal["auto", "cpu", "gpu"]


@dataclass(frozen=True, slots=True)
class Compute:
    """A wish: the best there is, or only the processor; so many threads a model (0: as it is best)."""

    device: Device = "auto"
    threads: int = 0


def wished() -> Compute:
    """What this process was told."""
    device = os.environ.get(DEVICE_VARIABLE, "auto")
    threads = os.environ.get(THREADS_VARIABLE, "0")
    known: dict[str, Device] = {"auto": "auto", "cpu": "cpu", "gpu": "gpu"}
    return Compute(known.get(device, "auto"), int(threads) if threads.isdecimal() else 0)


def wish(compute: Compute) -> None:
    """From the next model on, in this process and its children."""
    for name, value, default in (
        (DEVICE_VARIABLE, compute.device, "auto"),
        (THREADS_VARIABLE, str(compute.threads), "0"),
    ):
        if value == default:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
