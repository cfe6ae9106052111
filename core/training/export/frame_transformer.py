"""A causal Transformer's step: all its layers over the few tokens of one frame, their past in rings."""

from __future__ import annotations

import math

import numpy as np
from torch import nn

from core.errors import ModelError
from core.nn.feed_forward import FeedForward
from core.nn.norm import LayerScale
from core.nn.per_step import PerStep
from core.nn.transformer import Transformer, TransformerConfig, TransformerLayer
from core.training.export.frame_graph import FrameGraph, Rows
from core.training.export.int8 import Floats
from core.training.export.torch_weights import floats

_UNSEEN = -1e30
_SPAN = 512  # as in Rope: the same cut makes the same angles
_FUSED = "com.microsoft"


def transform(graph: FrameGraph, x: Rows, transformer: Transformer, state: str) -> tuple[Rows, str]:
    """The step, and the position before it [1]: zero in the first frame and never again."""
    config = transformer.config
    _check(config)
    clock = _Clock(graph, config, x.length, state)
    layers = [layer for layer in transformer.layers if isinstance(layer, TransformerLayer)]
    skipped, branch = x, ""
    for number, layer in enumerate(layers):
        name = f"{state}.{number}"
        skipped, normed = _add_and_norm(graph, skipped, branch, layer.norm1)
        qkv = graph.product(normed, _queries_scaled(_linear(layer.attention.in_proj), config))
        heard = _attend(graph, qkv, clock, config, name)
        branch = graph.product(heard, _scaled(_linear(layer.attention.out_proj), layer.scale1))
        skipped, normed = _add_and_norm(graph, skipped, branch, layer.norm2)
        feed_forward = layer.feed_forward.sets[0]
        assert isinstance(feed_forward, FeedForward)
        inner = graph.product(normed, floats(feed_forward.linear_in.weight).T)
        inner = graph.call("Gelu", inner, domain=_FUSED)
        branch = graph.product(inner, _scaled(feed_forward.linear_out, layer.scale2))
    return skipped._replace(name=graph.call("Add", skipped.name, branch)), clock.position


class _Clock:
    """What all layers of a step share: where the talk stands, the rotation, what is seen, where to write."""

    def __init__(self, graph: FrameGraph, config: TransformerConfig, length: int, state: str) -> None:
        # as many slots as a query sees and a step brings, so many steps long that none is cut in two
        self.capacity = length * math.ceil((config.context + length - 1) / length)
        self.position = graph.state(f"{state}.position", (1,), np.int64)
        end = graph.call("Add", self.position, graph.numbers(length))
        graph.remember(f"{state}.position", end)
        queries = graph.call("Add", self.position, graph.numbers(*range(length)))  # [T]
        self.rotation = self._rotation(graph, config, queries)
        self.unseen = self._unseen(graph, config, queries, end, length)
        slot = graph.call("Mod", self.position, graph.numbers(self.capacity))
        heads = config.n_heads
        places = np.zeros((length, heads, 3), np.int64)  # [T, H, (batch, head, slot)]
        places[..., 1], places[..., 2] = np.arange(heads), np.arange(length)[:, None]
        moved = graph.call("Mul", slot, graph.numbers(0, 0, 1))
        self.places = graph.call("Add", graph.weight(places), moved)

    def _rotation(self, graph: FrameGraph, config: TransformerConfig, queries: str) -> tuple[str, str]:
        """Cosine and sine [T, D / 2]; the angle in two parts, as in Rope: exact for hours."""
        half = config.attention.head_dim // 2
        per_token = [config.rope_base ** (-i / half) for i in range(half)]
        per_span = [math.remainder(_SPAN * frequency, math.tau) for frequency in per_token]
        column = graph.reshape(queries, -1, 1)
        spans = graph.call("Div", column, graph.numbers(_SPAN))
        rest = graph.call("Mod", column, graph.numbers(_SPAN))
        parts = [
            graph.call("Mul", graph.call("Cast", count, to=1), graph.weight(np.array(angles, np.float32)))
            for count, angles in ((rest, per_token), (spans, per_span))
        ]
        angle = graph.call("Add", *parts)
        return graph.call("Cos", angle), graph.call("Sin", angle)

    def _unseen(
        self, graph: FrameGraph, config: TransformerConfig, queries: str, end: str, length: int
    ) -> str:
        """What is added to a score [T, 1, 1, capacity]: nothing, or so little that it is not seen."""
        slots = graph.weight(np.arange(self.capacity, dtype=np.int64))
        newest = graph.call("Sub", end, graph.numbers(1))
        age = graph.call("Mod", graph.call("Sub", newest, slots), graph.numbers(self.capacity))
        held = graph.call("Sub", newest, age)  # [capacity]: negative where still empty
        distance = graph.call("Sub", graph.reshape(queries, -1, 1), held)  # [T, capacity]
        clauses = (
            graph.call("GreaterOrEqual", held, graph.numbers(0)),
            graph.call("GreaterOrEqual", distance, graph.numbers(0)),
            graph.call("Less", distance, graph.numbers(config.context)),
        )
        visible = graph.call("And", graph.call("And", clauses[1], clauses[2]), clauses[0])
        hidden = graph.call("Where", visible, graph.scalar(0.0), graph.scalar(_UNSEEN))
        return graph.reshape(hidden, length, 1, 1, self.capacity)


