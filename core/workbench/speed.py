"""The speed of a codec or a speech model in use, frame by frame."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import psutil

from core.codecs.base import Codec
from core.errors import PalukuError
from core.s2s.base import DuplexModel, SpeechModel, Voice


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


@dataclass(frozen=True, slots=True)
class SpeechTimes:
    """What each frame of a speech model took, in milliseconds."""

    listen: list[float]
    """Of hearing alone; empty for a model that speaks in every frame."""
    first: float
    """From the last frame heard to the first one spoken."""
    speak: list[float]
    shortened: list[float] = field(default_factory=list)
    """As `speak`, looking back on the newest part of the talk only; empty for a model that cannot."""


def time_speech(model: SpeechModel, frames: int, warm: int) -> SpeechTimes:
    """One talk over noise in codes; `warm` frames at first do not count, so that a window may fill."""
    random, spec = np.random.default_rng(1), model.spec
    voice = Voice(spec.speakers[0], spec.emotions[0], spec.languages[0])
    heard = [
        np.array([[random.integers(size)] for size in spec.codebook_sizes]) for _ in range(warm + frames)
    ]
    if isinstance(model, DuplexModel):
        conversation = model.converse(voice, seed=1)
        taken = [_timed(lambda codes=codes: conversation.push(codes))[0] for codes in heard]  # type: ignore[misc]
        less = heard[-frames:] if conversation.shorten(True) else []
        shortened = [_timed(lambda codes=codes: conversation.push(codes))[0] for codes in less]  # type: ignore[misc]
        return SpeechTimes([], taken[0], taken[warm:], shortened)
    listener = model.listen()
    listened = [_timed(lambda codes=codes: listener.push(codes))[0] for codes in heard]  # type: ignore[misc]
    start = time.perf_counter()
    reply = model.reply(listener, voice, seed=1)
    spoken = [time.perf_counter()]
    while len(spoken) <= frames and next(reply, None) is not None:
        spoken.append(time.perf_counter())
    if len(spoken) == 1:
        raise PalukuError("The model answered noise with nothing: there is nothing to measure.")
    steps = [1000 * (after - before) for before, after in pairwise(spoken)]
    return SpeechTimes(listened[warm:], 1000 * (spoken[1] - start), steps[1:] or steps)


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
