"""The encoder and decoder of the DAC family: causal, or looking both ways as the official one does."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from core.nn.chain import Chain
from core.nn.codecs.centred import CentredConv1d, CentredConvTranspose1d
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.recording import recorded
from core.nn.snake import Snake
from core.nn.state import part
from core.nn.streaming import State, Streaming

DILATIONS = (1, 3, 9)


class DacConvs:
    """The choice between causal convolutions and those that look both ways, made once for a codec."""

    def __init__(self, *, causal: bool, weight_norm: bool = False) -> None:
        self.causal = causal
        self.weight_norm = weight_norm

    def same(self, into: int, out: int, kernel: int, dilation: int = 1) -> Streaming:
        """As many frames out as in."""
        build = CausalConv1d if self.causal else CentredConv1d
        return build(into, out, kernel, dilation=dilation, weight_norm=self.weight_norm)

    def down(self, into: int, out: int, rate: int) -> Streaming:
        """One frame in `rate`."""
        build = CausalConv1d if self.causal else CentredConv1d
        return build(into, out, 2 * rate, stride=rate, weight_norm=self.weight_norm)

    def up(self, into: int, out: int, rate: int) -> Streaming:
        """`rate` frames for each one."""
        build = CausalConvTranspose1d if self.causal else CentredConvTranspose1d
        return build(into, out, 2 * rate, stride=rate, weight_norm=self.weight_norm)


class ResidualUnit(Streaming):
    """A dilated convolution and a pointwise one beside the way straight through."""

    def __init__(self, dim: int, dilation: int, convs: DacConvs) -> None:
        super().__init__()
        self.branch = Chain(
            Snake(dim), convs.same(dim, dim, 7, dilation), Snake(dim), convs.same(dim, dim, 1)
        )

    def initial_state(self, batch: int) -> State:
        return {"branch": self.branch.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T]
        y, after = self.branch(x, part(state, "branch"))
        return (x + y if recorded() else y.add_(x)), {"branch": after}


def encoder_block(dim: int, rate: int, convs: DacConvs) -> Chain:
    """Three residual units, then fewer and wider frames: [B, dim, T] -> [B, 2 dim, T / rate]."""
    units = [ResidualUnit(dim, dilation, convs) for dilation in DILATIONS]
    return Chain(*units, Snake(dim), convs.down(dim, 2 * dim, rate))


def decoder_block(dim: int, rate: int, convs: DacConvs) -> Chain:
    """The way back: [B, dim, T] -> [B, dim / 2, T * rate]."""
    units = [ResidualUnit(dim // 2, dilation, convs) for dilation in DILATIONS]
    return Chain(Snake(dim), convs.up(dim, dim // 2, rate), *units)


class DacEncoder(Streaming):
    """Sound to latent, [B, 1, T] -> [B, latent_dim, T / product of rates]: wider at each rate."""

    def __init__(self, encoder_dim: int, rates: Sequence[int], latent_dim: int, convs: DacConvs) -> None:
        super().__init__()
        dims = [encoder_dim << i for i in range(len(rates) + 1)]
        self.conv_in = convs.same(1, encoder_dim, 7)
        self.blocks = Chain(
            *(encoder_block(dim, rate, convs) for dim, rate in zip(dims, rates, strict=False))
        )
        self.snake = Snake(dims[-1])
        self.conv_out = convs.same(dims[-1], latent_dim, 3)

    def initial_state(self, batch: int) -> State:
        return {
            "conv_in": self.conv_in.initial_state(batch),
            "blocks": self.blocks.initial_state(batch),
            "conv_out": self.conv_out.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        x, conv_in = self.conv_in(x, part(state, "conv_in"))
        x, blocks = self.blocks(x, part(state, "blocks"))
        x, conv_out = self.conv_out(self.snake(x), part(state, "conv_out"))
        return x, {"conv_in": conv_in, "blocks": blocks, "conv_out": conv_out}


class DacDecoder(Streaming):
    """Latent to sound, [B, latent_dim, T] -> [B, 1, T * product of rates]: narrower at each rate."""

    def __init__(self, latent_dim: int, decoder_dim: int, rates: Sequence[int], convs: DacConvs) -> None:
        super().__init__()
        dims = [decoder_dim >> i for i in range(len(rates) + 1)]
        self.conv_in = convs.same(latent_dim, decoder_dim, 7)
        self.blocks = Chain(
            *(decoder_block(dim, rate, convs) for dim, rate in zip(dims, rates, strict=False))
        )
        self.snake = Snake(dims[-1])
        self.conv_out = convs.same(dims[-1], 1, 7)

    def initial_state(self, batch: int) -> State:
        return {
            "conv_in": self.conv_in.initial_state(batch),
            "blocks": self.blocks.initial_state(batch),
            "conv_out": self.conv_out.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        x, conv_in = self.conv_in(x, part(state, "conv_in"))
        x, blocks = self.blocks(x, part(state, "blocks"))
        x, conv_out = self.conv_out(self.snake(x), part(state, "conv_out"))
        return torch.tanh(x), {"conv_in": conv_in, "blocks": blocks, "conv_out": conv_out}


def init_dac_weights(module: nn.Module) -> None:
    """DAC's own start, for `module.apply`: small normal weights and no bias."""
    if not isinstance(module, nn.Conv1d):
        return
    with torch.no_grad():
        start = nn.init.trunc_normal_(torch.empty_like(module.weight), std=0.02)
        if parametrize.is_parametrized(module, "weight"):
            module.weight = start  # goes through weight norm backwards
        else:
            module.weight.copy_(start)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
