"""Mender: misheard words brought back to the words of the domain that sound most alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from core.domain.book import Domain
from core.domain.numbers import in_words, read_number
from core.domain.phrase_grammar import plain_words
from core.domain.script import sound_key, tokens
from core.domain.times import MONTHS, WEEKDAYS, duration_in_words, time_in_words
from core.domain.wording import Speller

_SHORTEST, _LONG = 4, 7
"""Sounds of a word that one slip does not turn into another word, and of one that bears two slips."""


class Mender:
    """The words that are said in one language, found again where a letter, two, or a space are wrong."""

    def __init__(self, domain: Domain, language: str, speller: Speller) -> None:
        self._language = language
        self._speller = speller
        self._known: dict[str, str] = {}
        self._times: Counter[str] = Counter()
        for word in _words(domain, language):
            key = sound_key(word)
            self._known.setdefault(key, word)
            self._times[key] += 1
        self._alike: dict[str, list[str]] = defaultdict(list)  # without a sound
        self._written: dict[str, list[str]] = defaultdict(list)  # without a letter, which may be two sounds
        for key, word in self._known.items():
            for less in _one_less(key):
                self._alike[less].append(key)
            for less in map(sound_key, _one_less(word)):
                self._written[less].append(key)

    def mend(self, text: str) -> str:
        """The text with misheard words mended; the same text where all are known."""
        said = tokens(text)
        mended = list(self._mended(said))
        return " ".join(mended) if mended != said else text

    def _mended(self, said: Sequence[str]) -> Iterator[str]:
        at = 0
        while at < len(said):
            word, following = said[at], said[at + 1] if at + 1 < len(said) else ""
            at += 1
            if self._stays(word):
                yield word
            elif following and not self._stays(following) and (whole := self._whole(word + following)):
                at += 1
                yield whole
            else:
                yield self._nearest(word) or self._parted(word) or word

    def _stays(self, word: str) -> bool:
        is_word = any(letter.isalpha() for letter in word)
        return not is_word or sound_key(word) in self._known or self._is_said(word)

    def _whole(self, word: str) -> str:
        """One word that a space was heard in."""
        return self._known.get(sound_key(word), "")

    def _nearest(self, word: str) -> str:
        key = sound_key(word)
        found = {known for less in map(sound_key, _one_less(word)) for known in self._written.get(less, ())}
        if len(key) >= _LONG:
            near = {known for less in _one_less(key) for known in self._alike.get(less, ())}
            found |= {known for known in near if distance(key, known) <= 2}
        found = {known for known in found if max(len(known), len(key)) >= _SHORTEST}
        if not found:
            return ""
        return self._known[min(found, key=lambda known: (distance(key, known), -self._times[known], known))]

    def _parted(self, word: str) -> str:
        """Two words that no space was heard between."""
        cuts = [
            (self._times[one] + self._times[other], word[:at], word[at:])
            for at in range(2, len(word) - 1)
            if (one := sound_key(word[:at])) in self._known and (other := sound_key(word[at:])) in self._known
        ]
        return " ".join(max(cuts)[1:]) if cuts else ""

    def _is_said(self, word: str) -> bool:
        """Numbers and loanwords with endings are words, though no list holds them."""
        parts = self._speller.split(word)
        return len(parts) > 1 or read_number(parts, self._language) is not None


def distance(one: str, other: str) -> int:
    """Letters that are changed, lost or added between two words."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != wanted))
    return row[-1]


def _of_numbers(language: str) -> Iterator[str]:
    yield from (in_words(number, language) for number in (*range(100), 100, 1000, 100_000, 10_000_000))
    yield from (in_words(number, language) for number in (2000, 200_000))
    yield from (time_in_words(hour, minute, language) for hour in range(24) for minute in (0, 15, 30, 45))
    for seconds in (1, 2, 60, 120, 3600, 7200):
        yield duration_in_words(seconds, language)
        yield duration_in_words(seconds, language, before=True)
    yield from (*MONTHS[language], *WEEKDAYS[language])


def _one_less(key: str) -> set[str]:
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def _words(domain: Domain, language: str) -> Iterator[str]:
    lists = domain.lists[language]
    texts: list[Sequence[str]] = [[p.text for p in domain.all_phrasings(language, "train")]]
    texts += [intent.lexicon[language] for intent in domain.intents.values()]
    texts += [*lists.plain.values(), *lists.units, lists.openings, lists.endings]
    texts += [said for named in lists.named.values() for said in named.values()]
    texts += [list(_of_numbers(language))]
    for group in texts:
        for text in group:
            yield from tokens(plain_words(text))
