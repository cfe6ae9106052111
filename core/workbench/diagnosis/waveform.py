"""Measures of the waveform and its spectrum: how far a reconstruction is from its original."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm

Array = NDArray[np.float64]

_FLOOR = 1e-10
_SEGMENT = 0.03  # seconds
_LOWEST, _HIGHEST = -10.0, 35.0  # dB a segment can have: silence must not decide
_WINDOWS = (512, 1024, 2048)  # of the multi-resolution distance, at 16 kHz and above


def si_sdr(original: Pcm, decoded: Pcm) -> float:
    """Scale-invariant signal-to-distortion ratio in dB; 100 for a copy."""
    x, y = (each.astype(np.float64) - each.mean(dtype=np.float64) for each in (original, decoded))
    target = x * (x @ y) / max(float(x @ x), _FLOOR)
    return _ratio(target, y - target)


def snr(original: Pcm, decoded: Pcm) -> float:
    """Signal-to-noise ratio in dB, gain and all."""
    x = original.astype(np.float64)
    return _ratio(x, decoded - x)


def segmental_snr(original: Pcm, decoded: Pcm, rate: int) -> float:
    """The mean over short segments in which there is sound."""
    size = max(1, round(_SEGMENT * rate))
    count = len(original) // size
    if not count:
        return snr(original, decoded)
    x, y = (each[: count * size].astype(np.float64).reshape(count, size) for each in (original, decoded))
    power, noise = np.square(x).sum(1), np.square(x - y).sum(1)
    loud = power > 1e-3 * power.max()
    ratios = 10 * np.log10((power[loud] + _FLOOR) / (noise[loud] + _FLOOR))
    return float(np.clip(ratios, _LOWEST, _HIGHEST).mean())


def log_spectral_distance(original: Pcm, decoded: Pcm) -> float:
    """The root mean square difference of log power spectra, frame by frame, in dB."""
    x, y = (20 * np.log10(np.maximum(_magnitudes(each, 512), 1e-5)) for each in (original, decoded))
    return float(np.sqrt(np.square(x - y).mean(axis=1)).mean())


def multi_resolution_distance(original: Pcm, decoded: Pcm) -> float:
    """Spectral convergence and log magnitude difference, averaged over three window lengths."""
    total = 0.0
    for window in _WINDOWS:
        x, y = _magnitudes(original, window), _magnitudes(decoded, window)
        convergence = np.linalg.norm(x - y) / max(float(np.linalg.norm(x)), _FLOOR)
        logs = np.abs(np.log(np.maximum(x, 1e-5)) - np.log(np.maximum(y, 1e-5))).mean()
        total += float(convergence + logs) / len(_WINDOWS)
    return total


def clicks(pcm: Pcm, rate: int) -> int:
    """Jumps that stand out of their surroundings: places where sound was cut or joined badly."""
    if len(pcm) < rate // 20:
        return 0
    bend = np.abs(np.diff(pcm.astype(np.float64), 2))
    size = max(8, rate // 200)
    blocks = bend[: len(bend) // size * size].reshape(-1, size)
    around = np.median(blocks, axis=1)
    calm = np.minimum(np.roll(around, 1), np.roll(around, -1))
    peaks = blocks.max(axis=1)
    return int(np.count_nonzero((peaks > 30 * (calm + 1e-4)) & (peaks > 0.02)))


def loudness_drift(original: Pcm, decoded: Pcm) -> float:
    """How much louder the reconstruction is, in dB."""
    return level(decoded) - level(original)


def level(pcm: Pcm) -> float:
    """The root mean square level in dBFS, -100 for silence."""
    power = float(np.mean(np.square(pcm, dtype=np.float64))) if len(pcm) else 0.0
    return max(-100.0, 10 * float(np.log10(max(power, _FLOOR))))


def clipped_share(pcm: Pcm) -> float:
    return float(np.mean(np.abs(pcm) >= 0.999)) if len(pcm) else 0.0


def _ratio(signal: Array | NDArray[Any], noise: Array | NDArray[Any]) -> float:
    power, error = float(np.square(signal).sum()), float(np.square(noise).sum())
    if error <= 0:
        return 100.0
    return float(np.clip(10 * np.log10(max(power, 1e-12) / error), -100, 100))


def _magnitudes(pcm: Pcm, window: int) -> Array:  # -> [frame, bin]
    hop = window // 4
    padded = np.pad(pcm.astype(np.float64), (0, max(0, window - len(pcm))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop]
    found: Array = np.abs(np.fft.rfft(frames * np.hanning(window))) * (2 / window)
    return found
