"""Waveforms by way of the spectrum: magnitude and phase predicted, one inverse transform a frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.nn.backbone import BackboneConfig, fast_part, slow_part
from core.nn.chain import Chain
from core.nn.fourier import FourierConfig, InverseFourier
from core.nn.quantize.base import full_precision
from core.nn.state import part
from core.nn.streaming import State, Streaming

LOUDEST = math.log(100.0)  # of a magnitude: a wild prediction must not burst ears


class ISTFTHead(Streaming):
    """A layer that predicts the spectrum of each frame, and the overlap-add that makes it sound."""

    def __init__(self, dim: int, config: FourierConfig) -> None:
        super().__init__()
        self.proj = nn.Linear(dim, 2 * config.bins)
        self.inverse = InverseFourier(config)

    @property
    def delay_samples(self) -> int:
        return self.inverse.config.delay_samples

    def initial_state(self, batch: int) -> State:
        return {"inverse": self.inverse.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, D, T] -> [B, 1, T * hop]
        spectrum: Tensor = self.proj(x.transpose(1, 2))
        with full_precision(x):
            loudness, phase = spectrum.float().chunk(2, dim=-1)  # [B, T, bins]
            magnitude = loudness.clamp(max=LOUDEST).exp()
            parts = torch.cat([magnitude * phase.cos(), magnitude * phase.sin()], dim=-1)
            sound, after = self.inverse(parts, part(state, "inverse"))
        return sound, {"inverse": after}


@dataclass(frozen=True, kw_only=True)
class ISTFTDecoderConfig:
    """How an ISTFT decoder is built."""

    backbone: BackboneConfig
    fourier: FourierConfig


class ISTFTDecoder(Chain):
    """Latent frames to sound by ConvNeXt blocks and an ISTFT head, as in Vocos: little work a second."""

    def __init__(self, config: ISTFTDecoderConfig) -> None:
        head = ISTFTHead(config.backbone.dim, config.fourier)
        super().__init__(slow_part(config.backbone), fast_part(config.backbone), head)
        self.config = config

    @property
    def delay_samples(self) -> int:
        return self.config.fourier.delay_samples
