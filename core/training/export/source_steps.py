"""The sources of a voice, pulses and noise, in a graph."""

from __future__ import annotations

import math

import numpy as np

from core.nn.harmonic import VOICED, HarmonicSource, NoiseSource
from core.training.export.frame_graph import FrameGraph
from core.training.export.spectrum_steps import END, columns
from core.training.export.torch_weights import floats

_FLOAT, _DOUBLE = 1, 11


def pulses(graph: FrameGraph, pitch: str, voicing: str, source: HarmonicSource, state: str) -> str:
    """Pitch in Hz and voicing [S, 1] -> pulses [S, hop]."""
    hop, rate = source.hop, source.sample_rate
    before, was_voiced = (
        graph.call("Concat", graph.state(f"{state}.{name}", (1, 1)), value, axis=0)
        for name, value in (("pitch", pitch), ("voicing", voicing))
    )
    for name, value in (("pitch", pitch), ("voicing", voicing)):
        graph.remember(f"{state}.{name}", columns(graph, value, -1, END, axis=0))
    before, was_voiced = (columns(graph, value, 0, -1, axis=0) for value in (before, was_voiced))
    voiced = graph.scalar(VOICED)
    start = graph.call("Where", graph.call("Greater", was_voiced, voiced), before, pitch)
    end = graph.call("Where", graph.call("Greater", voicing, voiced), pitch, start)
    rise = graph.call("Sub", end, start)

    # along a hop everything is a straight line, its sum a parabola
    line = floats(source.ramp).astype(np.float64)
    counts = np.arange(1, hop + 1)
    summed = np.stack([counts / rate, counts * (counts + 1) / (2 * hop) / rate])
    along = np.concatenate([np.stack([np.ones(hop), line]), summed], axis=1).astype(np.float32)
    both = graph.call("MatMul", graph.call("Concat", start, rise, axis=1), graph.weight(along))
    frequency, cycles = columns(graph, both, 0, hop), columns(graph, both, hop, END)
    change = graph.call("Mul", graph.call("Sub", voicing, was_voiced), graph.weight(along[1:2, :hop]))
    gate = graph.call("Add", was_voiced, change)

    phase = graph.state(f"{state}.phase", (1, 1), np.float64)
    first, more = (graph.call("Cast", value, to=_DOUBLE) for value in (start, rise))
    middle = graph.call("Mul", more, graph.weight(np.array((hop + 1) / (2 * hop))))
    hops = graph.call("Mul", graph.call("Add", first, middle), graph.weight(np.array(hop / rate)))
    ends = graph.call("Concat", phase, hops, axis=0)
    ends = graph.call("CumSum", ends, graph.weight(np.array(0)))  # [1 + S, 1]
    ends = _wrapped(graph, ends)
    graph.remember(f"{state}.phase", columns(graph, ends, -1, END, axis=0))
    starts = graph.call("Cast", columns(graph, ends, 0, -1, axis=0), to=_FLOAT)
    phases = _wrapped(graph, graph.call("Add", starts, cycles))
    harmonics = graph.call("Div", graph.scalar(source.limit), frequency)
    return graph.call("Mul", gate, _pulses(graph, phases, harmonics))


def noise(graph: FrameGraph, spectra: str, source: NoiseSource, state: str) -> str:
    """As many hops of noise [S, hop] as there are spectra; `spectra` [1] is their number."""
    hop, length = source.hop, source.LENGTH
    position = graph.state(f"{state}.position", (1, 1), np.int64)
    moved = graph.call("Add", position, graph.call("Mul", spectra, graph.numbers(hop)))
    graph.remember(f"{state}.position", graph.call("Mod", moved, graph.numbers(length)))
    most = 8 * max(graph.frames)
    every = graph.weight(np.arange(most * hop).reshape(most, hop))
    wanted = graph.call("Slice", every, graph.numbers(0), spectra, graph.numbers(0))
    places = graph.call("Mod", graph.call("Add", position, wanted), graph.numbers(length))
    return graph.call("Gather", graph.weight(floats(source.table)), places)


def _wrapped(graph: FrameGraph, cycles: str) -> str:
    """Whole cycles taken away."""
    return graph.call("Sub", cycles, graph.call("Round", cycles))


def _pulses(graph: FrameGraph, phase: str, harmonics: str) -> str:
    """The sum of all harmonics in closed form, as in HarmonicSource."""
    whole = graph.call("Floor", harmonics)
    angle = graph.call("Mul", phase, graph.scalar(math.tau))
    half = graph.call("Sin", graph.call("Mul", phase, graph.scalar(math.tau / 2)))
    near = graph.call("Less", graph.call("Abs", half), graph.scalar(1e-4))
    divisor = graph.call("Where", near, graph.scalar(1.0), graph.call("Add", half, half))
    up_to = graph.call("Mul", graph.call("Add", whole, graph.scalar(0.5)), angle)
    ratio = graph.call("Sub", graph.call("Div", graph.call("Sin", up_to), divisor), graph.scalar(0.5))
    summed = graph.call("Where", near, whole, ratio)
    following = graph.call("Cos", graph.call("Add", up_to, graph.call("Mul", angle, graph.scalar(0.5))))
    part = graph.call("Mul", graph.call("Sub", harmonics, whole), following)
    unit = graph.call("Sqrt", graph.call("Div", graph.scalar(2.0), harmonics))
    return graph.call("Mul", graph.call("Add", summed, part), unit)
