"""Which intent a turn is: words and letter groups, weighed, and a ridge classifier over them in numpy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.wording import Word

Weights = NDArray[np.float32]
_RIDGE = 0.3
_LETTERS = (3, 4)
_COMMON = 150
"""A feature in more turns than this is added to the Gram matrix by one product."""
_SHARE = {"w": 1.0, "b": 0.7, "c": 0.45, "s": 0.4}


def features(words: Sequence[Word]) -> Counter[str]:
    """Words, pairs of words, words apart, and groups of letters inside words."""
    keys = [word.key for word in words]
    found: Counter[str] = Counter()
    found.update("w" + key for key in keys)
    padded = ["^", *keys, "$"]
    found.update(f"b{a} {b}" for a, b in zip(padded, padded[1:], strict=False))
    found.update(f"s{a} {b}" for a, b in zip(keys, keys[2:], strict=False))
    for key in keys:
        if not key.startswith("<"):
            word = f"_{key}_"
            for size in _LETTERS:
                found.update("c" + word[at : at + size] for at in range(len(word) - size + 1))
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """How well a turn fits the intents: the best first, with scores, and how much of the turn was known."""

    intents: tuple[str, ...]
    scores: tuple[float, ...]
    known: float


class Matcher:
    """A trained classifier of the turns of one language."""

    def __init__(self, turns: Sequence[Sequence[Word]], intents: Sequence[str], weights: Sequence[float]) -> None:
        self.intents = sorted(set(intents))
        counted = [features(turn) for turn in turns]
        self._vocabulary, self._rarity = _rarity(counted)
        rows = [self._row(found) for found in counted]
        self._weights, self._bias = _ridge(rows, len(self._vocabulary), self._targets(intents), np.asarray(weights))

    def match(self, words: Sequence[Word]) -> Match:
        """The intents of a turn, the best five first."""
        found = features(words)
        columns, values = self._row(found)
        scores = values @ self._weights[columns] + self._bias if len(columns) else self._bias
        order = np.argsort(-scores)[:5]
        return Match(tuple(self.intents[i] for i in order), tuple(float(scores[i]) for i in order), self._known(found))

    def knows(self, word: Word) -> bool:
        return "w" + word.key in self._vocabulary

    def _known(self, found: Counter[str]) -> float:
        """The share of the letter groups of the turn that were seen in training."""
        letters = [name for name in found if name[0] == "c" or name[:2] == "w<"]
        return sum(name in self._vocabulary for name in letters) / max(1, len(letters))

    def _row(self, found: Counter[str]) -> tuple[NDArray[np.int64], Weights]:
        pairs = [(at, name, n) for name, n in found.items() if (at := self._vocabulary.get(name)) is not None]
        columns = np.array([at for at, _, _ in pairs], np.int64)
        values = np.array([self._rarity[at] * _SHARE[name[0]] * (1 + np.log(n)) for at, name, n in pairs], np.float32)
        # unknown features count in the length, so that strange turns score low
        strange = sum(_SHARE[name[0]] ** 2 for name in found if name[0] in "w") - sum(
            _SHARE[name[0]] ** 2 for _, name, _ in pairs if name[0] in "w"
        )
        length = float(np.sqrt((values**2).sum() + 4.0 * strange)) or 1.0
        return columns, values / length

    def _targets(self, intents: Sequence[str]) -> Weights:
        place = {intent: at for at, intent in enumerate(self.intents)}
        targets = np.zeros((len(intents), len(place)), np.float32)
        targets[np.arange(len(intents)), [place[intent] for intent in intents]] = 1
        return targets


def _rarity(counted: Sequence[Counter[str]]) -> tuple[dict[str, int], Weights]:
    seen: Counter[str] = Counter()
    for found in counted:
        seen.update(found.keys())
    vocabulary = {name: at for at, name in enumerate(sorted(seen))}
    rarity = np.array([np.log(1 + len(counted) / seen[name]) for name in vocabulary], np.float32)
    return vocabulary, rarity


def _ridge(
    rows: Sequence[tuple[NDArray[np.int64], Weights]], size: int, targets: Weights, weights: NDArray[np.float64]
) -> tuple[Weights, Weights]:
    """Least squares with a penalty, solved over the turns: they are fewer than the features."""
    count = len(rows)
    turn = np.repeat(np.arange(count), [len(columns) for columns, _ in rows])
    column = np.concatenate([columns for columns, _ in rows])
    value = np.concatenate([values for _, values in rows])
    order = np.argsort(column, kind="stable")
    turn, value = turn[order], value[order]
    ends = np.searchsorted(column[order], np.arange(size + 1))
    gram = np.zeros((count, count), np.float32)  # [turns, turns]
    common = []
    for at in range(size):
        span = slice(ends[at], ends[at + 1])
        if span.stop - span.start > _COMMON:
            dense = np.zeros(count, np.float32)
            dense[turn[span]] = value[span]
            common.append(dense)
        else:
            gram[turn[span, None], turn[None, span]] += value[span, None] * value[None, span]
    if common:
        gram += np.stack(common, 1) @ np.stack(common)
    gram[np.diag_indices(count)] += (_RIDGE / weights).astype(np.float32)
    bias = np.average(targets, axis=0, weights=weights).astype(np.float32)
    alpha = np.linalg.solve(gram, targets - bias)  # [turns, intents]
    weighed = [value[ends[at] : ends[at + 1]] @ alpha[turn[ends[at] : ends[at + 1]]] for at in range(size)]
    return np.stack(weighed), bias
