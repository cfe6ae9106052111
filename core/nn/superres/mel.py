"""Mel: the log mel spectrogram that the super-resolution nets were taught with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

_FLOOR = 1e-5
_LINEAR_HZ = 200 / 3  # a mel below 1 kHz
_LOG_FROM_HZ, _LOG_STEP = 1000.0, np.log(6.4) / 27  # Slaney's scale, logarithmic from there


@dataclass(frozen=True, kw_only=True)
class MelConfig:
    """How sound becomes a mel picture."""

    sample_rate: int = 48_000
    n_fft: int = 2048
    hop: int = 480
    n_mels: int = 256
    lowest_hz: float = 20.0
    highest_hz: float = 24_000.0


class LogMel(nn.Module):
    """Sound as the logarithm of its mel bands, one frame a hop, both ends mirrored."""

    window: Tensor
    filters: Tensor

    def __init__(self, config: MelConfig) -> None:
        super().__init__()
        self.config = config
        self.register_buffer("window", torch.hann_window(config.n_fft), persistent=False)
        self.register_buffer("filters", mel_filters(config), persistent=False)

    def forward(self, pcm: Tensor) -> Tensor:  # [B, T * hop] -> [B, n_mels, T]
        config = self.config
        side = (config.n_fft - config.hop) // 2
        padded = F.pad(pcm[:, None], (side, side), mode="reflect")[:, 0]
        spectrum = torch.stft(
            padded, config.n_fft, config.hop, window=self.window, center=False, return_complex=True
        )
        return torch.log((self.filters @ spectrum.abs()).clamp_min(_FLOOR))

    def bands_below(self, hertz: float) -> int:
        """How many bands lie wholly below a frequency."""
        return int((edges_hz(self.config)[2:] <= hertz).sum())


def mel_filters(config: MelConfig) -> Tensor:
    """Triangles of equal area, evenly spaced on Slaney's mel scale; [n_mels, n_fft / 2 + 1]."""
    edges = edges_hz(config)
    bins = np.linspace(0, config.sample_rate / 2, config.n_fft // 2 + 1)
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    triangles = np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, None]
    return torch.from_numpy(triangles.astype(np.float32))


def edges_hz(config: MelConfig) -> NDArray[np.float64]:
    """The edges of the triangles: each begins, peaks and ends at three neighbours; [n_mels + 2]."""
    lowest, highest = (_mel(hertz) for hertz in (config.lowest_hz, config.highest_hz))
    mels = np.linspace(lowest, highest, config.n_mels + 2)
    turning = _LOG_FROM_HZ / _LINEAR_HZ
    above = _LOG_FROM_HZ * np.exp(_LOG_STEP * np.maximum(0, mels - turning))
    return np.where(mels < turning, mels * _LINEAR_HZ, above)


def _mel(hertz: float) -> float:
    if hertz < _LOG_FROM_HZ:
        return hertz / _LINEAR_HZ
    return float(_LOG_FROM_HZ / _LINEAR_HZ + np.log(hertz / _LOG_FROM_HZ) / _LOG_STEP)
