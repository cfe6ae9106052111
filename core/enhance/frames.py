"""Frames: sound as overlapping short spectra and back, with the overlap in plain sight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm

Spectra = NDArray[np.complex64]  # [T, BINS]

HOP = 480  # 10 ms at 48 kHz
WINDOW = 2 * HOP
BINS = WINDOW // 2 + 1
BIN_HZ = 50.0

# The root of a Hann window, once before and once after: the squares of neighbours sum to one.
SHAPE: NDArray[np.float32] = np.sin(np.pi * np.arange(WINDOW) / WINDOW).astype(np.float32)


class Analysis:
    """A stream of sound becoming spectra, one for every hop; the first one sees half a window of silence."""

    def __init__(self) -> None:
        self._past: Pcm = np.zeros(HOP, np.float32)

    def push(self, pcm: Pcm) -> Spectra:  # [T * HOP] -> [T, BINS]
        sound = np.concatenate((self._past, pcm))
        self._past = sound[-HOP:]
        windows = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP]  # [T, WINDOW]
        return np.fft.rfft(windows * SHAPE, axis=1).astype(np.complex64)


class Synthesis:
    """Spectra becoming sound again, one hop after what `Analysis` was given."""

    delay = HOP

    def __init__(self) -> None:
        self._tail: Pcm = np.zeros(HOP, np.float32)

    def push(self, spectra: Spectra) -> Pcm:  # [T, BINS] -> [T * HOP]
        windows = np.fft.irfft(spectra, WINDOW, axis=1).astype(np.float32) * SHAPE
        opening, closing = windows[:, :HOP], windows[:, HOP:]
        before = np.concatenate((self._tail[None], closing[:-1]))
        self._tail = closing[-1]
        return (opening + before).reshape(-1)
