"""Vocabulary: the pieces of text that a speech model's text stream is made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.errors import ModelError

NOTHING = -1  # no piece begins in this frame
WORD_START = "▁"


class Vocabulary:
    """Text pieces by number; a leading ▁ stands for the space before a word."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = tuple(pieces)
        self._numbers = {piece: number for number, piece in enumerate(self._pieces)}
        self._longest = max(map(len, self._pieces))

    def __len__(self) -> int:
        return len(self._pieces)

    def pieces(self, words: str) -> list[int]:
        """The pieces that print `words`: at each place the longest that fits."""
        left = WORD_START + WORD_START.join(words.split())
        found = []
        while left:
            length = next(
                (n for n in range(min(len(left), self._longest), 0, -1) if left[:n] in self._numbers), 0
            )
            if length:
                found.append(self._numbers[left[:length]])
            elif left[0] != WORD_START:  # a space may go unsaid, a letter may not
                raise ModelError(f"The model cannot say “{left[0]}”.", "Write it with other letters.")
            left = left[max(1, length) :]
        return found

    def text(self, piece: int) -> str:
        """What a piece prints; special pieces, in angle brackets, print nothing."""
        if piece == NOTHING:
            return ""
        if not 0 <= piece < len(self._pieces):
            raise ModelError(f"The model wrote a piece of text that it does not have ({piece}).")
        word = self._pieces[piece]
        if word.startswith("<") and word.endswith(">"):
            return ""
        return word.replace(WORD_START, " ")


def read_vocabulary(path: Path) -> Vocabulary:
    """One piece a line, UTF-8."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"The vocabulary {path.name} cannot be read: {error}.") from error
    if not lines:
        raise ModelError(f"The vocabulary {path.name} is empty.")
    return Vocabulary(lines)
