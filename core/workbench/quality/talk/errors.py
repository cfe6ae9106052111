"""Errors in recognised text: how many letters and words are wrong, of those that were said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.script import tokens


@dataclass(slots=True)
class TextErrors:
    """A count over many texts."""

    letters: int = 0
    wrong_letters: int = 0
    words: int = 0
    wrong_words: int = 0

    def count(self, said: str, heard: str) -> None:
        true, found = tokens(said), tokens(heard)
        self.words += len(true)
        self.wrong_words += distance(true, found)
        self.letters += len(" ".join(true))
        self.wrong_letters += distance(" ".join(true), " ".join(found))

    def figures(self) -> dict[str, float]:
        """Shares of what was said."""
        return {
            "letter_error": round(self.wrong_letters / max(1, self.letters), 4),
            "word_error": round(self.wrong_words / max(1, self.words), 4),
        }


def distance(true: Sequence[object], found: Sequence[object]) -> int:
    """The fewest changes, losses and additions that turn one row into the other."""
    row = list(range(len(found) + 1))
    for number, wanted in enumerate(true, 1):
        before, row[0] = row[0], number
        for place, given in enumerate(found, 1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (wanted != given)),
            )
    return row[-1]
