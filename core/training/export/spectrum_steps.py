"""Short-time spectra and the way back in a graph: half of the sums of each transform are never made.

A window is alike on both sides, and begins with nothing. So the samples at equal distances from its middle
are added for the cosines and subtracted for the sines, and each transform is half as large.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.nn.fourier import FourierConfig
from core.training.export.frame_graph import FrameGraph

END = 2**62
"""Past the end of everything."""


class SpectrumSteps:
    """The transforms of one kind of window."""

    def __init__(self, config: FourierConfig) -> None:
        self.config = config
        self._half = config.n_fft // 2

    def windows(self, graph: FrameGraph, hops: str, state: str, sources: int = 1) -> str:
        """Hops [S, sources * hop] with their past -> [sources * S, n_fft], source by source."""
        hop, count = self.config.hop, self.config.n_fft // self.config.hop
        joined = graph.call("Concat", graph.state(state, (count - 1, sources * hop)), hops, axis=0)
        graph.remember(state, columns(graph, joined, 1 - count, END, axis=0))
        parts = []
        for source in range(sources):
            own = joined if sources == 1 else columns(graph, joined, source * hop, (source + 1) * hop)
            shifted = [columns(graph, own, k, k + 1 - count or END, axis=0) for k in range(count)]
            parts.append(graph.call("Concat", *shifted, axis=1))
        return graph.call("Concat", *parts, axis=0) if sources > 1 else parts[0]

    def forward(self, graph: FrameGraph, windows: str) -> tuple[str, str]:
        """[S, n_fft] -> real and imaginary parts [S, bins]."""
        left = columns(graph, windows, 1, self._half + 1)
        right = columns(graph, windows, -1, self._half - 1, step=-1)
        taper = self._taper()
        taper[-1] /= 2  # the middle stands on both sides
        real = self._basis(graph, "cosine", taper[:, None], np.ones((1, self.config.bins)), turned=False)
        imaginary = self._basis(graph, "sine", taper[:, None], np.ones((1, self.config.bins)), turned=False)
        return (
            graph.call("MatMul", graph.call("Add", left, right), real),
            graph.call("MatMul", graph.call("Sub", left, right), imaginary),
        )

    def inverse(self, graph: FrameGraph, real: str, imaginary: str, state: str) -> str:
        """[S, bins] of both -> sound [S, hop], windows added up."""
        config = self.config
        hop, count = config.hop, config.n_fft // config.hop
        window = config.window().numpy()
        overlapping = np.square(window).reshape(-1, hop).sum(axis=0)
        taper = (window / np.tile(overlapping, count))[1 : self._half + 1]
        weight = np.full(config.bins, 2.0 / config.n_fft)
        weight[0] = weight[-1] = 1.0 / config.n_fft
        even, odd = (
            graph.call("MatMul", part, self._basis(graph, kind, taper[None], weight[:, None], turned=True))
            for part, kind in ((real, "cosine"), (imaginary, "sine"))
        )
        left = graph.call("Add", even, odd)  # samples 1 to the middle
        right = columns(graph, graph.call("Sub", even, odd), -2, -END, step=-1)  # and from there to the end
        first = columns(graph, odd, -1, END)  # no sine reaches the middle: it is nothing, as sample 0 is
        frames = graph.call("Concat", first, left, right, axis=1)  # [S, n_fft]
        joined = graph.call("Concat", graph.state(state, (count - 1, config.n_fft)), frames, axis=0)
        graph.remember(state, columns(graph, joined, 1 - count, END, axis=0))
        summed = ""
        for block in range(count):
            rows = (count - 1 - block, -block or END)
            part = graph.call(
                "Slice",
                joined,
                graph.numbers(rows[0], block * hop),
                graph.numbers(rows[1], (block + 1) * hop),
                graph.numbers(0, 1),
            )
            summed = graph.call("Add", summed, part) if summed else part
        return summed

    def _taper(self) -> NDArray[np.float64]:
        taper: NDArray[np.float64] = self.config.window().numpy()[1 : self._half + 1].copy()
        return taper

    def _basis(
        self, graph: FrameGraph, kind: str, taper: NDArray[Any], weight: NDArray[Any], *, turned: bool
    ) -> str:
        """A matrix [samples, bins], or turned, as its formula: it takes no room in the file."""
        n_fft = self.config.n_fft
        turns = 2 * np.pi * np.arange(n_fft) / n_fft
        table = np.cos(turns) if kind == "cosine" else -np.sin(turns)
        samples, freqs = np.arange(1, self._half + 1), np.arange(self.config.bins)
        left, right = (freqs[:, None], samples[None]) if turned else (samples[:, None], freqs[None])
        products = graph.call("Mul", graph.weight(left), graph.weight(right))
        places = graph.call("Mod", products, graph.weight(np.array(n_fft)))
        found = graph.call("Gather", graph.weight(table.astype(np.float32)), places)
        weighed = graph.call("Mul", found, graph.weight(weight.astype(np.float32)))
        return graph.call("Mul", weighed, graph.weight(taper.astype(np.float32)))


def columns(graph: FrameGraph, x: str, start: int, stop: int, *, axis: int = 1, step: int = 1) -> str:
    """A part of every row, counted from the end where negative; or of the rows, with axis 0."""
    return graph.call("Slice", x, *(graph.numbers(value) for value in (start, stop, axis, step)))
