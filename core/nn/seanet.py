"""SEANet: the convolutional encoder and decoder of Mimi and its relatives."""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor, nn

from core.nn.chain import Chain
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.state import part
from core.nn.streaming import State, Streaming


@dataclass(frozen=True, kw_only=True)
class SeanetConfig:
    """How a SEANet pair is built; the defaults are Mimi's."""

    channels: int = 1
    dimension: int = 512
    n_filters: int = 64
    ratios: tuple[int, ...] = (8, 6, 5, 4)
    """Strides of the decoder; the encoder takes them backwards."""
    n_residual_layers: int = 1
    kernel_size: int = 7
    last_kernel_size: int = 3
    residual_kernel_size: int = 3
    dilation_base: int = 2
    compress: int = 2
    weight_norm: bool = False

    @property
    def hop_length(self) -> int:
        return math.prod(self.ratios)


class ResidualBlock(Streaming):
    """Two convolutions through fewer channels, beside the way straight through."""

    def __init__(self, dim: int, dilation: int, config: SeanetConfig) -> None:
        super().__init__()
        hidden, norm = dim // config.compress, config.weight_norm
        self.branch = Chain(
            nn.ELU(),
            CausalConv1d(dim, hidden, config.residual_kernel_size, dilation=dilation, weight_norm=norm),
            nn.ELU(),
            CausalConv1d(hidden, dim, 1, weight_norm=norm),
        )

    def initial_state(self, batch: int) -> State:
        return {"branch": self.branch.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T]
        y, after = self.branch(x, part(state, "branch"))
        return x + y, {"branch": after}


def residual_blocks(dim: int, config: SeanetConfig) -> list[nn.Module]:
    return [
        ResidualBlock(dim, config.dilation_base**layer, config) for layer in range(config.n_residual_layers)
    ]


class SeanetEncoder(Chain):
    """Sound to frames, [B, channels, T] -> [B, dimension, T / hop]: twice as wide after each stride."""

    def __init__(self, config: SeanetConfig) -> None:
        dim, norm = config.n_filters, config.weight_norm
        links: list[nn.Module] = [CausalConv1d(config.channels, dim, config.kernel_size, weight_norm=norm)]
        for ratio in reversed(config.ratios):
            down = CausalConv1d(dim, 2 * dim, 2 * ratio, stride=ratio, weight_norm=norm)
            links += [*residual_blocks(dim, config), nn.ELU(), down]
            dim *= 2
        last = CausalConv1d(dim, config.dimension, config.last_kernel_size, weight_norm=norm)
        super().__init__(*links, nn.ELU(), last)


class SeanetDecoder(Chain):
    """Frames to sound, [B, dimension, T] -> [B, channels, T * hop]: half as wide after each stride."""

    def __init__(self, config: SeanetConfig) -> None:
        dim, norm = config.n_filters << len(config.ratios), config.weight_norm
        links: list[nn.Module] = [CausalConv1d(config.dimension, dim, config.kernel_size, weight_norm=norm)]
        for ratio in config.ratios:
            up = CausalConvTranspose1d(dim, dim // 2, 2 * ratio, stride=ratio, weight_norm=norm)
            links += [nn.ELU(), up, *residual_blocks(dim // 2, config)]
            dim //= 2
        last = CausalConv1d(dim, config.channels, config.last_kernel_size, weight_norm=norm)
        super().__init__(*links, nn.ELU(), last)
