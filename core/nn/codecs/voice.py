"""VoiceCodec: a compact codec for speech that codes pitch by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec
from core.nn.codecs.model import CodecModel, Reconstruction
from core.nn.codecs.pitch_code import PitchCode, PitchCodeConfig
from core.nn.codecs.voice_config import VoiceConfig
from core.nn.codecs.voice_layers import VoiceDecoder, VoiceEncoder
from core.nn.quantize.base import Quantized
from core.nn.quantize.factorised import FactorisedVQ, FactorisedVQConfig
from core.nn.quantize.split import SplitVQ
from core.nn.streaming import State


class VoiceCodec(CodecModel):
    """What is said, at which pitch, and the rest: three kinds of codes, in this order."""

    encoder: VoiceEncoder
    decoder: VoiceDecoder

    def __init__(self, config: VoiceConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = VoiceEncoder(config)
        self.pitch_code = self._make_pitch_code()
        self.quantizer = SplitVQ(
            self._residual(config.codebook_sizes[:1], 0.0),
            self._residual(config.acoustic_sizes, config.quantizer_dropout),
        )
        self.decoder = VoiceDecoder(config)
        self.delay_samples = self.decoder.delay_samples + config.look_ahead * config.feature_hop
        self.spec = CodecSpec(
            format=AudioFormat(config.sample_rate, config.hop_length),
            codebook_sizes=config.codebook_sizes,
            delay_samples=self.delay_samples,
        )

    def _make_pitch_code(self) -> PitchCode | None:
        if not self.config.codes_pitch:
            return None
        return PitchCode(PitchCodeConfig(steps=self.config.steps, size=self.config.codebook_sizes[1]))

    def _residual(self, sizes: tuple[int, ...], quantizer_dropout: float) -> FactorisedVQ:
        config = self.config
        return FactorisedVQ(
            FactorisedVQConfig(
                dim=config.dim,
                codebook_dim=config.codebook_dim,
                codebook_sizes=sizes,
                quantizer_dropout=quantizer_dropout,
                no_quantization_rate=config.no_quantization_rate,
                gradient=config.gradient,
                kmeans_iterations=config.kmeans_iterations,
                dead_below=config.dead_below,
            )
        )

    def encode(self, pcm: Tensor, state: State, n_codebooks: int | None = None) -> tuple[Tensor, State]:
        latent, pitch, after = self.encoder.hear(pcm, state)
        codes = self.quantizer.encode(latent)
        if self.pitch_code is not None:
            codes = torch.cat([codes[:, :1], self.pitch_code.encode(pitch), codes[:, 1:]], dim=1)
        return codes[:, :n_codebooks], after

    def decode(self, codes: Tensor, state: State) -> tuple[Tensor, State]:
        pitch = None
        if self.pitch_code is not None:
            if codes.shape[1] > 1:
                pitch = self.pitch_code.decode(codes[:, 1:2])
            codes = torch.cat([codes[:, :1], codes[:, 2:]], dim=1)
        voiced, after = self.decoder.voice(self.quantizer.decode(codes), state, pitch)
        return voiced.pcm, after

    def forward(self, pcm: Tensor) -> Reconstruction:
        """A batch there and back, for training; `losses` adds how wrong the decoder's own pitch is."""
        batch = pcm.shape[0]
        latent, pitch, _ = self.encoder.hear(pcm, self.encoder_state(batch))
        made: Quantized = self.quantizer(latent)
        given, codes = pitch, made.codes
        if self.pitch_code is not None:
            coded: Quantized = self.pitch_code(pitch)
            given, codes = coded.quantized, torch.cat([codes[:, :1], coded.codes, codes[:, 1:]], dim=1)
        heard, losses = self._sound(made.quantized, given)
        quantized = replace(made, codes=codes, losses={**made.losses, **losses})
        return Reconstruction(heard, quantized)

    def _sound(self, latent: Tensor, pitch: Tensor) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Sound at its own time: what the decoder holds back is waited for and cut off."""
        frames = -(-self.delay_samples // self.config.hop_length)
        delayed = F.pad(latent, (0, frames))
        pitch = F.pad(pitch, (0, frames * self.config.steps))
        voiced, _ = self.decoder.voice(delayed, self.decoder_state(latent.shape[0]), pitch)
        length = latent.shape[-1] * self.config.hop_length
        sound = voiced.pcm[..., self.delay_samples : self.delay_samples + length]
        return sound, self.decoder.pitch_losses(voiced, pitch)
