"""The pitch tracker in a graph."""

from __future__ import annotations

import numpy as np

from core.nn.pitch import PitchTracker
from core.training.export.frame_graph import FrameGraph
from core.training.export.spectrum_steps import END, columns
from core.training.export.torch_weights import floats

_FLOAT = 1


def track(
    graph: FrameGraph, pcm: str, tracker: PitchTracker, state: str, frames: str, steps: int
) -> tuple[str, str]:
    """Sound [1, samples] -> pitch in Hz, 0 for no voice, and periodicity, both [S, 1].

    `frames` [1] is how many frames of `steps` estimates there are.
    """
    c, taps = tracker.config, tracker.taps
    heard = graph.call("Concat", graph.state(f"{state}.heard", (1, taps - c.decimation)), pcm, axis=1)
    graph.remember(f"{state}.heard", columns(graph, heard, c.decimation - taps, END))
    lowpass = graph.weight(floats(tracker.lowpass))
    low = graph.call("Conv", graph.reshape(heard, 1, 1, -1), lowpass, strides=[c.decimation])
    hop, span = c.hop // c.decimation, c.window + c.longest_lag + 1
    before = span - hop
    slow = graph.call("Concat", graph.state(f"{state}.slow", (1, before)), graph.reshape(low, 1, -1), axis=1)
    graph.remember(f"{state}.slow", columns(graph, slow, -before, END))
    lags = c.longest_lag - c.shortest_lag + 3
    score = _correlate(graph, slow, tracker, frames, steps)  # [S, lags], oldest lag first
    score = columns(graph, score, -1, -END, step=-1)
    past = graph.state(f"{state}.scores", (len(c.smoothing) - 1, lags))
    joined = graph.call("Concat", past, score, axis=0)
    graph.remember(f"{state}.scores", columns(graph, joined, 1 - len(c.smoothing), END, axis=0))
    smooth = ""
    for number, share in enumerate(c.smoothing):
        stop = number + 1 - len(c.smoothing) or END
        part = graph.call("Mul", columns(graph, joined, number, stop, axis=0), graph.scalar(share))
        smooth = graph.call("Add", smooth, part) if smooth else part
    return _choose(graph, smooth, tracker)


def _correlate(graph: FrameGraph, slow: str, tracker: PitchTracker, frames: str, steps: int) -> str:
    """How much the end of what each estimate looks at is like itself one lag earlier, [S, lags]."""
    c = tracker.config
    hop, span = c.hop // c.decimation, c.window + c.longest_lag + 1
    length = span - c.shortest_lag + 1  # of the past that a window slides over
    lags = length - c.window + 1

    def of(frames: int) -> list[str]:
        """So many frames of codes at once: the window of each estimate is the kernel of its own sum."""
        count = frames * steps
        places = hop * np.arange(count)[:, None] + np.arange(span)
        every = graph.call("Gather", slow, graph.weight(places), axis=1)  # [1, count, span]
        past = columns(graph, every, 0, length, axis=2)
        tail = graph.reshape(columns(graph, every, -c.window, END, axis=2), count, 1, c.window)
        cross = graph.reshape(graph.call("Conv", past, tail, group=count), count, lags)
        past = graph.reshape(past, count, length)
        tail = graph.reshape(tail, count, c.window)
        band = (np.arange(length)[:, None] - np.arange(lags)[None]).astype(np.int64)
        band = ((band >= 0) & (band < c.window)).astype(np.float32)
        energy = graph.call("MatMul", graph.call("Mul", past, past), graph.weight(band))
        own = graph.call("ReduceSumSquare", tail, graph.numbers(1), keepdims=1)
        floor = graph.scalar(c.window * 1e-7)
        product = graph.call("Mul", graph.call("Add", own, floor), graph.call("Add", energy, floor))
        return [graph.call("Div", cross, graph.call("Sqrt", product))]

    return graph.by_frames(frames, of, np.float32)[0]


def _choose(graph: FrameGraph, score: str, tracker: PitchTracker) -> tuple[str, str]:
    c = tracker.config
    left, here, right = (columns(graph, score, k, k - 2 or END) for k in range(3))
    peak = graph.call("And", graph.call("GreaterOrEqual", here, left), graph.call("Greater", here, right))
    height = graph.call("Where", peak, here, graph.scalar(0.0))
    best = graph.call("ReduceMax", height, graph.numbers(1), keepdims=1)
    enough = graph.call("Mul", best, graph.scalar(c.octave_tolerance))
    good = graph.call("And", peak, graph.call("GreaterOrEqual", here, enough))
    first = graph.call("ArgMax", graph.call("Cast", good, to=_FLOAT), axis=1, keepdims=1)  # [S, 1]
    a, b, d = (graph.call("GatherElements", part, first, axis=1) for part in (left, here, right))
    bend = graph.call("Sub", graph.call("Add", a, d), graph.call("Add", b, b))
    half = graph.call("Mul", graph.call("Sub", a, d), graph.scalar(0.5))
    shift = graph.call("Div", half, graph.call("Min", bend, graph.scalar(-1e-6)))
    shift = graph.call("Clip", shift, graph.scalar(-0.5), graph.scalar(0.5))
    lag = graph.call("Add", graph.call("Cast", first, to=_FLOAT), graph.scalar(float(c.shortest_lag)))
    lag = graph.call("Add", lag, shift)
    strength = graph.call("Clip", b, graph.scalar(0.0), graph.scalar(1.0))
    voiced = graph.call(
        "And",
        graph.call("Greater", strength, graph.scalar(c.voiced_threshold)),
        graph.call("Greater", best, graph.scalar(0.0)),
    )
    hertz = graph.call("Div", graph.scalar(float(c.work_rate)), lag)
    return graph.call("Where", voiced, hertz, graph.scalar(0.0)), strength
