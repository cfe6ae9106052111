"""MelFeatures: what a live DualCodec can hear in place of w2v-bert, to be trained with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.errors import ModelError
from core.nn.chain import Chain
from core.nn.conv import CausalConv1d
from core.nn.convnext import ConvNeXtBlock
from core.nn.fourier import Fourier, FourierConfig
from core.nn.state import part
from core.nn.streaming import State, Streaming


@dataclass(frozen=True, kw_only=True)
class MelFeaturesConfig:
    """How a causal stand-in for w2v-bert is built."""

    sample_rate: int = 24_000
    frame_rate: int = 50
    n_mels: int = 80
    window: int = 960
    dim: int = 256
    n_layers: int = 4
    out_dim: int = 1024

    def __post_init__(self) -> None:
        if self.sample_rate % self.frame_rate or self.window % self.hop or self.window < 2 * self.hop:
            raise ModelError(
                f"Windows of {self.window} samples do not fit {self.frame_rate} frames a second "
                f"at {self.sample_rate} Hz.",
                "A window is two or more whole frames.",
            )

    @property
    def hop(self) -> int:
        return self.sample_rate // self.frame_rate


class MelFeatures(Streaming):
    """A log-mel spectrogram of the past and causal ConvNeXt blocks."""

    def __init__(self, config: MelFeaturesConfig) -> None:
        super().__init__()
        self.config = config
        bins = config.window // 2 + 1
        self.spectrum = Fourier(FourierConfig(n_fft=config.window, hop=config.hop))
        self.mel = nn.Buffer(mel_filters(config.n_mels, bins, config.sample_rate), persistent=False)
        self.blocks = Chain(
            CausalConv1d(config.n_mels, config.dim, 3),
            *(ConvNeXtBlock(config.dim, 3 * config.dim, layer_scale=0.1) for _ in range(config.n_layers)),
            CausalConv1d(config.dim, config.out_dim, 1),
        )

    def initial_state(self, batch: int) -> State:
        return {
            "spectrum": self.spectrum.initial_state(batch),
            "blocks": self.blocks.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, 1, T] -> [B, out_dim, T / hop]
        if x.shape[-1] % self.config.hop:
            raise ModelError(
                f"The features take whole frames of {self.config.hop} samples, not {x.shape[-1]}."
            )
        parts, spectrum = self.spectrum(x, part(state, "spectrum"))
        real, imaginary = parts.chunk(2, dim=-1)  # [B, T', bins]
        mels = ((real.square() + imaginary.square()) @ self.mel.T + 1e-5).log()  # [B, T', n_mels]
        y, blocks = self.blocks(0.2 * mels.transpose(1, 2), part(state, "blocks"))
        return y, {"spectrum": spectrum, "blocks": blocks}


def mel_filters(n_mels: int, bins: int, sample_rate: int) -> Tensor:
    """Triangles evenly spaced on the mel scale, [n_mels, bins]."""
    highest = 2595 * math.log10(1 + sample_rate / 2 / 700)
    mels = highest * torch.arange(n_mels + 2, dtype=torch.float64) / (n_mels + 1)
    corners = 700 * (10 ** (mels / 2595) - 1)
    hertz = sample_rate / 2 * torch.arange(bins, dtype=torch.float64) / (bins - 1)
    low, middle, high = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    rising, falling = (hertz - low) / (middle - low), (high - hertz) / (high - middle)
    return torch.minimum(rising, falling).clamp(min=0).float()
