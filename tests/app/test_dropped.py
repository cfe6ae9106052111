"""Files and folders that fall on the window: each is put to use, or it is said why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.dropped import Dropped
from app.library import LibraryDoor
from app.views.error_bar import ErrorBar
from app.views.typed_line import TypedLine
from app.window import Window
from core.events import Listening, ModeChanged, Opened, Ready
from tests import tiny
from tests.app.conftest import Stage

HOLD = (Ready("codec", "model", 1.0), Opened("mic", "phones"), ModeChanged("hold"), Listening())


def drop(window: Window, *paths: Path) -> None:
    """As the system tells of it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, button, no = QPointF(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, mime, button, no)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(at, Qt.DropAction.CopyAction, mime, button, no))


def told(window: Window) -> str:
    """What the window says is wrong."""
    return " ".join(bar.accessibleName() for bar in window.findChildren(ErrorBar) if bar.isVisible())


def test_a_sound_is_a_turn_of_the_talk(stage: Stage, tmp_path: Path) -> None:
    window = stage.window()
    stage.say(*HOLD)
    stage.orders()
    window.go("models")
    drop(window, tmp_path / "letter.txt", tmp_path / "said.WAV")
    assert stage.orders() == [("hear_file", tmp_path / "said.WAV")] and window.shown == "talk"
    assert told(window) == ""
    assert not window.findChild(TypedLine).findChild(QLineEdit).acceptDrops()  # it would take the name


def test_without_a_speech_model_it_is_said_that_nobody_answers(stage: Stage, tmp_path: Path) -> None:
    window = stage.window()
    stage.say(Ready("codec", None, 1.0))
    stage.orders()
    drop(window, tmp_path / "said.wav")
    assert stage.orders() == [] and "could answer said.wav" in told(window)


def test_a_folder_with_a_model_is_imported(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    window = stage.window()
    tiny.make_codec(tmp_path / "made" / tiny.CODEC)
    stick = Path(shutil.copytree(tmp_path / "made" / tiny.CODEC, tmp_path / "stick" / tiny.CODEC))
    with qtbot.waitSignal(stage.doors.to(LibraryDoor).changed, timeout=10_000):
        drop(window, stick)
    assert window.shown == "models" and (tmp_path / "data" / "models" / tiny.CODEC / "model.toml").is_file()
    with qtbot.waitSignal(stage.doors.to(LibraryDoor).troubled, timeout=10_000):
        drop(window, stick)
    assert "already here" in told(window)  # on the page where one looks


@pytest.mark.parametrize("page", ["talk", "history", "models", "workbench", "diagnostics", "settings"])
def test_what_is_of_no_use_is_told_on_every_page(stage: Stage, tmp_path: Path, page: str) -> None:
    window = stage.window()
    stage.say(*HOLD)
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "one.wav").touch()
    (tmp_path / "empty").mkdir()
    window.go(page)
    drop(window, tmp_path / "recordings")
    assert "One recording at a time" in told(window) and window.shown == page
    for name in ("letter.txt", "empty"):
        drop(window, tmp_path / name)
        assert f"Nothing can be made of {name}" in told(window)
    shown = next(bar for bar in window.findChildren(ErrorBar) if bar.isVisible())
    shown._close.click()
    assert told(window) == ""


@pytest.mark.parametrize(("name", "use"), [("a.FLAC", "hear"), ("a.safetensors", "import"), ("a", "nothing")])
def test_the_name_tells_what_a_file_is_for(tmp_path: Path, name: str, use: str) -> None:
    assert Dropped(tmp_path / name).use == use
