"""Small speech models with random weights."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from core.nn.s2s.conformer import Conformer, ConformerConfig, with_depth, with_words
from core.nn.s2s.conformer_layers import ConformerStackConfig
from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.depth import DepthConfig
from core.nn.s2s.duplex import duplex_streams
from core.nn.s2s.streams import StreamsConfig
from core.nn.s2s.voice import VoiceConfig, VoiceTokens
from core.nn.transformer import TransformerConfig

SIZES = (24, 16, 16)
VOICES = VoiceConfig(n_speakers=4, n_emotions=9, n_languages=20)

_TEMPORAL = TransformerConfig(dim=32, n_layers=2, n_heads=4, hidden=48, bias=True, context=10, sinks=2)
_DEPTH = TransformerConfig(
    dim=16, n_layers=2, n_heads=2, hidden=32, bias=True, context=3, rope="none", schedule=(0, 1, 1)
)

DUPLEX = DecoderConfig(
    streams=duplex_streams(SIZES, text_size=20),
    temporal=_TEMPORAL,
    depth=DepthConfig(transformer=_DEPTH, n_codebooks=3, inputs=(0, 1, 2)),
    voice=VOICES,
)
CONFORMER = ConformerConfig(
    heard_sizes=(16, 16),
    encoder=ConformerStackConfig(dim=32, n_layers=2, n_heads=4, hidden=48, kernel_size=5, context=12),
    decoder=DecoderConfig(
        streams=StreamsConfig(own_sizes=(24, 16), delays=(0, 1)),
        temporal=replace(_TEMPORAL, source_dim=32),
        embedding="concat",
        voice=VOICES,
        head_bias=True,
    ),
)
WORDY = with_words(CONFORMER, 20)
DEEP = with_words(with_depth(CONFORMER), 20)


def duplex(config: DecoderConfig = DUPLEX) -> SpeechDecoder:
    torch.manual_seed(1)
    return SpeechDecoder(config).eval()


def conformer(config: ConformerConfig = WORDY) -> Conformer:
    torch.manual_seed(1)
    return Conformer(config).eval()


def frames(streams: StreamsConfig, length: int, batch: int = 2) -> Tensor:
    """Random tokens for every row [B, S, T]."""
    return torch.stack([torch.randint(size, (batch, length)) for size in streams.sizes], dim=1)


def voice(speaker: int = 0, emotion: int = 0, strength: float = 1.0, batch: int = 2) -> VoiceTokens:
    def fixed(value: int) -> Tensor:
        return torch.full((batch, 1), value)

    return VoiceTokens(fixed(speaker), fixed(emotion), fixed(0), torch.full((batch, 1), strength))
