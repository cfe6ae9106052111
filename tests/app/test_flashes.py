"""Nothing but windows, dialogs and menus is a window: what is shown before it has a place flashes up."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.archive import OpenConversation
from app.pages.conversations import ConversationsPage
from app.settings import Look, Settings
from app.views.saved_turns import SavedTurns
from app.window import Window
from core.events import Finished, Heard, Hearing, ModeChanged, Opened, Ready
from core.history import ConversationRow, Turn
from tests.app.conftest import Stage


class Flashes(QObject):
    """The kinds of widget that were shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        meant = isinstance(watched, Window | QDialog | QMenu)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen += [] if meant else [type(watched).__name__]
        return False


@pytest.fixture
def flashes(qapp: QApplication) -> Flashes:
    return Flashes()


def conversation(turns: int) -> OpenConversation:
    codes = np.zeros((8, 30), np.int64)
    said = {"speaker": "a", "emotion": "happy", "language": "te", "seed": 1, "first_sound_ms": 130.0}
    return OpenConversation(
        ConversationRow(1, "a long one", time.time(), "codec", "model", turns),
        tuple(
            Turn(
                number=number,
                heard=f"question {number}",
                reply=f"answer {number}",
                heard_codes=codes,
                reply_codes=codes,
                interrupted=False,
                at=time.time(),
                **said,
            )
            for number in range(turns)
        ),
        12.5,
    )


def test_no_control_flashes_up(stage: Stage, flashes: Flashes, qapp: QApplication, qtbot: QtBot) -> None:
    qapp.installEventFilter(flashes)
    try:
        window = stage.window()
        stage.say(Ready("codec", "model", 1.0), Opened("mic", "phones"), ModeChanged("hands_free"))
        stage.say(Hearing(1), Heard(1, "hello", final=True), Finished(1, "hello", "hi", 1.0, 1.0, False))
        for page in ("history", "models", "workbench", "diagnostics", "settings", "welcome", "talk"):
            window.go(page)
            qapp.processEvents()
        window.go("history")
        window.findChild(ConversationsPage).show_conversation(conversation(3))
        qapp.processEvents()
    finally:
        qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def test_a_long_conversation_is_shown_piece_by_piece(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    window.go("history")
    window.findChild(ConversationsPage).show_conversation(conversation(90))
    view = window.findChild(SavedTurns)
    view.show_copies(frozenset({(1, "reply"), (60, "heard")}))
    assert len(view._sides) == 80 and view._more.isVisible()
    assert view._sides[1, "reply"].buttons.heard == 1
    view._more.click()
    assert len(view._sides) == 160 and view._more.isVisible()
    assert view._sides[60, "heard"].buttons.heard == 1 and view._sides[61, "heard"].buttons.heard is None
    view._more.click()
    QApplication.processEvents()
    assert len(view._sides) == 180 and not view._more.isVisible()
    assert all(side.isVisible() for side in view._sides.values())
    with qtbot.waitSignal(view.replay_wished) as wished:
        view._sides[89, "reply"]._button.click()
    assert wished.args == [89, "reply"]


def test_nor_do_the_first_steps(
    flashes: Flashes, qapp: QApplication, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage(Settings(look=Look(welcomed=False)))
    qapp.installEventFilter(flashes)
    try:
        stage.window()
        qapp.processEvents()
    finally:
        qapp.removeEventFilter(flashes)
    assert flashes.seen == []
