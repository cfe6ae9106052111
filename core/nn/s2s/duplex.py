"""Duplex S2S: a decoder that hears and speaks in every frame (Moshi's design, arXiv 2410.00037)."""

from __future__ import annotations

from collections.abc import Mapping

from core.nn.feed_forward import gated_width
from core.nn.s2s.decoder import DecoderConfig
from core.nn.s2s.depth import DepthConfig
from core.nn.s2s.streams import StreamsConfig
from core.nn.s2s.voice import VoiceConfig
from core.nn.transformer import TransformerConfig

MIMI_SILENCE = (948, 243, 1178, 546, 1736, 1030, 1978, 2008)
"""A silent frame of Mimi's first eight codebooks."""

TELUGU_SIZES = (2048,) + (1024,) * 7
OWN_VOICES = VoiceConfig(n_speakers=4, n_emotions=9, n_languages=20)


def duplex_streams(
    sizes: tuple[int, ...] = TELUGU_SIZES, text_size: int = 1024, acoustic_delay: int = 1
) -> StreamsConfig:
    """Our streams: own text, own and user's codes, and a second text that follows the user's words."""
    delays = (0,) + (acoustic_delay,) * (len(sizes) - 1)
    return StreamsConfig(
        own_sizes=sizes,
        heard_sizes=sizes,
        text_size=text_size,
        heard_text_size=text_size,
        delays=(0, *delays, *delays, 0),
        text_pad=0,
        text_end=1,
        text_pad_end=2,
    )


def _duplex(
    dim: int, n_layers: int, n_heads: int, hidden: int, *, depth_hidden: int, schedule: tuple[int, ...]
) -> DecoderConfig:
    temporal = TransformerConfig(
        dim=dim,
        n_layers=n_layers,
        n_heads=n_heads,
        hidden=hidden,
        bias=True,
        context=750,  # a minute at 12.5 frames a second
        sinks=4,
    )
    depth = TransformerConfig(
        dim=256,
        n_layers=4,
        n_heads=4,
        hidden=depth_hidden,
        bias=True,
        context=8,
        rope="none",
        schedule=schedule,
    )
    return DecoderConfig(
        streams=duplex_streams(),
        temporal=temporal,
        depth=DepthConfig(transformer=depth, n_codebooks=8, inputs=tuple(range(8))),
        voice=OWN_VOICES,
    )


# The first code says what is spoken, the others how: they get a set of weights each.
_TWO_SETS = (0, 1, 1, 1, 1, 1, 1, 1)

MOSHI_7B = DecoderConfig(
    streams=StreamsConfig(
        own_sizes=(2048,) * 8,
        heard_sizes=(2048,) * 8,
        text_size=32_000,
        delays=(0, *(0, 1, 1, 1, 1, 1, 1, 1) * 2),
        start_rows=True,
        text_pad=3,
        text_pad_end=0,
    ),
    temporal=TransformerConfig(
        dim=4096,
        n_layers=32,
        n_heads=32,
        hidden=gated_width(4096, int(4.125 * 4096)),
        context=3000,
        rope="interleaved",
        norm="rms",
        norm_eps=1e-8,
        feed_forward="gated_silu",
    ),
    depth=DepthConfig(
        transformer=TransformerConfig(
            dim=1024,
            n_layers=6,
            n_heads=16,
            hidden=gated_width(1024, int(4.125 * 1024)),
            context=8,
            rope="none",
            norm="rms",
            norm_eps=1e-8,
            feed_forward="gated_silu",
            schedule=tuple(range(8)),
        ),
        n_codebooks=8,
        inputs=tuple(range(8)),
    ),
    silence=MIMI_SILENCE,
)

DUPLEX: Mapping[str, DecoderConfig] = {
    "duplex-26m": _duplex(512, 8, 8, 2048, depth_hidden=1024, schedule=_TWO_SETS),
    "duplex-86m": _duplex(768, 12, 12, 3072, depth_hidden=1024, schedule=_TWO_SETS),
    "duplex-200m": _duplex(1024, 24, 16, 2048, depth_hidden=2048, schedule=()),
    "moshi-7b": MOSHI_7B,
}
"""The presets, named after the size of the temporal Transformer (`moshi-7b`: of everything)."""
