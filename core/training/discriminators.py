"""Discriminators: networks that tell recorded spectra from made ones, at several resolutions."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import parametrizations

from core.errors import PalukuError

SLOPE = 0.2  # of the leaky rectifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class AdversaryConfig:
    """How discriminators are built and taught."""

    windows: tuple[int, ...] = (1024, 2048, 512)
    filters: int = 16
    dilations: tuple[int, ...] = (1, 2, 4)
    learning_rate_share: float = 0.5
    """Of the generator's learning rate."""
    warm_steps: int = 200
    """Steps in which they learn alone."""
    every: int = 2
    """Steps of the generator for one of theirs."""
    freeze: bool = True
    """Whether encoder and codebooks stay as they are once discriminators speak."""

    def __post_init__(self) -> None:
        if not self.windows or min(self.windows) < 16 or self.filters < 1 or self.every < 1:
            raise PalukuError("Discriminators need windows of 16 samples or more, filters and steps.")


class SpectrumDiscriminator(nn.Module):
    """One discriminator: convolutions over the real and imaginary parts of a spectrum."""

    def __init__(self, window: int, filters: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.window = window
        self.taper = nn.Buffer(torch.hann_window(window), persistent=False)
        layers: list[nn.Module] = [_conv(2, filters, (3, 9))]
        layers += [_conv(filters, filters, (3, 9), stride=(1, 2), dilation=(d, 1)) for d in dilations]
        layers.append(_conv(filters, filters, (3, 3)))
        self.layers = nn.ModuleList(layers)
        self.verdict = _conv(filters, 1, (3, 3))

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:  # [B, 1, T] -> verdicts, features
        frames = x[:, 0].unfold(1, self.window, self.window // 4) * self.taper
        spectrum = torch.fft.rfft(frames, norm="ortho")  # [B, frames, bins]
        y = torch.stack([spectrum.real, spectrum.imag], dim=1)
        features = []
        for layer in self.layers:
            y = F.leaky_relu(layer(y), SLOPE)
            features.append(y)
        return self.verdict(y), features


class Discriminators(nn.Module):
    """Discriminators of several resolutions."""

    def __init__(self, config: AdversaryConfig) -> None:
        super().__init__()
        self.each = nn.ModuleList(
            SpectrumDiscriminator(window, config.filters, config.dilations) for window in config.windows
        )

    def forward(self, x: Tensor) -> list[tuple[Tensor, list[Tensor]]]:
        return [one(x) for one in self.each]


def _conv(
    into: int,
    out: int,
    kernel: tuple[int, int],
    stride: tuple[int, int] = (1, 1),
    dilation: tuple[int, int] = (1, 1),
) -> nn.Conv2d:
    padding = ((kernel[0] - 1) // 2 * dilation[0], (kernel[1] - 1) // 2 * dilation[1])
    conv = nn.Conv2d(into, out, kernel, stride=stride, dilation=dilation, padding=padding)
    normed: nn.Conv2d = parametrizations.weight_norm(conv)
    return normed
