"""Causal convolutions of one frame as matrix products, channels last.

Weights come as torch lays them out. A product over a window of inputs, or a product first and the
shifted sums after: whichever copies less.
"""

from __future__ import annotations

import numpy as np

from core.training.export.frame_graph import FrameGraph, Rows
from core.training.export.int8 import Floats

_FEW_VALUES = 8192
_FEW_ROWS = 16


def elu(graph: FrameGraph, x: Rows) -> Rows:
    """ELU. For many values out of four plain operators, which together take half of what `Elu` does."""
    if x.length * x.width <= _FEW_VALUES:
        return x._replace(name=graph.call("Elu", x.name))
    one = graph.scalar(1.0)
    below = graph.call("Min", graph.call("Exp", x.name), one)
    return x._replace(name=graph.call("Max", x.name, graph.call("Sub", below, one)))


def add(graph: FrameGraph, x: Rows, y: Rows) -> Rows:
    return x._replace(name=graph.call("Add", x.name, y.name))


def convolve(
    graph: FrameGraph, x: Rows, weight: Floats, bias: Floats, state: str, *, dilation: int = 1
) -> Rows:
    """A convolution of stride 1; `weight` is [C', C, K]."""
    out, channels, kernel = weight.shape
    if kernel == 1:
        return Rows(graph.product(x.name, weight[..., 0].T, bias), x.length, out)
    if channels == 1 and dilation == 1:
        return _convolve_samples(graph, x, weight, bias, state)
    past = (kernel - 1) * dilation
    joined = _with_past(graph, x, past, state)
    starts = range(0, kernel * dilation, dilation)
    if x.length > _FEW_ROWS and out < channels:
        every = np.concatenate(list(weight.transpose(2, 1, 0)), axis=1)  # [C, K * C']
        parts = graph.product(joined, every)  # [past + T, K * C']
        shifted = [_block(graph, parts, start, x.length, tap * out, out) for tap, start in enumerate(starts)]
        summed = shifted[0]
        for part in shifted[1:]:
            summed = graph.call("Add", summed, part)
        return Rows(graph.call("Add", summed, graph.weight(bias)), x.length, out)
    taps = [graph.rows(joined, start, start + x.length) for start in starts]
    window = graph.call("Concat", *taps, axis=1)  # [T, K * C]
    return Rows(graph.product(window, _as_matrix(weight), bias), x.length, out)


def convolve_down(graph: FrameGraph, x: Rows, weight: Floats, bias: Floats, state: str) -> Rows:
    """A convolution with a kernel of twice its stride; `weight` is [C', C, 2 * stride].

    Each block of `stride` inputs is looked at twice: as the newer half of one output and as the older half
    of the next. What the last block adds to the next frame is the state.
    """
    out, channels, kernel = weight.shape
    stride, length = kernel // 2, x.length * 2 // kernel
    blocks = graph.reshape(x.name, length, stride * channels)
    older, newer = _as_matrix(weight[..., :stride]), _as_matrix(weight[..., stride:])
    parts = graph.product(blocks, np.concatenate([older, newer], axis=1))  # [T / stride, 2 * C']
    old, new = graph.calls("Split", 2, parts, graph.numbers(out, out), axis=1)
    joined = graph.call("Concat", graph.state(state, (1, out)), old, axis=0)
    graph.remember(state, graph.rows(joined, length, length + 1))
    summed = graph.call("Add", new, graph.rows(joined, 0, length))
    return Rows(graph.call("Add", summed, graph.weight(bias)), length, out)


def convolve_up(graph: FrameGraph, x: Rows, weight: Floats, bias: Floats, state: str) -> Rows:
    """A transposed convolution with a kernel of twice its stride; `weight` is [C, C', 2 * stride]."""
    channels, out, kernel = weight.shape
    stride = kernel // 2
    joined = _with_past(graph, x, 1, state)
    window = graph.call("Concat", graph.rows(joined, 0, x.length), x.name, axis=1)  # [T, 2 * C]
    both = np.concatenate([weight[..., stride:], weight[..., :stride]])  # rows: input before, this input
    matrix = both.transpose(0, 2, 1).reshape(2 * channels, stride * out)
    spread = graph.product(window, matrix, np.tile(bias, stride))
    return Rows(graph.reshape(spread, x.length * stride, out), x.length * stride, out)


def _convolve_samples(graph: FrameGraph, x: Rows, weight: Floats, bias: Floats, state: str) -> Rows:
    """A convolution over one channel, several samples at a time: each row holds a block of them."""
    out, _, kernel = weight.shape
    block = next(size for size in range(kernel - 1, x.length + 1) if x.length % size == 0)
    length = x.length // block
    blocks = graph.reshape(x.name, length, block)
    joined = graph.call("Concat", graph.state(state, (1, block)), blocks, axis=0)
    graph.remember(state, graph.rows(joined, length, length + 1))
    window = graph.call("Concat", graph.rows(joined, 0, length), blocks, axis=1)  # [T / block, 2 * block]
    matrix = np.zeros((2 * block, block, out), np.float32)
    for sample in range(block):
        first = block + sample - kernel + 1
        matrix[first : first + kernel, sample] = weight[:, 0].T
    spread = graph.exact_product(window, matrix.reshape(2 * block, -1), np.tile(bias, block))
    return Rows(graph.reshape(spread, x.length, out), x.length, out)


def _with_past(graph: FrameGraph, x: Rows, past: int, state: str) -> str:  # -> [past + T, C]
    joined = graph.call("Concat", graph.state(state, (past, x.width)), x.name, axis=0)
    graph.remember(state, graph.rows(joined, x.length, x.length + past))
    return joined


def _block(graph: FrameGraph, x: str, row: int, length: int, column: int, width: int) -> str:
    ends = graph.numbers(row + length, column + width)
    return graph.call("Slice", x, graph.numbers(row, column), ends, graph.numbers(0, 1))


def _as_matrix(weight: Floats) -> Floats:  # [C', C, K] -> [K * C, C']
    return weight.transpose(2, 1, 0).reshape(-1, weight.shape[0])
