"""The two ends of a voice codec."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor, nn

from core.nn.backbone import BackboneConfig
from core.nn.chain import Chain
from core.nn.codecs.mel_features import MelFeatures, MelFeaturesConfig
from core.nn.codecs.pitch_code import contour, stacked
from core.nn.codecs.telugu import Contextual
from core.nn.codecs.voice_config import VoiceConfig
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.fourier import FourierConfig
from core.nn.istft import ISTFTDecoder, ISTFTDecoderConfig
from core.nn.pitch import PitchConfig, PitchTracker
from core.nn.seanet import SeanetConfig, SeanetEncoder
from core.nn.source_filter import SourceFilterConfig, SourceFilterDecoder, Voiced
from core.nn.state import part
from core.nn.streaming import State, Streaming


class VoiceEncoder(Streaming):
    """Sound to latent frames: its spectrum or waveform, and its pitch, through a causal Transformer."""

    def __init__(self, config: VoiceConfig) -> None:
        super().__init__()
        self.steps = config.upsample
        self.tracker = PitchTracker(PitchConfig(sample_rate=config.sample_rate, hop=config.feature_hop))
        self.front = _seanet(config) if config.encoder == "seanet" else _convnext(config)
        self.pitch_embed = nn.Conv1d(3 * config.upsample, config.dim, 1)
        links: list[nn.Module] = [Contextual(config.dim, config.transformer)]
        if (divisor := config.frame_rate_divisor) > 1:
            dim = config.dim
            links.append(CausalConv1d(dim, dim, 2 * divisor, stride=divisor, bias=False, padding="replicate"))
        self.back = Chain(*links)

    def initial_state(self, batch: int) -> State:
        return {
            "tracker": self.tracker.initial_state(batch),
            "front": self.front.initial_state(batch),
            "back": self.back.initial_state(batch),
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        latent, _, after = self.hear(x, state)
        return latent, after

    def hear(self, x: Tensor, state: State) -> tuple[Tensor, Tensor, State]:
        """Sound [B, 1, T] -> latent [B, D, frames], pitch in Hz [B, 1, feature frames]."""
        after: State = {}
        with torch.no_grad():
            heard, after["tracker"] = self.tracker(x, part(state, "tracker"))
        pitch, strength = heard.chunk(2, dim=1)
        y, after["front"] = self.front(x, part(state, "front"))
        y = y + self.pitch_embed(stacked(torch.cat([contour(pitch), strength], dim=1), self.steps))
        latent, after["back"] = self.back(y, part(state, "back"))
        return latent, pitch, after


def _convnext(config: VoiceConfig) -> Chain:
    features = MelFeaturesConfig(
        sample_rate=config.sample_rate,
        frame_rate=config.feature_rate,
        n_mels=config.n_mels,
        window=config.windows * config.feature_hop,
        dim=config.encoder_dim,
        n_layers=config.encoder_layers,
        out_dim=config.dim,
    )
    stride = config.upsample
    return Chain(MelFeatures(features), CausalConv1d(config.dim, config.dim, 2 * stride, stride=stride))


def _seanet(config: VoiceConfig) -> Chain:
    return SeanetEncoder(SeanetConfig(dimension=config.dim, n_filters=config.n_filters, ratios=config.ratios))


class WaveformDecoder(Protocol):
    """Latent frames to sound, at a pitch that is given or found: what both decoders are."""

    @property
    def delay_samples(self) -> int: ...

    def initial_state(self, batch: int) -> State: ...

    def voice(self, x: Tensor, state: State, pitch: Tensor | None = None) -> tuple[Voiced, State]:
        """Latent [B, D, T], pitch in Hz [B, F] (0: no voice) -> sound [B, 1, samples]."""


class PlainDecoder(ISTFTDecoder):
    """An ISTFT decoder that reads pitch from its latent alone, and says nothing about it."""

    def voice(self, x: Tensor, state: State, pitch: Tensor | None = None) -> tuple[Voiced, State]:
        pcm, after = self(x, state)
        nothing = pcm.new_zeros(pcm.shape[0], pcm.shape[-1] // self.config.fourier.hop)
        return Voiced(pcm, nothing, nothing), after


class VoiceDecoder(Streaming):
    """Latent frames and pitch to sound: a causal Transformer, then one of two waveform decoders."""

    def __init__(self, config: VoiceConfig) -> None:
        super().__init__()
        self.steps = config.upsample
        links: list[nn.Module] = [Contextual(config.dim, config.transformer)]
        if (divisor := config.frame_rate_divisor) > 1:
            dim = config.dim
            up = CausalConvTranspose1d(dim, dim, 2 * divisor, stride=divisor, bias=False, groups=dim)
            links.insert(0, up)
        self.front = Chain(*links)
        self.pitch_embed = nn.Conv1d(2 * config.upsample, config.dim, 1)
        self.waveform = _waveform(config)

    @property
    def delay_samples(self) -> int:
        return self.waveform.delay_samples

    def initial_state(self, batch: int) -> State:
        return {"front": self.front.initial_state(batch), "waveform": self.waveform.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, D, T] -> [B, 1, T * frame]
        voiced, after = self.voice(x, state, None)
        return voiced.pcm, after

    def voice(self, x: Tensor, state: State, pitch: Tensor | None) -> tuple[Voiced, State]:
        """Latent [B, D, T] at a pitch in Hz [B, 1, feature frames]; None: at the pitch that it tells."""
        after: State = {}
        y, after["front"] = self.front(x, part(state, "front"))
        if pitch is not None:
            y = y + self.pitch_embed(stacked(contour(pitch), self.steps))
            pitch = pitch[:, 0]
        voiced, after["waveform"] = self.waveform.voice(y, part(state, "waveform"), pitch)
        return voiced, after

    def pitch_losses(self, voiced: Voiced, pitch: Tensor) -> dict[str, Tensor]:
        """How far the pitch that was found is from the one that is: octaves, and voiced or not."""
        if isinstance(self.waveform, PlainDecoder):
            return {}
        wanted = pitch[:, 0]
        has_voice = (wanted > 0).to(voiced.pitch.dtype)
        octaves = (torch.log2(voiced.pitch) - torch.log2(wanted.clamp(min=1.0))).abs()
        return {
            "pitch": (octaves * has_voice).sum() / has_voice.sum().clamp(min=1),
            "voicing": (voiced.voicing - has_voice).square().mean(),
        }


def _waveform(config: VoiceConfig) -> WaveformDecoder:
    backbone = BackboneConfig(
        in_dim=config.dim,
        dim=config.decoder_dim,
        hidden=config.decoder_hidden,
        upsample=config.upsample,
        fast_blocks=config.decoder_blocks,
    )
    fourier = FourierConfig(n_fft=config.windows * config.feature_hop, hop=config.feature_hop)
    if config.decoder == "istft":
        return PlainDecoder(ISTFTDecoderConfig(backbone=backbone, fourier=fourier))
    return SourceFilterDecoder(
        SourceFilterConfig(sample_rate=config.sample_rate, backbone=backbone, fourier=fourier)
    )
