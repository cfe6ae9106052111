"""A voice as a source and a filter: pulses and noise, each coloured by an envelope that is predicted."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.nn.backbone import BackboneConfig, fast_part, slow_part
from core.nn.fourier import Fourier, FourierConfig, InverseFourier
from core.nn.harmonic import HarmonicSource, NoiseSource
from core.nn.quantize.base import full_precision
from core.nn.state import part
from core.nn.streaming import State, Streaming

TYPICAL_PITCH = 120.0  # Hz
LOUDEST = 5.0  # of a log envelope: a wild prediction must not burst ears
QUIET = 0.05  # an envelope of zero, so that training starts near the loudness of speech


@dataclass(frozen=True, kw_only=True)
class SourceFilterConfig:
    """How a source-filter decoder is built."""

    sample_rate: int
    backbone: BackboneConfig
    fourier: FourierConfig
    f0_min: float = 60.0
    f0_max: float = 500.0


@dataclass(frozen=True)
class Voiced:
    """Sound, and the pitch that the decoder found in its latent, for a loss."""

    pcm: Tensor  # [B, 1, T * hop]
    pitch: Tensor  # [B, T]: Hz, where there is voice
    voicing: Tensor  # [B, T]: 0..1


class SourceFilterDecoder(Streaming):
    """Latent frames to sound by a pulse train and noise, filtered in the short-time spectrum.

    It need not learn phase: the pulses have it. Pitch comes from the latent, or is given.
    """

    def __init__(self, config: SourceFilterConfig) -> None:
        super().__init__()
        self.config = config
        dim = config.backbone.dim
        self.slow = slow_part(config.backbone)
        self.pitch_proj = nn.Linear(dim, 2)
        self.pitch_embed = nn.Linear(2, dim)
        self.fast = fast_part(config.backbone)
        self.envelope_proj = nn.Linear(dim, 2 * config.fourier.bins)
        self.pulses = HarmonicSource(config.sample_rate, config.fourier.hop)
        self.noise = NoiseSource(config.fourier.hop)
        self.spectrum = Fourier(config.fourier)
        self.inverse = InverseFourier(config.fourier)

    @property
    def delay_samples(self) -> int:
        return self.config.fourier.delay_samples

    def initial_state(self, batch: int) -> State:
        return {
            "slow": self.slow.initial_state(batch),
            "fast": self.fast.initial_state(batch),
            "pulses": self.pulses.initial_state(batch),
            "noise": self.noise.initial_state(batch),
            "pulse_spectrum": self.spectrum.initial_state(batch),
            "noise_spectrum": self.spectrum.initial_state(batch),
            "inverse": self.inverse.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, D, T] -> [B, 1, T * frame]
        voiced, after = self.voice(x, state)
        return voiced.pcm, after

    def voice(self, x: Tensor, state: State, pitch: Tensor | None = None) -> tuple[Voiced, State]:
        """`forward`, with what was found on the way; or with a given pitch in Hz, 0 for no voice: [B, F]."""
        after: State = {}
        h, after["slow"] = self.slow(x, part(state, "slow"))
        found, voicing = self._pitch(h)
        used, gate = found, voicing
        if pitch is not None:
            gate = (pitch > 0).to(found.dtype)
            used = torch.where(pitch > 0, pitch, TYPICAL_PITCH)
        colour = torch.stack([gate, gate * (used / TYPICAL_PITCH).log()], dim=-1)  # [B, F, 2]
        h = h + self.pitch_embed(colour.to(h.dtype)).transpose(1, 2)
        h, after["fast"] = self.fast(h, part(state, "fast"))
        envelopes: Tensor = self.envelope_proj(h.transpose(1, 2))
        with full_precision(x):
            pcm, sources = self._filter(used, gate, envelopes.float(), state)
        return Voiced(pcm, found, voicing), {**after, **sources}

    def _pitch(self, h: Tensor) -> tuple[Tensor, Tensor]:  # [B, C, F] -> [B, F] x 2
        height, voicing = self.pitch_proj(h.transpose(1, 2)).float().sigmoid().unbind(dim=-1)
        octaves = math.log(self.config.f0_max / self.config.f0_min)
        return self.config.f0_min * (octaves * height).exp(), voicing

    def _filter(self, pitch: Tensor, gate: Tensor, envelopes: Tensor, state: State) -> tuple[Tensor, State]:
        after: State = {}
        control = torch.stack([pitch, gate], dim=1).float()  # [B, 2, F]
        pulses, after["pulses"] = self.pulses(control, part(state, "pulses"))
        noise, after["noise"] = self.noise(control, part(state, "noise"))
        harmonic, after["pulse_spectrum"] = self.spectrum(pulses, part(state, "pulse_spectrum"))
        breath, after["noise_spectrum"] = self.spectrum(noise, part(state, "noise_spectrum"))
        loud = QUIET * envelopes.clamp(max=LOUDEST).exp()  # [B, F, 2 * bins]
        for_pulses, for_noise = (gain.repeat(1, 1, 2) for gain in loud.chunk(2, dim=-1))
        pcm, after["inverse"] = self.inverse(
            harmonic * for_pulses + breath * for_noise, part(state, "inverse")
        )
        return pcm, after
