"""PitchTracker: the pitch of a voice as it comes, from the sound already heard."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.errors import ModelError
from core.nn.state import tensor
from core.nn.streaming import State, Streaming


@dataclass(frozen=True, slots=True, kw_only=True)
class PitchConfig:
    """How a pitch tracker listens."""

    sample_rate: int = 16_000
    hop: int = 160
    """Samples from one estimate to the next."""
    f0_min: float = 60.0
    f0_max: float = 500.0
    work_rate: int = 8_000
    """The rate at which lags are compared, after a low-pass filter."""
    window_seconds: float = 0.030
    cutoff: float = 1_200.0
    """Low-pass frequency: the first harmonics say the pitch, formants disturb it."""
    voiced_threshold: float = 0.7
    octave_tolerance: float = 0.88
    """The shortest lag that reaches this part of the best one wins: against estimates an octave low."""
    smoothing: tuple[float, ...] = (0.25, 0.35, 0.4)
    """Weights of the correlations of the last frames, oldest first."""

    def __post_init__(self) -> None:
        if self.sample_rate % self.work_rate or self.hop % (self.sample_rate // self.work_rate):
            raise ModelError(
                f"No pitch tracker: {self.sample_rate} to {self.work_rate} Hz by hops of {self.hop}.",
                "The working rate must divide the sample rate, and their ratio the hop.",
            )
        if not 0 < self.f0_min < self.f0_max < self.work_rate / 8:
            raise ModelError(f"A pitch between {self.f0_min} and {self.f0_max} Hz cannot be tracked.")

    @property
    def decimation(self) -> int:
        return self.sample_rate // self.work_rate

    @property
    def shortest_lag(self) -> int:
        return math.floor(self.work_rate / self.f0_max)

    @property
    def longest_lag(self) -> int:
        return math.ceil(self.work_rate / self.f0_min)

    @property
    def window(self) -> int:
        return round(self.window_seconds * self.work_rate)

    @property
    def frame_rate(self) -> float:
        return self.sample_rate / self.hop


class PitchTracker(Streaming):
    """Normalised cross-correlation of the latest sound with its past, one estimate a hop, no look-ahead.

    It has no weights. An estimate describes the sound about `latency` samples before the end of its hop.
    """

    def __init__(self, config: PitchConfig) -> None:
        super().__init__()
        self.config = config
        self.taps = 16 * config.decimation + 1
        self.lowpass = nn.Buffer(_lowpass(self.taps, config.cutoff / config.sample_rate), persistent=False)
        self.smoothing = nn.Buffer(torch.tensor(config.smoothing), persistent=False)

    @property
    def latency(self) -> int:
        """Samples between the middle of what an estimate describes and the end of its hop."""
        c = self.config
        typical_lag = c.work_rate / math.sqrt(c.f0_min * c.f0_max)
        smoothed = sum(w * i for i, w in enumerate(reversed(c.smoothing))) / sum(c.smoothing)
        return round((c.window + typical_lag) / 2 * c.decimation + self.taps // 2 + smoothed * c.hop)

    def initial_state(self, batch: int) -> State:
        c = self.config
        lags = c.longest_lag - c.shortest_lag + 3  # one on either side, for the parabola
        return {
            "heard": self.lowpass.new_zeros(batch, self.taps - c.decimation),
            "slow": self.lowpass.new_zeros(batch, self._span - c.hop // c.decimation),
            "scores": self.lowpass.new_zeros(batch, len(c.smoothing) - 1, lags),
        }

    @property
    def _span(self) -> int:
        """Samples at the working rate that one estimate looks at."""
        return self.config.window + self.config.longest_lag + 1

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """Sound [B, 1, T] in whole hops -> pitch in Hz (0: no voice) and periodicity 0..1, [B, 2, F]."""
        c = self.config
        if x.shape[-1] % c.hop:
            raise ModelError(f"The pitch tracker takes whole hops of {c.hop} samples, not {x.shape[-1]}.")
        heard = torch.cat([tensor(state, "heard"), x[:, 0]], 1)
        low = F.conv1d(heard[:, None], self.lowpass, stride=c.decimation)[:, 0]  # [B, T / decimation]
        slow = torch.cat([tensor(state, "slow"), low], 1)
        frames = slow.unfold(1, self._span, c.hop // c.decimation)  # [B, F, span]
        scores = torch.cat([tensor(state, "scores"), self._correlate(frames)], 1)
        smooth = (scores.unfold(1, len(c.smoothing), 1) * self.smoothing).sum(-1)  # [B, F, lags]
        after: State = {
            "heard": heard[:, x.shape[-1] :],
            "slow": slow[:, low.shape[-1] :],
            "scores": scores[:, frames.shape[1] :],
        }
        return self._choose(smooth), after

    def _correlate(self, frames: Tensor) -> Tensor:
        """How much the end of each frame [B, F, span] is like itself one lag earlier, [B, F, lags]."""
        c = self.config
        batch, count, span = frames.shape
        rows = frames.reshape(1, batch * count, span)
        tail = rows[..., -c.window :]
        past = rows[..., : span - c.shortest_lag + 1]
        # One group a frame: the tail slides over the past as the kernel of its own convolution.
        cross = F.conv1d(past, tail.transpose(0, 1), groups=batch * count)
        energy = F.avg_pool1d(past * past, c.window, 1) * c.window
        own = (tail * tail).sum(-1, keepdim=True)
        floor = c.window * 1e-7  # about -70 dB: silence has no pitch
        score = cross / ((own + floor) * (energy + floor)).sqrt()  # oldest lag first
        return score.flip(-1).reshape(batch, count, -1)

    def _choose(self, score: Tensor) -> Tensor:
        """The first peak that is nearly the best one, read between lags by a parabola."""
        c = self.config
        left, here, right = score[..., :-2], score[..., 1:-1], score[..., 2:]
        peak = (here >= left) & (here > right)
        height = torch.where(peak, here, torch.zeros_like(here))
        best = height.amax(-1, keepdim=True)
        good = (peak & (here >= c.octave_tolerance * best)).to(score.dtype)
        first = good.argmax(-1, keepdim=True)  # [B, F, 1]
        a, b, d = (part.gather(-1, first) for part in (left, here, right))
        shift = 0.5 * (a - d) / (a - 2 * b + d).clamp(max=-1e-6)
        lag = first + c.shortest_lag + shift.clamp(-0.5, 0.5)
        strength = b.clamp(0, 1)
        voiced = (strength > c.voiced_threshold) & (best > 0)
        pitch = torch.where(voiced, c.work_rate / lag, torch.zeros_like(lag))
        return torch.cat([pitch, strength], -1).transpose(1, 2)  # [B, 2, F]


def _lowpass(taps: int, cutoff: float) -> Tensor:
    """A windowed-sinc filter [1, 1, taps]; `cutoff` in cycles per sample."""
    time = torch.arange(taps, dtype=torch.float64) - (taps - 1) / 2
    kernel = (
        torch.sinc(2 * cutoff * time) * torch.hann_window(taps + 2, periodic=False, dtype=torch.float64)[1:-1]
    )
    return (kernel / kernel.sum()).float()[None, None]
