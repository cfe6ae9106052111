"""SpeechDecoder: the one decoder of the house: all streams of a frame from the frames before it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor, nn

from core.nn.s2s.depth import Depth, DepthConfig
from core.nn.s2s.streams import StreamsConfig, inputs_of, steps_of
from core.nn.s2s.tokens import TokenEmbedding
from core.nn.s2s.voice import VoiceConfig, VoiceEmbedding, VoiceTokens
from core.nn.state import part
from core.nn.streaming import State
from core.nn.transformer import Transformer, TransformerConfig

HeadMode = Literal["delay", "depth"]


@dataclass(frozen=True, kw_only=True)
class DecoderConfig:
    """How a speech decoder is built."""

    streams: StreamsConfig
    temporal: TransformerConfig
    depth: DepthConfig | None = None
    """Without one, each code has a head of its own, and must come a step later than the one before."""
    embedding: Literal["sum", "concat"] = "sum"
    """Whether each stream has vectors of full width, or a share of it."""
    voice: VoiceConfig = field(default_factory=VoiceConfig)
    head_bias: bool = False
    text_out_size: int = 0
    """Pieces of text that it can write, if fewer than it can read."""
    n_extra_heads: int = 0
    """Heads that say more about the moment, such as whether the user is done."""
    extra_head_size: int = 6
    silence: tuple[int, ...] = ()
    """Codes of a silent frame, spoken until the first own frame is there."""

    def __post_init__(self) -> None:
        streams = self.streams
        own = [streams.delay(row) for row in range(streams.rows)][streams.own]
        if self.head_mode == "delay" and any(b <= a for a, b in pairwise(own)):
            raise ValueError(f"independent heads need a delay that grows with the codebook, not {own}")
        if self.embedding == "concat" and self.temporal.dim % (streams.heard.stop - streams.own.start):
            raise ValueError(f"{self.temporal.dim} channels cannot be shared by the codes of a frame")

    @property
    def head_mode(self) -> HeadMode:
        return "depth" if self.depth else "delay"

    @property
    def audio_sizes(self) -> tuple[int, ...]:
        return self.streams.own_sizes + self.streams.heard_sizes


@dataclass(frozen=True)
class Prediction:
    """What a decoder thinks of every step of a recording, beside what happened in it."""

    text: Tensor | None  # [B, T, size]
    codes: tuple[Tensor, ...]  # each [B, T, size], or [B, N, size] for the chosen steps
    heard_text: Tensor | None  # [B, T, size]
    hidden: Tensor  # [B, T, D]
    targets: Tensor  # [B, S, T]: the tokens of each step
    real: Tensor  # [S, T]: where the targets are not just the beginning of a delayed stream


class SpeechDecoder(nn.Module):
    """A Transformer over frames, then heads or a depth model for the codes within each."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        streams, dim, more = config.streams, config.temporal.dim, int(config.streams.start_rows)
        sizes = config.audio_sizes
        width = dim // len(sizes) if config.embedding == "concat" else dim
        self.embeddings = nn.ModuleList(TokenEmbedding(size + more, width) for size in sizes)
        self.text_embedding = self.heard_text_embedding = None
        self.text_head = self.heard_text_head = None
        if streams.has_text:
            self.text_embedding = TokenEmbedding(streams.text_size + more, dim)
            written = config.text_out_size or streams.text_size
            self.text_head = nn.Linear(dim, written, bias=config.head_bias)
        if streams.has_heard_text:
            self.heard_text_embedding = TokenEmbedding(streams.heard_text_size + more, dim)
            self.heard_text_head = nn.Linear(dim, streams.heard_text_size, bias=config.head_bias)
        self.voice = VoiceEmbedding(config.voice, dim)
        self.temporal = Transformer(config.temporal)
        self.norm = config.temporal.make_norm()
        self.depth: Depth | None = None
        self.heads = nn.ModuleList()
        if config.depth:
            self.depth = Depth(
                config.depth,
                dim=dim,
                sizes=sizes,
                text_size=streams.text_size,
                more_rows=more,
                head_bias=config.head_bias,
            )
        else:
            self.heads.extend(nn.Linear(dim, size, bias=config.head_bias) for size in streams.own_sizes)
        self.extra_heads = nn.ModuleList(
            nn.Linear(dim, config.extra_head_size, bias=False) for _ in range(config.n_extra_heads)
        )
        self.apply(_start_small)

    def initial_state(
        self, batch: int, source: Tensor | None = None, visible: Tensor | None = None
    ) -> State:  # source: [B, M, source_dim]: what was heard, for a decoder that looks back at it
        return {"temporal": self.temporal.initial_state(batch, source, visible)}

    def forward(
        self, tokens: Tensor, state: State, voice: VoiceTokens | None = None
    ) -> tuple[Tensor, State]:  # [B, S, T] -> [B, T, D]
        return self.attend(self.embed(tokens, voice), state)

    def embed(self, tokens: Tensor, voice: VoiceTokens | None = None) -> Tensor:  # [B, S, T] -> [B, T, D]
        """What the temporal Transformer is given."""
        first = self.config.streams.own.start
        codes = [table(tokens[:, first + row]) for row, table in enumerate(self.embeddings)]
        x: Tensor = torch.cat(codes, dim=-1) if self.config.embedding == "concat" else _sum(codes)
        if self.text_embedding is not None:
            x = x + self.text_embedding(tokens[:, 0])
        if self.heard_text_embedding is not None:
            x = x + self.heard_text_embedding(tokens[:, -1])
        wished = self.voice(voice) if voice is not None else None
        return x if wished is None else x + wished

    def attend(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, T, D] -> [B, T, D]
        y, temporal = self.temporal(x, part(state, "temporal"))
        return self.norm(y), {"temporal": temporal}

    def predict(
        self,
        frames: Tensor,
        voice: VoiceTokens | None = None,
        *,
        source: Tensor | None = None,
        visible: Tensor | None = None,
        chosen: Tensor | None = None,
    ) -> Prediction:  # [B, S, T]
        """What it would have said at each step of a recording, for training.

        The same path as step by step, in one chunk. `chosen` [N] names the steps whose codes are predicted,
        where a depth model is too dear for all of them.
        """
        streams = self.config.streams
        targets, real = steps_of(frames, streams)
        state = self.initial_state(frames.shape[0], source, visible)
        hidden, _ = self(inputs_of(targets, streams), state, voice)
        looked_at = (hidden, targets) if chosen is None else (hidden[:, chosen], targets[..., chosen])
        return Prediction(
            text=None if self.text_head is None else self.text_head(hidden),
            codes=self._code_logits(*looked_at),
            heard_text=None if self.heard_text_head is None else self.heard_text_head(hidden),
            hidden=hidden,
            targets=targets,
            real=real,
        )

    def _code_logits(self, hidden: Tensor, targets: Tensor) -> tuple[Tensor, ...]:  # [B, T, D], [B, S, T]
        if self.depth is None:
            return tuple(head(hidden) for head in self.heads)
        batch, length, _ = hidden.shape
        streams, count = self.config.streams, self.depth.config.n_codebooks
        first = streams.own.start
        codes = targets[:, first : first + count].transpose(1, 2).flatten(0, 1)  # [B * T, K]
        text = targets[:, 0].flatten() if streams.has_text else None
        logits = self.depth(hidden.flatten(0, 1), text, codes)
        return tuple(code.unflatten(0, (batch, length)) for code in logits)


def _sum(vectors: list[Tensor]) -> Tensor:
    total = vectors[0]
    for vector in vectors[1:]:
        total = total + vector
    return total


def _start_small(module: nn.Module) -> None:
    """Weights whose outputs are as large as their inputs; the streams of a frame are summed."""
    if isinstance(module, nn.Linear | nn.Embedding):
        std = 1 / math.sqrt(module.weight.shape[1])
        nn.init.trunc_normal_(module.weight, std=std, a=-3 * std, b=3 * std)
    if isinstance(module, nn.Linear) and module.bias is not None:
        nn.init.zeros_(module.bias)
