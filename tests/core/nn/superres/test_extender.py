"""The live extender keeps the laws of streaming, and its graph says what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from core.enhance.features import HIGH_BINS, LOW_BINS
from core.graph import Graph
from core.nn.superres.extender import Extender, ExtenderConfig
from core.training.enhance_export import export_extender
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole
from tests.core.nn.superres.tiny_nets import scatter

SMALL = ExtenderConfig(dim=16, hidden=24, n_blocks=2, phase_dim=8, phase_hidden=12, n_phase_blocks=1)


def extender() -> Extender:
    model = Extender(SMALL)
    scatter(model)
    return model.eval()


def test_pieces_equal_whole_and_the_future_changes_nothing() -> None:
    x = torch.randn(2, 21, LOW_BINS + 1 + 2 * HIGH_BINS)
    assert_pieces_equal_whole(extender(), x, [[1] * 21, [5, 2, 9], [20]], axis=1)
    assert_causal(extender(), x, axis=1)


def test_untrained_the_phases_are_those_it_was_given() -> None:
    model = Extender(SMALL)
    phasors = torch.nn.functional.normalize(torch.randn(1, 4, 2, HIGH_BINS), dim=2).flatten(2)
    _, turned, _ = model.extend(torch.randn(1, 4, LOW_BINS + 1), phasors, model.initial_state(1))
    torch.testing.assert_close(turned, phasors, atol=1e-5, rtol=1e-5)


def test_the_graph_equals_the_model(tmp_path: Path) -> None:
    model = extender()
    export_extender(model, tmp_path / "extender.onnx")
    graph = Graph(tmp_path / "extender.onnx")
    state = graph.initial_state()
    x = torch.randn(1, 9, LOW_BINS + 1 + 2 * HIGH_BINS)
    with torch.no_grad():
        expected, _ = model(x, model.initial_state(1))
    heard = []
    for piece in np.split(x.numpy(), [2, 3], axis=1):
        out, state = graph.step(
            {"seen": piece[..., : LOW_BINS + 1], "phasors": piece[..., LOW_BINS + 1 :]}, state
        )
        heard.append(out["spectrum"])
    found = torch.from_numpy(np.concatenate(heard, axis=1))
    torch.testing.assert_close(found, expected, atol=5e-3, rtol=1e-2)  # its weights are halves
