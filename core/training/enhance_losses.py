"""What the live extender is taught by: strength, loudness, phase, and how the sound itself measures."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from core.enhance.frames import BIN_HZ, BINS, HOP, SHAPE, WINDOW

_POWER_FLOOR = 1e-8
_RESOLUTIONS = ((2048, 1024), (512, 256))  # window, hop
_PATCH_BINS = 20  # 1 kHz
_LARGEST_RATIO = 1e3  # a click that nobody could foresee


@dataclass(frozen=True, slots=True, kw_only=True)
class LossConfig:
    """How much each teacher counts."""

    strength: float = 0.3
    loudness: float = 0.2
    phase: float = 0.1
    measured: float = 1.0


def spectra(pcm: Tensor) -> Tensor:
    """[B, T * HOP] -> [B, T, BINS] complex, as the run-time's `Analysis` makes them."""
    window = torch.as_tensor(SHAPE, device=pcm.device)
    padded = F.pad(pcm, (HOP, 0))
    found = torch.stft(padded, WINDOW, HOP, WINDOW, window, center=False, return_complex=True)
    frames: Tensor = found.transpose(1, 2)
    return frames


def sound(spectrum: Tensor) -> Tensor:
    """[B, T, BINS] complex -> [B, T * HOP]: the inverse of `spectra`, without the last half window."""
    window = torch.as_tensor(SHAPE, device=spectrum.device)
    frames = torch.fft.irfft(spectrum, WINDOW, dim=-1) * window  # [B, T, WINDOW]
    opening, closing = frames[..., :HOP], frames[..., HOP:]
    joined: Tensor = (closing[:, :-1] + opening[:, 1:]).flatten(1)  # [B, (T - 1) * HOP]
    return joined


def band_mask(crossover: Tensor, limit: Tensor, first: int, last: int) -> Tensor:
    """[B], [B] in Hz -> [B, 1, bins]: the bins that are to be added and whose truth is known."""
    hertz = torch.arange(first, last + 1, device=crossover.device) * BIN_HZ
    return ((hertz >= crossover[:, None]) & (hertz < limit[:, None])).float()[:, None]


def strength_loss(log_magnitude: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """Mean squared difference of the logarithms, in the masked bins."""
    return _mean((log_magnitude - truth).square(), mask)


def loudness_loss(log_magnitude: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """Itakura and Saito's distance of patches of a kilohertz: it is least where the mean power is right.

    A mean of logarithms alone answers every doubt with too little: its sibilants were 12 dB too soft.
    """
    width = log_magnitude.shape[-1] // _PATCH_BINS * _PATCH_BINS
    weight = mask[..., :width].expand(-1, log_magnitude.shape[1], -1)

    def patches(values: Tensor) -> Tensor:
        power = torch.exp(2 * values[..., :width]) * weight
        return power.reshape(*power.shape[:2], -1, _PATCH_BINS).mean(-1) + _POWER_FLOOR

    full = weight.reshape(*weight.shape[:2], -1, _PATCH_BINS).amin(-1)  # patches that are wholly inside
    ratio = (patches(truth) / patches(log_magnitude)).clamp_max(_LARGEST_RATIO)
    return _mean(ratio - torch.log(ratio) - 1, full)


def phase_loss(phasor: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """Phases, and their slope from bin to bin, as one minus the cosine of what they are off by."""
    real, imaginary = phasor.chunk(2, dim=-1)
    ours, theirs = torch.complex(real, imaginary), torch.complex(*truth.chunk(2, dim=-1))
    off = ours * theirs.conj()
    slope = off[..., 1:] * off[..., :-1].conj()
    return _mean(1 - off.real, mask) + _mean(1 - slope.real, mask[..., 1:])


def measured_loss(added: Tensor, low: Tensor, truth: Tensor, crossover: Tensor, limit: Tensor) -> Tensor:
    """Log-spectral distance of the sound itself in the added band, at several resolutions."""
    total = added.new_zeros(())
    for size, hop in _RESOLUTIONS:
        window = torch.hann_window(size, device=added.device)
        power = [
            torch.log10(
                torch.stft(x, size, hop, size, window, center=False, return_complex=True)
                .abs()
                .square()
                .clamp_min(_POWER_FLOOR)
            )
            for x in (low + added, truth)
        ]  # [B, F, T]
        hertz = torch.arange(size // 2 + 1, device=added.device) * (2 * (BINS - 1) * BIN_HZ / size)
        mask = ((hertz >= crossover[:, None]) & (hertz < limit[:, None])).float()[..., None]
        squares = ((power[0] - power[1]).square() * mask).sum(1) / mask.sum(1).clamp_min(1)  # [B, T]
        total = total + torch.sqrt(squares + 1e-6).mean()
    return total / len(_RESOLUTIONS)


def _mean(values: Tensor, mask: Tensor) -> Tensor:
    mask = mask.expand_as(values)
    return (values * mask).sum() / mask.sum().clamp_min(1)
