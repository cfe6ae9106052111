"""The two ends of an envelope codec."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from core.nn.chain import Chain
from core.nn.codecs.envelope_config import EnvelopeConfig
from core.nn.codecs.mel_features import mel_filters
from core.nn.codecs.pitch_code import contour, stacked
from core.nn.conv import CausalConv1d
from core.nn.convnext import ConvNeXtBlock
from core.nn.fourier import Fourier, InverseFourier
from core.nn.harmonic import HarmonicSource, NoiseSource
from core.nn.pitch import PitchConfig, PitchTracker
from core.nn.quantize.base import full_precision
from core.nn.source_filter import LOUDEST, TYPICAL_PITCH
from core.nn.state import part, tensor
from core.nn.streaming import State, Streaming

FLOOR = 1e-4  # of a mel band's power: about 50 dB below speech
MIDDLE, SPREAD = -4.0, 4.0  # of the logarithm of a mel band's power: latents lie around zero, near one
SILENCE = (math.log(FLOOR) - MIDDLE) / SPREAD
BREATH = -2.0  # of the logarithm: noise under voice, where training starts, at the lowest frequency


class EnvelopeEncoder(Streaming):
    """Sound to latent frames: log-mel envelopes as they are, features of them and their past, and pitch."""

    def __init__(self, config: EnvelopeConfig) -> None:
        super().__init__()
        self.config = config
        pitch = PitchConfig(
            sample_rate=config.sample_rate,
            hop=config.feature_hop,
            voiced_threshold=config.voiced_threshold,
        )
        self.tracker = PitchTracker(pitch)
        self.spectrum = Fourier(config.fourier)
        filters = mel_filters(config.n_mels, config.fourier.bins, config.sample_rate)
        self.mel = nn.Buffer(filters, persistent=False)
        dim = config.encoder_dim
        self.context = Chain(
            CausalConv1d(config.envelope_dim + 3 * config.steps, dim, 3),
            *(ConvNeXtBlock(dim, 3 * dim, layer_scale=0.1) for _ in range(config.encoder_blocks)),
            CausalConv1d(dim, config.context_dim, 1),
        )

    def initial_state(self, batch: int) -> State:
        return {
            "tracker": self.tracker.initial_state(batch),
            "spectrum": self.spectrum.initial_state(batch),
            "context": self.context.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        latent, _, after = self.hear(x, state)
        return latent, after

    def hear(self, x: Tensor, state: State) -> tuple[Tensor, Tensor, State]:
        """Sound [B, 1, T] -> latent [B, D, frames], pitch in Hz [B, 1, spectra]."""
        after: State = {}
        steps = self.config.steps
        with torch.no_grad(), full_precision(x):
            heard, after["tracker"] = self.tracker(x, part(state, "tracker"))
            parts, after["spectrum"] = self.spectrum(x, part(state, "spectrum"))
            real, imaginary = parts.chunk(2, dim=-1)  # [B, T', bins]
            power = (real.square() + imaginary.square()) @ self.mel.T
            envelopes = ((power + FLOOR).log() - MIDDLE) / SPREAD  # [B, T', n_mels]
            envelope = stacked(envelopes.transpose(1, 2), steps)  # [B, n_mels * steps, frames]
            pitch, strength = heard.chunk(2, dim=1)
            melody = stacked(torch.cat([contour(pitch), strength], dim=1), steps)
        context, after["context"] = self.context(torch.cat([envelope, melody], dim=1), part(state, "context"))
        return torch.cat([envelope, context], dim=1), pitch, after


class EnvelopeDecoder(Streaming):
    """Latent frames and pitch to sound: pulses and noise, coloured by the envelopes and by corrections.

    Even untrained it speaks: the envelopes in the latent are used as they are, what is learned is added.
    """

    def __init__(self, config: EnvelopeConfig) -> None:
        super().__init__()
        self.config = config
        dim, bins = config.decoder_dim, config.fourier.bins
        self.latent_proj = CausalConv1d(config.dim, dim, 3)
        self.pitch_embed = nn.Conv1d(2 * config.steps, dim, 1)
        self.blocks = Chain(
            *(ConvNeXtBlock(dim, 3 * dim, layer_scale=0.1) for _ in range(config.decoder_blocks))
        )
        self.norm = nn.LayerNorm(dim)
        self.correction = nn.Linear(dim, config.steps * 2 * bins)
        nn.init.normal_(self.correction.weight, std=1e-3)
        nn.init.zeros_(self.correction.bias)
        self.voiced_colour = nn.Parameter(_breath_under_voice(bins))
        with torch.device("cpu"):
            spread, lift = _bands_to_bins(config)
        device = torch.get_default_device()
        self.spread = nn.Buffer(spread.to(device), persistent=False)  # [n_mels, bins]
        self.lift = nn.Buffer(lift.to(device), persistent=False)  # [bins]
        self.pulses = HarmonicSource(config.sample_rate, config.feature_hop)
        self.noise = NoiseSource(config.feature_hop)
        self.spectrum = Fourier(config.fourier)
        self.inverse = InverseFourier(config.fourier)

    @property
    def delay_samples(self) -> int:
        return self.config.fourier.delay_samples + self.config.look_ahead * self.config.feature_hop

    def initial_state(self, batch: int) -> State:
        held = (batch, self.config.look_ahead, self.config.n_mels)
        return {
            "latent_proj": self.latent_proj.initial_state(batch),
            "blocks": self.blocks.initial_state(batch),
            # counted from silence, so that a memory of zeros is silence
            "envelopes": self.lift.new_zeros(held),
            "pulses": self.pulses.initial_state(batch),
            "noise": self.noise.initial_state(batch),
            "pulse_spectrum": self.spectrum.initial_state(batch),
            "noise_spectrum": self.spectrum.initial_state(batch),
            "inverse": self.inverse.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, D, T] -> [B, 1, T * frame]
        return self.speak(x, x.new_zeros(x.shape[0], 1, x.shape[-1] * self.config.steps), state)

    def speak(self, x: Tensor, pitch: Tensor, state: State) -> tuple[Tensor, State]:
        """Latent [B, D, T] at a pitch in Hz, 0 for no voice, [B, 1, spectra] -> sound [B, 1, samples]."""
        after: State = {}
        steps, bins = self.config.steps, self.config.fourier.bins
        h, after["latent_proj"] = self.latent_proj(x, part(state, "latent_proj"))
        h = h + self.pitch_embed(stacked(contour(pitch), steps).to(h.dtype))
        h, after["blocks"] = self.blocks(h, part(state, "blocks"))
        learned = self.correction(self.norm(h.transpose(1, 2)))  # [B, T, steps * 2 * bins]
        learned = learned.reshape(learned.shape[0], -1, 2 * bins)  # [B, spectra, 2 * bins]
        with full_precision(x):
            known, after["envelopes"] = self._known(x.float(), tensor(state, "envelopes"))
            gate = (pitch[:, 0] > 0).float()  # [B, spectra]
            loudness = learned.float() + known.repeat(1, 1, 2) + gate[..., None] * self.voiced_colour
            pcm, sources = self._filter(pitch[:, 0], gate, loudness, state)
        return pcm, {**after, **sources}

    def _known(self, x: Tensor, past: Tensor) -> tuple[Tensor, Tensor]:
        """Log amplitudes [B, spectra, bins] that the latent tells, in time with the sources."""
        steps = self.config.steps
        stack = x[:, : self.config.envelope_dim]
        batch, _, frames = stack.shape
        bands = stack.reshape(batch, -1, steps, frames).permute(0, 3, 2, 1).flatten(1, 2)
        bands = torch.cat([past, bands - SILENCE], dim=1)  # [B, look_ahead + spectra, n_mels]
        now = bands[:, : frames * steps] + SILENCE
        power = (now * SPREAD + MIDDLE) @ self.spread
        return 0.5 * power + self.lift, bands[:, frames * steps :].clone()

    def _filter(self, pitch: Tensor, gate: Tensor, loudness: Tensor, state: State) -> tuple[Tensor, State]:
        after: State = {}
        used = torch.where(pitch > 0, pitch, torch.full_like(pitch, TYPICAL_PITCH))
        control = torch.stack([used, gate], dim=1).float()  # [B, 2, spectra]
        pulses, after["pulses"] = self.pulses(control, part(state, "pulses"))
        noise, after["noise"] = self.noise(control, part(state, "noise"))
        harmonic, after["pulse_spectrum"] = self.spectrum(pulses, part(state, "pulse_spectrum"))
        breath, after["noise_spectrum"] = self.spectrum(noise, part(state, "noise_spectrum"))
        gains = loudness.clamp(max=LOUDEST).exp()
        for_pulses, for_noise = (gain.repeat(1, 1, 2) for gain in gains.chunk(2, dim=-1))
        pcm, after["inverse"] = self.inverse(
            harmonic * for_pulses + breath * for_noise, part(state, "inverse")
        )
        return pcm, after


def _bands_to_bins(config: EnvelopeConfig) -> tuple[Tensor, Tensor]:
    """How log powers of mel bands become log amplitudes of bins for a source of unit strength.

    The first matrix interpolates, [n_mels, bins]; the vector takes off what a filter and the window add.
    """
    bins = config.fourier.bins
    filters = mel_filters(config.n_mels, bins, config.sample_rate).double()
    centres = (filters * torch.arange(bins)).sum(dim=1) / filters.sum(dim=1).clamp(min=1e-6)
    places = torch.arange(bins).double()
    upper = torch.searchsorted(centres.contiguous(), places).clamp(1, config.n_mels - 1)
    lower = upper - 1
    share = ((places - centres[lower]) / (centres[upper] - centres[lower]).clamp(min=1e-6)).clamp(0, 1)
    spread = torch.zeros(config.n_mels, bins, dtype=torch.float64)
    every = torch.arange(bins)
    spread[lower, every] = 1 - share
    spread[upper, every] += share
    width = filters.sum(dim=1).clamp(min=1e-2).log() @ spread
    lift = -0.5 * (width + math.log(float(config.fourier.window().square().sum())))
    return spread.float(), lift.float()


def _breath_under_voice(bins: int) -> Tensor:  # [2 * bins]
    return torch.cat([torch.zeros(bins), torch.linspace(BREATH, 0.0, bins)])
