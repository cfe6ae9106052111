"""Desk sentences: what people ask a desk companion, and what it answers, to be spoken in a corpus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Protocol

import numpy as np

from core.domain.book import UNKNOWN, Domain, Phrasing
from core.domain.dialogue import Dialogue
from core.domain.numbers import in_words
from core.domain.phrase_grammar import expand
from core.domain.script import is_telugu, tokens
from core.domain.talk import Replies
from core.domain.understand import Understander
from core.skills.desk import Desk
from core.skills.registry import Registry
from core.skills.rings import Rings
from core.training.corpus.text import Sentences

LEXICON_SHARE, ANSWER_SHARE, DAILY_SHARE, LOOSE_SHARE = 0.3, 0.12, 0.12, 0.12
"""Of what is asked: from the lexicon, answers read aloud, daily sentences, and loose words."""
DAILY_ANSWER_SHARE, LOOSE_ANSWER_SHARE = 0.2, 0.08
"""Of what is answered: daily sentences, and loose words."""
LONGEST = 160  # letters; a longer answer is cut after a sentence


class Sayings(Protocol):
    """Something to say, endlessly."""

    def draw(self, rng: np.random.Generator) -> str: ...


class Asked:
    """What a user says: phrasings for training, never those that are held out, and words around them."""

    def __init__(self, domain: Domain, daily: Sentences) -> None:
        self._domain = domain
        self._daily = daily
        self._language = daily.language
        self._answered = Answered(domain, daily)
        self._held = HeldOut(domain, daily.language)

    def draw(self, rng: np.random.Generator) -> str:
        while self._held.is_held(text := self._drawn(rng)):
            continue
        return text

    def _drawn(self, rng: np.random.Generator) -> str:
        chance, lot = rng.random(), _lot(rng)
        for share, draw in (
            (LEXICON_SHARE, self._from_lexicon),
            (ANSWER_SHARE, self._answered.answer),
            (LOOSE_SHARE, self._loose),
        ):
            if chance < share:
                return draw(lot)
            chance -= share
        if chance < DAILY_SHARE:
            return worded(self._daily.draw(rng), self._language)
        return self._domain.say(lot.choice(self._phrasings), lot, wrapped=True).text

    @cached_property
    def _phrasings(self) -> Sequence[Phrasing]:
        return _for_training(self._domain, self._language)

    def _from_lexicon(self, lot: Random) -> str:
        told = [intent for intent in self._domain.intents.values() if intent.lexicon[self._language]]
        text = lot.choice(lot.choice(told).lexicon[self._language])
        return expand(text, lot, self._domain.lists[self._language].fill)[0]

    def _loose(self, lot: Random) -> str:
        return loose_words(self._words, lot)

    @cached_property
    def _words(self) -> Sequence[str]:
        lists = self._domain.lists[self._language]
        texts = [self._domain.say(phrasing, Random(7)).text for phrasing in self._phrasings]
        texts += [word for words in lists.plain.values() for word in words]
        texts += [reply.text for i in self._domain.intents.values() for reply in i.replies[self._language]]
        texts += [word for words in self._daily.words.values() for word in words]
        return own_words(texts, self._language)


class Answered:
    """What Paluku says: the answers of the dialogue itself to phrasings for training, skills included."""

    def __init__(self, domain: Domain, daily: Sentences) -> None:
        self._domain = domain
        self._daily = daily
        self._language = daily.language

    def draw(self, rng: np.random.Generator) -> str:
        chance, lot = rng.random(), _lot(rng)
        if chance < DAILY_ANSWER_SHARE:
            return worded(self._daily.draw(rng), self._language)
        if chance < DAILY_ANSWER_SHARE + LOOSE_ANSWER_SHARE:
            return loose_words(self._words, lot) + "."
        return self.answer(lot)

    def answer(self, lot: Random) -> str:
        """An answer of a dialogue that has just begun, at any time of any day."""
        now = datetime(2024, 1, 1) + timedelta(minutes=lot.randrange(4 * 365 * 24 * 60))
        rings = Rings(lambda: now, None)
        desk = Desk(self._domain, lambda: now, rings, lot, Replies(self._domain, lot))
        dialogue = Dialogue(self._understander, desk.replies, desk.memory, Registry(desk))
        asked = self._domain.say(lot.choice(self._phrasings), lot).text
        return _shortened(worded(dialogue.answer(asked, self._language).text, self._language))

    @cached_property
    def _understander(self) -> Understander:
        return Understander.load(self._domain)

    @cached_property
    def _phrasings(self) -> Sequence[Phrasing]:
        return _for_training(self._domain, self._language)

    @cached_property
    def _words(self) -> Sequence[str]:
        texts = [reply.text for i in self._domain.intents.values() for reply in i.replies[self._language]]
        texts += [word for words in self._daily.words.values() for word in words]
        return own_words(texts, self._language)


class HeldOut:
    """The phrasings of a language that are kept for measuring, however they are filled."""

    def __init__(self, domain: Domain, language: str) -> None:
        held = {pattern_of(p.text) for p in domain.all_phrasings(language) if p.part != "train"}
        self._patterns = re.compile("|".join(sorted(held)))

    def is_held(self, text: str) -> bool:
        return self._patterns.fullmatch(plain(text)) is not None


def pattern_of(phrasing: str) -> str:
    """A phrasing as a regular expression: choices, what may be left out, and anything in a slot."""
    loose = phrasing.replace("[", " (").replace("]", "|) ")
    parts = re.split(r"(\{\w+\}|[()|])", loose)
    return "".join(
        ".+" if part.startswith("{") else part if part in "()|" else " *".join(["", *tokens(part), ""])
        for part in parts
    )


def plain(text: str) -> str:
    """The words of a text alone, as patterns see them."""
    return " ".join(tokens(text))


def loose_words(words: Sequence[str], lot: Random) -> str:
    """Words in no order, so that hearing and speaking do not lean on what usually follows what."""
    return " ".join(lot.choice(words) for _ in range(lot.randint(2, 7)))


def worded(text: str, language: str) -> str:
    """The text with its numbers as words: what is written is what is heard."""
    return re.sub(r"\d+", lambda found: f" {in_words(int(found[0]), language)} ", text).replace("  ", " ")


def own_words(texts: Sequence[str], language: str) -> Sequence[str]:
    """The words of texts that are in the script of the language."""
    found = {word for text in texts for word in tokens(text.replace("{", " ").replace("}", " "))}
    return sorted(word for word in found if word.isdigit() is False and is_telugu(word) == (language == "te"))


def _for_training(domain: Domain, language: str) -> Sequence[Phrasing]:
    return [p for p in domain.all_phrasings(language, "train") if p.intent != UNKNOWN]


def _lot(rng: np.random.Generator) -> Random:
    return Random(int(rng.integers(2**32)))


def _shortened(text: str) -> str:
    end = text.rfind(". ", 0, LONGEST)
    return text if len(text) <= LONGEST or end < 0 else text[: end + 1]
