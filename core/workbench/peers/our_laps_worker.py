"""Our models of the same shapes.

python -m core.workbench.peers.our_laps_worker codec NAME SECONDS
python -m core.workbench.peers.our_laps_worker duplex GRAPH
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

from core.workbench.peers import laps


def codec(name: str, seconds: float) -> laps.Lap:
    """A whole file in torch."""
    import torch

    from core.nn.codecs.dualcodec import DualCodec
    from core.nn.codecs.presets import build
    from core.nn.conv import fold_weight_norm

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    torch.manual_seed(0)
    model = build(name).eval()
    fold_weight_norm(model)
    size = model.spec.format.frame_size
    frames = round(seconds * model.spec.format.sample_rate / size)
    pcm = torch.randn(1, 1, size * frames) * 0.1
    each = model.config.semantic_downsample_factor if isinstance(model, DualCodec) else 0
    features = torch.randn(1, 1024, each * frames)
    kept: list[Any] = []

    def encode() -> None:
        if isinstance(model, DualCodec):  # as beside the package, the features that it hears are given
            codes, _ = model.encode_with(pcm, features, model.encoder_state(1))
        else:
            codes, _ = model.encode(pcm, model.encoder_state(1))
        kept[:] = [codes]

    return {"encode": encode, "decode": lambda: model.decode(kept[0], model.decoder_state(1))}


def duplex(path: Path) -> laps.Lap:
    """A step as a graph."""
    from core.graph import Graph

    graph = Graph(path)
    random = np.random.default_rng(1)
    held = [graph.initial_state()]
    shape = graph.shape("heard")

    def step() -> None:
        given: dict[str, Any] = {"heard": random.integers(0, 2048, shape)}
        if "noise" in graph.inputs:
            given["noise"] = random.random(graph.shape("noise"), np.float32)
        if "forced" in graph.inputs:
            given["forced"] = np.array([-1], np.int64)
        _, held[0] = graph.step(given, held[0])

    return {"step": step}


if __name__ == "__main__":
    laps.serve(
        codec(sys.argv[2], float(sys.argv[3])) if sys.argv[1] == "codec" else duplex(Path(sys.argv[2]))
    )
