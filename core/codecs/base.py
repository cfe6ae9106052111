"""The words of codecs: Codes, CodecSpec, and what a codec can do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.audio.base import AudioFormat, Pcm

Codes = NDArray[np.int64]  # [K, T]: codebook, frame


@dataclass(frozen=True, slots=True, kw_only=True)
class CodecSpec:
    """What a codec is, to those who use it: its sound format and its codebooks."""

    format: AudioFormat
    codebook_sizes: tuple[int, ...]
    delay_samples: int = 0
    """Samples by which the decoded sound lags the input, beyond the frame itself."""
    streaming: bool = True
    """Whether it can work frame by frame (False: whole files only)."""

    def __post_init__(self) -> None:
        if not self.codebook_sizes or min(self.codebook_sizes) < 2:
            raise ValueError(f"a codec needs codebooks of two codes or more, not {self.codebook_sizes}")

    @property
    def n_codebooks(self) -> int:
        return len(self.codebook_sizes)

    @property
    def frame_rate(self) -> float:
        return self.format.frame_rate

    def bitrate(self, n_codebooks: int | None = None) -> float:
        """Bits per second with the first `n_codebooks` codebooks (all of them by default)."""
        sizes = self.codebook_sizes[:n_codebooks]
        return self.frame_rate * sum(math.log2(size) for size in sizes)


class Encoder(Protocol):
    """One stream of sound becoming codes. Owns its state; is never reset: ask for a new one."""

    def push(self, pcm: Pcm) -> Codes:
        """Whole frames of sound in, as many frames of codes out (all codebooks)."""


class Decoder(Protocol):
    """One stream of codes becoming sound. Owns its state; is never reset: ask for a new one."""

    def push(self, codes: Codes) -> Pcm:
        """Frames of codes in (the first K codebooks, K >= 1), as many frames of sound out."""


class Codec(Protocol):
    """Weights that turn sound into codes and back: shared, immutable."""

    @property
    def spec(self) -> CodecSpec: ...

    def encoder(self) -> Encoder: ...

    def decoder(self) -> Decoder: ...
