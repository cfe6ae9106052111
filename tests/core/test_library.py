"""The models of this computer: fetched from a hub, stopped and taken up, imported and removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import library as library_module
from core.cards import ModelCard, Registry
from core.commands.main import main
from core.download import Progress
from core.errors import NetworkError
from core.library import Holding, Library, weights_among
from tests import tiny
from tests.hub import Hub

REPOSITORY = "somebody/tiny"
PLAN = """id = "plan-codec"
kind = "codec"
title = "A plan"
licence = "MIT"
runtime = "torch"
hub = "somebody/plan"

[codec]
sample_rate = 16000
frame_size = 320
codebook_sizes = [16]
"""


@pytest.fixture
def shelf(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """Cards of a published model whose files are not here, and of a plan; and the hub that has them."""
    codec = tiny_models / tiny.CODEC
    folder = tmp_path / "shipped" / tiny.CODEC
    folder.mkdir(parents=True)
    card = (codec / "model.toml").read_text()
    (folder / "model.toml").write_text(
        card.replace('runtime = "onnx"', f'runtime = "onnx"\nhub = "{REPOSITORY}"')
    )
    (tmp_path / "shipped" / "plan-codec").mkdir()
    (tmp_path / "shipped" / "plan-codec" / "model.toml").write_text(PLAN)
    files = {path.name: path.read_bytes() for path in codec.iterdir()}
    weights = {"plan_16.safetensors": b"w" * 50_000, "other.safetensors": b"o"}
    with Hub({REPOSITORY: files, "somebody/plan": weights}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        monkeypatch.setenv("PALUKU_MODELS", str(tmp_path / "shipped"))
        monkeypatch.setenv("PALUKU_DATA", str(tmp_path / "data"))
        monkeypatch.setattr(library_module, "find_cached", lambda hub: None)
        yield hub


def _holding(id: str) -> Holding:
    return next(h for h in Library().holdings() if isinstance(h, Holding) and h.id == id)


def test_a_published_model_is_fetched_file_by_file(shelf: Hub) -> None:
    assert _holding(tiny.CODEC).state == "fetchable"
    seen: list[Progress] = []
    card = Library().fetch(tiny.CODEC, seen.append).run()
    assert card is not None and card.installed and card.file("encoder").is_file()
    assert seen
    holding = _holding(tiny.CODEC)
    assert holding.state == "ready" and holding.removable and holding.arrived == 0
    Library().remove(tiny.CODEC)
    assert _holding(tiny.CODEC).state == "fetchable"


def test_weights_of_others_are_fetched_and_imported(shelf: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[tuple[str, bytes]] = []

    def take(source: Path, registry: Registry) -> ModelCard:
        taken.append((source.name, source.read_bytes()))
        return registry.find("plan-codec")

    monkeypatch.setattr(library_module, "import_foreign", take)
    fetch = Library().fetch("plan-codec")
    fetch.stop()
    assert fetch.run() is None and taken == []
    shelf.cut_after = 0
    with pytest.raises(NetworkError):
        Library().fetch("plan-codec").run()
    shelf.cut_after = 20_000
    assert Library().fetch("plan-codec").run() is not None
    assert taken == [("plan_16.safetensors", b"w" * 50_000)]
    assert _holding("plan-codec").arrived == 0  # imported: what was fetched is no longer needed


def test_what_another_program_has_fetched_is_taken(
    shelf: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "plan.safetensors").write_bytes(b"cached")
    taken: list[Path] = []
    monkeypatch.setattr(library_module, "find_cached", lambda hub: tmp_path / "cache")
    monkeypatch.setattr(
        library_module,
        "import_foreign",
        lambda source, registry: taken.append(source) or registry.find("plan-codec"),
    )
    Library().fetch("plan-codec").run()
    assert taken == [tmp_path / "cache" / "plan.safetensors"] and shelf.ranges == []


def test_begun_and_forgotten(shelf: Hub, tmp_path: Path) -> None:
    arriving = tmp_path / "data" / "models" / ".arriving" / "plan-codec"
    arriving.mkdir(parents=True)
    (arriving / "plan_16.safetensors.part").write_bytes(b"w" * 100)
    assert _holding("plan-codec").arrived == 100
    Library().forget_arrived("plan-codec")
    assert _holding("plan-codec").arrived == 0


def test_the_command_fetches(shelf: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "fetch", tiny.CODEC]) == 0
    assert "is here now" in capsys.readouterr().out
    assert main(["models", "fetch", tiny.CODEC]) == 1
    assert "already here" in capsys.readouterr().err
    shutil.rmtree(Library().registry.own)
    shelf.files.clear()
    assert main(["models", "fetch", tiny.CODEC]) == 1
    assert "refused by the hub (404)" in capsys.readouterr().err


def test_the_right_weights_among_many() -> None:
    names = ["a.json", "dualcodec_12hz_16384.safetensors", "dualcodec_25hz_16384.safetensors", "w2v.pt"]
    assert weights_among(names, "dualcodec-25hz") == names[2]
    assert weights_among(["x.pt", "config.json"], "y") == "x.pt"
    assert weights_among(["config.json"], "y") is None
