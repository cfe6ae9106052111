"""Which intent a turn is: words, pairs of words and letter groups,
weighed by a linear classifier in numpy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

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
            word = f"_{key}_"
            for size in _LETTERS:
                found.update("c" + word[at : at + size] for at in range(len(word) - size + 1))
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """How well a turn fits the intents, the best first, and how much of the turn is known at all."""

    intents: tuple[str, ...]
    chances: tuple[float, ...]
    known: float


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
        names = sorted(name for name, times in seen.items() if times >= fewest)
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

    def known(self, found: Counter[str]) -> float:
        """The share of the letter groups of a turn that were seen in teaching."""
        letters = [name for name in found if name[0] == "c" or name[:2] == "w<"]
        return sum(name in self.places for name in letters) / max(1, len(letters))


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
        best = tuple(self.intents[at] for at in order)
        return Match(best, tuple(float(chances[at]) for at in order), self.vocabulary.known(found))

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
