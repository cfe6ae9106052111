"""The conversations page and its door: searched, renamed, heard again, taken out, deleted and had back."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.archive import ArchiveDoor
from app.pages.conversations import ConversationsPage
from app.views.conversation_list import ConversationList
from app.views.conversation_view import ConversationView
from app.views.saved_turns import SavedTurns
from app.views.transcript import TurnRow
from app.views.undo_bar import UndoBar
from app.window import Window
from core.events import Finished, Hearing, Interlude, ModeChanged, Ready
from core.folders import data_folder
from core.history import History, Turn
from tests.app.conftest import Stage


@pytest.fixture
def kept(own_folders: Path) -> None:
    history = History(data_folder())
    for heard in ("నమస్తే", "hello there"):
        number = history.begin("codec", "model")
        codes = np.zeros((4, 20), np.int64)
        history.add(
            number,
            Turn(
                number=1,
                heard=heard,
                reply="good day",
                heard_codes=codes,
                reply_codes=codes[:, :0],
                speaker="a",
                emotion="neutral",
                language="te",
                seed=1,
                first_sound_ms=1.0,
                interrupted=False,
                at=time.time(),
            ),
        )
    history.close()


def _open(stage: Stage) -> tuple[Window, ConversationsPage, ConversationList]:
    window = stage.window()
    window.go("history")
    page = window.findChild(ConversationsPage)
    return window, page, page.findChild(ConversationList)


def _titles(rows: ConversationList) -> list[str]:
    return [rows.item(n).text() for n in range(rows.count())]


def test_nothing_yet(stage: Stage) -> None:
    _, _, rows = _open(stage)
    assert rows.count() == 0 and not rows.isVisible()


def test_searching(stage: Stage, kept: None, qtbot: QtBot) -> None:
    _, page, rows = _open(stage)
    assert _titles(rows) == ["hello there", "నమస్తే"]
    search = page.findChild(QLineEdit)
    search.setText("నమ")
    qtbot.waitUntil(lambda: _titles(rows) == ["నమస్తే"], timeout=2000)
    search.setText("xyz")
    qtbot.waitUntil(lambda: _titles(rows) == [], timeout=2000)
    assert search.isVisible()


def test_renaming(stage: Stage, kept: None, qtbot: QtBot) -> None:
    _, page, rows = _open(stage)
    rows.setCurrentRow(0)
    view = page.findChild(ConversationView)
    assert view.isVisible()
    view._rename_button.click()
    view._edit.setText("A name")
    view._edit.editingFinished.emit()
    assert _titles(rows)[0] == "A name"


def test_hearing_it_again(stage: Stage, kept: None, qtbot: QtBot) -> None:
    _, page, rows = _open(stage)
    rows.setCurrentRow(0)
    side, silent = page.findChild(SavedTurns)._sides.values()
    assert silent._button.isHidden()  # an answer without sound
    side._button.click()
    assert stage.orders() == [("replay", "codec")]
    stage.say(Interlude("playing"))
    side._button.click()
    assert stage.orders() == [("interrupt",)]
    stage.say(Interlude(None))
    assert side._button.accessibleName().startswith("Hear")


def test_deleting_and_having_it_back(stage: Stage, kept: None, qtbot: QtBot) -> None:
    window, page, rows = _open(stage)
    rows.setCurrentRow(0)
    page.findChild(ConversationView)._delete_button.click()
    assert _titles(rows) == ["నమస్తే"]
    window.findChild(UndoBar).findChild(QPushButton).click()
    assert len(_titles(rows)) == 2
    rows.setCurrentRow(0)
    page.findChild(ConversationView)._delete_button.click()
    stage.doors.second_thought.carry_out()
    history = History(data_folder())
    assert [row.title for row in history.conversations()] == ["నమస్తే"]
    history.close()


def test_taking_it_out(stage: Stage, kept: None, tmp_path: Path, qtbot: QtBot) -> None:
    _, page, rows = _open(stage)
    rows.setCurrentRow(0)
    with qtbot.waitSignal(stage.doors.to(ArchiveDoor).exported, timeout=5000):
        page.export_wished.emit(page._opened, str(tmp_path / "talk.md"))
    assert "**You:** hello there" in (tmp_path / "talk.md").read_text()
    with qtbot.waitSignal(stage.doors.to(ArchiveDoor).troubled, timeout=5000):
        page.export_wished.emit(page._opened, str(tmp_path / "talk.wav"))  # its codec is not here


def test_private(stage: Stage) -> None:
    _, page, _ = _open(stage)
    page._private.click()
    assert stage.orders() == [("set_private", True)] and stage.bridge.settings.privacy.private


def test_a_turn_of_the_talk_is_heard_again_if_it_was_kept(stage: Stage, kept: None, qtbot: QtBot) -> None:
    window = stage.window()
    stage.say(Ready("codec", "model", 1.0), ModeChanged("hold"))
    for number, heard in ((1, "hello there"), (2, "unkept")):
        stage.say(Hearing(number), Finished(number, heard, "good day", 1, 1, False))
    stage.orders()
    first, second = window.findChildren(TurnRow)
    first._tools["heard"]._play.click()
    assert stage.orders() == [("replay", "codec")]
    second._tools["reply"]._play.click()
    assert stage.orders() == []
    assert stage.bridge.talk.trouble is not None and "not kept" in stage.bridge.talk.trouble.message
