"""Conformer S2S: hears a turn through a Conformer, then answers with a decoder that looks back at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.nn.s2s.conformer_layers import ConformerStack, ConformerStackConfig
from core.nn.s2s.decoder import DecoderConfig, Prediction, SpeechDecoder
from core.nn.s2s.depth import DepthConfig
from core.nn.s2s.streams import StreamsConfig
from core.nn.s2s.tokens import TokenEmbedding
from core.nn.s2s.voice import VoiceConfig, VoiceTokens
from core.nn.state import part
from core.nn.streaming import State, Streaming
from core.nn.transformer import TransformerConfig


@dataclass(frozen=True, kw_only=True)
class ConformerConfig:
    """How a Conformer S2S is built."""

    heard_sizes: tuple[int, ...]
    decoder: DecoderConfig
    encoder: ConformerStackConfig = field(default_factory=ConformerStackConfig)
    n_words: int = 0
    """Pieces of text that it can hear, the blank included; 0 for a model that does not write them down."""
    blank: int = 0
    """The piece that stands for “nothing new”."""

    def __post_init__(self) -> None:
        if self.encoder.dim % len(self.heard_sizes):
            raise ValueError(f"{self.encoder.dim} channels for {len(self.heard_sizes)} codes a frame: no fit")
        if self.decoder.temporal.source_dim != self.encoder.dim:
            raise ValueError("the decoder must look back at what the encoder heard")


class Heard(NamedTuple):
    """What was heard of a turn."""

    memory: Tensor  # [B, T, D]
    words: Tensor | None  # [B, T, n_words]: logits for connectionist temporal classification


class ConformerEncoder(Streaming):
    """Codes to memory, frame by frame, with the words in them beside it."""

    def __init__(self, config: ConformerConfig) -> None:
        super().__init__()
        dim = config.encoder.dim
        width = dim // len(config.heard_sizes)
        self.embeddings = nn.ModuleList(TokenEmbedding(size, width) for size in config.heard_sizes)
        self.stack = ConformerStack(config.encoder)
        self.word_head = nn.Linear(dim, config.n_words) if config.n_words else None

    def initial_state(self, batch: int) -> State:
        return {"stack": self.stack.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # codes [B, K, T] -> [B, T, D]
        codes = [table(x[:, book]) for book, table in enumerate(self.embeddings)]
        memory, stack = self.stack(torch.cat(codes, dim=-1), part(state, "stack"))
        return memory, {"stack": stack}

    def words(self, memory: Tensor) -> Tensor | None:  # [B, T, D] -> [B, T, n_words]
        return None if self.word_head is None else self.word_head(memory)


class Conformer(nn.Module):
    """A model that hears a turn and then answers it."""

    def __init__(self, config: ConformerConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = ConformerEncoder(config)
        self.decoder = SpeechDecoder(config.decoder)

    def hear(self, codes: Tensor, state: State) -> tuple[Heard, State]:  # [B, K, T]
        memory, after = self.encoder(codes, state)
        return Heard(memory, self.encoder.words(memory)), after

    def predict(
        self,
        heard: Tensor,
        frames: Tensor,
        voice: VoiceTokens | None = None,
        *,
        visible: Tensor | None = None,
        chosen: Tensor | None = None,
    ) -> tuple[Prediction, Heard]:
        """For training: codes heard [B, K, T], real where `visible` [B, T]; the answer [B, S, F]."""
        turn, _ = self.hear(heard, self.encoder.initial_state(heard.shape[0]))
        said = self.decoder.predict(frames, voice, source=turn.memory, visible=visible, chosen=chosen)
        return said, turn


def _described(n_encoder: int, n_decoder: int) -> ConformerConfig:
    """As the description has it: eight books of 1024 codes, independent heads, no text."""
    sizes = (1024,) * 8
    streams = StreamsConfig(own_sizes=sizes, delays=tuple(range(8)))
    temporal = TransformerConfig(
        dim=512,
        n_layers=n_decoder,
        n_heads=8,
        hidden=2048,
        bias=True,
        context=500,
        sinks=4,
        source_dim=512,
    )
    decoder = DecoderConfig(
        streams=streams,
        temporal=temporal,
        embedding="concat",
        voice=VoiceConfig(n_speakers=4, n_emotions=9, n_languages=20),
        head_bias=True,
    )
    return ConformerConfig(
        heard_sizes=sizes, encoder=ConformerStackConfig(n_layers=n_encoder), decoder=decoder
    )


def with_words(config: ConformerConfig, text_size: int) -> ConformerConfig:
    """The same with an inner monologue (one frame ahead of independent heads) and the user's words."""
    streams = config.decoder.streams
    own = streams.delays[streams.own]
    ahead = 0 if config.decoder.depth or streams.has_text else 1
    streams = replace(
        streams,
        text_size=text_size,
        delays=(0, *(delay + ahead for delay in own)),
        text_pad=0,
        text_end=1,
        text_pad_end=2,
    )
    return replace(config, decoder=replace(config.decoder, streams=streams), n_words=text_size)


def with_depth(config: ConformerConfig, acoustic_delay: int = 0) -> ConformerConfig:
    """The same with a depth model for the codes of a frame: no delay of a step for each code."""
    streams = config.decoder.streams
    count = len(streams.own_sizes)
    own = (0,) + (acoustic_delay,) * (count - 1)
    transformer = TransformerConfig(
        dim=256, n_layers=4, n_heads=4, hidden=1024, bias=True, context=count, rope="none"
    )
    depth = DepthConfig(transformer=transformer, n_codebooks=count, inputs=tuple(range(count)))
    streams = replace(streams, delays=(0,) * streams.has_text + own)
    return replace(config, decoder=replace(config.decoder, streams=streams, depth=depth))


def _mini() -> ConformerConfig:
    """Small enough for two cores: narrow, with a depth model and with words."""
    full = _described(4, 4)
    decoder = replace(
        full.decoder,
        temporal=replace(full.decoder.temporal, dim=256, n_heads=4, hidden=1024, source_dim=256),
    )
    encoder = replace(full.encoder, dim=256, n_heads=4, hidden=1024, kernel_size=15)
    return with_words(with_depth(replace(full, decoder=decoder, encoder=encoder)), 1024)


CONFORMER: Mapping[str, ConformerConfig] = {
    "conformer-66m": _described(6, 6),
    "conformer-50m": _described(4, 5),
    "conformer-mini": _mini(),
}
"""The presets; the two large ones in the description's reading, for `with_words` and `with_depth`."""
