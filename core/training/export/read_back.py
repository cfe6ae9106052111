"""Reading back: the weights of a codec out of the graphs that were made of it.

Graphs keep weights turned, joined and scaled as their products want them. How, only the writer of graphs
knows; so it is asked: it writes the same graphs from a twin whose every weight is its own number, and once
more from one whose weights are all one. Where a number comes out, there lies the weight it stands for, and
the ones have become the factor by which it was scaled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from torch import nn

from core.cards import ModelCard
from core.errors import ModelError
from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.model import CodecModel
from core.nn.codecs.presets import CODEC_PRESETS
from core.nn.reader import Reader, read_model
from core.training.export.codec import decoder_graph, encoder_graph

Array = NDArray[Any]
Constants = Mapping[str, Array]

_FIRST = 2  # of the numbers: one is what all weights of the other twin are
_MOST = 6_000_000  # numbers that are told apart after they were scaled in 32 bits
_UNTOLD = (".usage", ".initialised")
"""What only training needs of a codebook; no graph holds it."""
_FOLDED = ".layer_scale.scale"
"""What the product before it has taken in: it is one from now on."""


def installed_codec(card: ModelCard, readers: Sequence[Reader[Any]]) -> nn.Module | None:
    """The layers of an installed codec, whether it is kept as weights or as graphs of a preset; else none."""
    if card.runtime == "torch":
        return read_model(card.file("weights"), readers)
    return read_back(card, CODEC_PRESETS[card.id].build) if card.id in CODEC_PRESETS else None


def read_back(card: ModelCard, make: Callable[[], CodecModel]) -> CodecModel:
    """The codec that an installed model's graphs compute, with the weights as they are kept there."""
    model = make()
    if not isinstance(model, EnvelopeCodec):
        raise ModelError(
            f"{card.id} is kept as graphs that no longer tell its weights.",
            "Analyse the weights file that it was exported from.",
        )
    if model.spec != card.codec:
        raise ModelError(f"{card.id} is not built like the preset of its name.")
    found = _Weights(model)
    for role, write in ("encoder", encoder_graph), ("decoder", decoder_graph):
        file = onnx.load(str(card.file(role)))
        twins = [write(found.twin(make(), content)) for content in (found.numbers, found.ones)]
        found.learn(card.id, file, *twins)
    return found.given_to(model, card.id)


class _Weights:
    """All weights of a codec in one row, as far as they are known."""

    def __init__(self, model: CodecModel) -> None:
        self._places: dict[str, tuple[int, torch.Size]] = {}
        last = 0
        for name, value in model.state_dict().items():
            if not name.endswith((*_UNTOLD, _FOLDED)):
                self._places[name] = last, value.shape
                last += value.numel()
        if last > _MOST:
            raise ModelError("This codec has too many weights to be read back from its graphs.")
        self.numbers: Array = np.arange(_FIRST, _FIRST + last, dtype=np.float32)
        self.ones: Array = np.ones(last, np.float32)
        self._known: Array = np.full(last, np.nan, np.float32)

    def twin(self, model: CodecModel, content: Array) -> CodecModel:
        """A codec with this row as its weights."""
        state = model.state_dict()
        for name, value in state.items():
            if name in self._places:
                value.copy_(torch.from_numpy(self._part(content, name)))
            elif name.endswith(_FOLDED):
                value.fill_(1.0)
        return model.eval()

    def learn(
        self, id: str, file: onnx.ModelProto, numbered: onnx.ModelProto, alike: onnx.ModelProto
    ) -> None:
        """Take what a graph holds at each place where the numbered one holds numbers."""
        own, numbers, ones = (list(_inputs(each)) for each in (file, numbered, alike))
        own = own[len(own) - len(numbers) :]  # what unpacks small weights comes first
        if [op for op, _ in own] != [op for op, _ in numbers]:
            raise ModelError(f"{id} was exported by another version of Paluku.", "Export it again.")
        names = {name for _, name in own}
        kept, number, one = _unpacked(file, names), _constants(numbered), _constants(alike)
        for (_, here), (_, there), (_, twin) in zip(own, numbers, ones, strict=True):
            if here in kept and there in number:
                self._take(kept[here], number[there], one[twin])

    def _take(self, kept: Array, numbers: Array, ones: Array) -> None:
        moved = numbers != ones
        if not moved.any() or kept.shape != numbers.shape:
            return
        factors = ones[moved].astype(np.float64)
        with np.errstate(all="ignore"):
            told = numbers[moved] / factors
            places = np.rint(told) - _FIRST
            fits = (np.abs(told - _FIRST - places) < 0.4) & (places >= 0) & (places < len(self._known))
        if fits.all() and len(np.unique(places)) == len(places):  # else something computed from weights
            self._known[places.astype(np.int64)] = kept[moved] / factors

    def given_to(self, model: CodecModel, id: str) -> CodecModel:
        """The codec with all that was learned, ready for use."""
        untold = [name for name in self._places if np.isnan(self._part(self._known, name)).any()]
        if untold:
            raise ModelError(f"The graphs of {id} do not tell {untold[0]}.", "Export it again.")
        for name, value in model.state_dict().items():
            if name.endswith(".initialised"):
                value.fill_(True)
        return self.twin(model, self._known)

    def _part(self, row: Array, name: str) -> Array:
        start, shape = self._places[name]
        return row[start : start + shape.numel()].reshape(tuple(shape))


def _inputs(file: onnx.ModelProto) -> Iterator[tuple[str, str]]:
    """Every input of every operator, in the order in which they were written."""

    def of(nodes: Any) -> Iterator[tuple[str, str]]:
        for node in nodes:
            for attribute in node.attribute:
                yield from of(attribute.g.node)
            yield from ((node.op_type, name) for name in node.input)

    return of(file.graph.node)


def _constants(file: onnx.ModelProto) -> Constants:
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in file.graph.initializer}
    return {name: array for name, array in arrays.items() if array.dtype == np.float32}


def _unpacked(file: onnx.ModelProto, names: set[str]) -> Constants:
    """The constants of a file, those too that its first operators make of smaller ones."""
    given = {value.name for value in file.graph.input}
    stored = {tensor.name for tensor in file.graph.initializer}
    known, nodes = set(stored), []
    for node in file.graph.node:
        if all(name in known for name in node.input) and not given.intersection(node.output):
            nodes.append(node)
            known.update(node.output)
    made = sorted(names & (known - stored))
    outputs = [onnx.ValueInfoProto(name=name) for name in made]
    needed = {name for node in nodes for name in node.input}
    packed = [tensor for tensor in file.graph.initializer if tensor.name in needed]
    graph = helper.make_graph(nodes, "constants", [], outputs, packed)
    unpacking = helper.make_model(graph, opset_imports=file.opset_import, ir_version=file.ir_version)
    values = ReferenceEvaluator(unpacking).run(made, {})
    assert isinstance(values, list)
    return {**_constants(file), **dict(zip(made, values, strict=True))}
