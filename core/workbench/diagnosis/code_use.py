"""Code use: how much of its codebooks a codec uses, and how much its codes say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.codecs.base import Codes

ENOUGH = 4  # frames for each code of a book, before an unused one can be called dead


@dataclass(frozen=True)
class BookUse:
    """One codebook in use."""

    size: int
    used: int
    """Codes that came up at all."""
    perplexity: float
    """As many codes, used evenly, would say as much."""
    entropy_bits: float
    entropy_bits_per_second: float
    transition_bits: float
    """Entropy of a code when the one before it is known: what a model of the codes still has to guess."""
    dead: int | None
    """Codes that never came up; None if there was too little sound to say."""


def code_use(codes: Codes, sizes: tuple[int, ...], frame_rate: float) -> list[BookUse]:
    """The use of each codebook in [K, T] codes."""
    return [_book(row, size, frame_rate) for row, size in zip(codes, sizes, strict=True)]


def _book(row: Codes, size: int, frame_rate: float) -> BookUse:
    seen, counts = np.unique(row, return_counts=True)
    bits = _entropy(counts)
    _, pairs = np.unique(row[:-1] * size + row[1:], return_counts=True)
    _, firsts = np.unique(row[:-1], return_counts=True)
    return BookUse(
        size=size,
        used=len(seen),
        perplexity=float(2**bits),
        entropy_bits=bits,
        entropy_bits_per_second=bits * frame_rate,
        transition_bits=max(0.0, _entropy(pairs) - _entropy(firsts)) if len(row) > 1 else 0.0,
        dead=size - len(seen) if len(row) >= ENOUGH * size else None,
    )


def _entropy(counts: Codes) -> float:
    if not counts.sum():
        return 0.0
    share = counts / counts.sum()
    return abs(float(-(share * np.log2(share)).sum()))
