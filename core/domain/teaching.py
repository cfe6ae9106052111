"""Teaches the matchers from the train phrasings and the lexicon, with slips of hearing mixed in.

`python -m core.domain.teaching` teaches anew after the files of the domain changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from core.domain.book import LANGUAGES, UNKNOWN, Domain, read_toml
from core.domain.matcher import Matcher, Row, Vocabulary, features
from core.domain.mending import Mender
from core.domain.mishearing import misheard
from core.domain.phrase_grammar import expand, readings
from core.domain.refusal import Refusal, signs
from core.domain.understand import TAUGHT, Understander
from core.domain.wording import Speller, Word

Floats = NDArray[np.float32]
Turn = tuple[Sequence[Word], str, float]
"""Words, intent, weight."""
_MOST_READINGS, _MOST_OTHER, _FILLS, _SLIPS = 24, 2, 2, 1
_LEXICON_WEIGHT, _SLIP_WEIGHT, _OTHER_LANGUAGE_WEIGHT = 0.6, 0.4, 0.3
_SLIP_RATES = (0.0, 0.0, 0.03, 0.05)
_EPOCHS, _BATCH, _PACE, _BIAS_PACE = 12, 384, 0.8, 0.005


def teach(domain: Domain, language: str, spellers: Mapping[str, Speller], seed: int = 11) -> Matcher:
    """A matcher for one language. Held-out phrasings are never used, nor readings that equal them."""
    rng = Random(seed)
    turns = list(_turns(domain, language, spellers[language], rng, _MOST_READINGS))
    # The other language teaches words too: people mix the two.
    other = "en" if language == "te" else "te"
    turns += [
        (words, intent, weight * _OTHER_LANGUAGE_WEIGHT)
        for words, intent, weight in _turns(domain, other, spellers[language], rng, _MOST_OTHER)
    ]
    counted = [features(words) for words, _, _ in turns]
    vocabulary = Vocabulary.of(counted)
    intents = tuple(sorted(domain.intents))
    place = {intent: at for at, intent in enumerate(intents)}
    targets = np.array([place[intent] for _, intent, _ in turns])
    weights = np.array([weight for _, _, weight in turns], np.float32)
    weights *= _evened(targets, weights, len(intents))[targets]
    rows = [vocabulary.row(found) for found in counted]
    taught, bias = _descend(rows, len(vocabulary.places), targets, weights, len(intents), seed)
    return Matcher(intents, vocabulary, taught, bias)


def teach_refusal(
    domain: Domain, language: str, matcher: Matcher, speller: Speller, seed: int = 5
) -> Refusal:
    """When to say "I did not understand", set on the valid phrasings and the tuning half of outside.toml,
    as they are and misheard."""
    rng = Random(seed)
    mender = Mender(domain, language, speller)
    inside = [
        domain.say(phrasing, rng).text
        for phrasing in domain.all_phrasings(language, "valid")
        if phrasing.intent != UNKNOWN
    ]
    told = []
    for texts in (inside, outside_sentences()[language]["tune"]):
        heard = [misheard(text, rate, rng) for text in texts for rate in _SLIP_RATES]
        turns = [words for text in heard if (words := speller.words(mender.mend(text)))]
        told.append([signs(matcher.match(words), matcher, words) for words in turns])
    return Refusal.fitted(*told)


def outside_sentences() -> dict[str, dict[str, list[str]]]:
    """Sentences outside the domain, by language and half (tune, test)."""
    return read_toml(Path(__file__).parent / "outside.toml")


def _turns(domain: Domain, language: str, speller: Speller, rng: Random, most: int) -> Iterator[Turn]:
    held = {
        _key(speller.words(domain.say(phrasing, rng).text))
        for phrasing in domain.all_phrasings(language)
        if phrasing.part != "train"
        for _ in range(1 if "{" not in phrasing.text else 4)
    }
    for phrasing in domain.all_phrasings(language, "train"):
        count = _FILLS if "{" in phrasing.text else 1
        for at in range(count):
            words = speller.words(domain.say(phrasing, rng).text)
            if _key(words) not in held:
                yield words, phrasing.intent, 1 / count
                for _ in range(_SLIPS if at == 0 else 0):
                    yield _slipped(words, rng), phrasing.intent, _SLIP_WEIGHT
    seen: set[str] = set()
    for intent in domain.intents.values():
        for text in intent.lexicon[language]:
            for _ in range(min(most, readings(text) * (3 if "{" in text else 1))):
                words = speller.words(expand(text, rng, domain.lists[language].fill)[0])
                if (key := _key(words)) not in held and key not in seen:
                    seen.add(key)
                    yield words, intent.id, _LEXICON_WEIGHT


def _key(words: Sequence[Word]) -> str:
    return " ".join(word.key for word in words)


def _slipped(words: Sequence[Word], rng: Random) -> list[Word]:
    """The turn as a recogniser might mishear it: a letter changed or lost, or a word lost."""
    out = list(words)
    if len(out) > 3 and rng.random() < 0.4:
        del out[rng.randrange(len(out))]
    at = rng.randrange(len(out))
    key = out[at].key
    if not out[at].marked and len(key) > 3:
        cut = rng.randrange(1, len(key))
        letter = rng.choice(["", rng.choice("aeiou"), rng.choice("tdnrlvkgpbms")])
        out[at] = Word(key[:cut] + letter + key[cut + 1 :], out[at].surface)
    return out


def _evened(targets: NDArray[np.int64], weights: Floats, intents: int) -> Floats:
    """Intents with much material do not drown the others: the square root of their excess counts."""
    total = np.bincount(targets, weights, intents)
    return np.sqrt(np.median(total) / np.maximum(total, 1e-6)).astype(np.float32)


def _descend(
    rows: Sequence[Row], size: int, targets: NDArray[np.int64], weights: Floats, intents: int, seed: int
) -> tuple[Floats, Floats]:
    """Softmax regression by steps over batches, each feature at its own pace (Adagrad)."""
    order = np.random.default_rng(seed)
    taught, bias = np.zeros((size, intents), np.float32), np.zeros(intents, np.float32)
    steepness = np.full((size, 1), 1e-4, np.float32)
    for epoch in range(_EPOCHS):
        rate = _PACE * (1 - 0.9 * epoch / _EPOCHS)
        for batch in np.array_split(order.permutation(len(rows)), max(1, len(rows) // _BATCH)):
            columns = np.concatenate([rows[at][0] for at in batch])
            used, place = np.unique(columns, return_inverse=True)
            dense = np.zeros((len(batch), len(used)), np.float32)  # [turns, features used]
            line = np.repeat(np.arange(len(batch)), [len(rows[at][0]) for at in batch])
            dense[line, place] = np.concatenate([rows[at][1] for at in batch])
            wrong = dense @ taught[used] + bias  # [turns, intents]
            wrong = np.exp(wrong - wrong.max(1, keepdims=True))
            wrong /= wrong.sum(1, keepdims=True)
            wrong[np.arange(len(batch)), targets[batch]] -= 1
            wrong *= weights[batch, None]
            slope = dense.T @ wrong
            steepness[used] += (slope**2).sum(1, keepdims=True)
            taught[used] -= rate * slope / np.sqrt(steepness[used])
            bias -= _BIAS_PACE * rate * wrong.sum(0)
    return taught, bias


def main() -> None:
    """Teach the built-in domain and write the file that ships."""
    domain = Domain.load()
    spellers = {language: Speller(language, domain.lists) for language in LANGUAGES}
    matchers = {language: teach(domain, language, spellers) for language in LANGUAGES}
    refusals = {
        language: teach_refusal(domain, language, matchers[language], spellers[language])
        for language in LANGUAGES
    }
    Understander(domain, matchers, refusals).save()
    print(f"{TAUGHT.name}: {TAUGHT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
