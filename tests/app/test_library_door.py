"""The models page and its door: fetched, paused, taken up, imported, removed and had back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

from app.library import Arrival, LibraryDoor
from app.pages.models import ModelsPage
from app.trouble import Trouble
from app.views.undo_bar import UndoBar
from app.window import Window
from core import library as library_module
from tests import tiny
from tests.app.conftest import Stage
from tests.hub import Hub


@pytest.fixture
def hub(own_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub that has the tiny codec, whose card is here without its files."""
    tiny.make_codec(tmp_path / "made" / tiny.CODEC)
    files = {path.name: path.read_bytes() for path in (tmp_path / "made" / tiny.CODEC).iterdir()}
    card = files["model.toml"].decode().replace('runtime = "onnx"', 'runtime = "onnx"\nhub = "some/tiny"')
    folder = own_folders / "models" / tiny.CODEC
    folder.mkdir(parents=True)
    (folder / "model.toml").write_text(card)
    monkeypatch.setattr(library_module, "find_cached", lambda hub: None)
    with Hub({"some/tiny": files}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def _open(stage: Stage, qtbot: QtBot) -> tuple[Window, ModelsPage]:
    window = stage.window()
    with qtbot.waitSignal(stage.doors.to(LibraryDoor).listed, timeout=10_000):
        window.go("models")
    page = window.findChild(ModelsPage)
    qtbot.waitUntil(lambda: any(view.isVisible() for view in page._views.values()), timeout=2000)
    return window, page


def _press(page: ModelsPage, label: str) -> None:
    next(b for b in page.findChildren(QPushButton) if b.text() == label and b.isVisible()).click()


def test_a_model_is_fetched_and_removed_and_had_back(stage: Stage, hub: Hub, qtbot: QtBot) -> None:
    window, page = _open(stage, qtbot)
    library = stage.doors.to(LibraryDoor)
    with qtbot.waitSignal(library.changed, timeout=10_000):
        _press(page, "Fetch")
    qtbot.waitUntil(lambda: _states(page) == ["ready"], timeout=5000)
    (view,) = page._views.values()
    next(b for b in view.findChildren(QAbstractButton) if b.accessibleName().startswith("Remove")).click()
    bar = window.findChild(UndoBar)
    assert bar.isVisible()
    qtbot.waitUntil(lambda: _states(page) == [], timeout=5000)
    bar.findChild(QPushButton).click()
    assert not bar.isVisible()
    qtbot.waitUntil(lambda: _states(page) == ["ready"], timeout=5000)
    library.remove(tiny.CODEC, "Tiny codec")
    with qtbot.waitSignal(library.changed, timeout=5000):
        stage.doors.second_thought.carry_out()
    qtbot.waitUntil(lambda: _states(page) == ["fetchable"], timeout=5000)


def _states(page: ModelsPage) -> list[str]:
    return [view.holding.state for view in page._views.values()]


def test_paused_and_taken_up(stage: Stage, hub: Hub, qtbot: QtBot) -> None:
    hub.cut_after, hub.stalls = 1000, True
    _, page = _open(stage, qtbot)
    library = stage.doors.to(LibraryDoor)
    _press(page, "Fetch")
    part = Path(library._open().registry.own) / ".arriving" / tiny.CODEC
    qtbot.waitUntil(lambda: any(p.suffix == ".part" for p in part.glob("*")), timeout=10_000)
    _press(page, "Pause")
    assert library.arrivals[tiny.CODEC].paused
    hub.cut_after, hub.stalls = None, False
    with qtbot.waitSignal(library.changed, timeout=10_000):
        _press(page, "Resume")
    assert library.arrivals == {}


def test_what_fails_is_said_and_can_be_tried_again(stage: Stage, hub: Hub, qtbot: QtBot) -> None:
    _, page = _open(stage, qtbot)
    hub.files.clear()
    with qtbot.waitSignal(stage.doors.to(LibraryDoor).troubled, timeout=10_000) as told:
        _press(page, "Fetch")
    assert isinstance(told.args[0], Trouble) and "refused by the hub" in told.args[0].message
    _press(page, "Cancel")
    assert stage.doors.to(LibraryDoor).arrivals == {}


def test_offline_nothing_is_fetched(stage: Stage, hub: Hub, qtbot: QtBot) -> None:
    _, page = _open(stage, qtbot)
    stage.doors.to(LibraryDoor).stay_offline(True)
    with qtbot.waitSignal(stage.doors.to(LibraryDoor).troubled) as told:
        _press(page, "Fetch")
    assert "offline" in told.args[0].message and hub.ranges == []


def test_a_folder_is_imported(stage: Stage, hub: Hub, tmp_path: Path, qtbot: QtBot) -> None:
    _, page = _open(stage, qtbot)
    source = Path(shutil.copytree(tmp_path / "made" / tiny.CODEC, tmp_path / "stick" / "second"))
    card = source / "model.toml"
    card.write_text(card.read_text().replace(f'id = "{tiny.CODEC}"', 'id = "second"'))
    seen: list[Arrival | None] = []
    stage.doors.to(LibraryDoor).arriving.connect(lambda _, arrival: seen.append(arrival))
    with qtbot.waitSignal(stage.doors.to(LibraryDoor).changed, timeout=10_000):
        page.import_wished.emit(str(source))
    assert seen[0] is not None and seen[0].importing and seen[-1] is None
    with qtbot.waitSignal(stage.doors.to(LibraryDoor).troubled, timeout=10_000) as told:
        page.import_wished.emit(str(source))
    assert "already here" in told.args[0].message
