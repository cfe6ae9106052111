"""Source: what was heard, as keys and values that a decoder's layers look back at."""

from __future__ import annotations

import math

import numpy as np

from core.nn.cross_attention import CrossAttention
from core.training.export.frame_attention import UNSEEN, Room, places, write
from core.training.export.frame_graph import FrameGraph
from core.training.export.torch_weights import floats

_STATE = "source"


class SourceWriter:
    """The listening side: each frame heard leaves its keys and values for every layer of the decoder."""

    def __init__(self, graph: FrameGraph, capacity: int, heads: int) -> None:
        count = graph.state(f"{_STATE}.count", (1,), np.int64)
        graph.remember(f"{_STATE}.count", graph.call("Add", count, graph.numbers(1)))
        self._places = places(graph, count, capacity, heads)
        self._capacity = capacity

    def write(self, graph: FrameGraph, memory: str, layers: list[CrossAttention]) -> None:  # memory: [1, D]
        weight = np.concatenate([floats(layer.source_proj.weight).T for layer in layers], axis=1)
        biases = [layer.source_proj.bias for layer in layers]
        bias = np.concatenate([floats(b) for b in biases if b is not None]) if biases[0] is not None else None
        widths = [layer.query_proj.out_features for layer in layers for _ in range(2)]
        made = graph.product(memory, weight, bias)
        parts = graph.calls("Split", len(widths), made, graph.numbers(*widths), axis=1)
        for number, layer in enumerate(layers):
            heads, dim = layer.n_heads, layer.query_proj.out_features
            for name, new in (("keys", parts[2 * number]), ("values", parts[2 * number + 1])):
                shape = (1, heads, self._capacity, dim // heads)
                write(graph, f"{_STATE}.{number}.{name}", new, self._places, shape)


class Source:
    """The speaking side: the same memory, which no longer changes."""

    def __init__(self, graph: FrameGraph, capacity: int) -> None:
        count = graph.state(f"{_STATE}.count", (1,), np.int64)
        graph.remember(f"{_STATE}.count", count)
        slots = graph.weight(np.arange(capacity, dtype=np.int64))
        heard = graph.call("Less", slots, count)
        unseen = graph.call("Where", heard, graph.scalar(0.0), graph.scalar(UNSEEN))
        self._unseen = graph.reshape(unseen, 1, 1, 1, capacity)
        self._room = Room(graph, count, capacity)
        self._capacity = capacity

    def look(self, graph: FrameGraph, x: str, layer: CrossAttention, number: int) -> str:  # [1, D] -> [1, D]
        heads, dim = layer.n_heads, layer.query_proj.out_features
        scale = np.float32(1 / math.sqrt(dim // heads))
        bias = layer.query_proj.bias
        query = graph.product(
            x, floats(layer.query_proj.weight).T * scale, None if bias is None else floats(bias) * scale
        )
        rings = []
        for name in ("keys", "values"):
            ring = graph.state(f"{_STATE}.{number}.{name}", (1, heads, self._capacity, dim // heads))
            graph.remember(f"{_STATE}.{number}.{name}", ring, in_place=True)
            rings.append(ring)
        query = graph.reshape(query, 1, heads, 1, dim // heads)
        keys, values = rings
        return graph.reshape(self._room.attend(graph, query, keys, values, self._unseen), 1, dim)
