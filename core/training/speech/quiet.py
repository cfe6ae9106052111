"""Quiet: what silence and noise are in the codes of a codec."""

from __future__ import annotations

import numpy as np

from core.codecs.base import Codec, Codes

_BEFORE = 0.72  # seconds in which a codec's memory settles


def quiet_codes(codec: Codec, seconds: float, level_db: float | None, seed: int = 0) -> Codes:  # [K, T]
    """The codes of noise at a level, or of no sound at all, after it has gone on for a while."""
    size, rate = codec.spec.format.frame_size, codec.spec.frame_rate
    wanted, before = max(1, round(seconds * rate)), max(1, round(_BEFORE * rate))
    pcm = np.zeros((before + wanted) * size, np.float32)
    if level_db is not None:
        noise = np.random.default_rng(seed).standard_normal(len(pcm))
        pcm = (10 ** (level_db / 20) * noise).astype(np.float32)
    return codec.encoder().push(pcm)[:, before:]
