"""Races: laps are counted and compared; and the environment of the peers is made and runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import PalukuError
from core.folders import DATA_VARIABLE
from core.workbench.peers.environment import peers_python
from core.workbench.peers.race import Racer, compare_duplex, compare_files, race
from tests import tiny


def quiet(_: str) -> None:
    """Nobody watches."""


def test_each_racer_is_timed_in_turns(tiny_models: Path) -> None:
    graph = str(next((tiny_models / tiny.DUPLEX).glob("converse*.onnx")))
    racers = [Racer(name, "our_laps_worker", ("duplex", graph)) for name in ("one", "other")]
    lines = list(race("duplex", racers, 3, 5, 80.0, quiet))
    assert [line["who"] for line in lines] == ["one", "other"]
    for line in lines:
        assert line["what"] == "duplex step" and line["rounds"] == 3 and line["rss_mb"] > 10
        assert 0 < line["min_ms"] <= line["median_ms"] <= line["p95_ms"]
    assert all(len(times) == 5 for racer in racers for times in racer.rounds["step"])
    assert lines[0]["ratio"]["other"] * lines[1]["ratio"]["one"] == pytest.approx(1.0, abs=0.1)


def test_a_racer_that_cannot_run_says_why() -> None:
    with pytest.raises(PalukuError, match=r"one stopped: .*nowhere\.onnx is missing"):
        list(race("duplex", [Racer("one", "our_laps_worker", ("duplex", "nowhere.onnx"))], 1, 1, 80.0, quiet))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_peers_are_installed_and_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    python = peers_python(None, quiet)
    assert python == peers_python(None, quiet) and tmp_path in python.parents
    for name in ("dac", "dualcodec"):
        lines = list(compare_files(name, python, 2, quiet))
        assert [line["what"] for line in lines] == [f"{name} file encode", f"{name} file decode"] * 2
        assert [list(line["ratio"]) for line in lines[2:]] == [[f"{name} package"]] * 2
    assert len(list(compare_duplex(python, 2, 20, quiet))) == 3
