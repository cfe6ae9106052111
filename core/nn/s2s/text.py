"""Text of a speech model: pieces to words and back, with the rules of what is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sentencepiece import SentencePieceProcessor

from core.errors import ModelError
from core.s2s.vocabulary import WORD_START, read_vocabulary

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

    def piece(self, number: int) -> str:
        """A piece as it stands in the model; "" for one that is never printed."""
        silent = number < _SILENT or self._processor.is_control(number)
        return "" if silent else str(self._processor.id_to_piece(number))

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


def open_text(path: Path) -> Text:
    """The text of a model: a SentencePiece model, or a list of pieces."""
    return SentencePieceText(path) if path.suffix == ".model" else read_vocabulary(path)
