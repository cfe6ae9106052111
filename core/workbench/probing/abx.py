"""Abx: whether a phoneme is closer to itself than to another one, said by the same voice or by two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.workbench.probing.dtw import distances
from core.workbench.probing.look import Look
from core.workbench.probing.material import Token

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Triples:
    """Questions of an ABX test, the same for every feature: A and X are one phoneme, B is another."""

    within: Ints  # [N, 3]: numbers of tokens A, B, X, all of one speaker
    across: Ints  # [N, 3]: A and B of one speaker, X of another

    @property
    def usable(self) -> bool:
        return len(self.within) > 0 and len(self.across) > 0


def draw_triples(tokens: Sequence[Token], count: int, seed: int) -> Triples:
    """So many questions of each kind, drawn evenly over phonemes."""
    rng = np.random.default_rng(seed)
    by_voice: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, token in enumerate(tokens):
        by_voice[token.speaker, token.phoneme].append(number)
    voices = sorted({token.speaker for token in tokens})
    said = {voice: sorted({p for v, p in by_voice if v == voice}) for voice in voices}
    within: list[tuple[int, int, int]] = []
    across: list[tuple[int, int, int]] = []
    for _ in range(20 * count):
        if not voices or (len(within) >= count and len(across) >= count):
            break  # a corpus without phonemes has nothing to ask
        voice = voices[int(rng.integers(len(voices)))]
        if len(said[voice]) < 2:
            continue
        same, other = rng.permutation(said[voice])[:2].tolist()
        a, b = _one(rng, by_voice[voice, same]), _one(rng, by_voice[voice, other])
        again = [x for x in by_voice[voice, same] if tokens[x].utterance != tokens[a].utterance]
        if again and len(within) < count:
            within.append((a, b, _one(rng, again)))
        others = [v for v in voices if v != voice and (v, same) in by_voice]
        if others and len(across) < count:
            far = others[int(rng.integers(len(others)))]
            across.append((a, b, _one(rng, by_voice[far, same])))
    return Triples(_table(within), _table(across))


def answers(look: Look, triples: Ints) -> NDArray[np.float64]:
    """1 where X is closer to A, 0 where it is closer to B, for each question."""
    tokens = look.tokens
    to_a = distances([(tokens[x], tokens[a]) for a, _, x in triples.tolist()])
    to_b = distances([(tokens[x], tokens[b]) for _, b, x in triples.tolist()])
    right: NDArray[np.float64] = (to_a < to_b) + 0.5 * (to_a == to_b)
    return right


def _one(rng: np.random.Generator, numbers: Sequence[int]) -> int:
    return numbers[int(rng.integers(len(numbers)))]


def _table(rows: list[tuple[int, int, int]]) -> Ints:
    return np.array(rows, np.int64).reshape(-1, 3)
