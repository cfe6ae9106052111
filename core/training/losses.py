"""What a codec in training is told about its sound: distances between spectra, at several resolutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.codecs.mel_features import mel_filters

SCALES: tuple[tuple[int, int], ...] = ((128, 10), (256, 20), (512, 40), (1024, 80), (2048, 100))
LINEAR_SCALES = (512, 1024, 2048)


@dataclass(frozen=True, slots=True, kw_only=True)
class LossWeights:
    """How much each loss counts; 0 leaves it out."""

    mel: float = 1.0
    spectrum: float = 0.5
    convergence: float = 0.5
    commitment: float = 0.5
    codebook: float = 1.0
    pitch: float = 0.5
    voicing: float = 0.5
    semantic: float = 0.3
    adversarial: float = 1.0
    features: float = 2.0


class SpectralLoss(nn.Module):
    """How far two sounds are apart in their spectra: by mel bands, by bins, and by energy."""

    def __init__(
        self,
        sample_rate: int,
        scales: Sequence[tuple[int, int]] = SCALES,
        linear_scales: Sequence[int] = LINEAR_SCALES,
        floor: float = 3e-3,
    ) -> None:
        super().__init__()
        self.scales, self.linear_scales, self.floor = tuple(scales), tuple(linear_scales), floor
        for window, n_mels in self.scales:
            filters = mel_filters(n_mels, window // 2 + 1, sample_rate)
            self.register_buffer(f"filters_{window}", filters, persistent=False)
            self.register_buffer(f"window_{window}", torch.hann_window(window), persistent=False)

    def forward(self, heard: Tensor, wanted: Tensor) -> dict[str, Tensor]:  # [B, 1, T] each
        zero = heard.new_zeros(())
        found = {"mel": zero, "spectrum": zero, "convergence": zero}
        heard, wanted = heard.flatten(0, 1).float(), wanted.flatten(0, 1).float()
        for window, _ in self.scales:
            a = self._magnitude(heard, window)  # [B, frames, bins]
            with torch.no_grad():
                b = self._magnitude(wanted, window)
            filters = self.get_buffer(f"filters_{window}").T
            mels = F.l1_loss((a @ filters + self.floor).log(), (b @ filters + self.floor).log())
            found["mel"] = found["mel"] + mels / len(self.scales)
            if window in self.linear_scales:
                share = 1 / len(self.linear_scales)
                bins = F.l1_loss((a + self.floor).log(), (b + self.floor).log())
                found["spectrum"] = found["spectrum"] + bins * share
                energy = b.square().sum(dim=(1, 2)).sqrt().clamp(min=1.0)  # silence does not count double
                apart = (a - b).square().sum(dim=(1, 2)).clamp(min=1e-12).sqrt() / energy
                found["convergence"] = found["convergence"] + apart.mean() * share
        return found

    def _magnitude(self, sound: Tensor, window: int) -> Tensor:
        hop = window // 4
        padded = F.pad(sound[:, None], (window // 2, window // 2), mode="reflect")[:, 0]
        frames = padded.unfold(1, window, hop) * self.get_buffer(f"window_{window}")
        parts = torch.view_as_real(torch.fft.rfft(frames))
        return (parts.square().sum(-1) + 1e-9).sqrt()


def log_mel_distance(heard: Tensor, wanted: Tensor, sample_rate: int) -> float:
    """Mean distance of log-mel spectra of two sounds [T], in dB."""
    loss = SpectralLoss(sample_rate, scales=((1024, 80),), linear_scales=())
    nepers = loss(heard[None, None], wanted[None, None])["mel"]
    return float(nepers) * 20 / 2.302585
