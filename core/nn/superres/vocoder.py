"""Vocoder: HiFi-GAN's generator, from mel frames to sound at 48 kHz."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

_SLOPE = 0.1
_LAST_SLOPE = 0.01


@dataclass(frozen=True, kw_only=True)
class VocoderConfig:
    """How the vocoder is built."""

    n_mels: int = 256
    channels: int = 1536
    rates: tuple[int, ...] = (6, 5, 4, 2, 2)
    kernels: tuple[int, ...] = (12, 10, 8, 4, 4)
    block_kernels: tuple[int, ...] = (3, 7, 11, 15)
    dilations: tuple[int, ...] = (1, 3, 5)

    @property
    def hop(self) -> int:
        """Samples for each mel frame."""
        return math.prod(self.rates)


class VocoderBlock(nn.Module):
    """A stack of residual pairs of convolutions, the first of each pair dilated."""

    def __init__(self, channels: int, kernel: int, dilations: tuple[int, ...]) -> None:
        super().__init__()

        def conv(dilation: int) -> nn.Conv1d:
            return nn.Conv1d(
                channels, channels, kernel, dilation=dilation, padding=(kernel - 1) * dilation // 2
            )

        self.convs1 = nn.ModuleList(conv(dilation) for dilation in dilations)
        self.convs2 = nn.ModuleList(conv(1) for _ in dilations)

    def forward(self, x: Tensor) -> Tensor:  # [B, C, T]
        for dilated, plain in zip(self.convs1, self.convs2, strict=True):
            x = x + plain(F.leaky_relu(dilated(F.leaky_relu(x, _SLOPE)), _SLOPE))
        return x


class Vocoder(nn.Module):
    """Upsampling stages; after each, blocks of several kernel sizes are averaged."""

    def __init__(self, config: VocoderConfig) -> None:
        super().__init__()
        self.config = config
        widths = [config.channels // 2**stage for stage in range(len(config.rates) + 1)]
        self.conv_pre = nn.Conv1d(config.n_mels, config.channels, 7, padding=3)
        self.ups = nn.ModuleList(
            nn.ConvTranspose1d(before, after, kernel, rate, padding=(kernel - rate) // 2)
            for (before, after), rate, kernel in zip(
                pairwise(widths), config.rates, config.kernels, strict=True
            )
        )
        self.resblocks = nn.ModuleList(
            VocoderBlock(width, kernel, config.dilations)
            for width in widths[1:]
            for kernel in config.block_kernels
        )
        self.conv_post = nn.Conv1d(widths[-1], 1, 7, padding=3)

    def forward(self, mel: Tensor) -> Tensor:
        """[B, n_mels, T] -> [B, 1, T * hop]: an odd rate makes a few samples more, which are cut off."""
        x = self.conv_pre(mel)
        count = len(self.config.block_kernels)
        for stage, up in enumerate(self.ups):
            x = up(F.leaky_relu(x, _SLOPE))
            blocks = self.resblocks[stage * count : (stage + 1) * count]
            total = blocks[0](x)
            for block in blocks[1:]:
                total = total + block(x)
            x = total / count
        x = torch.tanh(self.conv_post(F.leaky_relu(x, _LAST_SLOPE)))
        return x[..., : mel.shape[-1] * self.config.hop]
