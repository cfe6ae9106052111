"""Sounds and an extender for the tests: voiced, repeatable, made in a moment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.enhance.live import LiveEnhancer
from core.folders import shipped_models


@cache
def live() -> LiveEnhancer:
    """The shipped extender."""
    return LiveEnhancer(Path(shipped_models()) / "paluku-wide" / "extender.onnx")


def voice(seconds: float, rate: int, *, seed: int = 0) -> Pcm:
    """Harmonics that come and go, and hissing between them."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * rate)) / rate
    pitch = 140 + 20 * np.sin(2 * np.pi * 2 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    highest = int(0.45 * rate / 170)
    voiced = sum(np.sin(k * phase) / k for k in range(1, highest)) * np.clip(
        np.sin(2 * np.pi * 3 * time), 0, 1
    )
    hiss = rng.normal(0, 0.3, len(time)) * np.clip(-np.sin(2 * np.pi * 3 * time), 0, 1)
    return (0.15 * (voiced + hiss)).astype(np.float32)
