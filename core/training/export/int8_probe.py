"""Which form of 8-bit weights this computer multiplies without a fault."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from core.graph import Graph
from core.training.export.frame_graph import FrameGraph
from core.training.export.int8 import Form


def best_form() -> Form:
    """The form for this computer: signed, unless a product of signed weights proves to be clipped."""
    width = 256
    graph = FrameGraph("probe", int8="signed")
    weight = np.ones((width, width), np.float32)
    made = graph.product(graph.input("x", (1, width)), weight)
    graph.output("y", made, (1, width))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "probe.onnx")
        graph.save(path, {})
        probe = Graph(path)
        found, _ = probe.step({"x": np.ones((1, width), np.float32)}, probe.initial_state())
    return "signed" if np.allclose(found["y"], width, rtol=0.01) else "unsigned"
