"""Graph: an ONNX file whose memory is explicit. The only file that imports onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from core.compute import wished
from core.errors import ModelError
from core.rings import RINGS_KEY, Rings

STATE = "state."
NEXT = "next."
SPEC_KEY = "paluku.spec"
IN_PLACE_KEY = "paluku.in_place"
"""In the file: the states that a step may change where they lie, since only their writer reads them."""

FRAMES_KEY = "paluku.frames"
"""In the file: how many frames one step may take, where it is not always one."""

OPEN_KEY = "paluku.open"
"""In the file: what each size that is not fixed is for one frame, by its name."""

LEAD_KEY = "paluku.lead"
"""In the file: how many steps a stream takes unheard before its first one, with the same inputs."""

Array = NDArray[Any]

_DTYPES: dict[str, type[np.generic]] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(int8)": np.int8,
    "tensor(bool)": np.bool_,
}

# Where a graph can compute besides the processor, the better first, and where its memory then lies.
_DEVICES = {"CUDAExecutionProvider": "cuda", "DmlExecutionProvider": "dml", "CoreMLExecutionProvider": "cpu"}
_PROCESSOR = "CPUExecutionProvider"


class State:
    """What one stream remembers between two steps. Opaque: only Graph may look inside.

    It is used up by the step it is given to, which returns the next one in the same memory.
    """

    __slots__ = ("_age", "_memory")

    def __init__(self, memory: _Memory) -> None:
        self._memory = memory
        self._age = memory.age

    @property
    def bytes(self) -> int:
        return self._memory.bytes

    def _fresh(self) -> _Memory:
        if self._age != self._memory.age:
            raise ValueError("this state was used up by an earlier step; take the one that step returned")
        return self._memory


class Graph:
    """An ONNX file with explicit memory: each input `state.*` has an output `next.*`."""

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        self.path = path
        self._session = _open(path, threads)
        self._device = _DEVICES.get(self._session.get_providers()[0], "cpu")
        self._inputs = {i.name: i for i in self._session.get_inputs()}
        self._outputs = {o.name: o for o in self._session.get_outputs()}
        self._states = sorted(n.removeprefix(STATE) for n in self._inputs if n.startswith(STATE))
        self._check_states()
        self._in_place = frozenset(self._told(IN_PLACE_KEY, list))
        self._lead = self._told(LEAD_KEY, int)
        self.frames: tuple[int, ...] = tuple(self._told(FRAMES_KEY, list)) or (1,)
        """How many frames one step may take."""
        self._open: dict[object, int] = self._told(OPEN_KEY, dict)
        self._rings = self._rings_told()

    @property
    def inputs(self) -> frozenset[str]:
        """The names of what a caller must give at each step."""
        return frozenset(n for n in self._inputs if not n.startswith(STATE))

    @property
    def outputs(self) -> frozenset[str]:
        return frozenset(n for n in self._outputs if not n.startswith(NEXT))

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of an input, as the file fixes it."""
        return tuple(self._inputs[name].shape)

    def one_frame(self, name: str) -> tuple[int, ...]:
        """The shape of an input for one frame: what is not fixed, the file tells by name."""
        return tuple(self._open.get(size, size) for size in self.shape(name))

    def spec(self) -> dict[str, Any]:
        """What the file says of itself ({} if it says nothing)."""
        found: dict[str, Any] = self._told(SPEC_KEY, dict)
        return found

    def initial_state(self, heard: State | None = None) -> State:
        """The memory before the first step. What `heard` holds under the same name is copied from it."""
        inherited = {} if heard is None else heard._fresh().values()
        first = {}
        for name in self._states:
            entry = self._inputs[STATE + name]
            given = inherited.get(name)
            first[name] = np.zeros(entry.shape, _DTYPES[entry.type]) if given is None else given
        return State(_Memory(self, first))

    def step(self, inputs: Mapping[str, Array], state: State) -> tuple[dict[str, Array], State]:
        """One step: what comes out, and the memory for the next one. `state` is used up by it."""
        memory = state._fresh()
        if memory.graph is not self:
            raise ValueError(f"this state belongs to another graph than {self.path.name}")
        if memory.age == 0:
            for _ in range(self._lead):
                memory.step(inputs)
        return memory.step(inputs), State(memory)

    @property
    def room(self) -> int:
        """Tokens that a stream looks back on at most and can be made to forget; 0 where it cannot."""
        return self._rings.capacity

    def remembered(self, state: State) -> int:
        """How many such tokens it looks back on now."""
        return self._rings.held(state._fresh())

    def forget(self, state: State, kept: int) -> None:
        """From the next step on it looks back on no more than the newest tokens."""
        self._rings.forget(state._fresh(), kept)

    def warm_up(self, steps: int = 1) -> None:
        """Run steps for nothing, as the first ones are slow."""
        state = self.initial_state()
        silence = {n: np.zeros(self.one_frame(n), _DTYPES[self._inputs[n].type]) for n in self.inputs}
        for _ in range(steps):
            _, state = self.step(silence, state)

    def _told(self, key: str, kind: type) -> Any:
        found = json.loads(self._session.get_modelmeta().custom_metadata_map.get(key, "null"))
        if found is None:
            return kind()
        if not isinstance(found, kind):
            raise ModelError(f"{self.path.name} describes itself in a form this version cannot read.")
        return found

    def _rings_told(self) -> Rings:
        names: dict[str, list[str]] = self._told(RINGS_KEY, dict)
        first = [self._inputs[STATE + ring].shape[2] for rings in names.values() for ring in rings]
        return Rings(names, min(first, default=0))

    def _check_states(self) -> None:
        returned = sorted(n.removeprefix(NEXT) for n in self._outputs if n.startswith(NEXT))
        if returned != self._states:
            odd = sorted(set(returned) ^ set(self._states))
            raise ModelError(
                f"{self.path.name} does not return all it must remember ({', '.join(odd)}).",
                "Export the model again, or fetch it again.",
            )
        for name in self._states:
            shape = self._inputs[STATE + name].shape
            if not _fixed(shape):
                raise ModelError(f"{self.path.name} has a memory of unknown size ({name}: {shape}).")


