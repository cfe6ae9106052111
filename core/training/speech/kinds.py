"""Kinds: which kinds of example a batch holds; their mixture changes while a model learns."""

from __future__ import annotations

import numpy as np

from core.training.speech.exchange_config import TrainExchangeConfig


class Kinds:
    """Draws speaking, hearing and conversing as often as the stage of the training wants them."""

    def __init__(self, config: TrainExchangeConfig, salt: int) -> None:
        self._config, self._salt = config, salt
        self._mixture = config.mixture(0.0)

    def pace(self, spent: float) -> None:
        """This share of the budget is spent."""
        self._mixture = self._config.mixture(spent)

    def draw(self, number: int) -> tuple[list[int], np.random.Generator]:
        """The kinds of a batch's examples, and the chance that makes the examples."""
        rng = np.random.default_rng([self._config.seed, number, self._salt])
        drawn = rng.choice(3, self._config.items, p=self._mixture.weights)
        return [int(kind) for kind in drawn], rng
