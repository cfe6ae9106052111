"""A wish for the processor or for threads reaches the graphs, and is forgotten when it is taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core import graph
from core.checkup import accelerators
from core.compute import DEVICE_VARIABLE, THREADS_VARIABLE, Compute, wish, wished
from tests import tiny


@pytest.fixture(autouse=True)
def no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (DEVICE_VARIABLE, THREADS_VARIABLE):
        monkeypatch.setenv(name, "")  # so that what a test sets is taken back
        monkeypatch.delenv(name)


def test_a_wish_is_remembered_and_taken_back() -> None:
    wish(Compute("cpu", 2))
    assert wished() == Compute("cpu", 2) and os.environ[THREADS_VARIABLE] == "2"
    wish(Compute())
    assert wished() == Compute() and DEVICE_VARIABLE not in os.environ


def test_what_is_not_understood_is_no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEVICE_VARIABLE, "abacus")
    monkeypatch.setenv(THREADS_VARIABLE, "many")
    assert wished() == Compute()


def test_only_the_processor_where_that_is_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        graph.ort, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"]
    )
    assert graph.chosen_providers() == ("CUDAExecutionProvider", "CPUExecutionProvider")
    assert accelerators() == ("CUDA",)
    wish(Compute("cpu"))
    assert graph.chosen_providers() == ("CPUExecutionProvider",)


def test_a_graph_has_the_wished_threads(tmp_path: Path) -> None:
    wish(Compute("cpu", 2))
    file = next((tiny.make_all(tmp_path) / tiny.CODEC).glob("*.onnx"))
    options = graph.Graph(file)._session.get_session_options()
    assert options.intra_op_num_threads == 2
