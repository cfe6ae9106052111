"""Teaches where turns end, from the train phrasings and the replies: whole sentences and their beginnings.

`python -m core.domain.closing_lessons` teaches anew after the files of the domain changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random

import numpy as np

from core.domain.book import LANGUAGES, Domain
from core.domain.closing import PLACES, Closing, places, save_closings
from core.domain.teaching import outside_sentences
from core.domain.understand import fingerprint
from core.domain.wording import Speller

_REPLY_WEIGHT, _OUTSIDE_WEIGHT = 0.4, 0.6
_STEPS, _PACE, _BIAS_PACE = 300, 0.1, 0.02
_RESTRAINT = 1.0  # of weights: what was seen once or twice says little
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def teach_closing(domain: Domain, language: str, seed: int = 3) -> Closing:
    """A closing for one language; held-out phrasings are never used."""
    speller, rng = Speller(language, domain.lists), Random(seed)
    rows: list[tuple[list[int], bool, float]] = []
    for text, weight in _sentences(domain, language, rng):
        keys = [word.key for word in speller.words(text)]
        ends = range(1, len(keys) + 1)
        rows += [
            (places(keys[:end]), end == len(keys), weight if end == len(keys) else weight / (len(keys) - 1))
            for end in ends
        ]
    return _descend(rows)


def _sentences(domain: Domain, language: str, rng: Random) -> Iterator[tuple[str, float]]:
    for phrasing in domain.all_phrasings(language, "train"):
        yield domain.say(phrasing, rng).text, 1.0
        if any(mark in phrasing.text for mark in "{(["):
            yield domain.say(phrasing, rng, wrapped=True).text, 1.0
    for intent in domain.intents.values():
        for reply in intent.replies[language]:
            if "{" not in reply.text:
                yield from ((sentence, _REPLY_WEIGHT) for sentence in _SENTENCE.split(reply.text))
    yield from ((sentence, _OUTSIDE_WEIGHT) for sentence in outside_sentences()[language]["tune"])


def _descend(rows: Iterable[tuple[list[int], bool, float]]) -> Closing:
    """Logistic regression by Adam, with ends and beginnings weighing the same."""
    found, ended, weighed = zip(*rows, strict=True)
    place = np.concatenate([np.array(signs) for signs in found])
    row = np.repeat(np.arange(len(found)), [len(signs) for signs in found])
    truth, weight = np.array(ended, float), np.array(weighed)
    weight[truth == 1] *= weight[truth == 0].sum() / weight[truth == 1].sum()
    weights, bias = np.zeros(PLACES), 0.0
    mean, power = np.zeros(PLACES), np.zeros(PLACES)
    for step in range(1, _STEPS + 1):
        scores = np.bincount(row, weights[place], len(truth)) + bias
        wrong = weight * (1 / (1 + np.exp(-scores)) - truth)
        slope = np.bincount(place, wrong[row], PLACES) + _RESTRAINT * weights
        mean = 0.9 * mean + 0.1 * slope
        power = 0.99 * power + 0.01 * slope**2
        weights -= _PACE * (mean / (1 - 0.9**step)) / (np.sqrt(power / (1 - 0.99**step)) + 1e-8)
        bias -= _BIAS_PACE * float(np.clip(wrong.sum() / 10, -1, 1))
    return Closing(weights.astype(np.float32), bias)


def main() -> None:
    domain = Domain.load()
    closings = {language: teach_closing(domain, language) for language in LANGUAGES}
    save_closings(closings, fingerprint(domain))


if __name__ == "__main__":
    main()
