"""Fitting: a preset of the house, made for the codes of a codec, its frame rate, and pieces of text."""

from __future__ import annotations

from dataclasses import replace

from core.errors import ModelError
from core.nn.s2s.conformer import ConformerConfig, with_words
from core.nn.s2s.decoder import DecoderConfig
from core.nn.s2s.depth import DepthConfig
from core.nn.s2s.duplex import duplex_streams
from core.nn.s2s.streams import StreamsConfig
from core.nn.transformer import TransformerConfig

_PRESET_RATE = 12.5  # frames a second that the contexts of the presets are meant for


def fitted_conformer(
    preset: ConformerConfig, sizes: tuple[int, ...], text_pieces: int, frame_rate: float
) -> ConformerConfig:
    """A Conformer for these codes, with an inner monologue and the user's words."""
    decoder, count = preset.decoder, len(sizes)
    for dim in (preset.encoder.dim, decoder.temporal.dim):
        if dim % count:
            raise ModelError(
                f"This model cannot share its {dim} channels among the {count} codebooks of the codec.",
                "Choose a codec with 2, 4 or 8 codebooks, or a duplex recipe.",
            )
    own = _own_delays(decoder, count) if decoder.depth else tuple(range(count))
    decoder = replace(
        decoder,
        streams=StreamsConfig(own_sizes=sizes, delays=own),
        depth=_fitted_depth(decoder.depth, count) if decoder.depth else None,
        temporal=_longer(decoder.temporal, frame_rate),
    )
    context = round(preset.encoder.context * frame_rate / _PRESET_RATE)
    encoder = replace(preset.encoder, context=context)
    return with_words(
        replace(preset, heard_sizes=sizes, encoder=encoder, decoder=decoder, n_words=0), text_pieces
    )


def fitted_duplex(
    preset: DecoderConfig,
    sizes: tuple[int, ...],
    text_pieces: int,
    frame_rate: float,
    silence: tuple[int, ...],
) -> DecoderConfig:
    """A duplex model for these codes, silent until it has a frame of its own."""
    own = _own_delays(preset, len(sizes))
    return replace(
        preset,
        streams=duplex_streams(sizes, text_pieces, acoustic_delay=own[-1]),
        depth=_fitted_depth(preset.depth, len(sizes)) if preset.depth else None,
        temporal=_longer(preset.temporal, frame_rate),
        silence=silence,
    )


def _own_delays(config: DecoderConfig, count: int) -> tuple[int, ...]:
    """As late as the preset's own codes come: the first at once, all others together."""
    streams = config.streams
    first, later = streams.delay(streams.own.start), streams.delay(streams.own.stop - 1)
    return (0,) + (later - first,) * (count - 1)


def _fitted_depth(depth: DepthConfig, count: int) -> DepthConfig:
    """For so many codes; further ones share the weights of the last."""
    schedule = depth.transformer.schedule
    if schedule:
        schedule = (*schedule, *schedule[-1:] * count)[:count]
    transformer = replace(depth.transformer, context=count, schedule=schedule)
    return replace(depth, transformer=transformer, n_codebooks=count, inputs=tuple(range(count)))


def _longer(config: TransformerConfig, frame_rate: float) -> TransformerConfig:
    """It remembers as many seconds at this frame rate."""
    assert config.context is not None
    return replace(config, context=round(config.context * frame_rate / _PRESET_RATE))
