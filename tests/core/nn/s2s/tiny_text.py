"""A small SentencePiece tokenizer, trained on the spot."""

from __future__ import annotations

import io
from pathlib import Path

from sentencepiece import SentencePieceTrainer

SENTENCES = ("hello there how are you", "you are a wise teacher", "నమస్కారం మీరు ఎలా ఉన్నారు", "hello system")


def make_tokenizer(path: Path, pieces: int = 48) -> Path:
    """Padding end, begin, end and padding come first, as in every tokenizer of the Moshi family."""
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES * 5),
        model_writer=model,
        vocab_size=pieces,
        model_type="bpe",
        character_coverage=1.0,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=3,
        minloglevel=2,
        num_threads=1,
    )
    path.write_bytes(model.getvalue())
    return path