def _attend(graph: FrameGraph, qkv: str, clock: _Clock, config: TransformerConfig, state: str) -> str:
    """Attention of the new tokens to the ring, themselves included. [T, 3 * D] -> [T, D]"""
    dim, heads, head_dim = config.dim, config.n_heads, config.attention.head_dim
    qk, v = graph.calls("Split", 2, qkv, graph.numbers(2 * dim, dim), axis=1)
    turned = graph.call(
        "RotaryEmbedding",
        graph.reshape(qk, 1, -1, 2 * dim),
        graph.numbers(0),
        *clock.rotation,
        domain=_FUSED,
        interleaved=int(config.rope == "interleaved"),
    )
    q, k = graph.calls("Split", 2, turned, graph.numbers(dim, dim), axis=2)
    rings = []
    for name, new in ((f"{state}.keys", k), (f"{state}.values", v)):
        ring = graph.state(name, (1, heads, clock.capacity, head_dim))
        written = graph.call("ScatterND", ring, clock.places, graph.reshape(new, -1, heads, head_dim))
        graph.remember(name, written, in_place=True)
        rings.append(written)
    # one query of one head at a time: for a single row the products read the ring where it lies
    keys, values = rings
    query = graph.reshape(q, -1, heads, 1, head_dim)
    scores = graph.call("FusedMatMul", query, keys, domain=_FUSED, transB=1)  # [T, H, 1, capacity]
    weights = graph.call("Softmax", graph.call("Add", scores, clock.unseen), axis=-1)
    return graph.reshape(graph.call("MatMul", weights, values), -1, dim)


def _add_and_norm(graph: FrameGraph, x: Rows, branch: str, norm: nn.Module) -> tuple[Rows, str]:
    """The sum that the next branch is added to, and the sum normed."""
    assert isinstance(norm, nn.LayerNorm)
    shape = (graph.weight(floats(norm.weight)), graph.weight(floats(norm.bias)))
    if not branch:
        return x, graph.call("LayerNormalization", x.name, *shape, epsilon=norm.eps)
    normed, _, _, summed = graph.calls(
        "SkipLayerNormalization", 4, x.name, branch, *shape, domain=_FUSED, epsilon=norm.eps
    )
    return x._replace(name=summed), normed


def _linear(per_step: PerStep) -> nn.Linear:
    (linear,) = per_step.sets
    assert isinstance(linear, nn.Linear)
    return linear


def _queries_scaled(linear: nn.Linear, config: TransformerConfig) -> Floats:
    """The projection to queries, keys and values with the scale of the scores folded in: [in, out]."""
    weight = floats(linear.weight).T.copy()
    weight[:, : config.dim] /= math.sqrt(config.attention.head_dim)
    return weight


def _scaled(linear: nn.Linear, scale: nn.Module) -> Floats:
    """A projection with the LayerScale behind it folded in: [in, out]."""
    weight = floats(linear.weight).T
    return weight * floats(scale.scale) if isinstance(scale, LayerScale) else weight


def _check(config: TransformerConfig) -> None:
    odd = [
        what
        for what, found in (
            ("a norm that is no LayerNorm", config.norm != "layer"),
            ("gated layers", config.feed_forward != "gelu"),
            ("biases", config.bias),
            ("shared keys", config.n_kv_heads not in (None, config.n_heads)),
            ("no rotary positions", config.rope == "none"),
            ("attention sinks", bool(config.sinks)),
            ("weights for each step", bool(config.schedule)),
            ("a source to attend to", config.source_dim is not None),
        )
        if found
    ]
    if odd:
        raise ModelError(f"A Transformer with {', '.join(odd)} cannot be made a graph yet.")
