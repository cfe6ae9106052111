"""The window as a person uses it: keys, states, and the way out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSlider,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.pages.conversation import ConversationPage
from app.settings import Look, Picture, Place, Settings
from app.talk import Phase
from app.views.keys import KeysDialog
from app.views.meter import Meter
from app.views.picture_tools import PictureTools
from app.views.sound_lane import SoundLane
from app.views.speaker_picker import SpeakerPicker
from app.views.status_strip import StatusStrip
from app.views.talk_button import TalkButton
from app.views.typed_line import TypedLine
from app.views.waterfall import Waterfall
from app.window import SMALLEST, Window
from core.errors import ModelError
from core.events import (
    DeviceBack,
    DeviceLost,
    Event,
    Failed,
    Finished,
    Hearing,
    Listening,
    ModeChanged,
    Opened,
    Ready,
    Relieved,
    Speaking,
    Thinking,
    VoiceChanged,
)
from core.talks.base import NARROW, SHORT, TOGETHER
from tests.app.conftest import Stage
from tests.app.fake_engine import FakeHealth

READY = Ready(
    "codec", "model", 1.0, speakers=("a", "b"), emotions=("neutral", "sad"), languages=("auto", "te")
)
OPENED = Opened("mic", "phones")
HOLD = (READY, OPENED, ModeChanged("hold"), Listening())


def texts(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


def middle(window: Window) -> int:
    return window.findChild(ConversationPage).findChild(QStackedWidget).currentIndex()


@pytest.mark.parametrize(
    ("events", "word"),
    [
        ((), "Loading"),
        ((Ready("codec", None, 0.1),), "Ready"),
        (HOLD, "Ready"),
        ((*HOLD, Hearing(1)), "Hearing you"),
        ((*HOLD, Hearing(1), Thinking(1)), "Thinking"),
        ((*HOLD, Hearing(1), Speaking(1, "a")), "Speaking"),
        ((READY, OPENED, ModeChanged("hands_free")), "Listening"),
        ((READY, OPENED, ModeChanged("mirror")), "Mirror"),
        ((READY, Opened(None, "phones")), "No microphone"),
        ((Failed(ModelError("cut"), fatal=True),), "Stopped"),
    ],
)
def test_the_state_is_said_in_a_word(stage: Stage, events: tuple[Event, ...], word: str) -> None:
    window = stage.window()
    stage.say(*events)
    assert word in texts(window)
    assert window.findChild(TalkButton).accessibleDescription().startswith(word)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((READY,), "నమస్తే"),
        ((Ready("codec", None, 0.1),), "No speech model yet"),
        ((READY, Opened(None, "phones")), "No microphone"),
        ((READY, Opened("mic", None)), "No speaker"),
        ((Failed(ModelError("cut"), fatal=True),), "The voice engine has stopped"),
    ],
)
def test_empty_states(stage: Stage, events: tuple[Event, ...], words: str) -> None:
    window = stage.window()
    stage.say(*events)
    assert middle(window) == 1 and words in texts(window)


def test_the_middle_shows_talk_or_mirror(stage: Stage) -> None:
    window = stage.window()
    stage.say(*HOLD, Hearing(1))
    assert middle(window) == 0
    stage.say(ModeChanged("mirror"))
    assert middle(window) == 2


def test_space_talks_and_escape_stops(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    stage.say(*HOLD)
    stage.orders()
    assert window.focusWidget() is window.findChild(ConversationPage)
    qtbot.keyPress(window.focusWidget(), Qt.Key.Key_Space)
    assert stage.orders() == [("hold", True)]
    qtbot.keyRelease(window.focusWidget(), Qt.Key.Key_Space)
    assert stage.orders() == [("hold", False)]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert stage.orders() == [("interrupt",)]


def test_the_button_held_with_the_mouse_or_the_keyboard(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    stage.say(*HOLD)
    stage.orders()
    button = window.findChild(TalkButton)
    at = QPoint(button.width() // 2, button.height() // 2)
    qtbot.mousePress(button, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton, pos=at)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert stage.orders() == [("hold", True), ("hold", False)] * 2


def test_keys_for_the_rest(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    stage.say(*HOLD)
    stage.orders()
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_M, ctrl)
    assert stage.orders() == [("set_mode", "idle")] and stage.bridge.talk.muted
    qtbot.keyClick(window, Qt.Key.Key_L, ctrl)
    assert stage.orders() == [("set_mode", "hands_free")]
    lane = window.findChild(SoundLane)
    assert lane.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_G, ctrl)
    assert not lane.isVisible() and not stage.bridge.settings.look.spectrograms
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(KeysDialog)
    assert sheet.isVisible() and not sheet.isModal()
    sheet.close()
    qtbot.keyClick(window, Qt.Key.Key_Q, ctrl)
    assert not window.isVisible()


def test_a_turn_may_be_typed(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    stage.say(*HOLD)
    stage.orders()
    field = window.findChild(TypedLine).findChild(QLineEdit)
    qtbot.keyClicks(field, "hello f")  # also with letters that are keys elsewhere
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert stage.orders() == [("tell", "hello f")]


def test_the_voice_that_a_talk_asked_for_is_the_chosen_one(stage: Stage) -> None:
    window = stage.window()
    stage.say(*HOLD, VoiceChanged("b", "sad", "te", 1.0))
    assert stage.bridge.settings.answering.speaker == "b"
    assert window.findChild(SpeakerPicker).text() == "B"


def test_telugu_words_in_roman_letters(stage: Stage) -> None:
    window = stage.window()
    stage.say(*HOLD, Hearing(1), Finished(1, "నమస్తే", "good day", 1, 1, False))
    letters = next(b for b in window.findChildren(QAbstractButton) if b.text() == "Roman letters")
    assert any("నమస్తే" in text for text in texts(window)) and letters.isVisible()
    letters.click()
    assert stage.bridge.settings.look.script == "roman"
    assert any("namaste" in text for text in texts(window))
    assert not any("నమస్తే" in text for text in texts(window))


def test_what_was_chosen_for_the_pictures_is_kept(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    stage.say(*HOLD)
    tools = window.findChild(PictureTools)
    menu = tools.findChild(QMenu)
    for label in ("Pitch in even Hz", "From loud down 90 dB", "Viridis"):
        next(action for action in menu.actions() if action.text() == label).trigger()
    assert stage.bridge.settings.picture == Picture("linear", 90, "viridis")
    qtbot.keyClick(window.findChild(ConversationPage), Qt.Key.Key_F)
    assert tools.findChildren(QAbstractButton)[0].isChecked()


def test_trouble_is_a_bar_and_never_in_the_way(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    stage.say(*HOLD, Hearing(1), DeviceLost("microphone", "mic", "Plug it in."))
    assert {"mic is gone.", "Plug it in again, or choose another one."} <= texts(window)
    assert QApplication.activeModalWidget() is None
    stage.say(DeviceBack("microphone", "mic"))
    assert "mic is gone." not in texts(window)
    stage.say(Failed(ModelError("The model is cut."), fatal=True))
    stage.orders()
    next(button for button in window.findChildren(QAbstractButton) if button.text() == "Start again").click()
    assert stage.engines_made == 2 and stage.bridge.talk.phase == "loading"


def test_losses_are_shown_when_there_are_any(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    stage.say(*HOLD)
    assert not any(text.startswith("late") for text in texts(window))
    stage.engine.counts = FakeHealth(late_frames=2, overruns=1, underruns=3)
    qtbot.waitUntil(lambda: "late 2, gaps 4" in texts(window), timeout=3000)


def test_the_size_is_remembered(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(Settings(look=Look(welcomed=True), place=Place(width=100, height=100)))
    window = stage.window()
    assert (window.width(), window.height()) == SMALLEST
    window.resize(1000, 700)
    window.close()
    assert (stage.bridge.settings.place.width, stage.bridge.settings.place.height) == (1000, 700)


def test_nothing_is_looked_at_while_hidden(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    looks: list[object] = []
    stage.bridge.gaze.ticked.connect(looks.append)
    qtbot.waitUntil(lambda: len(looks) > 3, timeout=2000)
    window.hide()
    count = len(looks)
    qtbot.wait(60)
    assert len(looks) == count


STATES: tuple[tuple[Event, ...], ...] = (
    (),
    HOLD,
    (*HOLD, Hearing(1), Finished(1, "a", "b", 1, 1, False)),
    (READY, OPENED, ModeChanged("mirror")),
    (Ready("codec", None, 0.1),),
    (*HOLD, DeviceLost("microphone", "mic", "Plug it in.")),
)


@pytest.mark.parametrize("events", STATES)
def test_everything_has_a_name(stage: Stage, events: tuple[Event, ...]) -> None:
    window = stage.window()
    stage.say(*events)
    kinds = (QAbstractButton, QComboBox, QSlider, Meter, Waterfall)
    nameless = [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisible() and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


@pytest.mark.parametrize("events", STATES)
def test_everything_is_reached_by_tab(stage: Stage, events: tuple[Event, ...]) -> None:
    window = stage.window()
    stage.say(*events)
    reached, widget = set(), window.findChild(TalkButton)
    for _ in range(2000):
        reached.add(widget)
        widget = widget.nextInFocusChain()
    controls = [
        widget
        for kind in (QAbstractButton, QComboBox, QSlider)
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.isEnabled()
    ]
    assert [w for w in controls if w not in reached or not w.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("events", STATES)
def test_nothing_is_cut_at_the_smallest_size(
    make_stage: Callable[..., Stage], events: tuple[Event, ...], appearance: str, qtbot: QtBot
) -> None:
    stage = make_stage(
        Settings(
            look=Look(appearance=appearance, welcomed=True),  # type: ignore[arg-type]
            place=Place(width=SMALLEST[0], height=SMALLEST[1]),
        )
    )
    window = stage.window()
    stage.say(*events)
    qtbot.wait(20)
    assert (window.width(), window.height()) == SMALLEST
    cut = [
        widget.text()
        for widget in window.findChildren(QAbstractButton)
        if widget.isVisible() and widget.text() and widget.width() < widget.sizeHint().width()
    ]
    assert cut == []


def test_every_phase_has_been_thought_of() -> None:
    """A phase added to Talk shows up here until the page has words for it."""
    assert set(Phase.__args__) == {  # type: ignore[attr-defined]
        *("loading", "idle", "listening", "hearing", "thinking", "speaking", "muted", "offline", "broken")
    }


def test_a_busy_computer_is_told_quietly_and_taken_back(stage: Stage) -> None:
    window = stage.window()
    strip = window.findChild(StatusStrip)
    stage.say(READY, OPENED)

    def told() -> list[str]:
        labels = [label for label in strip.findChildren(QLabel) if label.isVisible()]
        return [label.toolTip() for label in labels if label.text() == "Computer is busy"]

    assert told() == []
    stage.say(Relieved(NARROW, ""))
    (narrow,) = told()
    stage.say(Relieved(SHORT, ""))
    (short,) = told()
    stage.say(Relieved(TOGETHER, ""))
    (together,) = told()
    assert "high tones" in narrow and "newest part" in short and "larger pieces" in together
    stage.say(Relieved(0, ""))
    assert told() == []
