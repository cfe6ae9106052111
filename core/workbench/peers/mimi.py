"""Mimi beside the public packages: full size, 8 codebooks, one thread, 80 ms a step."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from core.errors import PalukuError
from core.nn.codecs.mimi import Mimi
from core.nn.codecs.mimi_weights import MIMI
from core.nn.reader import read_model
from core.training.export.installed import write_graphs
from core.workbench.peers.contest import Contestant, hold
from core.workbench.peers.rival import start_worker

N_CODEBOOKS = 8


def compare_mimi(
    python: Path, rounds: int, frames: int, on_progress: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """Lines of figures: moshi, rustymimi, ours in full precision, ours with 8-bit weights."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        weights, k = folder / "mimi.safetensors", str(N_CODEBOOKS)
        on_progress("making random weights")
        _make_weights(python, weights)
        contestants = [
            Contestant("moshi", "moshi_worker", ("run", str(weights), k), python),
            Contestant("rustymimi", "rustymimi_worker", (str(weights), k), python),
        ]
        model = read_model(weights, [MIMI])
        assert isinstance(model, Mimi)
        for label, int8 in (("paluku", False), ("paluku int8", True)):
            on_progress(f"exporting {label}")
            graphs = folder / label
            graphs.mkdir()
            write_graphs(model, graphs, N_CODEBOOKS, int8=int8)
            files = (str(graphs / "encoder.onnx"), str(graphs / "decoder.onnx"))
            contestants.append(Contestant(label, "our_worker", (*files, k)))
        del model
        yield from hold(contestants, rounds, frames, on_progress)


def _make_weights(python: Path, weights: Path) -> None:
    maker = start_worker(python, "moshi_worker", "make", str(weights), str(N_CODEBOOKS))
    _, complaint = maker.communicate()
    if maker.returncode:
        last = complaint.strip().splitlines()[-1:] or ["it said nothing"]
        raise PalukuError(f"moshi could not make weights: {last[0]}", f"Is it installed for {python}?")
