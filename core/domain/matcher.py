"""Which intent a turn is: words, pairs of words and letter groups,
weighed by a linear classifier in numpy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.domain.book import UNKNOWN
from core.domain.wording import Word

Row = tuple[NDArray[np.int64], NDArray[np.float32]]
"""The columns of the features of a turn, and their values."""
_LETTERS = (3, 4)
_SHARE = {"w": 1.0, "b": 0.8, "c": 0.45, "s": 0.4}


def features(words: Sequence[Word]) -> Counter[str]:
    """Words (w), pairs (b), pairs with a gap (s) and groups of letters inside words (c)."""
    keys = [word.key for word in words]
    found = Counter("w" + key for key in keys)
    padded = ["^", *keys, "$"]
    found.update(f"b{a} {b}" for a, b in pairwise(padded))
    found.update(f"s{a} {b}" for a, b in zip(keys, keys[2:], strict=False))
    found.update(f"w<{word.kind}>" for word in words if word.kind and not word.marked)
    for key in keys:
        if not key.startswith("<"):
            found.update(word_features(key)[1:])
    return found


def word_features(key: str) -> list[str]:
    """A word itself, and the groups of letters inside it."""
    word = f"_{key}_"
    groups = [word[at : at + size] for size in _LETTERS for at in range(len(word) - size + 1)]
    return ["w" + key, *("c" + group for group in groups)]


@dataclass(frozen=True, slots=True)
class Match:
    """How well a turn fits the intents, the best first, and how much of the turn is known at all."""

    intents: tuple[str, ...]
    chances: tuple[float, ...]
    known: float
    """The share of its letter groups that teaching knew."""
    paired: float
    """The share of its pairs of neighbouring words that teaching knew."""
    score: float
    lead: float
    """By how much the score of the best is above that of what is outside the domain."""
    weakest: float
    """The same lead of the word that speaks for it least."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features that count, and how rare each is."""

    places: Mapping[str, int]
    rarity: NDArray[np.float32]

    @staticmethod
    def of(counted: Sequence[Counter[str]], fewest: int = 2) -> Vocabulary:
        seen: Counter[str] = Counter()
        for found in counted:
            seen.update(found.keys())
        # pairs are many: one more must be seen of them
        names = sorted(name for name, times in seen.items() if times >= fewest + (name[0] in "bs"))
        rarity = np.array([np.log(1 + len(counted) / seen[name]) for name in names], np.float32)
        return Vocabulary({name: at for at, name in enumerate(names)}, rarity)

    def row(self, found: Counter[str]) -> Row:
        """The turn as a vector of length one; strange words count in the length, so strange turns fade."""
        pairs = [
            (at, name, times) for name, times in found.items() if (at := self.places.get(name)) is not None
        ]
        columns = np.array([at for at, _, _ in pairs], np.int64)
        values = np.array(
            [self.rarity[at] * _SHARE[name[0]] * (1 + np.log(times)) for at, name, times in pairs], np.float32
        )
        strange = sum(name[0] == "w" and name not in self.places for name in found)
        length = float(np.sqrt((values**2).sum() + 16.0 * strange)) or 1.0
        return columns, values / np.float32(length)

    def known(self, found: Counter[str], kind: str) -> float:
        """The share of the features of a kind (c, b) of a turn that were seen in teaching."""
        names = [name for name in found if name[0] == kind or (kind == "c" and name[:2] == "w<")]
        return sum(name in self.places for name in names) / max(1, len(names))


@dataclass(frozen=True, slots=True)
class Matcher:
    """A taught classifier of the turns of one language."""

    intents: tuple[str, ...]
    vocabulary: Vocabulary
    weights: NDArray[np.float32]  # [features, intents]
    bias: NDArray[np.float32]  # [intents]

    def match(self, words: Sequence[Word]) -> Match:
        """The intents of a turn, the best five first."""
        found = features(words)
        columns, values = self.vocabulary.row(found)
        scores = self.bias + (values @ self.weights[columns] if len(columns) else 0)
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        order = np.argsort(-chances)[:5]
        guess, outside = int(order[0]), self.intents.index(UNKNOWN)
        return Match(
            tuple(self.intents[at] for at in order),
            tuple(float(chances[at]) for at in order),
            self.vocabulary.known(found, "c"),
            self.vocabulary.known(found, "b"),
            float(scores[guess]),
            float(scores[guess] - scores[outside]),
            min((self._lead(word.key, guess, outside) for word in words if not word.marked), default=0.0),
        )

    def _lead(self, key: str, guess: int, outside: int) -> float:
        """How much a word and its letters speak for a guess rather than for what is outside the domain."""
        names = word_features(key)
        seen = [at for name in names if (at := self.vocabulary.places.get(name)) is not None]
        if not seen:
            return -1.0
        rarity, weights = self.vocabulary.rarity[seen], self.weights[seen]
        return float(rarity @ (weights[:, guess] - weights[:, outside])) / len(names)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The matcher as plain arrays; weights in steps of one byte."""
        step = np.abs(self.weights).max(0) / 127 + 1e-9  # [intents]
        return {
            "intents": np.frombuffer("\n".join(self.intents).encode(), np.uint8),
            "features": np.frombuffer("\n".join(self.vocabulary.places).encode(), np.uint8),
            "rarity": self.vocabulary.rarity.astype(np.float16),
            "weights": np.round(self.weights / step).astype(np.int8),
            "step": step.astype(np.float32),
            "bias": self.bias,
        }

    @staticmethod
    def of_arrays(arrays: Mapping[str, NDArray[np.generic]]) -> Matcher:
        names = arrays["features"].tobytes().decode().split("\n")
        return Matcher(
            tuple(arrays["intents"].tobytes().decode().split("\n")),
            Vocabulary({name: at for at, name in enumerate(names)}, arrays["rarity"].astype(np.float32)),
            arrays["weights"].astype(np.float32) * arrays["step"].astype(np.float32),
            arrays["bias"].astype(np.float32),
        )