class _Memory:
    """The buffers of one stream, bound once: what goes in, what comes out, and the states between.

    A state has two buffers that take turns, read in one step and written in the next; or one, where the
    graph promises to change it in place. So there are two bindings, one for even steps, one for odd.
    """

    def __init__(self, graph: Graph, first: dict[str, Array]) -> None:
        self.graph = graph
        self.age = 0
        self._session = graph._session
        self._device = graph._device
        self._open_inputs = {n for n in graph.inputs if not _fixed(graph._inputs[n].shape)}
        self._given = {
            name: _buffer(graph._inputs[name])
            for name in sorted(graph.inputs)
            if name not in self._open_inputs
        }
        self._open_outputs = {n for n in graph.outputs if not _fixed(graph._outputs[n].shape)}
        self._made = {
            name: _buffer(graph._outputs[name]) for name in graph.outputs if name not in self._open_outputs
        }
        self._results = [n for n in graph._outputs if n in graph.outputs]
        here = {name: self._place(np.array(value)) for name, value in first.items()}
        there = {
            name: value if name in graph._in_place else self._place(np.zeros_like(first[name]))
            for name, value in here.items()
        }
        self._banks = (here, there)
        self._bindings = (self._bind(here, there), self._bind(there, here))

    @property
    def bytes(self) -> int:
        return sum(value.numpy().nbytes for value in self._banks[0].values())

    def values(self) -> dict[str, Array]:
        """What is remembered now; views."""
        return {name: self.read(name) for name in self._banks[0]}

    def read(self, name: str) -> Array:
        found: Array = self._banks[self.age % 2][name].numpy()
        return found

    def write(self, name: str, value: Array, slots: slice | None = None) -> None:
        place = self._banks[self.age % 2][name]
        held = place.numpy()
        held[(...,) if slots is None else (slice(None), slice(None), slots)] = value
        if self._device != "cpu":  # what was written into is a copy
            place.update_inplace(held)

    def step(self, inputs: Mapping[str, Array]) -> dict[str, Array]:
        if inputs.keys() != self.graph.inputs:
            raise ValueError(
                f"{self.graph.path.name} takes {sorted(self.graph.inputs)}, not {sorted(inputs)}"
            )
        binding = self._bindings[self.age % 2]
        for name, value in inputs.items():
            if name in self._open_inputs:
                binding.bind_ortvalue_input(name, ort.OrtValue.ortvalue_from_numpy(value))
            else:
                _fill(self._given[name], value, name)
        for name in self._open_outputs:
            binding.bind_output(name, "cpu")
        self._session.run_with_iobinding(binding)
        self.age += 1
        found = {name: buffer.copy() for name, buffer in self._made.items()}
        if self._open_outputs:
            every = dict(zip(self.graph._outputs, binding.get_outputs(), strict=True))
            found |= {name: every[name].numpy() for name in self._open_outputs}
        return found

    def _place(self, value: Array) -> ort.OrtValue:
        """A state where the graph computes."""
        return ort.OrtValue.ortvalue_from_numpy(value, self._device, 0)

    def _bind(self, read: dict[str, ort.OrtValue], written: dict[str, ort.OrtValue]) -> ort.IOBinding:
        binding = self._session.io_binding()
        for name, buffer in self._given.items():
            binding.bind_ortvalue_input(name, ort.OrtValue.ortvalue_from_numpy(buffer))
        for name, value in read.items():
            binding.bind_ortvalue_input(STATE + name, value)
        for name in self.graph._outputs:
            if name.startswith(NEXT):
                binding.bind_ortvalue_output(name, written[name.removeprefix(NEXT)])
            elif name in self._made:
                binding.bind_ortvalue_output(name, ort.OrtValue.ortvalue_from_numpy(self._made[name]))
        return binding


def providers() -> list[str]:
    """Where the installed onnxruntime can compute."""
    return [str(name) for name in ort.get_available_providers() if name != "AzureExecutionProvider"]


def chosen_providers() -> tuple[str, ...]:
    """Where graphs compute: the best that onnxruntime has here, unless only the processor is wished."""
    if wished().device == "cpu":
        return (_PROCESSOR,)
    return (*[name for name in _DEVICES if name in providers()][:1], _PROCESSOR)


def _open(path: Path, threads: int) -> ort.InferenceSession:
    if not path.is_file():
        raise ModelError(f"The model file {path.name} is missing.", f"It was looked for in {path.parent}.")
    options = ort.SessionOptions()
    options.intra_op_num_threads = wished().threads or threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    # Two graphs share two cores: a spinning thread of one steals time from the other.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(path), options, providers=list(chosen_providers()))
    except Exception as error:  # onnxruntime's own exceptions share no base class
        raise ModelError(
            f"The model file {path.name} cannot be read: it is damaged or of a newer version.",
            "Remove the model and fetch or copy it again.",
        ) from error


def _fixed(shape: Iterable[object]) -> bool:
    return all(isinstance(size, int) for size in shape)


def _buffer(entry: Any) -> Array:
    return np.zeros(entry.shape, _DTYPES[entry.type])


def _fill(buffer: Array, value: Array, name: str) -> None:
    if value.shape != buffer.shape or value.dtype != buffer.dtype:
        raise ValueError(f"“{name}” is {value.dtype} {value.shape}, not {buffer.dtype} {buffer.shape}")
    np.copyto(buffer, value)
