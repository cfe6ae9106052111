"""Alike: how much the features of two points say the same, whatever their width (linear CKA)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.workbench.analysis.svg import FAINT, Svg

MOMENTS = 1_500
"""At the most: their likeness to each other is compared, pair by pair."""

_CELL, _LEFT, _TOP = 26, 190, 60

Gram = NDArray[np.float32]  # [N, N]: how alike each two moments are


@dataclass(frozen=True)
class Alike:
    """Points and how alike each two of them are: 1 the same but for a turn and a scale, about 0 unrelated."""

    names: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]

    def between(self, one: str, other: str) -> float:
        return self.values[self.names.index(one)][self.names.index(other)]

    def to_json(self) -> dict[str, Any]:
        return {"points": list(self.names), "cka": [[round(each, 4) for each in row] for row in self.values]}


def gram(frames: NDArray[np.float64], seed: int) -> Gram:  # [N, D] -> [M, M]
    """The moments of one point compared with each other; the same moments for each point."""
    if len(frames) > MOMENTS:
        frames = frames[np.sort(np.random.default_rng(seed).permutation(len(frames))[:MOMENTS])]
    centred = (frames - frames.mean(axis=0)).astype(np.float32)
    found: Gram = centred @ centred.T
    np.fill_diagonal(found, 0)  # a moment is like itself: counted, that would make wide features alike
    return found


def compare(grams: Mapping[str, Gram]) -> Alike:
    """Every point with every other."""
    names = tuple(grams)
    own = {name: _shared(grams[name], grams[name]) for name in names}
    values = [[1.0] * len(names) for _ in names]
    for i, one in enumerate(names):
        for j in range(i):
            other = names[j]
            scale = np.sqrt(max(own[one], 0) * max(own[other], 0))
            alike = _shared(grams[one], grams[other]) / scale if scale > 0 else 0.0
            values[i][j] = values[j][i] = float(np.clip(alike, 0, 1))
    return Alike(names, tuple(map(tuple, values)))


def _shared(one: Gram, other: Gram) -> float:
    """The Hilbert-Schmidt criterion without its bias towards wide features and few moments."""
    n = len(one)
    if n < 4:
        return 0.0
    together = float(np.vdot(one, other))
    sums, others = one.sum(axis=0, dtype=np.float64), other.sum(axis=0, dtype=np.float64)
    whole = sums.sum() * others.sum() / ((n - 1) * (n - 2))
    return float((together + whole - 2 * float(sums @ others) / (n - 2)) / (n * (n - 3)))


def picture(alike: Alike, title: str) -> str:
    """A square of squares: the darker, the more alike."""
    size = _CELL * len(alike.names)
    svg = Svg(_LEFT + size + 40, _TOP + size + 130, title)
    svg.text(_LEFT, 30, title, size=16, bold=True)
    for row, name in enumerate(alike.names):
        y = _TOP + row * _CELL
        svg.text(_LEFT - 8, y + 0.65 * _CELL, name, size=11, anchor="end")
        x = _LEFT + row * _CELL
        svg.text(x + 0.6 * _CELL, _TOP + size + 14, name, size=11, anchor="end", turn=-45, colour=FAINT)
        for column, other in enumerate(alike.names):
            value = alike.values[row][column]
            tip = f"{name}, {other}: {value:.2f}"
            svg.rect(_LEFT + column * _CELL, y, _CELL - 1.5, _CELL - 1.5, _shade(value), tip=tip, round=2)
    return str(svg)


def _shade(value: float) -> str:
    """From paper to the blue of the other drawings."""
    paper, ink = np.array((238, 243, 244)), np.array((31, 84, 112))
    red, green, blue = (round(each) for each in (paper + (ink - paper) * value).tolist())
    return f"#{red:02x}{green:02x}{blue:02x}"
