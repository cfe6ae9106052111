"""Backbone: the frames of a latent turned into features for a waveform, at a faster rate."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from core.nn.chain import Chain
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.convnext import ConvNeXtBlock


@dataclass(frozen=True, kw_only=True)
class BackboneConfig:
    """How a backbone is built."""

    in_dim: int
    dim: int = 256
    hidden: int = 768
    kernel_size: int = 7
    slow_blocks: int = 2
    """ConvNeXt blocks at the rate of the latent."""
    upsample: int = 2
    """Features for each frame of the latent."""
    fast_blocks: int = 6
    """ConvNeXt blocks at the rate of the features."""
    layer_scale: float = 0.1


def slow_part(config: BackboneConfig) -> Chain:
    """[B, in_dim, T] -> [B, dim, T * upsample]."""
    links: list[nn.Module] = [CausalConv1d(config.in_dim, config.dim, 3)]
    links += [_block(config) for _ in range(config.slow_blocks)]
    if config.upsample > 1:
        kernel = 2 * config.upsample
        links.append(CausalConvTranspose1d(config.dim, config.dim, kernel, stride=config.upsample))
    return Chain(*links)


def fast_part(config: BackboneConfig) -> Chain:
    """[B, dim, T] -> [B, dim, T]."""
    return Chain(*[_block(config) for _ in range(config.fast_blocks)], _ChannelNorm(config.dim))


class _ChannelNorm(nn.LayerNorm):
    """LayerNorm over the channels of channels-first frames."""

    def forward(self, x: Tensor) -> Tensor:  # [B, C, T]
        return super().forward(x.transpose(1, 2)).transpose(1, 2)


def _block(config: BackboneConfig) -> ConvNeXtBlock:
    return ConvNeXtBlock(
        config.dim, config.hidden, kernel_size=config.kernel_size, layer_scale=config.layer_scale
    )
