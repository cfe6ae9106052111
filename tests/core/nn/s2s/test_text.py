from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ModelError
from core.nn.s2s.streams import NOTHING
from core.nn.s2s.text import SentencePieceText, Text, open_text
from core.s2s.vocabulary import Vocabulary
from tests.core.nn.s2s.tiny_text import make_tokenizer

PIECES = ("<pad>", "<end>", "▁hello", "▁he", "llo", "▁", "y", "▁you", "నమ", "స్తే")


def printed(text: Text, words: str) -> str:
    return "".join(text.printed(piece) for piece, _ in text.pieces(words)).strip()


@pytest.mark.parametrize("words", ["hello there", "నమస్కారం మీరు", "you"])
def test_sentence_pieces(tmp_path: Path, words: str) -> None:
    text = open_text(make_tokenizer(tmp_path / "tokenizer.model", 90))
    assert printed(text, words) == words
    begins = [begin for _, begin in text.pieces(words)]
    assert begins[0] and sum(begins) == len(words.split())
    assert [text.printed(piece) for piece in (NOTHING, 0, 1, 2, 3)] == [""] * 5


def test_a_missing_or_broken_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing") as error:
        SentencePieceText(tmp_path / "tokenizer_spm_32k_3.model")
    assert "fetch" in error.value.hint
    (tmp_path / "bad.model").write_bytes(b"no tokenizer")
    with pytest.raises(ModelError, match="cannot be read"):
        open_text(tmp_path / "bad.model")


def test_pieces_beyond_the_tokenizer(tmp_path: Path) -> None:
    text = SentencePieceText(make_tokenizer(tmp_path / "tokenizer.model"))
    with pytest.raises(ModelError, match="does not have"):
        text.printed(len(text))


def test_our_own_pieces() -> None:
    text = Vocabulary(PIECES)
    assert text.pieces("hello you") == [(2, True), (7, True)]
    assert text.pieces("నమస్తే") == [(5, True), (8, False), (9, False)]
    assert printed(text, "  hello   you y ") == "hello you y"
    assert [text.printed(piece) for piece in (NOTHING, 0, 1)] == [""] * 3
    with pytest.raises(ModelError, match="cannot say"):
        text.pieces("hello zebra")
    with pytest.raises(ModelError, match="does not have"):
        text.printed(len(PIECES))


def test_a_list_of_pieces_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "pieces.txt"
    path.write_text("\n".join(PIECES), encoding="utf-8")
    assert open_text(path).pieces("you") == [(7, True)]
    with pytest.raises(ModelError, match="cannot be read"):
        open_text(tmp_path / "nothing.txt")
