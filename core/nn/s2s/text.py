"""Text of a speech model: pieces to words and back, with the rules of what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sentencepiece import SentencePieceProcessor

from core.errors import ModelError
from core.nn.s2s.streams import NOTHING
from core.s2s.vocabulary import WORD_START

_SILENT = 4  # end of padding, begin, end, padding: the first pieces of every tokenizer of the Moshi family


class Text(Protocol):
    """The pieces that a model's text stream is made of."""

    def printed(self, piece: int) -> str:
        """What a piece adds to the transcript; special pieces add nothing."""

    def pieces(self, words: str) -> list[tuple[int, bool]]:
        """Words as pieces, each with whether a word begins with it."""


class SentencePieceText:
    """The text of the Moshi family: a SentencePiece model whose first four pieces are never printed."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ModelError(
                f"The tokenizer {path.name} is missing.", "It is published beside the weights: fetch it too."
            )
        try:
            self._processor = SentencePieceProcessor(model_file=str(path))
        except (OSError, RuntimeError) as error:
            raise ModelError(f"The tokenizer {path.name} cannot be read.", "Fetch it again.") from error

    def __len__(self) -> int:
        return int(self._processor.get_piece_size())

    def printed(self, piece: int) -> str:
        if piece < _SILENT:
            return ""
        if piece >= len(self):
            raise ModelError(
                f"The model wrote a piece of text that its tokenizer does not have ({piece}).",
                "The tokenizer belongs to another model.",
            )
        if self._processor.is_control(piece):
            return ""
        return str(self._processor.id_to_piece(piece)).replace(WORD_START, " ")

    def pieces(self, words: str) -> list[tuple[int, bool]]:
        found = [int(piece) for piece in self._processor.encode(words)]
        return [(piece, str(self._processor.id_to_piece(piece)).startswith(WORD_START)) for piece in found]


class PieceText:
    """The text of our own models: one piece a line; those in angle brackets are never printed."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = tuple(pieces)
        self._numbers = {piece: number for number, piece in enumerate(pieces) if not _special(piece)}
        self._longest = max(map(len, self._numbers), default=0)

    def __len__(self) -> int:
        return len(self._pieces)

    def printed(self, piece: int) -> str:
        if piece == NOTHING:
            return ""
        if not 0 <= piece < len(self._pieces):
            raise ModelError(f"The model wrote a piece of text that it does not have ({piece}).")
        word = self._pieces[piece]
        return "" if _special(word) else word.replace(WORD_START, " ")

    def pieces(self, words: str) -> list[tuple[int, bool]]:
        """The longest piece first, from left to right."""
        rest = "".join(WORD_START + word for word in words.split())
        found = []
        while rest:
            fits = (rest[:size] for size in range(min(self._longest, len(rest)), 0, -1))
            piece = next((piece for piece in fits if piece in self._numbers), None)
            if piece is None:
                raise ModelError(f"The model cannot say “{words}”: it has no piece for “{rest[0]}”.")
            found.append((self._numbers[piece], piece.startswith(WORD_START)))
            rest = rest[len(piece) :]
        return found


def open_text(path: Path) -> Text:
    """The text of a model: a SentencePiece model, or a list of pieces."""
    if path.suffix == ".model":
        return SentencePieceText(path)
    try:
        return PieceText(path.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"The vocabulary {path.name} cannot be read: {error}.") from error


def _special(piece: str) -> bool:
    return piece.startswith("<") and piece.endswith(">")
