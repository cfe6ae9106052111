"""Conformer S2S as two step graphs: one hears a frame, the other answers with a frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import nn

from core.nn.conv import fold_weight_norm
from core.nn.cross_attention import CrossAttention
from core.nn.norm import LayerScale
from core.nn.s2s.conformer import Conformer
from core.nn.s2s.conformer_layers import ConformerBlock, ConformerConv
from core.nn.s2s.streams import NOTHING
from core.nn.transformer import TransformerLayer
from core.s2s.sampling import SpeechSampling
from core.training.export.frame_attention import FUSED, Clock, attend
from core.training.export.frame_graph import FrameGraph, Rows
from core.training.export.frame_source import SourceWriter
from core.training.export.frame_tokens import LookUp
from core.training.export.frame_transformer import (
    add_and_norm,
    affine,
    feed_forward,
    queries_scaled,
    with_scale,
)
from core.training.export.int8 import Form
from core.training.export.speech_steps import DecoderSteps
from core.training.export.torch_weights import floats


class ConformerSteps:
    """The graphs of a Conformer. Of a turn the last `frames` are looked back at."""

    def __init__(
        self,
        model: Conformer,
        sampling: SpeechSampling,
        begins: Sequence[bool] = (),
        *,
        frames: int,
        int8: Form | None = None,
    ) -> None:
        self._model = model.eval()
        fold_weight_norm(model)
        self._frames = frames
        self._int8 = int8
        self._decoder = DecoderSteps(model.decoder, sampling, begins, int8=int8, source_frames=frames)

    def speaker(self) -> FrameGraph:
        """Voice, `forced` [1], `noise` [M] -> `codes` [K, 1], `text` [1], `end` [1] ..."""
        return self._decoder.graph("speak")

    def listener(self) -> FrameGraph:
        """`heard` [K, 1] -> `text` [1], and the memory that the speaker looks back at."""
        graph, config = FrameGraph("listen", int8=self._int8, one_row=True), self._model.config
        encoder, dim = self._model.encoder, config.encoder.dim
        count = len(config.heard_sizes)
        heard = graph.reshape(graph.input("heard", (count, 1), np.int64), count)
        vectors = LookUp(graph, list(encoder.embeddings)).vectors(graph, heard)
        x = Rows(graph.reshape(vectors, 1, dim), 1, dim)
        clock = Clock(graph, config.encoder.attention, 1, "stack")
        for number, block in enumerate(encoder.stack.layers):
            assert isinstance(block, ConformerBlock)
            x = _run_block(graph, x, block, clock, f"stack.{number}")
        _, memory = add_and_norm(graph, x, "", encoder.stack.norm)
        layers = [
            layer for layer in self._model.decoder.temporal.layers if isinstance(layer, TransformerLayer)
        ]
        looking = [layer.cross for layer in layers if isinstance(layer.cross, CrossAttention)]
        SourceWriter(graph, self._frames, looking[0].n_heads).write(graph, memory, looking)
        if encoder.word_head is not None:
            self._give_words(graph, memory, encoder.word_head)
        return graph

    def _give_words(self, graph: FrameGraph, memory: str, head: nn.Linear) -> None:
        """A piece where it is neither the one before nor “nothing new”."""
        found, blank = affine(head), graph.numbers(self._model.config.blank)
        logits = graph.exact_product(memory, found.weight, found.bias)
        piece = graph.call("ArgMax", logits, axis=1, keepdims=0)
        # a memory begins as zeros, the piece before the first one is the blank
        from_blank = graph.call("Sub", piece, blank)
        before = graph.state("before", (1,), np.int64)
        graph.remember("before", from_blank)
        same = graph.call("Equal", from_blank, before)
        silent = graph.call("Or", same, graph.call("Equal", piece, blank))
        told = graph.call("Where", silent, graph.numbers(NOTHING), piece)
        graph.output("text", told, (1,), np.int64)


def _run_block(graph: FrameGraph, x: Rows, block: ConformerBlock, clock: Clock, state: str) -> Rows:
    # half a step of each feed-forward network: the half is folded into its last layer
    def half(y: str, network: nn.Module, scale: LayerScale) -> str:
        return feed_forward(graph, y, network, 0.5 * floats(scale.scale))

    _, normed = add_and_norm(graph, x, "", block.norm1)
    branch = half(normed, block.feed_forward1, block.scale1)
    x, normed = add_and_norm(graph, x, branch, block.norm2)
    qkv = queries_scaled(affine(block.attention.in_proj), clock.config)(graph, normed)
    heard = attend(graph, qkv, clock, f"{state}.attention")
    branch = with_scale(affine(block.attention.out_proj), block.scale2)(graph, heard)
    x, normed = add_and_norm(graph, x, branch, block.norm3)
    branch = _convolve(graph, normed, block.conv, block.scale3, f"{state}.conv")
    x, normed = add_and_norm(graph, x, branch, block.norm4)
    branch = half(normed, block.feed_forward2, block.scale4)
    _, y = add_and_norm(graph, x, branch, block.norm)
    return x._replace(name=y)


def _convolve(graph: FrameGraph, x: str, conv: ConformerConv, scale: nn.Module, state: str) -> str:
    """The gated branch: each channel looks at its own past."""
    weight = floats(conv.depthwise.conv.weight)[:, 0].T  # [K, D]
    kernel, dim = weight.shape
    signal, gate = graph.calls("Split", 2, affine(conv.expand)(graph, x), graph.numbers(dim, dim), axis=1)
    gated = graph.call("Mul", signal, graph.call("Sigmoid", gate))
    joined = graph.call("Concat", graph.state(state, (kernel - 1, dim)), gated, axis=0)
    graph.remember(state, graph.rows(joined, 1, kernel))
    y = graph.call("ReduceSum", graph.call("Mul", joined, graph.weight(weight)), graph.numbers(0), keepdims=1)
    bias = conv.depthwise.conv.bias
    if bias is not None:
        y = graph.call("Add", y, graph.weight(floats(bias)))
    _, normed = add_and_norm(graph, Rows(y, 1, dim), "", conv.norm)
    active = graph.call("QuickGelu", normed, domain=FUSED, alpha=1.0)
    return with_scale(affine(conv.contract), scale)(graph, active)
