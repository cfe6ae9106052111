"""Partners: which answers of a corpus go with what was asked, as the domain has it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from core.domain.book import Domain
from core.domain.understand import Understander
from core.training.corpus.desk import pattern_of, plain
from core.training.corpus.manifest import Entry

_SLOT_ONLY = re.compile(r"[\s{}()|\[\].,?!]*(\{\w+\}[\s()|\[\].,?!]*)*")


class Partners:
    """The intents of the domain in what is asked and what is answered."""

    def __init__(self, domain: Domain) -> None:
        self._understander = Understander.load(domain)
        self._replies = {
            language: [
                (intent.id, re.compile("|".join(patterns)))
                for intent in domain.intents.values()
                if (patterns := _patterns(reply.text for reply in intent.replies[language]))
            ]
            for language in ("te", "en")
        }

    def asked(self, entry: Entry) -> str:
        """The intent of a question."""
        return self._understander.understand(entry.text, entry.language).intent

    def answered(self, entry: Entry) -> list[str]:
        """The intents that such an answer fits."""
        text = plain(entry.text)
        return [intent for intent, said in self._replies.get(entry.language, ()) if said.fullmatch(text)]

    def of(self, asked: Sequence[Entry], answered: Sequence[Entry]) -> list[list[int]]:
        """For each question the numbers of the answers that fit it, in its own language."""
        fitting: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        known: dict[str, list[str]] = {}
        for number, entry in enumerate(answered):
            intents = known.setdefault(f"{entry.language} {entry.text}", [])
            intents += [] if intents else self.answered(entry)
            for intent in intents:
                fitting[entry.language, intent].append(number)
        return [fitting.get((entry.language, self.asked(entry)), []) for entry in asked]


def language_partners(asked: Sequence[Entry], answered: Sequence[Entry]) -> list[list[int]]:
    """For each question all answers in its own language: for corpora that are not of the domain."""
    spoken: Mapping[str, list[int]] = {
        language: [n for n, entry in enumerate(answered) if entry.language == language]
        for language in {entry.language for entry in asked}
    }
    return [spoken[entry.language] for entry in asked]


def _patterns(texts: Iterable[str]) -> list[str]:
    """Replies as regular expressions; those without a word of their own fit everything and are left out."""
    return [pattern_of(text) for text in texts if not _SLOT_ONLY.fullmatch(text)]
