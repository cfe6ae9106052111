"""A worker: one implementation of a codec in a process of its own, told over standard input what to do.

time N    N frames there and back -> {"encode": [ms], "decode": [ms], "rss_mb": MB}
same N    N given frames          -> {"codes": [[code] x K] x N, "pcm": path of the decoded sound}
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

FRAME, RATE = 1920, 24_000

Pcm = NDArray[np.float32]  # [FRAME]
Codes = NDArray[np.int64]  # [K]


def sound(frames: int) -> NDArray[np.float32]:  # [frames, FRAME]
    """Noise whose loudness changes; the same in every process."""
    random = np.random.default_rng(1)
    loud = random.uniform(0.02, 0.3, (frames, 1))
    noise: NDArray[np.float32] = (random.normal(0, 1, (frames, FRAME)) * loud).astype(np.float32)
    return noise


def serve(encode: Callable[[Pcm], Codes], decode: Callable[[Codes], Pcm]) -> None:
    """Do what standard input says until it ends."""
    _say({"ready": True})
    for line in sys.stdin:
        order, count = line.split()
        _say(_time(encode, decode, int(count)) if order == "time" else _same(encode, decode, int(count)))


def _time(encode: Callable[[Pcm], Codes], decode: Callable[[Codes], Pcm], frames: int) -> dict[str, Any]:
    there, back = [], []
    for pcm in sound(frames):
        start = time.perf_counter()
        codes = encode(pcm)
        middle = time.perf_counter()
        decode(codes)
        there.append((middle - start) * 1000)
        back.append((time.perf_counter() - middle) * 1000)
    return {"encode": there, "decode": back, "rss_mb": _rss_mb()}


def _same(encode: Callable[[Pcm], Codes], decode: Callable[[Codes], Pcm], frames: int) -> dict[str, Any]:
    codes = [encode(pcm) for pcm in sound(frames)]
    random = np.random.default_rng(2)
    given = random.integers(0, 2048, (frames, len(codes[0])))
    with tempfile.NamedTemporaryFile(suffix=".npy", delete=False) as file:
        np.save(file, np.concatenate([decode(frame) for frame in given]))
    return {"codes": [frame.tolist() for frame in codes], "pcm": file.name}


def _rss_mb() -> float:
    try:
        import psutil
    except ModuleNotFoundError:
        return 0.0
    return round(float(psutil.Process().memory_info().rss) / 2**20, 1)


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)
