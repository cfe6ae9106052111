"""FrameGraph: the graph of one frame, written operator by operator."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from core.errors import StorageError
from core.graph import FRAMES_KEY, IN_PLACE_KEY, LEAD_KEY, NEXT, OPEN_KEY, SPEC_KEY, STATE
from core.rings import RINGS_KEY
from core.training.export.int8 import Floats, Form, round_weight

Kind = type[np.generic]
Shape = tuple[int | str, ...]
"""Sizes; a name stands for one that is not fixed."""

_OPSETS = {"": 18, "com.microsoft": 1}
_IR_VERSION = 9
_LEAST_INT8 = 32_768
"""Products with fewer weights than this stay exact: to round their input costs more than they do."""


class Rows(NamedTuple):
    """A matrix in a graph: time goes down, channels lie side by side."""

    name: str
    length: int
    width: int


class FrameGraph:
    """An ONNX graph of fixed shapes under construction: nodes, weights, and states that go in and out.

    With `int8`, large weights are kept in 8 bits, and what they are multiplied with is rounded to 8 bits
    on the way. With `one_row`, exact products are of a single row each: their weights are read where they
    lie. To pack them first, as the runtime does with constants, costs such products a third of their speed,
    and a copy for each place where a weight is used; so they are constants that could be replaced.
    """

    def __init__(self, name: str, *, int8: Form | None = None, one_row: bool = False) -> None:
        self._name = name
        self._one_row = one_row
        self._replaceable: set[str] = set()
        self._int8 = int8
        self._nodes: list[onnx.NodeProto] = []
        self._written = 0  # nodes, those of branches included
        self._weights: list[onnx.TensorProto] = []
        self._known: dict[tuple[object, ...], str] = {}
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._public: dict[str, str] = {}  # a value's name inside -> its name outside
        self._states: dict[str, tuple[Shape, Kind]] = {}
        self._in_place: list[str] = []
        self.lead = 0
        """Steps that a stream takes unheard before its first one, with the same inputs."""
        self.frames: tuple[int, ...] = ()
        """How many frames one step may take, where it is not always one."""
        self.open: dict[str, int] = {}
        """What each size that is not fixed is for one frame."""
        self.rings: dict[str, list[str]] = {}
        """The states that hold the tokens of a talk and may forget old ones, by the clock they follow."""

    def input(self, name: str, shape: Shape, kind: Kind = np.float32) -> str:
        self._inputs.append(_value(name, shape, kind))
        return name

    def output(self, name: str, value: str, shape: Shape, kind: Kind = np.float32) -> None:
        inside = any(value in node.output for node in self._nodes)
        if not inside or value in self._public:  # an input that goes straight out, or goes out twice
            value = self.call("Identity", value)
        self._public[value] = name
        self._outputs.append(_value(name, shape, kind))

    def state(self, name: str, shape: Shape, kind: Kind = np.float32) -> str:
        """What the step before remembered under this name; zeros at first."""
        self._states[name] = shape, kind
        return self.input(STATE + name, shape, kind)

    def remember(self, name: str, value: str, *, in_place: bool = False) -> None:
        """What the next step finds under this name.

        `in_place` promises that only the node which writes `value` reads the old one, and that it changes
        a part of it: then both may share their memory, and nothing is copied.
        """
        self.output(NEXT + name, value, *self._states[name])
        if in_place:
            self._in_place.append(name)

    def weight(self, values: NDArray[Any]) -> str:
        """A constant of the graph; equal ones are kept once."""
        array = np.asarray(values, order="C")
        key = (array.dtype.str, array.shape, hashlib.blake2b(array.tobytes(), digest_size=16).digest())
        if key not in self._known:
            self._known[key] = f"weight{len(self._weights)}"
            self._weights.append(numpy_helper.from_array(array, self._known[key]))
        return self._known[key]

    def numbers(self, *values: int) -> str:
        """A list of whole numbers, as operators take positions and shapes."""
        return self.weight(np.array(values, np.int64))

    def scalar(self, value: float) -> str:
        return self.weight(np.array(value, np.float32))

    def call(self, op: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """A node with one result."""
        return self.calls(op, 1, *inputs, domain=domain, **attributes)[0]

    def calls(self, op: str, results: int, *inputs: str, domain: str = "", **attributes: Any) -> list[str]:
        """A node with several results."""
        names = [f"{op}{self._written}.{number}" for number in range(results)]
        self._written += 1
        self._nodes.append(helper.make_node(op, inputs, names, domain=domain, **attributes))
        return names

    def branch(self, condition: str, then: Callable[[], str], otherwise: Callable[[], str]) -> str:
        """What one of two ways computes; only the one that is gone costs anything."""
        return self.branches(condition, lambda: [then()], lambda: [otherwise()], np.float32)[0]

    def branches(
        self,
        condition: str,
        then: Callable[[], list[str]],
        otherwise: Callable[[], list[str]],
        *kinds: Kind,
    ) -> list[str]:
        """The same for ways with several results of these kinds."""
        ways = {
            "then_branch": self._way(then, kinds),
            "else_branch": self._way(otherwise, kinds),
        }
        return self.calls("If", len(kinds), condition, **ways)

    def by_frames(self, count: str, make: Callable[[int], list[str]], *kinds: Kind) -> list[str]:
        """What is written anew for every number of frames that a step may take; `count` [1] is the number."""

        def way(options: tuple[int, ...]) -> list[str]:
            if len(options) == 1:
                return make(options[0])
            fits = self.call("Equal", count, self.numbers(options[0]))
            return self.branches(fits, lambda: make(options[0]), lambda: way(options[1:]), *kinds)

        return way(self.frames)

    def _way(self, write: Callable[[], list[str]], kinds: tuple[Kind, ...]) -> onnx.GraphProto:
        outside, self._nodes = self._nodes, []
        results = write()
        inside, self._nodes = self._nodes, outside
        made = [
            helper.make_tensor_value_info(result, helper.np_dtype_to_tensor_dtype(np.dtype(kind)), None)
            for result, kind in zip(results, kinds, strict=True)
        ]
        return helper.make_graph(inside, f"way{self._written}", [], made)

    def product(self, x: str, weight: Floats, bias: Floats | None = None) -> str:  # [T, K] x [K, N]
        """A matrix product, rounded to 8 bits if the graph is to be small."""
        if self._int8 is None or weight.size < _LEAST_INT8:
            return self.exact_product(x, weight, bias)
        rounded = round_weight(weight, self._int8)
        zero = "" if rounded.zero is None else self.weight(rounded.zero)
        given = [x, self.weight(rounded.values), self.weight(rounded.scale), zero]
        if bias is not None:
            given.append(self.weight(bias))
        return self.call("DynamicQuantizeMatMul", *given, domain="com.microsoft")

    def exact_product(self, x: str, weight: Floats, bias: Floats | None = None) -> str:
        """A matrix product in full precision whatever the graph."""
        held = self.weight(weight)
        if self._one_row:
            self._replaceable.add(held)
        if bias is None:
            return self.call("MatMul", x, held)
        if self._one_row:  # which may have any shape around it; the runtime joins both where it can
            return self.call("Add", self.call("MatMul", x, held), self.weight(bias))
        return self.call("Gemm", x, held, self.weight(bias))

    def rows(self, x: str, start: int, stop: int) -> str:
        """The rows from `start` to before `stop`; a copy."""
        return self.call("Slice", x, self.numbers(start), self.numbers(stop), self.numbers(0))

    def reshape(self, x: str, *shape: int) -> str:
        return self.call("Reshape", x, self.numbers(*shape))

    def model(self, spec: Mapping[str, Any]) -> onnx.ModelProto:
        """What is written, with what it says of itself."""
        nodes = [self._renamed(node) for node in self._nodes]
        more = [
            helper.make_tensor_value_info(tensor.name, tensor.data_type, tensor.dims)
            for tensor in self._weights
            if tensor.name in self._replaceable
        ]
        graph = helper.make_graph(nodes, self._name, [*self._inputs, *more], self._outputs, self._weights)
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)
        told = {SPEC_KEY: json.dumps(dict(spec)), IN_PLACE_KEY: json.dumps(self._in_place)}
        if self.lead:
            told[LEAD_KEY] = json.dumps(self.lead)
        if self.frames:
            told |= {FRAMES_KEY: json.dumps(self.frames), OPEN_KEY: json.dumps(self.open)}
        if self.rings:
            told[RINGS_KEY] = json.dumps(self.rings)
        helper.set_model_props(model, told)
        onnx.checker.check_model(model)
        return model

    def save(self, path: Path, spec: Mapping[str, Any]) -> None:
        """Write the file; it appears when it is whole."""
        model = self.model(spec)
        unfinished = path.with_name(path.name + ".part")
        try:
            onnx.save(model, str(unfinished))
            unfinished.replace(path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            why = error.strerror or str(error)
            raise StorageError(f"{path.name} could not be written: {why}.", "Is the disk full?") from error

    def _renamed(self, node: onnx.NodeProto) -> onnx.NodeProto:
        for names in (node.input, node.output):
            names[:] = [self._public.get(name, name) for name in names]
        for attribute in node.attribute:
            for inner in attribute.g.node:
                self._renamed(inner)
        return node


def _value(name: str, shape: Shape, kind: Kind) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(np.dtype(kind)), shape)
