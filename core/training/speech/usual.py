"""Usual words: what users usually say, counted, with the sounds of each word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import torch

from core.domain.book import LANGUAGES, Domain
from core.domain.script import tokens
from core.nn.s2s.pronouncer import Pronouncer, sounded
from core.s2s.words import Sounds, Usage
from core.training.corpus.desk import Asked
from core.training.corpus.manifest import Entry
from core.training.corpus.text import sentences
from core.training.speech.letters import NUMBERS
from core.training.speech.sounds import words_of

DRAWS = 20_000  # sentences of each language
MOST_WAYS, RAREST_WAY = 5, 0.08
"""Pronunciations of a word: at most so many, and none that is rarer than this share."""
RAREST_PAIR = 2
LISTED_SHARE = 0.1
"""Of all that is said: the words of a list, beyond what people ask a desk companion."""


def usual_words(
    entries: Iterable[Entry],
    pronouncer: Pronouncer,
    *,
    listed: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = 77,
) -> Usage:
    """Words and pairs of words in what is asked (nothing that is held out), and how they sound.

    Words of a list, the most usual first, are known beside them.
    """
    domain = Domain.load()
    texts: list[list[str]] = []
    for language in LANGUAGES:
        asked, rng = Asked(domain, sentences(language)), np.random.default_rng(seed)
        texts += [tokens(asked.draw(rng)) for _ in range(draws)]
    counts, pairs = counted(texts)
    counts |= among(counts, listed)
    return Usage(counts, pairs, ways(counts, entries, pronouncer))


def counted(texts: Sequence[Sequence[str]]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """How often each word and each pair of words is said."""
    counts: dict[str, int] = {"": len(texts)}
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for before, word in zip(("", *text), text, strict=False):
            counts[word] = counts.get(word, 0) + 1
            pairs[before, word] += 1
    return counts, {pair: count for pair, count in pairs.items() if count >= RAREST_PAIR}


def among(counts: Mapping[str, int], listed: Sequence[str]) -> dict[str, int]:
    """Words of a list that were not counted: the n-th is said an n-th as often as the first (Zipf's law)."""
    places = range(1, len(listed) + 1)
    first = LISTED_SHARE * sum(counts.values()) / max(1.0, sum(1 / place for place in places))
    found = {word: max(1, round(first / place)) for word, place in zip(listed, places, strict=True)}
    return {word: count for word, count in found.items() if word not in counts}


def ways(
    words: Iterable[str], entries: Iterable[Entry], pronouncer: Pronouncer
) -> Mapping[str, Sequence[Sounds]]:
    """How each word was said in a corpus; where it was not, as the pronouncer would say it."""
    heard: defaultdict[str, Counter[Sounds]] = defaultdict(Counter)
    for entry in entries:
        for name, sounds in words_of(entry):
            if len(written := tokens(name)) == 1:
                heard[written[0]][sounds] += 1
    found: dict[str, Sequence[Sounds]] = {}
    for word in words:
        said, total = heard[word].most_common(MOST_WAYS), heard[word].total()
        known = [sounds for sounds, count in said if count >= RAREST_WAY * total]
        found[word] = known or [way for way in (pronounced(word, pronouncer),) if way]
    return found


@torch.no_grad()
def pronounced(word: str, pronouncer: Pronouncer) -> Sounds:
    """The sounds of a word as it is written."""
    numbers = [NUMBERS[letter] for letter in word if letter in NUMBERS][: pronouncer.config.longest]
    if not numbers:
        return ()
    letters = torch.zeros(1, pronouncer.config.longest, dtype=torch.long)
    letters[0, : len(numbers)] = torch.tensor(numbers)
    return tuple(sound for sound in sounded(pronouncer(letters)[0]).tolist() if sound > 0)
