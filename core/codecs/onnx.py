"""OnnxCodec: a codec as two graphs, encoder and decoder, that take one frame a step, or some more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.codecs.base import CodecSpec, Codes
from core.errors import ModelError
from core.graph import Graph

UNUSED = -1  # a codebook that is left out when fewer than all are decoded


class OnnxCodec:
    """A codec made of an encoder graph (`pcm` to `codes`) and a decoder graph (`codes` to `pcm`)."""

    def __init__(self, spec: CodecSpec, encoder: Path, decoder: Path) -> None:
        self.spec = spec
        self._encoder = Graph(encoder)
        self._decoder = Graph(decoder)
        frame = (1, spec.format.frame_size)
        codes = (spec.n_codebooks, 1)
        _check(self._encoder, {"pcm": frame}, {"codes"})
        _check(self._decoder, {"codes": codes}, {"pcm"})
        for graph in self._encoder, self._decoder:
            _check_spec(graph, spec)
            graph.warm_up()

    def encoder(self) -> OnnxEncoder:
        return OnnxEncoder(self._encoder, self.spec)

    def decoder(self) -> OnnxDecoder:
        return OnnxDecoder(self._decoder, self.spec)


class OnnxEncoder:
    """One stream of sound becoming codes."""

    def __init__(self, graph: Graph, spec: CodecSpec) -> None:
        self._graph = graph
        self._frame_size = spec.format.frame_size
        self._n_codebooks = spec.n_codebooks
        self._state = graph.initial_state()

    def push(self, pcm: Pcm) -> Codes:
        if pcm.size % self._frame_size:
            raise ValueError(f"{pcm.size} samples are not whole frames of {self._frame_size}")
        frames = []
        for start, stop in _pieces(self._graph, pcm.size // self._frame_size):
            piece = pcm[None, start * self._frame_size : stop * self._frame_size]
            out, self._state = self._graph.step({"pcm": np.ascontiguousarray(piece)}, self._state)
            frames.append(out["codes"])
        return np.concatenate(frames, axis=1) if frames else np.zeros((self._n_codebooks, 0), np.int64)


class OnnxDecoder:
    """One stream of codes becoming sound."""

    def __init__(self, graph: Graph, spec: CodecSpec) -> None:
        self._graph = graph
        self._n_codebooks = spec.n_codebooks
        self._state = graph.initial_state()

    def push(self, codes: Codes) -> Pcm:
        given, frames = codes.shape
        if not 1 <= given <= self._n_codebooks:
            raise ValueError(f"{given} codebooks for a codec of {self._n_codebooks}")
        full = np.full((self._n_codebooks, frames), UNUSED, np.int64)
        full[:given] = codes
        sound = []
        for start, stop in _pieces(self._graph, frames):
            piece = np.ascontiguousarray(full[:, start:stop])
            out, self._state = self._graph.step({"codes": piece}, self._state)
            sound.append(out["pcm"][0])
        return np.concatenate(sound) if sound else np.zeros(0, np.float32)


def _pieces(graph: Graph, frames: int) -> Iterator[tuple[int, int]]:
    """Where each step begins and ends: as many frames as one can take."""
    start = 0
    while start < frames:
        stop = start + max(size for size in graph.frames if size <= frames - start)
        yield start, stop
        start = stop


def _check(graph: Graph, inputs: dict[str, tuple[int, ...]], outputs: set[str]) -> None:
    """Whether a graph has the inputs and outputs that its card promises."""
    if graph.inputs != inputs.keys() or not outputs <= graph.outputs:
        raise ModelError(
            f"{graph.path.name} is not what its card says: it takes {', '.join(sorted(graph.inputs))} "
            f"and gives {', '.join(sorted(graph.outputs))}."
        )
    for name, shape in inputs.items():
        if graph.one_frame(name) != shape:
            raise ModelError(
                f"{graph.path.name} does not fit its card: “{name}” has the shape {graph.one_frame(name)}, "
                f"the card says {shape}."
            )


def _check_spec(graph: Graph, spec: CodecSpec) -> None:
    """Whether a graph that says what codec it is part of says what its card says."""
    told = graph.spec()
    promised = json.loads(json.dumps(asdict(spec)))
    odd = [name for name, value in promised.items() if name in told and told[name] != value]
    if odd:
        raise ModelError(
            f"{graph.path.name} does not fit its card: it says {odd[0]} = {told[odd[0]]}, "
            f"the card says {promised[odd[0]]}.",
            "Export the model again, or fetch it again.",
        )
