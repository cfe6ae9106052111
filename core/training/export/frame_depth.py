"""The depth model in the graph of a frame: its codes one after another, each drawn where it is needed."""

from __future__ import annotations

import numpy as np
from torch import nn

from core.errors import ModelError
from core.nn.s2s.depth import Depth
from core.nn.transformer import TransformerConfig, TransformerLayer
from core.s2s.sampling import Sampling
from core.training.export.frame_attention import FUSED
from core.training.export.frame_graph import FrameGraph, Rows
from core.training.export.frame_sampling import draw
from core.training.export.frame_tokens import table_of
from core.training.export.frame_transformer import (
    add_and_norm,
    affine,
    feed_forward,
    with_scale,
)
from core.training.export.int8 import Floats


def make_codes(
    graph: FrameGraph, depth: Depth, hidden: str, text: str | None, noise: list[str], sampling: Sampling
) -> list[str]:
    """The codes [1] of a frame, as many as there is chance for; hidden [1, D], text [1].

    All steps are [1, 1, D]: attention takes nothing else, and to change shapes costs as much as to add.
    """
    config = depth.config.transformer
    hidden = graph.reshape(hidden, 1, 1, -1)
    _check(config)
    layers = [layer for layer in depth.transformer.layers if isinstance(layer, TransformerLayer)]
    # what each step is told of the frame, in one product
    told = [affine(depth.inputs, step).weight for step in range(len(noise))]
    if not depth.inputs.schedule:
        inputs = [graph.product(hidden, told[0])] * len(noise)
    else:
        widths = graph.numbers(*(config.dim,) * len(noise))
        inputs = graph.calls(
            "Split", len(noise), graph.product(hidden, np.concatenate(told, axis=1)), widths, axis=2
        )
    past: list[tuple[str, str] | None] = [None] * len(layers)
    codes: list[str] = []
    for step, chance in enumerate(noise):
        x = Rows(inputs[step], 1, config.dim)
        if (before := _embedded(graph, depth, step, text, codes)) is not None:
            x = x._replace(name=graph.call("Add", x.name, before))
        branch = ""
        for number, layer in enumerate(layers):
            x, normed = add_and_norm(graph, x, branch, layer.norm1)
            qkv = affine(layer.attention.in_proj, step)(graph, normed)
            heard, past[number] = _attend(graph, qkv, past[number], config)
            branch = with_scale(affine(layer.attention.out_proj, step), layer.scale1)(graph, heard)
            x, normed = add_and_norm(graph, x, branch, layer.norm2)
            networks = layer.feed_forward
            network = networks.sets[networks.schedule[step] if networks.schedule else 0]
            branch = feed_forward(graph, normed, network, layer.scale2)
        codes.append(_draw(graph, depth, step, x, branch, chance, sampling))
    return codes


def _attend(
    graph: FrameGraph, qkv: str, past: tuple[str, str] | None, config: TransformerConfig
) -> tuple[str, tuple[str, str]]:
    """Attention of one token to those of the frame before it, in one operator."""
    q, k, v = graph.calls("Split", 3, qkv, graph.numbers(*(config.dim,) * 3), axis=2)
    given = [q, k, v, "", "", "", *(past or ("", ""))]
    while given[-1] == "":
        given.pop()
    y, keys, values = graph.calls("MultiHeadAttention", 3, *given, domain=FUSED, num_heads=config.n_heads)
    return y, (keys, values)


def _embedded(graph: FrameGraph, depth: Depth, step: int, text: str | None, codes: list[str]) -> str | None:
    """The token before a step as a vector [1, D]."""
    if step > 0:
        return graph.call("Gather", graph.weight(table_of(depth.embeddings[step - 1])), codes[-1])
    if depth.text_embedding is None or text is None:
        return None
    return graph.call("Gather", graph.weight(table_of(depth.text_embedding)), text)


def _draw(
    graph: FrameGraph, depth: Depth, step: int, x: Rows, branch: str, noise: str, sampling: Sampling
) -> str:
    norm, head = depth.norms[step], affine(depth.heads[step])
    if isinstance(norm, nn.Identity):
        y = graph.call("Add", x.name, branch)
    else:
        _, y = add_and_norm(graph, x, branch, norm)
    logits = graph.product(graph.reshape(y, 1, -1), head.weight, head.bias)
    return draw(graph, logits, _width(head.weight), noise, sampling)


def _width(weight: Floats) -> int:
    return int(weight.shape[1])


def _check(config: TransformerConfig) -> None:
    if config.rope != "none" or config.sinks or config.n_kv_heads not in (None, config.n_heads):
        raise ModelError("A depth model that counts positions or shares keys cannot be made a graph yet.")
