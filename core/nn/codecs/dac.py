"""Dac: the Descript Audio Codec as its authors released it, for whole files."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec
from core.errors import ModelError
from core.nn.codecs.dac_layers import DacConvs, DacDecoder, DacEncoder, init_dac_weights
from core.nn.codecs.model import CodecModel
from core.nn.quantize.factorised import FactorisedVQ, FactorisedVQConfig


@dataclass(frozen=True, kw_only=True)
class DacConfig:
    """How a DAC was built; the defaults are its 16 kHz release (6 kbit/s, 50 Hz)."""

    sample_rate: int = 16_000
    encoder_dim: int = 64
    encoder_rates: tuple[int, ...] = (2, 4, 5, 8)
    latent_dim: int | None = None
    """None: the width the encoder ends with."""
    decoder_dim: int = 1536
    decoder_rates: tuple[int, ...] = (8, 5, 4, 2)
    n_codebooks: int = 12
    codebook_size: int = 1024
    codebook_dim: int = 8
    quantizer_dropout: float = 0.5
    weight_norm: bool = False
    """Keep length and direction of weights apart, as for training; the released ones are folded at import."""

    def __post_init__(self) -> None:
        check_rates(self.encoder_rates, self.decoder_rates)
        check_halving(self.decoder_dim, self.decoder_rates)

    @property
    def hop_length(self) -> int:
        return math.prod(self.encoder_rates)

    @property
    def latent_width(self) -> int:
        return self.latent_dim or self.encoder_dim << len(self.encoder_rates)


def check_rates(encoder_rates: tuple[int, ...], decoder_rates: tuple[int, ...]) -> None:
    """Encoder and decoder must agree about how long a frame is."""
    if not encoder_rates or min(*encoder_rates, *decoder_rates, 2) < 1:
        raise ModelError(f"A codec needs rates of 1 or more, not {encoder_rates} and {decoder_rates}.")
    down, up = math.prod(encoder_rates), math.prod(decoder_rates)
    if down != up:
        raise ModelError(
            f"The encoder makes one frame of {down} samples, and the decoder {up} samples of a frame.",
            f"The product of decoder_rates {decoder_rates} must be that of encoder_rates {encoder_rates}.",
        )


def check_halving(decoder_dim: int, decoder_rates: tuple[int, ...]) -> None:
    """A decoder halves its width at each rate."""
    if decoder_dim % (1 << len(decoder_rates)):
        raise ModelError(
            f"A decoder of width {decoder_dim} cannot halve it {len(decoder_rates)} times.",
            f"Choose a decoder_dim that is a multiple of {1 << len(decoder_rates)}.",
        )


class Dac(CodecModel):
    """The official DAC: convolutions that look both ways and factorised residual codes."""

    def __init__(self, config: DacConfig) -> None:
        super().__init__()
        self.config = config
        width = config.latent_width
        convs = DacConvs(causal=False, weight_norm=config.weight_norm)
        self.encoder = DacEncoder(config.encoder_dim, config.encoder_rates, width, convs)
        self.quantizer = FactorisedVQ(
            FactorisedVQConfig(
                dim=width,
                codebook_dim=config.codebook_dim,
                codebook_sizes=(config.codebook_size,) * config.n_codebooks,
                weight_norm=config.weight_norm,
                quantizer_dropout=config.quantizer_dropout,
            )
        )
        self.decoder = DacDecoder(width, config.decoder_dim, config.decoder_rates, convs)
        self.spec = CodecSpec(
            format=AudioFormat(config.sample_rate, config.hop_length),
            codebook_sizes=self.quantizer.codebook_sizes,
            streaming=False,
        )
        self.apply(init_dac_weights)
