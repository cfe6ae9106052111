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
    units = {id(rows): _unit(rows) for pair in pairs for rows in pair}
    cost = np.full((tallest, widest, len(pairs)), np.inf)  # pairs last: a step touches them all
    for number, (one, other) in enumerate(pairs):
        cosine = np.clip(units[id(one)] @ units[id(other)].T, -1, 1)
        cost[: len(one), : len(other), number] = np.arccos(cosine) / np.pi
    return _cheapest(cost, lengths)


def _unit(rows: Rows) -> Array:
    wide = rows.astype(np.float64)
    unit: Array = wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-9)
    return unit


def _cheapest(cost: Array, lengths: NDArray[np.int64]) -> Array:  # [T, S, N], [N, 2] -> [N]
    """Dynamic programming over antidiagonals, all pairs side by side; a path's cost by its length."""
    tall, wide, count = cost.shape
    total = np.full((tall + 1, wide + 1, count), np.inf)
    steps = np.zeros((tall + 1, wide + 1, count))
    total[0, 0] = 0
    for diagonal in range(2, tall + wide + 1):
        i = np.arange(max(1, diagonal - wide), min(tall, diagonal - 1) + 1)
        j = diagonal - i
        least, taken = total[i - 1, j - 1], steps[i - 1, j - 1]
        for row, column in ((i - 1, j), (i, j - 1)):
            other = total[row, column]
            better = other < least
            least, taken = np.where(better, other, least), np.where(better, steps[row, column], taken)
        total[i, j] = cost[i - 1, j - 1] + least
        steps[i, j] = 1 + taken
    rows, columns, each = lengths[:, 0], lengths[:, 1], np.arange(count)
    found: Array = total[rows, columns, each] / np.maximum(steps[rows, columns, each], 1)
    return found
