"""Sentences: the built-in sentence material of a language, and how a sentence is drawn from it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from core.errors import PalukuError

LANGUAGES = ("te", "en", "hi")
BLANK = re.compile(r"\{(\w+)\}")
TALK_SHARE = 0.25
PAIR_SHARE = 0.35  # two sentences in one breath
SYLLABLE_SHARE = 0.05  # made-up words, for the sounds that daily words seldom need


@dataclass(frozen=True, slots=True)
class Sentences:
    """A small grammar of one language: sentence patterns and the words that fill their blanks."""

    language: str
    words: Mapping[str, Sequence[str]]
    plain: Sequence[str]
    talk: Sequence[str]
    days: Sequence[str]
    months: Sequence[str]
    date: str
    clock: Sequence[str]
    onsets: Sequence[str]
    rhymes: Sequence[str]

    def draw(self, rng: np.random.Generator) -> str:
        """Something to say: a sentence, two of them, or made-up words."""
        chance = rng.random()
        if chance < SYLLABLE_SHARE:
            return self._made_up(rng)
        first = self._sentence(rng)
        return f"{first} {self._sentence(rng)}" if rng.random() < PAIR_SHARE else first

    def _sentence(self, rng: np.random.Generator) -> str:
        sentence = self._fill(_one(rng, self.talk if rng.random() < TALK_SHARE else self.plain), rng)
        return sentence[0].upper() + sentence[1:]

    def check(self) -> None:
        """Every blank has a word for it."""
        known = {*self.words, "number", "day", "date", "clock"}
        for pattern in [*self.plain, *self.talk, *(word for words in self.words.values() for word in words)]:
            for blank in BLANK.findall(pattern):
                if blank not in known:
                    raise PalukuError(
                        f"The sentences of {self.language!r} use {{{blank}}}, which has no words."
                    )

    def _fill(self, pattern: str, rng: np.random.Generator) -> str:
        return BLANK.sub(lambda found: self._fill(self._blank(found[1], rng), rng), pattern)

    def _blank(self, name: str, rng: np.random.Generator) -> str:
        if name == "number":
            return str(int(rng.integers(1, 10 ** int(rng.integers(1, 5)))))
        if name == "day":
            return _one(rng, self.days)
        if name == "date":
            return self.date.format(month=_one(rng, self.months), d=int(rng.integers(1, 29)))
        if name == "clock":
            return _one(rng, self.clock).format(h=int(rng.integers(3, 13)), m=int(rng.integers(1, 12)) * 5)
        return _one(rng, self.words[name])

    def _made_up(self, rng: np.random.Generator) -> str:
        words = []
        for _ in range(int(rng.integers(3, 8))):
            count = int(rng.integers(1, 4))
            words.append("".join(_one(rng, self.onsets) + _one(rng, self.rhymes) for _ in range(count)))
        return ", ".join(words) + "."


def sentences(language: str) -> Sentences:
    """The built-in sentences of a language."""
    if language not in LANGUAGES:
        raise PalukuError(
            f"There are no built-in sentences in {language!r}.", f"There are some in {', '.join(LANGUAGES)}."
        )
    file = resources.files("core.training.corpus") / f"text_{language}.toml"
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    found = Sentences(language, read["words"], **read["sentences"], **read["calendar"], **read["syllables"])
    found.check()
    return found


def _one(rng: np.random.Generator, options: Sequence[str]) -> str:
    return options[int(rng.integers(len(options)))]
