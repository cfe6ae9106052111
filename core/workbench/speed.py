"""The speed of a codec in use: frame by frame, there and back."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil

from core.codecs.base import Codec


@dataclass(frozen=True, slots=True)
class Times:
    """What each of many frames took, in milliseconds."""

    encode: list[float]
    decode: list[float]

    @property
    def both(self) -> list[float]:
        return [there + back for there, back in zip(self.encode, self.decode, strict=True)]


def time_codec(codec: Codec, frames: int, warm: int) -> Times:
    """One stream of noise through encoder and decoder; `warm` frames at first do not count."""
    encoder, decoder = codec.encoder(), codec.decoder()
    random, size = np.random.default_rng(1), codec.spec.format.frame_size
    times = Times([], [])
    for frame in range(warm + frames):
        pcm = random.normal(0, 0.1, size).astype(np.float32)
        there, codes = _timed(lambda pcm=pcm: encoder.push(pcm))  # type: ignore[misc]
        back, _ = _timed(lambda codes=codes: decoder.push(codes))  # type: ignore[misc]
        if frame >= warm:
            times.encode.append(there)
            times.decode.append(back)
    return times


def figures(times: Sequence[float], frame_ms: float) -> dict[str, float]:
    """Median, 95th percentile and best, and how they stand to the sound they cover."""
    ordered = sorted(times)
    median = statistics.median(ordered)
    return {
        "median_ms": round(median, 3),
        "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 3),
        "min_ms": round(ordered[0], 3),
        "real_time_factor": round(median / frame_ms, 4),
    }


def rss_mb() -> float:
    """What this process holds in memory."""
    return round(float(psutil.Process().memory_info().rss) / 2**20, 1)


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = call()
    return (time.perf_counter() - start) * 1000, result
