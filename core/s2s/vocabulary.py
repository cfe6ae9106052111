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

    def __len__(self) -> int:
        return len(self._pieces)

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
