"""Rounds: the order in which a lesson meets its examples, the same however often it was stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

_TOGETHER = 512  # examples that are sorted by length together


class Rounds:
    """Batches of examples of about the same length; each example once a round, in an order of its own.

    A step always meets the same batch, as long as no examples are added to those before it.
    """

    def __init__(self, most: int, salt: int) -> None:
        self._most = most  # frames in a batch
        self._salt = salt
        self._began = 0  # the step with which this round began
        self._batches: list[list[int]] = []

    def batch(self, step: int, lengths: Callable[[], Sequence[int]]) -> list[int]:
        """The examples of a step; `lengths` is asked for at the start of a round."""
        if step < self._began:
            self._began, self._batches = 0, []
        while step >= self._began + len(self._batches):
            self._began += len(self._batches)
            self._batches = self._shuffled(self._began, lengths())
        return self._batches[-1 - (step - self._began)]

    def _shuffled(self, seed: int, lengths: Sequence[int]) -> list[list[int]]:
        rng = np.random.default_rng([seed, self._salt])
        order = rng.permutation(len(lengths))
        batches: list[list[int]] = []
        for first in range(0, len(order), _TOGETHER):
            batch: list[int] = []
            for at in sorted(order[first : first + _TOGETHER], key=lambda number: lengths[number]):
                if batch and (len(batch) + 1) * lengths[at] > self._most:
                    batches.append(batch)
                    batch = []
                batch.append(int(at))
            batches.append(batch)
        return [batches[at] for at in rng.permutation(len(batches))]
