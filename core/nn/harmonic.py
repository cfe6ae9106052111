"""The two sources of a voice: pulses at its pitch, and noise."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from core.nn.state import tensor
from core.nn.streaming import State, Streaming

VOICED = 0.5  # voicing above this counts as voice


class HarmonicSource(Streaming):
    """A pulse train that follows a pitch: all harmonics below the limit, of equal strength, in phase.

    Their sum has a closed form, so that a hundred harmonics cost no more than one. Phase goes on from chunk
    to chunk; pitch and voicing glide from their last values over each hop.
    """

    def __init__(self, sample_rate: int, hop: int, *, fill: float = 0.95) -> None:
        super().__init__()
        self.sample_rate = sample_rate
        self.hop = hop
        self.limit = fill * sample_rate / 2
        self.ramp = nn.Buffer(torch.arange(1, hop + 1) / hop, persistent=False)

    def initial_state(self, batch: int) -> State:
        zeros = self.ramp.new_zeros(batch, 1)
        # the phase in cycles, of double precision: it is a sum over the whole talk
        return {"phase": zeros.double(), "pitch": zeros + 120, "voicing": zeros}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """Pitch in Hz (above 0 even without voice) and voicing 0..1, [B, 2, T] -> [B, 1, T * hop]."""
        pitch, voicing = x.float().unbind(dim=1)  # [B, T]
        before = torch.cat([tensor(state, "pitch"), pitch[:, :-1]], dim=1)
        was_voiced = torch.cat([tensor(state, "voicing"), voicing[:, :-1]], dim=1)
        # a voice begins at its pitch and ends at its pitch: only between voiced frames it glides
        start = torch.where(was_voiced > VOICED, before, pitch)
        end = torch.where(voicing > VOICED, pitch, start)
        frequency = start[..., None] + (end - start)[..., None] * self.ramp  # [B, T, hop]
        gate = was_voiced[..., None] + (voicing - was_voiced)[..., None] * self.ramp

        cycles = (frequency / self.sample_rate).cumsum(dim=2)  # [B, T, hop]
        # a hop's cycles once more, in closed form: sums of single precision would drift with every hop
        middle = start.double() + (end.double() - start.double()) * ((self.hop + 1) / (2 * self.hop))
        hops = middle * (self.hop / self.sample_rate)
        ends = tensor(state, "phase") + hops.cumsum(dim=1)  # [B, T]
        starts = torch.cat([tensor(state, "phase"), ends[:, :-1]], dim=1)
        phase = _wrapped(starts).float()[..., None] + cycles
        sound = gate * _pulses(_wrapped(phase), self.limit / frequency)
        after: State = {"phase": _wrapped(ends[:, -1:]), "pitch": pitch[:, -1:], "voicing": voicing[:, -1:]}
        return sound.flatten(1)[:, None], after


class NoiseSource(Streaming):
    """White noise of unit strength, the same in every run: a long table read round and round."""

    LENGTH = 1 << 16  # four seconds at 16 kHz: too long for an ear to notice the seam

    def __init__(self, hop: int) -> None:
        super().__init__()
        self.hop = hop
        noise = torch.randn(self.LENGTH, generator=torch.Generator("cpu").manual_seed(0), device="cpu")
        self.table = nn.Buffer(noise.to(torch.get_default_device()), persistent=False)

    def initial_state(self, batch: int) -> State:
        """The start of the table; in training somewhere in it."""
        shape, device = (batch, 1), self.table.device
        if self.training:
            return {"position": torch.randint(self.LENGTH, shape, device=device)}
        return {"position": torch.zeros(shape, dtype=torch.long, device=device)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, C, T] -> [B, 1, T * hop]
        """As many hops of noise as `x` has frames."""
        samples = x.shape[-1] * self.hop
        places = tensor(state, "position") + torch.arange(samples, device=self.table.device)
        after: State = {"position": (tensor(state, "position") + samples) % self.LENGTH}
        return self.table[places % self.LENGTH][:, None], after


def _wrapped(cycles: Tensor) -> Tensor:
    """Whole cycles taken away: -0.5 to 0.5, where zero, the pulse, is most exact."""
    return cycles - cycles.round()


def _pulses(phase: Tensor, harmonics: Tensor) -> Tensor:
    """The sum of cos(2 pi k phase) for k = 1 to `harmonics`, of unit strength.

    A fraction of a harmonic is that much of the next one, so that none clicks when it comes or goes.
    """
    whole = harmonics.floor()
    angle = math.tau * phase
    half = (angle / 2).sin()
    near = half.abs() < 1e-4
    ratio = ((whole + 0.5) * angle).sin() / (2 * torch.where(near, torch.ones_like(half), half))
    summed = torch.where(near, whole, ratio - 0.5)
    summed = summed + (harmonics - whole) * ((whole + 1) * angle).cos()
    return summed * (2 / harmonics).sqrt()
