"""Sampling: how a token is drawn from what a model thinks of each, without any framework."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How boldly one stream of tokens is drawn."""

    temperature: float = 0.8
    """0 always takes the likeliest token."""
    top_k: int = 250
    """Only the k likeliest tokens are drawn from; 0 for all."""
    top_p: float = 1.0
    """Only the likeliest tokens that together reach this share are drawn from."""

    def __post_init__(self) -> None:
        if self.temperature < 0 or self.top_k < 0 or not 0 < self.top_p <= 1:
            raise ValueError(f"nothing can be drawn with {self}")

    @property
    def greedy(self) -> bool:
        return self.temperature == 0 or self.top_k == 1


GREEDY = Sampling(temperature=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechSampling:
    """How the streams of a speech model are drawn."""

    text: Sampling = field(default_factory=lambda: Sampling(temperature=0.7, top_k=25))
    codes: Sampling = field(default_factory=Sampling)
    heard_text: Sampling = GREEDY
    """The user's words are read, not invented."""


ALL_GREEDY = SpeechSampling(text=GREEDY, codes=GREEDY)


class Noise:
    """The chance in one answer: a number in [0, 1) for every token, the same again for the same seed."""

    def __init__(self, seed: int, tokens_per_step: int) -> None:
        self._random = np.random.default_rng(seed)
        self._width = tokens_per_step

    def step(self) -> NDArray[np.float32]:
        return self._random.random(self._width, np.float32)


def draw(logits: NDArray[np.float32], noise: float, sampling: Sampling) -> int:
    """A token of one stream; `noise` in [0, 1) decides which."""
    if sampling.greedy:
        return int(logits.argmax())
    kept = min(sampling.top_k or len(logits), len(logits))
    order = np.argsort(-logits, kind="stable")[:kept]
    scores = logits[order].astype(np.float64) / sampling.temperature
    weights = np.exp(scores - scores[0])
    weights /= weights.sum()
    total = weights.cumsum()
    total = np.where(total - weights < sampling.top_p, weights, 0).cumsum()
    rank = int((total <= noise * total[-1]).sum())
    return int(order[min(rank, kept - 1)])
