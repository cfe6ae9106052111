"""Transformer: one causal block with the switches of the whole family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

from core.nn.attention import Attention, AttentionConfig, Moment
from core.nn.cross_attention import CrossAttention
from core.nn.feed_forward import FeedForward, FeedForwardKind
from core.nn.norm import LayerScale, RMSNorm
from core.nn.per_step import PerStep
from core.nn.rope import RopeStyle
from core.nn.state import part, tensor
from core.nn.streaming import State, Streaming


@dataclass(frozen=True, kw_only=True)
class TransformerConfig:
    """How a causal Transformer is built."""

    dim: int
    n_layers: int
    n_heads: int
    hidden: int
    """Inner width of the feed-forward network (of the gate, where it is gated)."""
    context: int
    """Tokens that a query sees, itself included."""
    n_kv_heads: int | None = None
    rope: RopeStyle = "split_half"
    rope_base: float = 10_000.0
    norm: Literal["layer", "rms"] = "layer"
    norm_eps: float = 1e-5
    feed_forward: FeedForwardKind = "gelu"
    bias: bool = False
    layer_scale: float | None = None
    dropout: float = 0.0
    step_size: int = 1
    """Tokens that a live step brings at most; longer chunks are right as well, and take more memory."""
    sinks: int = 0
    """First tokens of a talk that stay visible for ever."""
    schedule: tuple[int, ...] = ()
    """The set of weights that each step uses, for a depth model; empty for one set."""
    source_dim: int | None = None
    """Width of a source for cross-attention; None for no cross-attention."""

    @property
    def attention(self) -> AttentionConfig:
        return AttentionConfig(
            dim=self.dim,
            n_heads=self.n_heads,
            context=self.context,
            n_kv_heads=self.n_kv_heads,
            rope=self.rope,
            rope_base=self.rope_base,
            bias=self.bias,
            step_size=self.step_size,
            sinks=self.sinks,
            schedule=self.schedule,
        )

    def make_norm(self) -> nn.Module:
        norm = nn.LayerNorm if self.norm == "layer" else RMSNorm
        return norm(self.dim, eps=self.norm_eps)

    def make_scale(self) -> nn.Module:
        return nn.Identity() if self.layer_scale is None else LayerScale(self.dim, self.layer_scale)


class TransformerLayer(nn.Module):
    """Attention to the past, to a source where there is one, and a feed-forward network; norms come first."""

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__()
        self.norm1 = config.make_norm()
        self.attention = Attention(config.attention)
        self.scale1 = config.make_scale()
        self.cross: CrossAttention | None = None
        if config.source_dim is not None:
            self.norm_cross = nn.LayerNorm(config.dim, eps=1e-5)  # in every model of the family
            self.cross = CrossAttention(config.dim, config.n_heads, config.source_dim, bias=config.bias)
            self.scale_cross = config.make_scale()
        self.norm2 = config.make_norm()
        self.feed_forward = PerStep(
            lambda: FeedForward(config.feed_forward, config.dim, config.hidden, bias=config.bias),
            config.schedule,
        )
        self.scale2 = config.make_scale()
        self.dropout = nn.Dropout(config.dropout)

    def initial_memory(self, batch: int, source: Tensor | None, visible: Tensor | None) -> State:
        memory: State = {"attention": self.attention.initial_memory(batch)}
        if self.cross is not None:
            if source is None:
                raise ValueError("a Transformer with cross-attention needs a source in its initial state")
            memory["cross"] = self.cross.look_at(source, visible)
        return memory

    def attend(self, x: Tensor, memory: State, moment: Moment, first_step: int) -> tuple[Tensor, State]:
        after: State = {}
        y, after["attention"] = self.attention.attend(
            self.norm1(x), part(memory, "attention"), moment, first_step
        )
        x = x + self.dropout(self.scale1(y))
        if self.cross is not None:
            after["cross"] = part(memory, "cross")
            y = self.cross(self.norm_cross(x), part(memory, "cross"))
            x = x + self.dropout(self.scale_cross(y))
        y = self.feed_forward(self.norm2(x), first_step)
        return x + self.dropout(self.scale2(y)), after


class Transformer(Streaming):
    """A stack of causal layers over one running position; no norm after the last one.

    A state is used up by the step it is given to: see `Attention`.
    """

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__()
        self.config = config
        self.layers = nn.ModuleList(TransformerLayer(config) for _ in range(config.n_layers))

    def initial_state(
        self, batch: int, source: Tensor | None = None, visible: Tensor | None = None
    ) -> State:  # source: [B, S, source_dim], visible: [B, S] of bool
        device = next(self.parameters()).device
        layers: State = {
            str(number): layer.initial_memory(batch, source, visible)
            for number, layer in enumerate(self._layers())
        }
        return {"position": torch.zeros(1, dtype=torch.long, device=device), "layers": layers}

    def forward(
        self, x: Tensor, state: State, first_step: int = 0
    ) -> tuple[Tensor, State]:  # [B, T, D] -> [B, T, D]
        layers = self._layers()
        moment = layers[0].attention.moment(tensor(state, "position"), x.shape[1])
        memories, after = part(state, "layers"), State()
        for number, layer in enumerate(layers):
            name = str(number)
            x, after[name] = layer.attend(x, part(memories, name), moment, first_step)
        return x, {"position": moment.end, "layers": after}

    def _layers(self) -> list[TransformerLayer]:
        return [layer for layer in self.layers if isinstance(layer, TransformerLayer)]
