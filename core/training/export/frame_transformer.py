"""A causal Transformer's step: all its layers over the few tokens of one frame, their past in rings."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from torch import nn

from core.errors import ModelError
from core.nn.attention import AttentionConfig
from core.nn.feed_forward import FeedForward
from core.nn.norm import LayerScale, RMSNorm
from core.nn.per_step import PerStep
from core.nn.transformer import Transformer, TransformerConfig, TransformerLayer
from core.training.export.frame_attention import FUSED, Clock, attend
from core.training.export.frame_graph import FrameGraph, Rows
from core.training.export.frame_source import Source
from core.training.export.int8 import Floats
from core.training.export.torch_weights import floats


class Affine(NamedTuple):
    """A linear layer as a graph has it."""

    weight: Floats  # [in, out]
    bias: Floats | None

    def scaled(self, scale: Floats | float) -> Affine:
        """With a gain behind it folded in, one for all channels or for each."""
        return Affine(self.weight * scale, None if self.bias is None else self.bias * scale)

    def __call__(self, graph: FrameGraph, x: str) -> str:
        return graph.product(x, self.weight.astype(np.float32), self.bias)


def transform(graph: FrameGraph, x: Rows, transformer: Transformer, state: str) -> tuple[Rows, str]:
    """The step, and the position before it [1]: zero in the first frame and never again."""
    clock = Clock(graph, transformer.config.attention, x.length, state)
    skipped, branch = run_layers(graph, x, transformer, clock, state)
    return skipped._replace(name=graph.call("Add", skipped.name, branch)), clock.position


def run_layers(
    graph: FrameGraph,
    x: Rows,
    transformer: Transformer,
    clock: Clock,
    state: str,
    source: Source | None = None,
) -> tuple[Rows, str]:
    """All layers; the last sum is left open, so that a norm may take it in."""
    _check(transformer.config)
    layers = [layer for layer in transformer.layers if isinstance(layer, TransformerLayer)]
    skipped, branch = x, ""
    for number, layer in enumerate(layers):
        name = f"{state}.{number}"
        skipped, normed = add_and_norm(graph, skipped, branch, layer.norm1)
        qkv = queries_scaled(affine(layer.attention.in_proj), clock.config)(graph, normed)
        heard = attend(graph, qkv, clock, name)
        branch = with_scale(affine(layer.attention.out_proj), layer.scale1)(graph, heard)
        if layer.cross is not None:
            assert source is not None
            skipped, normed = add_and_norm(graph, skipped, branch, layer.norm_cross)
            seen = source.look(graph, normed, layer.cross, number)
            branch = with_scale(affine(layer.cross.out_proj), layer.scale_cross)(graph, seen)
        skipped, normed = add_and_norm(graph, skipped, branch, layer.norm2)
        branch = feed_forward(graph, normed, layer.feed_forward.sets[0], layer.scale2)
    return skipped, branch


def add_and_norm(graph: FrameGraph, x: Rows, branch: str, norm: nn.Module) -> tuple[Rows, str]:
    """The sum that the next branch is added to, and the sum normed."""
    shape: tuple[Floats, ...]
    if isinstance(norm, RMSNorm):
        kind, shape, eps = "SkipSimplifiedLayerNormalization", (floats(norm.alpha),), norm.eps
        branch = branch or graph.weight(np.zeros((x.length, x.width), np.float32))
    else:
        assert isinstance(norm, nn.LayerNorm)
        kind, shape, eps = "SkipLayerNormalization", (floats(norm.weight), floats(norm.bias)), norm.eps
    held = [graph.weight(values) for values in shape]
    if not branch:
        return x, graph.call("LayerNormalization", x.name, *held, epsilon=eps)
    normed, _, _, summed = graph.calls(kind, 4, x.name, branch, *held, domain=FUSED, epsilon=eps)
    return x._replace(name=summed), normed


def feed_forward(graph: FrameGraph, x: str, network: nn.Module, scale: nn.Module | Floats) -> str:
    """The network of a layer, with the scale behind it: a LayerScale or the gain of each channel."""
    assert isinstance(network, FeedForward)
    inner = affine(network.linear_in)(graph, x)
    if network.kind == "gated_silu":
        width = network.linear_out.in_features
        activated, gate = graph.calls("Split", 2, inner, graph.numbers(width, width), axis=-1)
        activated = graph.call("QuickGelu", activated, domain=FUSED, alpha=1.0)
        inner = graph.call("Mul", activated, gate)
    else:
        inner = graph.call("Gelu", inner, domain=FUSED)
    out = affine(network.linear_out)
    return (with_scale(out, scale) if isinstance(scale, nn.Module) else out.scaled(scale))(graph, inner)


def affine(layer: nn.Module, step: int = 0) -> Affine:
    """A linear layer, or the set of weights that one of several uses in a step."""
    if isinstance(layer, PerStep):
        layer = layer.sets[layer.schedule[step] if layer.schedule else 0]
    assert isinstance(layer, nn.Linear)
    return Affine(floats(layer.weight).T, None if layer.bias is None else floats(layer.bias))


def queries_scaled(projection: Affine, config: AttentionConfig) -> Affine:
    """The projection to queries, keys and values with the scale of the scores folded in."""
    scale = np.ones(projection.weight.shape[1], np.float32)
    scale[: config.dim] /= math.sqrt(config.head_dim)
    return projection.scaled(scale)


def with_scale(projection: Affine, scale: nn.Module) -> Affine:
    """A projection with the LayerScale behind it folded in."""
    return projection.scaled(floats(scale.scale)) if isinstance(scale, LayerScale) else projection


def _check(config: TransformerConfig) -> None:
    if config.schedule:
        raise ModelError("A Transformer with weights for each step cannot be made a graph here.")
