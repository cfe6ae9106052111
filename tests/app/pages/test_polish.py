"""Saved turns are enhanced in the history, compared with the original, taken out and deleted."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.enhance import EnhanceDoor
from app.pages.conversations import ConversationsPage
from app.pages.settings import SettingsPage
from app.views.conversation_list import ConversationList
from app.views.conversation_view import ConversationView
from app.views.saved_turns import SavedTurns
from core.cards import Registry
from core.enhance.files import is_enhanced
from core.events import Interlude
from core.folders import data_folder
from core.history import History, Turn
from core.loading import load_codec
from tests import tiny
from tests.app.conftest import Stage

WIDE = Path(__file__).parents[3] / "models" / "paluku-wide"


@pytest.fixture
def kept(own_folders: Path) -> Path:
    """A conversation in the tiny codec, and the extender that ships."""
    models = own_folders / "models"
    tiny.make_codec(models / tiny.CODEC)
    (models / WIDE.name).symlink_to(WIDE)
    codec = load_codec(Registry(models, own_folders / "none").find(tiny.CODEC))
    sound = np.random.default_rng(0).normal(0, 0.1, 2000 * tiny.FRAME).astype(np.float32)
    codes = codec.encoder().push(sound)
    history = History(data_folder())
    number = history.begin(tiny.CODEC, "model")
    said = {"speaker": "a", "emotion": "neutral", "language": "te", "seed": 1, "first_sound_ms": 1.0}
    history.add(
        number,
        Turn(
            number=1,
            heard="hello",
            reply="good day",
            heard_codes=codes,
            reply_codes=codes[:, :50],
            interrupted=False,
            at=time.time(),
            **said,
        ),
    )
    history.close()
    return data_folder() / "enhanced"


def _open(stage: Stage) -> tuple[ConversationsPage, SavedTurns]:
    window = stage.window()
    window.go("history")
    page = window.findChild(ConversationsPage)
    page.findChild(ConversationList).setCurrentRow(0)
    return page, page.findChild(SavedTurns)


@pytest.mark.timeout(300)
def test_a_turn_is_enhanced_and_compared_with_itself(
    stage: Stage, kept: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, turns = _open(stage)
    side = turns._sides[0, "reply"]
    assert side.buttons.beside.isVisible() and not side.buttons.isVisible()
    side.buttons.beside.click()
    assert side.buttons.isVisible() and side.buttons.beside.accessibleName() == "Stop"
    qtbot.waitUntil(lambda: side.buttons.heard == 1, timeout=60_000)
    assert "enhanced" in side._bubble._who.text() and not side.buttons.beside.isVisible()
    assert "enhanced" not in turns._sides[0, "heard"]._bubble._who.text()
    (place,) = kept.iterdir()
    pair = (place / "plain.wav", place / "enhanced.wav")
    assert is_enhanced(pair[1])
    stage.orders()
    side._button.click()
    assert stage.orders() == [("play", pair, 1)]
    stage.say(Interlude("playing"))
    side.buttons._switch.click()
    assert stage.orders() == [("turn_to", 0)]
    side._button.click()
    assert stage.orders() == [("interrupt",)]
    stage.say(Interlude(None))

    out = kept.parent / "out.wav"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    with qtbot.waitSignal(stage.doors.to(EnhanceDoor).saved, timeout=5000):
        side.buttons._save.click()
    assert is_enhanced(out)

    again = _open(stage)[1]  # it is found again
    assert again._sides[0, "reply"].buttons.heard == 1
    page.findChild(ConversationView)._delete()
    stage.doors.second_thought.carry_out()
    assert not list(kept.iterdir())  # nothing of a deleted conversation stays


@pytest.mark.timeout(300)
def test_stopped_it_leaves_nothing(stage: Stage, kept: Path, qtbot: QtBot) -> None:
    _, turns = _open(stage)
    side, other = turns._sides[0, "heard"], turns._sides[0, "reply"]
    side.buttons.beside.click()
    assert side.buttons.beside.isEnabled() and not other.buttons.beside.isEnabled()  # one at a time
    assert not other.buttons.isVisible()
    with qtbot.waitSignal(
        stage.doors.to(EnhanceDoor).working, timeout=60_000, check_params_cb=lambda _, now: not now
    ):
        side.buttons.beside.click()
    assert not side.buttons.isVisible() and side.buttons.beside.isVisible()
    assert other.buttons.beside.isEnabled()
    assert list(kept.iterdir()) == []


@pytest.mark.timeout(300)
def test_what_cannot_be_enhanced_is_said(stage: Stage, kept: Path, qtbot: QtBot) -> None:
    (kept.parent.parent / "models" / WIDE.name).unlink()
    _, turns = _open(stage)
    with qtbot.waitSignal(stage.doors.to(EnhanceDoor).troubled, timeout=60_000) as told:
        turns._sides[0, "reply"].buttons.beside.click()
    assert "lacks the live extender" in told.args[0].message
    assert turns._sides[0, "reply"].buttons.beside.isVisible()


def test_the_upper_band_of_replies_is_switched_in_the_settings(stage: Stage) -> None:
    window = stage.window()
    window.go("settings")
    page = window.findChild(SettingsPage)
    stage.orders()
    assert not page._wide.isChecked()
    page._wide.click()
    assert stage.orders() == [("set_wide", True)] and stage.bridge.settings.sound.wide
    stage.bridge.restart()  # another engine is told too
    assert ("set_wide", True) in stage.orders()
    stage.bridge.choices.reset()
    assert not page._wide.isChecked() and ("set_wide", False) in stage.orders()
