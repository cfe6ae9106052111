"""Attention in the graph of a frame: queries of the new tokens, keys and values in rings written in place."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from core.errors import ModelError
from core.nn.attention import AttentionConfig
from core.rings import POSITION, START
from core.training.export.frame_graph import FrameGraph

UNSEEN = -1e30
FUSED = "com.microsoft"
_SPAN = 512  # as in Rope: the same cut makes the same angles
_LARGE = 512  # slots; a larger ring is looked at only as far as it is filled


class Clock:
    """What all layers of a step share: where the talk stands, the rotation, what is seen, where to write."""

    def __init__(self, graph: FrameGraph, config: AttentionConfig, length: int, state: str) -> None:
        # as many slots as a query sees and a step brings, so many steps long that none is cut in two
        self.config = config
        self.capacity = length * math.ceil((config.context + length - 1) / length)
        self.rings: list[str] = []
        self.position = graph.state(f"{state}.{POSITION}", (1,), np.int64)
        end = graph.call("Add", self.position, graph.numbers(length))
        graph.remember(f"{state}.{POSITION}", end)
        queries = graph.call("Add", self.position, graph.numbers(*range(length)))  # [T]
        self.rotation = self._rotation(graph, queries) if config.rope != "none" else None
        self._start = self._forgotten(graph, state) if self.capacity > _LARGE else None
        self.unseen = self._unseen(graph, self._since(graph, queries), self._since(graph, end), length)
        first = self._since(graph, self.position)
        self.places = places(graph, first, self.capacity, config.kv_heads, length)
        self.room = Room(graph, self._since(graph, end), self.capacity)
        self.sinks = Sinks(graph, self) if config.sinks else None

    def _forgotten(self, graph: FrameGraph, state: str) -> str:
        """The first token that the rings still hold; whoever runs the graph may move it on."""
        start = graph.state(f"{state}.{START}", (1,), np.int64)
        graph.remember(f"{state}.{START}", start)
        graph.rings[state] = self.rings
        return start

    def _since(self, graph: FrameGraph, positions: str) -> str:
        """Positions as the rings count them: from the first token that they still hold."""
        return graph.call("Sub", positions, self._start) if self._start else positions

    def _rotation(self, graph: FrameGraph, positions: str) -> tuple[str, str]:
        """Cosine and sine [T, D / 2]; the angle in two parts, as in Rope: exact for hours."""
        half = self.config.head_dim // 2
        per_token = [self.config.rope_base ** (-i / half) for i in range(half)]
        per_span = [math.remainder(_SPAN * frequency, math.tau) for frequency in per_token]
        column = graph.reshape(positions, -1, 1)
        spans = graph.call("Div", column, graph.numbers(_SPAN))
        rest = graph.call("Mod", column, graph.numbers(_SPAN))
        parts = [
            graph.call("Mul", graph.call("Cast", count, to=1), graph.weight(np.array(angles, np.float32)))
            for count, angles in ((rest, per_token), (spans, per_span))
        ]
        angle = graph.call("Add", *parts)
        return graph.call("Cos", angle), graph.call("Sin", angle)

    def turned(self, graph: FrameGraph, x: str, rotation: tuple[str, str]) -> str:  # [1, T, H * D]
        interleaved = int(self.config.rope == "interleaved")
        return graph.call(
            "RotaryEmbedding", x, graph.numbers(0), *rotation, domain=FUSED, interleaved=interleaved
        )

    def _unseen(self, graph: FrameGraph, queries: str, end: str, length: int) -> str:
        """What is added to a score [T, 1, 1, capacity]: nothing, or so little that it is not seen."""
        slots = graph.weight(np.arange(self.capacity, dtype=np.int64))
        newest = graph.call("Sub", end, graph.numbers(1))
        age = graph.call("Mod", graph.call("Sub", newest, slots), graph.numbers(self.capacity))
        held = graph.call("Sub", newest, age)  # [capacity]: negative where still empty
        distance = graph.call("Sub", graph.reshape(queries, -1, 1), held)  # [T, capacity]
        sinks = graph.numbers(self.config.sinks)  # they are looked at where they are kept for ever
        first = graph.call("Max", self._since(graph, sinks), graph.numbers(0)) if self._start else sinks
        clauses = (
            graph.call("GreaterOrEqual", held, first),
            graph.call("GreaterOrEqual", distance, graph.numbers(0)),
            graph.call("Less", distance, graph.numbers(self.config.context)),
        )
        visible = graph.call("And", graph.call("And", clauses[1], clauses[2]), clauses[0])
        hidden = graph.call("Where", visible, graph.scalar(0.0), graph.scalar(UNSEEN))
        return graph.reshape(hidden, length, 1, 1, self.capacity)


class More(NamedTuple):
    """Tokens outside a ring: their scores [1, H, shared, N] and values [1, H, N, D]."""

    scores: str
    values: str
    tokens: int


class Room:
    """How much of a ring is looked at: as much as is filled, in steps, since shapes are fixed."""

    def __init__(self, graph: FrameGraph, filled: str, capacity: int) -> None:
        self._capacity = capacity
        # what is looked at of a ring is copied first: beyond a half, all of it is looked at sooner
        sizes = [capacity // parts for parts in (32, 8, 4, 2)] if capacity > _LARGE else []
        self._fits = [(size, graph.call("LessOrEqual", filled, graph.numbers(size))) for size in sizes]

    def attend(
        self, graph: FrameGraph, q: str, keys: str, values: str, unseen: str, more: More | None = None
    ) -> str:
        """[T, H, shared, D], two rings [1, H, capacity, D], [T or 1, 1, 1, capacity] -> [T, H, shared, D]"""

        def over(size: int) -> str:
            k, v = (
                graph.call("Slice", ring, graph.numbers(0), graph.numbers(size), graph.numbers(2))
                for ring in (keys, values)
            )
            seen = graph.call("Slice", unseen, graph.numbers(0), graph.numbers(size), graph.numbers(3))
            return _weigh(graph, q, k, v, seen, more, size)

        def way(number: int) -> str:
            if number == len(self._fits):
                return _weigh(graph, q, keys, values, unseen, more, self._capacity)
            size, fits = self._fits[number]
            return graph.branch(fits, lambda: over(size), lambda: way(number + 1))

        return way(0)


class Sinks:
    """The first tokens of a talk, which stay visible for ever; for steps of one token."""

    def __init__(self, graph: FrameGraph, clock: Clock) -> None:
        config, count = clock.config, clock.config.sinks
        if clock.capacity != config.context:
            raise ModelError("Attention sinks with several tokens a frame cannot be made a graph yet.")
        self._clock = clock
        numbers = np.arange(count)
        distance = graph.call("Sub", clock.position, graph.numbers(*numbers))
        ahead = graph.call("Less", distance, graph.numbers(0))
        unseen = graph.call("Where", ahead, graph.scalar(UNSEEN), graph.scalar(0.0))
        self._unseen = graph.reshape(unseen, 1, 1, 1, count)
        self._arrived = graph.reshape(graph.call("Equal", distance, graph.numbers(0)), count, 1)
        # those that the window left behind stay right before it
        kept = graph.call("Min", distance, graph.numbers(*(config.context - 1 + count - numbers)))
        kept = graph.call("Max", kept, graph.numbers(0))
        self._rotation = clock._rotation(graph, kept) if config.rope != "none" else None

    def seen(self, graph: FrameGraph, q: str, k: str, v: str, state: str) -> More:
        """The sinks as the new query [1, 1, H * D] sees them before it is turned."""
        config, count = self._clock.config, self._clock.config.sinks
        heads, head_dim = config.kv_heads, config.head_dim
        kept = []
        for name, new in (("sink_keys", k), ("sink_values", v)):
            old = graph.state(f"{state}.{name}", (1, heads, count, head_dim))
            arriving = graph.reshape(new, 1, heads, 1, head_dim)
            held = graph.call("Where", self._arrived, arriving, old)
            graph.remember(f"{state}.{name}", held)
            kept.append(held)
        each = graph.call("Expand", q, graph.numbers(1, count, config.dim))
        if self._rotation:
            each = self._clock.turned(graph, each, self._rotation)
        # [1, S, H, shared, D] -> [1, H, shared, S, D]
        each = graph.reshape(each, 1, count, heads, -1, head_dim)
        each = graph.call("Transpose", each, perm=[0, 2, 3, 1, 4])
        keys = graph.reshape(kept[0], 1, heads, 1, count, head_dim)
        product = graph.call("ReduceSum", graph.call("Mul", each, keys), graph.numbers(4), keepdims=0)
        return More(graph.call("Add", product, self._unseen), kept[1], count)


def attend(graph: FrameGraph, qkv: str, clock: Clock, state: str) -> str:
    """Attention of the new tokens to the ring, themselves included. [T, (H + 2 * Hkv) * D] -> [T, H * D]"""
    config = clock.config
    dim, heads, head_dim = config.dim, config.kv_heads, config.head_dim
    qk, v = graph.calls("Split", 2, qkv, graph.numbers(dim + heads * head_dim, heads * head_dim), axis=1)
    qk = graph.reshape(qk, 1, -1, dim + heads * head_dim)
    widths = graph.numbers(dim, heads * head_dim)
    sinks = None
    if clock.sinks:
        q, k = graph.calls("Split", 2, qk, widths, axis=2)
        sinks = clock.sinks.seen(graph, q, k, v, state)
    if clock.rotation:
        qk = clock.turned(graph, qk, clock.rotation)
    q, k = graph.calls("Split", 2, qk, widths, axis=2)
    keys, values = (
        write(graph, f"{state}.{name}", new, clock.places, (1, heads, clock.capacity, head_dim))
        for name, new in (("keys", k), ("values", v))
    )
    clock.rings += [f"{state}.keys", f"{state}.values"]
    # one query of one head at a time: for a single row the products read the ring where it lies
    query = graph.reshape(q, -1, heads, config.n_heads // heads, head_dim)
    return graph.reshape(clock.room.attend(graph, query, keys, values, clock.unseen, sinks), -1, dim)


def places(graph: FrameGraph, position: str, capacity: int, heads: int, length: int = 1) -> str:
    """Where the next tokens go in a ring: [T, H, (batch, head, slot)]."""
    slot = graph.call("Mod", position, graph.numbers(capacity))
    fixed = np.zeros((length, heads, 3), np.int64)
    fixed[..., 1], fixed[..., 2] = np.arange(heads), np.arange(length)[:, None]
    return graph.call("Add", graph.weight(fixed), graph.call("Mul", slot, graph.numbers(0, 0, 1)))


def write(graph: FrameGraph, name: str, new: str, where: str, shape: tuple[int, ...]) -> str:
    """A ring with the new tokens in it; it is changed where it lies."""
    ring = graph.state(name, shape)
    written = graph.call("ScatterND", ring, where, graph.reshape(new, -1, shape[1], shape[3]))
    graph.remember(name, written, in_place=True)
    return written


def _weigh(
    graph: FrameGraph, q: str, keys: str, values: str, unseen: str, more: More | None, size: int
) -> str:
    scores = graph.call("FusedMatMul", q, keys, domain=FUSED, transB=1)  # [T, H, shared, size]
    scores = graph.call("Add", scores, unseen)
    if more is None:
        return graph.call("MatMul", graph.call("Softmax", scores, axis=-1), values)
    # one softmax over both, then a sum of both parts: the ring is never copied to stand beside the rest
    weights = graph.call("Softmax", graph.call("Concat", more.scores, scores, axis=-1), axis=-1)
    parts = graph.calls("Split", 2, weights, graph.numbers(more.tokens, size), axis=3)
    held = (more.values, values)
    return graph.call("Add", *(graph.call("MatMul", *pair) for pair in zip(parts, held, strict=True)))
