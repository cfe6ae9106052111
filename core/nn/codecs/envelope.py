"""EnvelopeCodec: a small codec for speech that codes envelopes and pitch, and needs little training."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import torch
import torch.nn.functional as F
from torch import Tensor

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec
from core.nn.codecs.envelope_config import EnvelopeConfig
from core.nn.codecs.envelope_layers import EnvelopeDecoder, EnvelopeEncoder
from core.nn.codecs.envelope_quantizer import EnvelopeQuantizer
from core.nn.codecs.model import CodecModel, Reconstruction
from core.nn.codecs.pitch_code import PitchCode, PitchCodeConfig
from core.nn.quantize.base import Quantized
from core.nn.quantize.predictive import UNUSED
from core.nn.reader import Reader
from core.nn.state import part
from core.nn.streaming import State


class EnvelopeCodec(CodecModel):
    """What is said, at which pitch, and with which envelopes: three kinds of codes, in this order."""

    encoder: EnvelopeEncoder
    quantizer: EnvelopeQuantizer
    decoder: EnvelopeDecoder
    pitches: Tensor

    def __init__(self, config: EnvelopeConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = EnvelopeEncoder(config)
        self.pitch_code = PitchCode(PitchCodeConfig(steps=config.steps, size=config.codebook_sizes[1]))
        self.quantizer = EnvelopeQuantizer(config)
        self.decoder = EnvelopeDecoder(config)
        shape = (config.codebook_sizes[1], config.steps)
        self.register_buffer("pitches", torch.zeros(shape), persistent=False)
        self.spec = CodecSpec(
            format=AudioFormat(config.sample_rate, config.hop_length),
            codebook_sizes=config.codebook_sizes,
            delay_samples=self.decoder.delay_samples,
        )

    def train(self, mode: bool = True) -> Self:
        """In use, pitches are looked up: the phase of a voice sums up what two ways of computing differ."""
        super().train(mode)
        if not mode:
            every = torch.arange(len(self.pitches), device=self.pitches.device)
            with torch.no_grad():
                self.pitches = self.pitch_code.decode(every[:, None, None]).flatten(1)  # [size, steps]
        return self

    def encoder_state(self, batch: int) -> State:
        memory = self.quantizer.acoustic.initial_state(batch)
        return {"encoder": self.encoder.initial_state(batch), "envelopes": memory}

    def decoder_state(self, batch: int) -> State:
        memory = self.quantizer.acoustic.initial_state(batch)
        return {"decoder": self.decoder.initial_state(batch), "envelopes": memory}

    def encode(self, pcm: Tensor, state: State, n_codebooks: int | None = None) -> tuple[Tensor, State]:
        latent, pitch, encoder = self.encoder.hear(pcm, part(state, "encoder"))
        words = self.quantizer.semantic.encode(latent)
        envelopes, memory = self.quantizer.acoustic.encode(latent, part(state, "envelopes"))
        codes = torch.cat([words, self.pitch_code.encode(pitch), envelopes], dim=1)
        return codes[:, :n_codebooks], {"encoder": encoder, "envelopes": memory}

    def decode(self, codes: Tensor, state: State) -> tuple[Tensor, State]:
        missing = self.spec.n_codebooks - codes.shape[1]
        return self.decode_used(F.pad(codes, (0, 0, 0, missing), value=UNUSED), state)

    def decode_used(self, codes: Tensor, state: State) -> tuple[Tensor, State]:
        """Codes [B, K, T] of all codebooks, `UNUSED` where one says nothing -> sound [B, 1, T * frame]."""
        used, known = codes[:, :2] != UNUSED, codes[:, :2].clamp(min=0)
        words = self.quantizer.semantic.decode(known[:, :1]) * used[:, :1]
        pitch = F.embedding(known[:, 1], self.pitches).flatten(1)[:, None]
        pitch = pitch * used[:, 1:].repeat_interleave(self.config.steps, dim=2)
        envelopes, memory = self.quantizer.acoustic.decode(codes[:, 2:], part(state, "envelopes"))
        pcm, decoder = self.decoder.speak(words + envelopes, pitch, part(state, "decoder"))
        return pcm, {"decoder": decoder, "envelopes": memory}

    def forward(self, pcm: Tensor) -> Reconstruction:
        latent, pitch, _ = self.encoder.hear(pcm, self.encoder.initial_state(pcm.shape[0]))
        made: Quantized = self.quantizer(latent)
        coded: Quantized = self.pitch_code(pitch)
        heard = self._sound(made.quantized, coded.quantized)
        codes = torch.cat([made.codes[:, :1], coded.codes, made.codes[:, 1:]], dim=1)
        return Reconstruction(heard, replace(made, codes=codes))

    def _sound(self, latent: Tensor, pitch: Tensor) -> Tensor:
        """Sound at its own time: what the decoder holds back is waited for and cut off."""
        delay, hop = self.spec.delay_samples, self.config.hop_length
        frames = -(-delay // hop)
        latent = F.pad(latent, (0, frames), mode="replicate")
        pitch = F.pad(pitch, (0, frames * self.config.steps))
        sound, _ = self.decoder.speak(latent, pitch, self.decoder.initial_state(latent.shape[0]))
        return sound[..., delay : delay + (latent.shape[-1] - frames) * hop]

    @torch.no_grad()
    def settle(self, pcm: Tensor) -> None:
        """Before training, from minutes of sound [B, 1, T]: what the quantizer can know without learning."""
        latent, _, _ = self.encoder.hear(pcm, self.encoder.initial_state(pcm.shape[0]))
        self.quantizer.settle(latent)


ENVELOPE = Reader("envelope", EnvelopeConfig, EnvelopeCodec)
