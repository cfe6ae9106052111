"""The one door: wishes become orders, events become signals of the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.bridge import Bridge
from app.onlooker import Glance
from app.settings import Answering, Mirror, Settings, Sound, Talking
from app.talk import Talk
from core.errors import ModelError
from core.events import (
    Event,
    Failed,
    Finished,
    Hearing,
    Listening,
    ModeChanged,
    Opened,
    Ready,
    Speaking,
    Stopped,
)
from core.s2s.base import Voice
from tests.app.conftest import Stage
from tests.app.fake_engine import RATE

READY = Ready("codec", "model", 1.0, speakers=("a", "b"), emotions=("neutral", "sad"), languages=("auto",))
NO_MODEL = Ready("codec", None, 0.1)
OPENED = Opened("mic", "phones")


def test_the_remembered_devices_and_pause_are_used_from_the_start(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(Settings(sound=Sound("mic", ""), talking=Talking(pause=2.0)))
    stage.bridge.restart()
    assert stage.orders() == [
        ("use_devices", "mic", None),
        ("set_pause", 2.0),
        ("set_interruption", "voice"),
        ("set_private", False),
        ("start",),
    ]


def test_events_arrive_in_the_window_thread_in_order(stage: Stage, qtbot: QtBot) -> None:
    seen: list[tuple[str, str]] = []
    stage.bridge.talk_changed.connect(lambda talk: seen.append((talk.mode, threading.current_thread().name)))

    def speak() -> None:
        for mode in ("hold", "mirror", "idle"):
            stage.engine.say(ModeChanged(mode))

    thread = threading.Thread(target=speak, name="engine")
    thread.start()
    thread.join()
    assert seen == []  # nothing happens in the engine's thread
    qtbot.waitUntil(lambda: len(seen) == 3, timeout=2000)
    assert seen == [(mode, "MainThread") for mode in ("hold", "mirror", "idle")]


def test_many_events_leave_nothing_behind(stage: Stage) -> None:
    stage.say(*(Speaking(1, "x") for _ in range(20_000)))
    assert len(stage.bridge.talk.turns[0].reply) == 20_000


@pytest.mark.parametrize(
    ("remembered", "ready", "orders"),
    [
        ("hold", READY, [("set_voice", Voice("a")), ("set_mode", "hold")]),
        ("hands_free", READY, [("set_voice", Voice("a")), ("set_mode", "hands_free")]),
        ("duplex", READY, [("set_voice", Voice("a")), ("set_mode", "hands_free")]),
        ("mirror", READY, [("set_voice", Voice("a")), ("set_mode", "hold")]),
        ("hold", NO_MODEL, []),
        ("mirror", NO_MODEL, []),
    ],
)
def test_the_engine_wakes_in_the_remembered_mode(
    make_stage: Callable[..., Stage], remembered: str, ready: Ready, orders: list[tuple[object, ...]]
) -> None:
    stage = make_stage(Settings(talking=Talking(mode=remembered)))  # type: ignore[arg-type]
    stage.say(ready)
    assert stage.orders() == orders
    stage.say(ready)  # a change of models: the engine returns to its mode by itself
    assert stage.orders() == []


def test_a_voice_is_remembered_as_far_as_the_model_has_it(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(Settings(answering=Answering(speaker="b", emotion="angry", strength=0.5)))
    stage.say(READY)
    assert stage.orders()[0] == ("set_voice", Voice("b", "neutral", "auto", 0.5))
    chosen = Voice("a", "sad", "auto", 0.8)
    stage.bridge.choose_voice(chosen)
    assert stage.orders() == [("set_voice", chosen)]
    assert stage.bridge.settings.answering.emotion == "sad"


def test_holding_to_talk(stage: Stage) -> None:
    stage.say(READY, OPENED, ModeChanged("hold"))
    stage.orders()
    stage.bridge.press()
    stage.bridge.release()
    stage.bridge.release()
    assert stage.orders() == [("hold", True), ("hold", False)]
    stage.bridge.press()
    stage.bridge.let_go()  # the window lost the keyboard
    stage.bridge.release()
    assert stage.orders() == [("hold", True), ("hold", False)]


def test_the_button_mutes_hands_free_and_stops_an_answer(stage: Stage) -> None:
    stage.say(READY, OPENED, ModeChanged("hands_free"), Listening())
    stage.orders()
    stage.bridge.press()
    stage.bridge.release()
    assert stage.orders() == [("set_mode", "idle")]
    stage.say(ModeChanged("idle"))
    assert stage.bridge.talk.phase == "muted" and stage.bridge.talk.shown_mode == "hands_free"
    stage.bridge.press()
    stage.bridge.release()
    assert stage.orders() == [("set_mode", "hands_free")]
    stage.say(ModeChanged("hands_free"), Hearing(1), Speaking(1, "a"))
    stage.bridge.press()
    stage.bridge.release()
    assert stage.orders() == [("interrupt",)]


def test_without_a_model_the_button_opens_the_mirror(stage: Stage) -> None:
    stage.say(NO_MODEL)
    stage.bridge.press()
    stage.bridge.release()
    assert stage.orders() == [("set_mode", "mirror")]


def test_the_mirror_tries_codecs_and_the_talk_returns_to_its_own(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(Settings(mirror=Mirror(codec="other")))
    stage.say(READY, OPENED, ModeChanged("hold"))
    stage.orders()
    stage.bridge.choose_mode("mirror")
    assert stage.orders() == [("set_mode", "idle"), ("use_models", "other", None), ("set_mode", "mirror")]
    stage.say(Ready("other", None, 0.1), OPENED, ModeChanged("mirror"))
    stage.bridge.choose_codec("straight")
    stage.bridge.choose_codebooks(3)
    stage.bridge.choose_codebooks(0)
    assert stage.orders() == [
        ("use_models", "straight", None),
        ("set_codebooks", 3),
        ("set_codebooks", None),
    ]
    stage.bridge.choose_mode("hold")
    assert stage.orders() == [("set_mode", "idle"), ("use_models", None, None), ("set_mode", "hold")]


def test_choices_are_kept(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.bridge.settings_changed):
        stage.bridge.choices.choose_devices("mic", "")
    stage.bridge.choices.choose_pause(1.2)
    stage.bridge.choose_mode("hands_free")
    assert stage.orders() == [("use_devices", "mic", None), ("set_pause", 1.2), ("set_mode", "hands_free")]
    kept = stage.bridge.settings
    assert (kept.sound.microphone, kept.talking.pause, kept.talking.mode) == ("mic", 1.2, "hands_free")


def test_an_engine_that_cannot_be_made_is_trouble_with_a_remedy(qtbot: QtBot) -> None:
    def make(_: Callable[[Event], None]) -> None:
        raise ModelError("No room.", "Close something.")

    bridge = Bridge(make, Settings())  # type: ignore[arg-type]
    bridge.start()
    assert bridge.talk.phase == "broken" and bridge.talk.trouble is not None
    assert (bridge.talk.trouble.message, bridge.talk.trouble.remedy) == ("No room.", "restart")
    for wish in (bridge.press, bridge.release, bridge.interrupt, bridge.toggle_mute, bridge.let_go):
        wish()  # nothing to order, nothing to fear
    assert bridge.close()


def test_a_restart_keeps_what_was_said(stage: Stage) -> None:
    stage.say(READY, Hearing(1), Finished(1, "a", "b", 1, 1, False), Failed(ModelError("gone"), fatal=True))
    stage.bridge.restart()
    talk: Talk = stage.bridge.talk
    assert stage.engines_made == 2 and talk.phase == "loading" and talk.trouble is None
    assert [turn.reply for turn in talk.turns] == ["b"]


def test_glances_come_while_somebody_looks(stage: Stage, qtbot: QtBot) -> None:
    glances: list[tuple[Glance, Glance]] = []
    stage.bridge.gaze.glanced.connect(lambda heard, spoken: glances.append((heard, spoken)))
    stage.engine.heard = np.full(RATE, 0.5, np.float32)
    stage.bridge.gaze.watch(True)
    qtbot.waitUntil(lambda: len(glances) >= 2, timeout=2000)
    stage.bridge.gaze.watch(False)
    heard, spoken = glances[0]
    assert len(heard.columns) > 50 and heard.level_db == pytest.approx(-6.0, abs=0.1)
    assert len(spoken.columns) == 0
    assert len(glances[1][0].columns) == 0  # each sound is looked at once
    count = len(glances)
    qtbot.wait(80)
    assert len(glances) == count


def test_the_end_is_told(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.bridge.stopped):
        stage.engine.say(Stopped())


def test_codecs_are_listed_beside_the_window(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.bridge.surroundings.codecs_listed, timeout=5000) as listed:
        stage.bridge.surroundings.list_codecs()
    assert [choice.id for choice in listed.args[0]] == ["straight"]
