"""Drawing tokens in a graph: what core.s2s.sampling does, as operators."""

from __future__ import annotations

from core.s2s.sampling import Sampling
from core.training.export.frame_graph import FrameGraph

_INT64 = 7


def draw(graph: FrameGraph, logits: str, size: int, noise: str, sampling: Sampling) -> str:
    """A token [1] of logits [1, size]; `noise` [1] in [0, 1) decides which."""
    if sampling.greedy:
        return graph.call("ArgMax", logits, axis=1, keepdims=0)
    kept = min(sampling.top_k or size, size)
    scores, order = graph.calls("TopK", 2, logits, graph.numbers(kept), axis=1)  # the likeliest first
    weights = graph.call("Softmax", graph.call("Div", scores, graph.scalar(sampling.temperature)), axis=1)
    axis = graph.numbers(1)
    if sampling.top_p < 1:
        before = graph.call("Sub", graph.call("CumSum", weights, axis), weights)
        within = graph.call("Less", before, graph.scalar(sampling.top_p))
        weights = graph.call("Where", within, weights, graph.scalar(0.0))
    total = graph.call("CumSum", weights, axis)
    last = graph.call("Slice", total, graph.numbers(kept - 1), graph.numbers(kept), axis)
    passed = graph.call("LessOrEqual", total, graph.call("Mul", last, noise))
    rank = graph.call("ReduceSum", graph.call("Cast", passed, to=_INT64), axis, keepdims=0)
    rank = graph.call("Min", rank, graph.numbers(kept - 1))
    return graph.reshape(graph.call("Gather", order, rank, axis=1), 1)


def spread(graph: FrameGraph, noise: str, count: int) -> list[str]:
    """The chance of each token of a step."""
    return graph.calls("Split", count, noise, graph.numbers(*(1,) * count), axis=0) if count > 1 else [noise]
