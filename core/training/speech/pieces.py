"""Pieces of text: learned from what is said in corpora, and laid out in time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import StorageError
from core.nn.s2s.streams import NOTHING, StreamsConfig
from core.nn.s2s.text import SentencePieceText
from core.training.speech.letters import ENGLISH, TELUGU
from core.training.speech.sounds import PAUSES

PAD, END, PAD_END, STRANGE = 0, 1, 2, 3
"""The first pieces: nothing, end of turn, a word comes next, and what has no piece."""

Tokens = NDArray[np.int64]
Word = tuple[int, tuple[int, ...]]  # the frame in which it may begin, its pieces


def learned_text(path: Path, texts: Iterable[str], size: int) -> SentencePieceText:
    """The pieces in a file; learned first where there is none yet. Every letter of both scripts is one."""
    if not path.exists():
        _learn(path, texts, size)
    return SentencePieceText(path)


def _learn(path: Path, texts: Iterable[str], size: int) -> None:
    from sentencepiece import SentencePieceTrainer

    letters = ENGLISH + TELUGU + "".join(PAUSES)
    made = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter([*texts, *letters]),
        model_writer=made,
        model_type="unigram",
        vocab_size=size,
        hard_vocab_limit=False,  # a small corpus has fewer
        normalization_rule_name="nmt_nfkc_cf",
        character_coverage=1.0,
        required_chars=letters,
        pad_id=PAD,
        eos_id=END,
        bos_id=PAD_END,
        unk_id=STRANGE,
        num_threads=1,
        minloglevel=2,
    )
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(made.getvalue())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError(
            f"The pieces of text could not be saved: {error.strerror or error}.", "Is the disk full?"
        ) from error


def laid(words: Sequence[Word], length: int, streams: StreamsConfig, *, announced: bool) -> Tokens:  # [T]
    """Words in time, a piece a frame, none before the word before it is written; the last may fall out.

    An `announced` word has the piece that says so in the frame before it, where that is free.
    """
    text, at = np.full(length, streams.text_pad, np.int64), 0
    for frame, pieces in words:
        at = max(at, frame)
        if announced and streams.text_pad_end != NOTHING and 0 < at <= length:
            before = text[at - 1]
            text[at - 1] = streams.text_pad_end if before == streams.text_pad else before
        for piece in pieces:
            if at < length:
                text[at] = piece
            at += 1
    return text
