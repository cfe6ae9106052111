"""UNet: the diffusion model's network, from a noisy latent and its condition to a velocity."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.superres.spatial_transformer import (
    GlobalConditionedSpatialTransformer,
    GlobalContext,
    SpatialTransformer,
)

_LONGEST_PERIOD = 10_000.0


@dataclass(frozen=True, kw_only=True)
class UNetConfig:
    """How the UNet is built. Attention stands at downsampling factors, not at resolutions."""

    in_channels: int = 32
    out_channels: int = 16
    model_channels: int = 128
    channel_mult: tuple[int, ...] = (1, 2, 3, 5)
    num_res_blocks: int = 2
    attention_factors: tuple[int, ...] = (8, 4, 2)
    num_head_channels: int = 32
    global_context: GlobalContext = "none"
    context_dim: int = 128


class TimeStepEmbedding(nn.Module):
    """A step of the diffusion as cosines and sines of many periods."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, steps: Tensor) -> Tensor:  # [B] -> [B, dim]
        half = self.dim // 2
        powers = torch.arange(half, dtype=torch.float32, device=steps.device) / half
        angles = steps[:, None].float() * torch.exp(-math.log(_LONGEST_PERIOD) * powers)
        return torch.cat([torch.cos(angles), torch.sin(angles)], dim=-1)


class ResBlock(nn.Module):
    """Two convolutions around the time of the diffusion, and a way past them."""

    def __init__(self, in_channels: int, out_channels: int, time_dim: int) -> None:
        super().__init__()
        self.in_layers = nn.Sequential(
            nn.GroupNorm(32, in_channels), nn.SiLU(), nn.Conv2d(in_channels, out_channels, 3, padding=1)
        )
        self.emb_layers = nn.Sequential(nn.SiLU(), nn.Linear(time_dim, out_channels))
        self.out_layers = nn.Sequential(
            nn.GroupNorm(32, out_channels),
            nn.SiLU(),
            nn.Identity(),  # the dropout of the released model, which is 0
            _zeroed(nn.Conv2d(out_channels, out_channels, 3, padding=1)),
        )
        self.skip_connection = (
            nn.Identity() if in_channels == out_channels else nn.Conv2d(in_channels, out_channels, 1)
        )

    def forward(self, x: Tensor, time: Tensor) -> Tensor:  # [B, C, H, W], [B, time_dim]
        y = self.in_layers(x) + self.emb_layers(time)[..., None, None]
        out: Tensor = self.skip_connection(x) + self.out_layers(y)
        return out


class Downsample(nn.Module):
    """Half the height and width, by a convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.op = nn.Conv2d(channels, channels, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.op(x)
        return out


class Upsample(nn.Module):
    """Twice the height and width: every value four times, then a convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.conv(F.interpolate(x, scale_factor=2, mode="nearest"))
        return out


class Stage(nn.Sequential):
    """Layers in a row, each given what it asks for: the time, the context, or neither."""

    def forward(self, x: Tensor, time: Tensor, context: Tensor | None) -> Tensor:  # type: ignore[override]
        for layer in self:
            if isinstance(layer, ResBlock):
                x = layer(x, time)
            elif isinstance(layer, SpatialTransformer):
                x = layer(x, context)
            else:
                x = layer(x)
        return x


class UNet(nn.Module):
    """A ladder of stages down and up again, with a way across at every rung."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        width = config.model_channels
        time_dim = 4 * width
        self.time = TimeStepEmbedding(width)
        self.time_embed = nn.Sequential(nn.Linear(width, time_dim), nn.SiLU(), nn.Linear(time_dim, time_dim))
        self.input_blocks = nn.ModuleList([Stage(nn.Conv2d(config.in_channels, width, 3, padding=1))])
        across, channels, factor = [width], width, 1
        for level, mult in enumerate(config.channel_mult):
            for _ in range(config.num_res_blocks):
                block = ResBlock(channels, mult * width, time_dim)
                channels = mult * width
                self.input_blocks.append(Stage(block, *self._attention(channels, factor)))
                across.append(channels)
            if level < len(config.channel_mult) - 1:
                self.input_blocks.append(Stage(Downsample(channels)))
                across.append(channels)
                factor *= 2
        self.middle_block = Stage(
            ResBlock(channels, channels, time_dim),
            self._transformer(channels),
            self._transformer(channels),
            ResBlock(channels, channels, time_dim),
        )
        self.output_blocks = nn.ModuleList()
        for level, mult in reversed(list(enumerate(config.channel_mult))):
            for number in range(config.num_res_blocks + 1):
                block = ResBlock(channels + across.pop(), mult * width, time_dim)
                channels = mult * width
                layers = [block, *self._attention(channels, factor)]
                if level and number == config.num_res_blocks:
                    layers.append(Upsample(channels))
                    factor //= 2
                self.output_blocks.append(Stage(*layers))
        self.out = nn.Sequential(
            nn.GroupNorm(32, channels),
            nn.SiLU(),
            _zeroed(nn.Conv2d(channels, config.out_channels, 3, padding=1)),
        )

    def forward(self, x: Tensor, steps: Tensor, context: Tensor | None = None) -> Tensor:
        """[B, in, H, W], [B], context [B, S, D] or [B, D] -> [B, out, H, W]."""
        time = self.time_embed(self.time(steps))
        across = []
        for stage in self.input_blocks:
            x = stage(x, time, context)
            across.append(x)
        x = self.middle_block(x, time, context)
        for stage in self.output_blocks:
            x = stage(torch.cat([x, across.pop()], dim=1), time, context)
        out: Tensor = self.out(x)
        return out

    def global_parameters(self) -> Iterable[nn.Parameter]:
        """What the global conditioning adds to the released network."""
        for module in self.modules():
            if isinstance(module, GlobalConditionedSpatialTransformer):
                yield from module.global_proj.parameters()
                yield from module.global_attn.parameters()

    def _attention(self, channels: int, factor: int) -> tuple[nn.Module, ...]:
        """Two transformers where this downsampling factor has any."""
        if factor not in self.config.attention_factors:
            return ()
        return self._transformer(channels), self._transformer(channels)

    def _transformer(self, channels: int) -> SpatialTransformer:
        n_heads = channels // self.config.num_head_channels
        if self.config.global_context == "none":
            return SpatialTransformer(channels, n_heads)
        return GlobalConditionedSpatialTransformer(channels, n_heads, self.config.context_dim)


def _zeroed(conv: nn.Conv2d) -> nn.Conv2d:
    nn.init.zeros_(conv.weight)
    assert conv.bias is not None
    nn.init.zeros_(conv.bias)
    return conv
