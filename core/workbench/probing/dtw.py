"""Dtw: how unlike two sequences are when time may be stretched, for many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rows = NDArray[np.floating[Any]]  # [T, D]


def distances(pairs: Sequence[tuple[Rows, Rows]]) -> Array:
    """The mean cost along the cheapest path for each pair of sequences; frames are compared by angle."""
    if not pairs:
        return np.zeros(0)
    lengths = np.array([(len(one), len(other)) for one, other in pairs])
    tallest, widest = lengths.max(axis=0)
    cost = np.full((len(pairs), tallest, widest), np.inf)
    for number, (one, other) in enumerate(pairs):
        cost[number, : len(one), : len(other)] = angles(one, other)
    return _cheapest(cost, lengths)


def angles(one: Rows, other: Rows) -> Array:  # [T, D], [S, D] -> [T, S]
    """The angle between frames, as a share of a half turn."""
    cosine = _unit(one) @ _unit(other).T
    found: Array = np.arccos(np.clip(cosine, -1, 1)) / np.pi
    return found


def _unit(rows: Rows) -> Array:
    wide = rows.astype(np.float64)
    unit: Array = wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-9)
    return unit


def _cheapest(cost: Array, lengths: NDArray[np.int64]) -> Array:
    """Dynamic programming over antidiagonals, all pairs side by side; a path's cost by its length."""
    count, tall, wide = cost.shape
    total = np.full((count, tall + 1, wide + 1), np.inf)
    steps = np.zeros((count, tall + 1, wide + 1))
    total[:, 0, 0] = 0
    for diagonal in range(2, tall + wide + 1):
        i = np.arange(max(1, diagonal - wide), min(tall, diagonal - 1) + 1)
        j = diagonal - i
        ways = np.stack([total[:, i - 1, j - 1], total[:, i - 1, j], total[:, i, j - 1]])
        taken = np.stack([steps[:, i - 1, j - 1], steps[:, i - 1, j], steps[:, i, j - 1]])
        best = ways.argmin(axis=0)[None]
        total[:, i, j] = cost[:, i - 1, j - 1] + np.take_along_axis(ways, best, 0)[0]
        steps[:, i, j] = 1 + np.take_along_axis(taken, best, 0)[0]
    each = np.arange(count)
    rows, columns = lengths[:, 0], lengths[:, 1]
    found: Array = total[each, rows, columns] / np.maximum(steps[each, rows, columns], 1)
    return found
