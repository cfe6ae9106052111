"""Short-time spectra and the way back, for sound that arrives in hops."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.nn.overlap import overlap_add
from core.nn.state import tensor
from core.nn.streaming import State, Streaming


@dataclass(frozen=True, kw_only=True)
class FourierConfig:
    """The windows of a short-time spectrum."""

    n_fft: int
    hop: int

    def __post_init__(self) -> None:
        if self.n_fft % 2 or self.n_fft % self.hop or self.n_fft < 2 * self.hop:
            raise ValueError(f"windows must be even and two hops or more, whole ones: {self}")

    @property
    def bins(self) -> int:
        return self.n_fft // 2 + 1

    @property
    def delay_samples(self) -> int:
        """Samples by which a spectrum turned back into sound lags: all windows over it must have come."""
        return self.n_fft - self.hop

    def window(self) -> Tensor:  # [n_fft]
        return torch.hann_window(self.n_fft, dtype=torch.float64)

    def angles(self) -> Tensor:  # [n_fft, bins]
        samples, bins = torch.arange(self.n_fft), torch.arange(self.bins)
        turns = (samples[:, None] * bins % self.n_fft).double() / self.n_fft
        return math.tau * turns


class Fourier(Streaming):
    """The spectrum of the last `n_fft` samples at the end of each hop.

    A product with a matrix: it needs no complex numbers, so that a graph can hold it.
    """

    def __init__(self, config: FourierConfig) -> None:
        super().__init__()
        self.config = config
        angles = config.angles()
        basis = torch.cat([angles.cos(), -angles.sin()], dim=1) * config.window()[:, None]
        self.basis = nn.Buffer(basis.float(), persistent=False)  # [n_fft, 2 * bins]

    def initial_state(self, batch: int) -> State:
        return {"past": self.basis.new_zeros(batch, self.config.delay_samples)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """Sound [B, 1, T * hop] -> real and imaginary parts [B, T, 2 * bins]."""
        hop, windows = self.config.hop, self.config.n_fft // self.config.hop
        if x.shape[-1] % hop:
            raise ValueError(f"{x.shape[-1]} samples are not whole hops of {hop}")
        heard = torch.cat([tensor(state, "past"), x[:, 0]], dim=1)
        hops = heard.reshape(heard.shape[0], -1, hop)  # [B, windows - 1 + T, hop]
        length = x.shape[-1] // hop
        frames = torch.cat([hops[:, first : first + length] for first in range(windows)], dim=2)
        return frames @ self.basis, {"past": heard[:, -self.config.delay_samples :].clone()}


class InverseFourier(Streaming):
    """Sound from spectra, by adding up overlapping windows: `Fourier` undone, `delay_samples` later."""

    def __init__(self, config: FourierConfig) -> None:
        super().__init__()
        self.config = config
        angles, window = config.angles(), config.window()
        weight = torch.full((config.bins,), 2.0, dtype=torch.float64)
        weight[0] = weight[-1] = 1.0
        overlapping = window.square().reshape(-1, config.hop).sum(dim=0)  # of all windows over a sample
        window = window / overlapping.repeat(config.n_fft // config.hop)
        basis = torch.cat([angles.cos() * weight, -angles.sin() * weight], dim=1) / config.n_fft
        self.basis = nn.Buffer((basis * window[:, None]).T.float().contiguous(), persistent=False)

    def initial_state(self, batch: int) -> State:
        return {"tail": self.basis.new_zeros(batch, 1, self.config.delay_samples)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """Real and imaginary parts [B, T, 2 * bins] -> sound [B, 1, T * hop]."""
        frames = x @ self.basis  # [B, T, n_fft]
        length = x.shape[1] * self.config.hop
        sound = overlap_add(frames[:, :, None], self.config.hop)  # [B, 1, T * hop + delay]
        sound = sound + nn.functional.pad(tensor(state, "tail"), (0, length))
        return sound[..., :length], {"tail": sound[..., length:].clone()}
