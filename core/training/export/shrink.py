"""Shrinking: an ONNX file that holds less and computes the same, once it is loaded.

What is stored small is turned back by ordinary operators, which onnxruntime folds when it opens the file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from core.nn.fourier import Fourier, InverseFourier

SMALL = 4_096  # numbers; less is kept as it is
LARGE = 65_536  # numbers; smaller weights of products decide too much for 8 bits
LEVELS = 127

Array = NDArray[np.float32]


def name_constants(graph: onnx.ModelProto) -> None:
    """Large constants inside nodes become named tensors, those that are equal one and the same."""
    known: dict[bytes, str] = {}
    for node in list(graph.graph.node):
        value = next((a.t for a in node.attribute if a.name == "value"), None)
        if node.op_type != "Constant" or value is None or math.prod(value.dims) < SMALL:
            continue
        name = known.setdefault(str(list(value.dims)).encode() + value.raw_data, node.output[0])
        if name == node.output[0]:
            graph.graph.initializer.append(numpy_helper.from_array(numpy_helper.to_array(value), name))
        for other in graph.graph.node:
            for place, given in enumerate(other.input):
                if given == node.output[0]:
                    other.input[place] = name
        graph.graph.node.remove(node)


def share_tables(graph: onnx.ModelProto) -> None:
    """A table that is there again, as it is, turned or squared, is kept once: codebooks are needed thrice."""
    for ways in ("Identity", "Transpose"), ("Mul",):
        known: dict[bytes, str] = {}
        for tensor in [t for t in graph.graph.initializer if len(t.dims) == 2]:
            array = numpy_helper.to_array(tensor)
            if array.size < SMALL:
                continue
            how = next((way for way in ways if way.encode() + array.tobytes() in known), None)
            if how is None:
                for way, other in ("Identity", array), ("Transpose", array.T), ("Mul", array * array):
                    known[way.encode() + other.tobytes()] = tensor.name
                continue
            twin = known[how.encode() + array.tobytes()]
            given = [twin, twin] if how == "Mul" else [twin]
            _replace(graph, tensor, ([helper.make_node(how, given, [tensor.name])], []))


def compute_bases(graph: onnx.ModelProto, model: nn.Module) -> int:
    """Replace the matrices of Fourier transforms by their formula; how many were."""
    replaced = 0
    wanted = [module for module in model.modules() if isinstance(module, Fourier | InverseFourier)]
    for tensor in list(graph.graph.initializer):
        array = numpy_helper.to_array(tensor)
        for module in wanted:
            basis = module.basis.numpy()
            if array.shape == basis.shape and np.array_equal(array, basis):
                _replace(graph, tensor, _formula(tensor.name, module))
                replaced += 1
                break
    return replaced


def store_small(graph: onnx.ModelProto, *, bytes_too: bool, keep: Iterable[str] = ()) -> None:
    """Tables in 16 bits, large weights of products in 8 bits by output; `keep` names exceptions."""
    products = _weights_of_products(graph)
    kept = set(keep)
    for tensor in list(graph.graph.initializer):
        array = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or array.size < SMALL or tensor.name in kept:
            continue
        if bytes_too and tensor.name in products and array.size >= LARGE:
            _replace(graph, tensor, _as_bytes(tensor.name, array, products[tensor.name]))
        else:
            _replace(graph, tensor, _as_half(tensor.name, array))


def _weights_of_products(graph: onnx.ModelProto) -> dict[str, int]:
    """The axis of the outputs in each weight of a product or convolution."""
    axes: dict[str, int] = {}
    for node in graph.graph.node:
        if node.op_type == "MatMul":
            axes[node.input[1]] = 1
        elif node.op_type == "Gemm":
            turned = next((a.i for a in node.attribute if a.name == "transB"), 0)
            axes[node.input[1]] = 0 if turned else 1
        elif node.op_type == "Conv":
            axes[node.input[1]] = 0
    return axes


Parts = tuple[list[onnx.NodeProto], list[onnx.TensorProto]]


def _as_half(name: str, array: Array) -> Parts:
    half = numpy_helper.from_array(array.astype(np.float16), f"{name}.half")
    return [helper.make_node("Cast", [half.name], [name], to=TensorProto.FLOAT)], [half]


def _as_bytes(name: str, array: Array, axis: int) -> Parts:
    others = tuple(i for i in range(array.ndim) if i != axis)
    scale = np.maximum(np.abs(array).max(axis=others, keepdims=True), 1e-12) / LEVELS
    whole = np.rint(array / scale).astype(np.int8)
    tensors = [
        numpy_helper.from_array(whole, f"{name}.whole"),
        numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"),
    ]
    nodes = [
        helper.make_node("Cast", [tensors[0].name], [f"{name}.float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}.float", tensors[1].name], [name]),
    ]
    return nodes, tensors


def _formula(name: str, module: Fourier | InverseFourier) -> Parts:
    """The basis as nodes: cosines and sines looked up by (sample x bin) mod n, times weights and window."""
    n_fft, bins = module.config.n_fft, module.config.bins
    turns = 2 * math.pi * np.arange(n_fft) / n_fft
    samples, freqs = np.arange(n_fft), np.arange(bins)
    forward = isinstance(module, Fourier)
    window = module.config.window().numpy()
    if forward:
        left, right, weight, axis = samples[:, None], freqs[None], np.ones((1, bins)), 1
        taper = window[:, None]
    else:
        left, right, axis = freqs[:, None], samples[None], 0
        overlapping = np.square(window).reshape(-1, module.config.hop).sum(axis=0)
        taper = (window / np.tile(overlapping, n_fft // module.config.hop))[None]
        weight = np.full((bins, 1), 2.0 / n_fft)
        weight[0] = weight[-1] = 1.0 / n_fft
    constants: dict[str, NDArray[Any]] = {
        "left": left.astype(np.int64),
        "right": right.astype(np.int64),
        "n": np.array(n_fft, np.int64),
        "cosine": np.cos(turns).astype(np.float32),
        "sine": (-np.sin(turns)).astype(np.float32),
        "weight": weight.astype(np.float32),
        "taper": taper.astype(np.float32),
    }
    steps = [
        ("Mul", ("left", "right"), "products"),
        ("Mod", ("products", "n"), "places"),
        ("Gather", ("cosine", "places"), "real"),
        ("Gather", ("sine", "places"), "imaginary"),
        ("Mul", ("real", "weight"), "real_weighed"),
        ("Mul", ("imaginary", "weight"), "imaginary_weighed"),
    ]
    nodes = [
        helper.make_node(op, [f"{name}.{i}" for i in given], [f"{name}.{out}"]) for op, given, out in steps
    ]
    both = [f"{name}.real_weighed", f"{name}.imaginary_weighed"]
    nodes.append(helper.make_node("Concat", both, [f"{name}.both"], axis=axis))
    nodes.append(helper.make_node("Mul", [f"{name}.both", f"{name}.taper"], [name]))
    return nodes, [numpy_helper.from_array(value, f"{name}.{key}") for key, value in constants.items()]


def _replace(graph: onnx.ModelProto, tensor: onnx.TensorProto, parts: Parts) -> None:
    nodes, tensors = parts
    graph.graph.initializer.remove(tensor)
    graph.graph.initializer.extend(tensors)
    for node in reversed(nodes):
        graph.graph.node.insert(0, node)
