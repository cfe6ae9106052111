"""Controls: codecs of which the verdict is known, so that a diagnosis can be trusted."""

from __future__ import annotations

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.codecs.base import Codec, CodecSpec, Codes, Decoder, Encoder

SAMPLE_RATE, BOOKS, LEVELS = 16_000, 8, 65_536


class IdentityCodec(Codec):
    """A codec that loses nothing: each codebook holds one of eight neighbouring samples.

    Starved of codebooks it holds each sample that it still has until the next one: one in eight, if it
    keeps a single book.
    """

    def __init__(self, books: int = BOOKS) -> None:
        self.books = books

    @property
    def spec(self) -> CodecSpec:
        return CodecSpec(format=AudioFormat(SAMPLE_RATE, BOOKS), codebook_sizes=(LEVELS,) * self.books)

    def encoder(self) -> Encoder:
        return _SampleEncoder(self.books)

    def decoder(self) -> Decoder:
        return _SampleDecoder()


class _SampleEncoder(Encoder):
    """Samples as codes."""

    def __init__(self, books: int) -> None:
        self._books = books

    def push(self, pcm: Pcm) -> Codes:
        levels = np.clip(np.round(pcm * (LEVELS // 2 - 1)), 1 - LEVELS // 2, LEVELS // 2 - 1)
        codes: Codes = (levels.astype(np.int64) + LEVELS // 2).reshape(-1, BOOKS).T
        return codes[: self._books]


class _SampleDecoder(Decoder):
    """Codes as samples."""

    def push(self, codes: Codes) -> Pcm:
        sample_of = np.arange(BOOKS) * len(codes) // BOOKS
        levels = (codes[sample_of] - LEVELS // 2).astype(np.float32)  # [8, T]
        pcm: Pcm = (levels / np.float32(LEVELS // 2 - 1)).T.reshape(-1)
        return pcm
