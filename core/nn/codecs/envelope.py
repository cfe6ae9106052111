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
from core.nn.codecs.model import CodecModel, Reconstruction
from core.nn.codecs.pitch_code import PitchCode, PitchCodeConfig
from core.nn.quantize.base import Quantized
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.quantize.residual import ResidualVQ
from core.nn.quantize.split import SplitVQ
from core.nn.reader import Reader
from core.nn.streaming import State

UNUSED = -1  # in place of a code: its codebook is left out


class EnvelopeCodec(CodecModel):
    """What is said, at which pitch, and with which envelopes: three kinds of codes, in this order."""

    encoder: EnvelopeEncoder
    decoder: EnvelopeDecoder
    pitches: Tensor

    def __init__(self, config: EnvelopeConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = EnvelopeEncoder(config)
        self.pitch_code = PitchCode(PitchCodeConfig(steps=config.steps, size=config.codebook_sizes[1]))
        self.quantizer = SplitVQ(ResidualVQ(config.semantic), ResidualVQ(config.acoustic))
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

    def encode(self, pcm: Tensor, state: State, n_codebooks: int | None = None) -> tuple[Tensor, State]:
        latent, pitch, after = self.encoder.hear(pcm, state)
        codes = self.quantizer.encode(latent)
        codes = torch.cat([codes[:, :1], self.pitch_code.encode(pitch), codes[:, 1:]], dim=1)
        return codes[:, :n_codebooks], after

    def decode(self, codes: Tensor, state: State) -> tuple[Tensor, State]:
        missing = self.spec.n_codebooks - codes.shape[1]
        return self.decode_used(F.pad(codes, (0, 0, 0, missing), value=UNUSED), state)

    def decode_used(self, codes: Tensor, state: State) -> tuple[Tensor, State]:
        """Codes [B, K, T] of all codebooks, `UNUSED` where one says nothing -> sound [B, 1, T * frame]."""
        used, codes = codes != UNUSED, codes.clamp(min=0)
        pitch = F.embedding(codes[:, 1], self.pitches).flatten(1)[:, None]
        pitch = pitch * used[:, 1:2].repeat_interleave(self.config.steps, dim=2)
        semantic, acoustic = self._parts()
        latent = _said(semantic, codes[:, :1], used[:, :1]) + _said(acoustic, codes[:, 2:], used[:, 2:])
        return self.decoder.speak(latent, pitch, state)

    def _parts(self) -> tuple[ResidualVQ, ResidualVQ]:
        semantic, acoustic = self.quantizer.semantic, self.quantizer.acoustic
        assert isinstance(semantic, ResidualVQ) and isinstance(acoustic, ResidualVQ)
        return semantic, acoustic

    def forward(self, pcm: Tensor) -> Reconstruction:
        batch = pcm.shape[0]
        latent, pitch, _ = self.encoder.hear(pcm, self.encoder_state(batch))
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
        sound, _ = self.decoder.speak(latent, pitch, self.decoder_state(latent.shape[0]))
        return sound[..., delay : delay + (latent.shape[-1] - frames) * hop]

    @torch.no_grad()
    def settle(self, pcm: Tensor) -> None:
        """Before training, from some sound [B, 1, T]: projections by principal axes, codes by k-means."""
        semantic, acoustic = self._parts()
        latent, _, _ = self.encoder.hear(pcm, self.encoder_state(pcm.shape[0]))
        wide = self.config.envelope_dim
        envelope, context = latent[:, :wide], latent[:, wide:]
        axes = _principal_axes(envelope, self.config.acoustic_dim)
        _fill(acoustic, axes, first=0)
        axes = _principal_axes(context, self.config.semantic_dim)
        _fill(semantic, axes, first=self.config.envelope_dim)
        for quantizer in (semantic, acoustic):
            rest = quantizer.input_proj(latent)
            for book in _books(quantizer):
                book.initialise(rest)
                rest = rest - book.decode(book.encode(rest))


def _books(quantizer: ResidualVQ) -> list[EuclideanCodebook]:
    return [book for book in quantizer.codebooks if isinstance(book, EuclideanCodebook)]


def _said(quantizer: ResidualVQ, codes: Tensor, used: Tensor) -> Tensor:  # [B, K, T] each -> [B, D, T]
    """Frames from those codes that are used."""
    levels = [
        book.decode(codes[:, number]) * used[:, number, None] for number, book in enumerate(_books(quantizer))
    ]
    frames: Tensor = quantizer.output_proj(torch.stack(levels).sum(dim=0))
    return frames


def _principal_axes(x: Tensor, count: int) -> Tensor:  # [B, C, T] -> [count, C]
    rows = x.transpose(1, 2).flatten(0, 1).double()
    _, vectors = torch.linalg.eigh(rows.T @ rows)  # ascending
    axes: Tensor = vectors.flip(1)[:, :count].T.float()
    return axes


def _fill(quantizer: ResidualVQ, axes: Tensor, first: int) -> None:
    """Projections that read and write the channels from `first` on, along these axes [count, C]."""
    for proj in (quantizer.input_proj, quantizer.output_proj):
        proj.weight.zero_()
    quantizer.input_proj.weight[:, first : first + axes.shape[1], 0] = axes
    quantizer.output_proj.weight[first : first + axes.shape[1], :, 0] = axes.T


ENVELOPE = Reader("envelope", EnvelopeConfig, EnvelopeCodec)
