"""Extender: hears the low band of a voice and says what its high band would be, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.nn.chain import Chain
from core.nn.convnext import ConvNeXtBlock
from core.nn.state import part
from core.nn.streaming import State, Streaming

_QUIET = -4.0  # log magnitude that the untrained net says everywhere


@dataclass(frozen=True, kw_only=True)
class ExtenderConfig:
    """How an extender is built. The numbers of bins are those of the run-time's frames."""

    low_bins: int = 241
    high_bins: int = 329
    dim: int = 192
    hidden: int = 512
    n_blocks: int = 4
    phase_dim: int = 112
    phase_hidden: int = 288
    n_phase_blocks: int = 3
    kernel_size: int = 7
    floor: float = 1e-4
    """Of a magnitude: what counts as silence."""


class Extender(Streaming):
    """Two causal streams: one predicts how strong each high bin is, the other at which phase it swings.

    The phase stream starts from the phases of a rectified copy of the voice, whose pulses and harmonics lie
    where the voice's do, and learns what to change about them.
    """

    def __init__(self, config: ExtenderConfig) -> None:
        super().__init__()
        self.config = config
        self.amplitude_in = nn.Linear(config.low_bins + 1, config.dim)
        self.amplitude = Chain(
            *(
                ConvNeXtBlock(config.dim, config.hidden, kernel_size=config.kernel_size)
                for _ in range(config.n_blocks)
            )
        )
        strengths = nn.Linear(config.dim, config.high_bins)
        nn.init.constant_(strengths.bias, _QUIET)
        self.amplitude_out = nn.Sequential(nn.LayerNorm(config.dim), strengths)
        self.phase_in = nn.Linear(2 * config.high_bins, config.phase_dim)
        self.cross = nn.Linear(config.dim, config.phase_dim)
        self.phase = Chain(
            *(
                ConvNeXtBlock(config.phase_dim, config.phase_hidden, kernel_size=config.kernel_size)
                for _ in range(config.n_phase_blocks)
            )
        )
        turns = nn.Linear(config.phase_dim, 2 * config.high_bins)
        nn.init.zeros_(turns.weight)  # at first the phases of the rectified voice stay
        nn.init.zeros_(turns.bias)
        self.phase_out = nn.Sequential(nn.LayerNorm(config.phase_dim), turns)

    def initial_state(self, batch: int) -> State:
        return {
            "amplitude": self.amplitude.initial_state(batch),
            "phase": self.phase.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """Both streams' inputs side by side; see `extend` for the parts."""
        low = self.config.low_bins + 1
        log_magnitude, phasor, after = self.extend(x[..., :low], x[..., low:], state)
        return torch.exp(log_magnitude).repeat(1, 1, 2) * phasor, after

    def extend(self, seen: Tensor, phasors: Tensor, state: State) -> tuple[Tensor, Tensor, State]:
        """[B, T, low + 1], [B, T, 2 high] -> log magnitudes [B, T, high], phasors [B, T, 2 high]."""
        x = self.amplitude_in(seen).transpose(1, 2)  # [B, D, T]
        x, amplitude = self.amplitude(x, part(state, "amplitude"))
        x = x.transpose(1, 2)
        log_magnitude = self.amplitude_out(x)
        y = (self.phase_in(phasors) + self.cross(x)).transpose(1, 2)
        y, phase = self.phase(y, part(state, "phase"))
        turned = phasors + self.phase_out(y.transpose(1, 2))
        real, imaginary = turned.chunk(2, dim=-1)
        length = torch.sqrt(real.square() + imaginary.square() + 1e-8).repeat(1, 1, 2)
        return log_magnitude, turned / length, {"amplitude": amplitude, "phase": phase}
