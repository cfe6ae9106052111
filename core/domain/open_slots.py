"""Slots that may hold any words: a name, a thing to remember, a word to spell or translate."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.book import Domain
from core.domain.phrase_grammar import plain_words, slots_in
from core.domain.script import sound_key
from core.domain.wording import Speller, Word, join

OPEN = ("name", "word", "thing")


class OpenSlots:
    """Finds the words that fill an open slot: those that are none of the intent's own."""

    def __init__(self, domain: Domain, language: str, speller: Speller) -> None:
        self._slot: dict[str, str] = {}
        self._own: dict[str, set[str]] = {}
        lists = domain.lists[language]
        wrappers = {word.key for text in (*lists.openings, *lists.endings) for word in speller.words(text)}
        for intent in domain.intents.values():
            texts = [p.text for p in intent.phrasings[language] if p.part == "train"] + list(
                intent.lexicon[language]
            )
            slot = next((name for text in texts for name in slots_in(text) if name in OPEN), None)
            if slot is None:
                continue
            own = {sound_key(word) for text in texts for word in speller.split(plain_words(text))}
            self._slot[intent.id] = slot
            self._own[intent.id] = own | wrappers

    def find(self, intent: str, words: Sequence[Word]) -> dict[str, str]:
        """The open slot of the intent, filled from the turn; nothing where no words are left for it."""
        slot = self._slot.get(intent)
        if slot is None:
            return {}
        own = self._own[intent]
        free = [
            at
            for at, word in enumerate(words)
            if not word.marked and word.key not in own and word.surface[0] != "+"
        ]
        if not free:
            return {}
        first = last = free[0]
        for at in free[1:]:
            between = words[last + 1 : at]
            # a time or two of the intent's own words end the run: "remind me to X at six to ..."
            if any(word.marked for word in between) or len(between) > 3:
                break
            last = at
        run = words[first : last + 1] if slot != "name" else words[first : first + 1]
        return {slot: join([word.surface for word in run])}
