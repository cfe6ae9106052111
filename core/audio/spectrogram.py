"""Spectrograms: sounds as pictures, and the difference between an original and its reconstruction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.audio.png import resized, shaded, to_png
from core.audio.spectrum import Spectrum, SpectrumConfig

_ROWS, _COLUMNS = 180, 960
_LOUDEST, _QUIETEST = -15.0, -85.0  # dB
_MOST_DIFFERENT = 30.0  # dB

# from paper white over blue to ink: calm, and it can be printed
_SHADES = ((250, 250, 247), (205, 222, 228), (120, 170, 190), (47, 111, 143), (24, 52, 78), (12, 20, 33))
_MISSING_TO_ADDED = ((36, 84, 130), (150, 190, 214), (250, 250, 247), (231, 174, 138), (166, 66, 44))


def spectrogram_pictures(original: Pcm, decoded: Pcm, rate: int) -> dict[str, bytes]:
    """PNG files by name; in the difference, blue is missing and red was added."""
    before, behind = _columns(original, rate), _columns(decoded, rate)
    difference = (behind - before) / (2 * _MOST_DIFFERENT) + 0.5
    return {
        "spectrogram_original.png": to_png(shaded(_scaled(before), _SHADES)),
        "spectrogram_reconstructed.png": to_png(shaded(_scaled(behind), _SHADES)),
        "spectrogram_difference.png": to_png(shaded(difference, _MISSING_TO_ADDED)),
    }


def spectrogram_picture(pcm: Pcm, rate: int) -> bytes:
    """One sound as a PNG file."""
    return to_png(shaded(_scaled(_columns(pcm, rate)), _SHADES))


def _scaled(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    scaled: NDArray[np.float64] = (columns - _QUIETEST) / (_LOUDEST - _QUIETEST)
    return scaled


def _columns(pcm: Pcm, rate: int) -> NDArray[np.float64]:
    """dB, low frequencies at the bottom, [row, column]."""
    window = 1 << (rate // 40).bit_length()
    config = SpectrumConfig(rate, window=window, hop=max(1, rate // 200), bins=_ROWS, lowest_hz=40.0)
    columns = Spectrum(config).push(np.pad(pcm, (0, window)))
    return resized(columns.T[::-1].astype(np.float64), _ROWS, _COLUMNS)
