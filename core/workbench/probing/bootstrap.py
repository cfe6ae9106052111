"""Bootstrap: how much a figure would move if other utterances had been drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
ROUNDS = 200


@dataclass(frozen=True)
class Estimate:
    """A figure and the interval that holds it in 95 of 100 draws."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def estimate(statistic: Callable[[Ints], float], groups: Ints, seed: int) -> Estimate:
    """A statistic of items, given by their numbers; whole groups are drawn again and again."""
    rng = np.random.default_rng(seed)
    names, inverse = np.unique(groups, return_inverse=True)
    members = [np.flatnonzero(inverse == number) for number in range(len(names))]
    everything = np.arange(len(groups))
    drawn = [
        statistic(np.concatenate([members[i] for i in rng.integers(len(names), size=len(names))]))
        for _ in range(ROUNDS)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(statistic(everything), float(low), float(high))


def estimate_mean(values: NDArray[np.float64], groups: Ints, seed: int) -> Estimate:
    """The same for a mean, all draws at once."""
    rng = np.random.default_rng(seed)
    names, inverse = np.unique(groups, return_inverse=True)
    sums, counts = np.bincount(inverse, values), np.bincount(inverse)
    drawn = rng.integers(len(names), size=(ROUNDS, len(names)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(values.mean()), float(low), float(high))
