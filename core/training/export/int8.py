"""Int8: weights rounded to 8 bits, in the form that a processor multiplies without overflow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Form = Literal["signed", "unsigned"]
"""Signed is faster by a quarter where large weights meet many rows. But processors without instructions
for whole numbers (VNNI and its like) add the products of signed weights in pairs in 16 bits, and clip
them there: on those, unsigned weights are as exact as signed ones elsewhere."""

Floats = NDArray[np.float32]
_LEVELS = 127
_MIDDLE = 128


@dataclass(frozen=True, slots=True)
class Rounded:
    """A weight [K, N] in 8 bits, with a scale for each column."""

    values: NDArray[np.int8] | NDArray[np.uint8]
    scale: Floats  # [N]
    zero: NDArray[np.uint8] | None  # [N]: the value that stands for nothing, if it is not 0


def round_weight(weight: Floats, form: Form) -> Rounded:
    """The nearest weight in 8 bits."""
    scale = (np.maximum(np.abs(weight).max(axis=0), 1e-12) / _LEVELS).astype(np.float32)
    whole = np.rint(weight / scale)
    if form == "signed":
        return Rounded(whole.astype(np.int8), scale, None)
    zero = np.full(weight.shape[1], _MIDDLE, np.uint8)
    return Rounded((whole + _MIDDLE).astype(np.uint8), scale, zero)
