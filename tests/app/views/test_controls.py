"""The small views: what is put in is seen, what is done comes out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from app.surroundings import STRAIGHT, CodecChoice
from app.talk import Phase
from app.theme import Theme
from app.trouble import Trouble
from app.views.choice import Choice
from app.views.code_use import CodeUse
from app.views.empty_state import EmptyState
from app.views.error_bar import ErrorBar
from app.views.meter import Meter, part_of
from app.views.mirror_panel import MirrorPanel
from app.views.mode_switch import ModeSwitch
from app.views.short_label import ShortLabel
from app.views.speaker_picker import SpeakerPicker
from app.views.talk_button import SIZE, TalkButton
from app.views.turn_tools import TurnTools
from app.views.typed_line import TypedLine
from app.views.voice_picker import VoicePicker
from core.s2s.base import Voice

PHASES: tuple[Phase, ...] = (
    "loading",
    "idle",
    "listening",
    "hearing",
    "thinking",
    "speaking",
    "muted",
    "offline",
    "broken",
)


def test_each_phase_has_a_picture_of_its_own(qtbot: QtBot, theme: Theme) -> None:
    button = TalkButton()
    qtbot.addWidget(button)
    button.show()
    pictures = []
    for phase in PHASES:
        button.show_phase(phase, 0.4)
        pictures.append(button.grab().toImage())
    same = [(PHASES[a], PHASES[b]) for a in range(9) for b in range(a) if pictures[a] == pictures[b]]
    assert same == []


def test_the_ring_is_a_meter(qtbot: QtBot, theme: Theme) -> None:
    button = TalkButton()
    qtbot.addWidget(button)
    button.show()
    button.show_phase("hearing")
    button.show_level(-60.0)
    quiet = button.grab().toImage()
    button.show_level(-6.0)
    assert button.grab().toImage() != quiet


def test_only_the_round_part_can_be_pressed(qtbot: QtBot, theme: Theme) -> None:
    button = TalkButton()
    qtbot.addWidget(button)
    button.show()
    qtbot.mousePress(button, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not button.isDown()
    with qtbot.waitSignals([button.pressed, button.released]):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(SIZE // 2, SIZE // 2))


def test_a_hand_that_drifts_off_goes_on_talking(qtbot: QtBot, theme: Theme) -> None:
    button = TalkButton()
    qtbot.addWidget(button)
    button.show()
    said: list[str] = []
    button.pressed.connect(lambda: said.append("pressed"))
    button.released.connect(lambda: said.append("released"))
    qtbot.mousePress(button, Qt.MouseButton.LeftButton, pos=QPoint(SIZE // 2, SIZE // 2))
    qtbot.mouseMove(button, QPoint(SIZE + 40, SIZE))
    assert said == ["pressed"] and button.isDown()
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(SIZE + 40, SIZE))
    assert said == ["pressed", "released"] and not button.isDown()


@pytest.mark.parametrize(("level", "part"), [(-100, 0.0), (-60, 0.0), (-30, 0.5), (0, 1.0), (6, 1.0)])
def test_meter(qtbot: QtBot, theme: Theme, level: float, part: float) -> None:
    assert part_of(level) == part
    meter = Meter("Level")
    qtbot.addWidget(meter)
    meter.resize(100, 6)
    meter.show_level(level)
    meter.grab()


def test_trouble_comes_and_goes(qtbot: QtBot, theme: Theme) -> None:
    bar = ErrorBar()
    qtbot.addWidget(bar)
    assert not bar.isVisible()
    bar.show_trouble(Trouble("The microphone is gone.", "Plug it in.", "devices"))
    assert bar.isVisible() and bar.accessibleName() == "The microphone is gone. Plug it in."
    with qtbot.waitSignal(bar.remedy_chosen) as chosen:
        bar.findChild(QPushButton).click()
    assert chosen.args == ["devices"]
    with qtbot.waitSignal(bar.remedy_chosen) as chosen:
        bar.findChild(QToolButton).click()
    assert chosen.args == ["dismiss"]
    bar.show_trouble(Trouble("Not saved."))
    assert not bar.findChild(QPushButton).isVisible()
    bar.show_trouble(None)
    assert not bar.isVisible()


def test_an_empty_state_acts(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState()
    qtbot.addWidget(empty)
    empty.show_state("mirror", "No model", "Open the mirror.", "mirror", "Open")
    with qtbot.waitSignal(empty.acted) as acted:
        empty.findChild(QPushButton).click()
    assert acted.args == ["mirror"]


def test_modes(qtbot: QtBot, theme: Theme) -> None:
    switch = ModeSwitch()
    qtbot.addWidget(switch)
    switch.show()
    buttons = {button.text(): button for button in switch.findChildren(QPushButton)}
    switch.show_choice("idle", talk=False, duplex=False)
    assert not buttons["Hold"].isEnabled() and buttons["Mirror"].isEnabled()
    assert not buttons["Duplex"].isVisible()
    assert not any(button.isChecked() for button in buttons.values())
    switch.show_choice("hold", talk=True, duplex=True)
    assert buttons["Hold"].isChecked() and buttons["Duplex"].isVisible()
    with qtbot.waitSignal(switch.chosen) as chosen:
        buttons["Hands-free"].click()
    assert chosen.args == ["hands_free"]


def test_voices(qtbot: QtBot, theme: Theme) -> None:
    picker = VoicePicker()
    qtbot.addWidget(picker)
    assert not picker.isVisible()
    picker.show_choices(("lakshmi", "ravi"), ("neutral", "sad"), ("auto",), Voice("ravi", "sad", "auto", 0.3))
    speaker = picker.findChild(SpeakerPicker)
    emotion, language = picker.findChildren(Choice)
    strength = picker.findChild(QSlider)
    assert (speaker.text(), emotion.currentText(), strength.value()) == ("Ravi", "Sad", 3)
    assert not language.isVisible() and strength.isVisible()
    with qtbot.waitSignal(picker.chosen) as chosen:
        strength.setValue(8)
    assert chosen.args == [Voice("ravi", "sad", "auto", 0.8)]
    emotion.setCurrentIndex(0)
    with qtbot.waitSignal(picker.chosen) as chosen:
        emotion.activated.emit(0)
    assert chosen.args == [Voice("ravi", "neutral", "auto", 0.8)] and not strength.isVisible()
    picker.show_choices((), ("neutral",), ("auto",), Voice(""))
    assert not picker.isVisible()


def test_a_speaker_is_heard_before_being_chosen(qtbot: QtBot, theme: Theme) -> None:
    picker = VoicePicker()
    qtbot.addWidget(picker)
    picker.show_choices(("lakshmi", "ravi"), ("neutral", "sad"), ("auto",), Voice("ravi", "sad", "auto", 0.3))
    speaker = picker.findChild(SpeakerPicker)
    speaker.click()
    hear = next(b for b in speaker.findChildren(QToolButton) if b.accessibleName() == "Hear Lakshmi")
    with qtbot.waitSignal(picker.preview_wished) as wished:
        hear.click()
    assert wished.args == [Voice("lakshmi", "sad", "auto", 0.3)] and hear.isVisible()
    with qtbot.waitSignal(picker.chosen) as chosen:
        next(b for b in speaker.findChildren(QPushButton) if b.text() == "Lakshmi").click()
    assert chosen.args == [Voice("lakshmi", "sad", "auto", 0.3)] and not hear.isVisible()


def test_what_is_typed_is_told(qtbot: QtBot, theme: Theme) -> None:
    line = TypedLine()
    qtbot.addWidget(line)
    field, send = line.findChild(QLineEdit), line.findChild(QToolButton)
    assert not send.isEnabled()
    qtbot.keyClicks(field, "  what time is it ")
    with qtbot.waitSignal(line.told) as told:
        send.click()
    assert told.args == ["what time is it"] and field.text() == ""
    with qtbot.assertNotEmitted(line.told):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_turn_is_copied(qtbot: QtBot, theme: Theme) -> None:
    tools = TurnTools()
    qtbot.addWidget(tools)
    tools.show()
    copy, play = tools.findChildren(QToolButton)
    assert not copy.isVisible() and not play.isVisible()
    tools.show_words("Good day", sounds=True)
    copy.click()
    assert QGuiApplication.clipboard().text() == "Good day"
    with qtbot.waitSignal(tools.replay_wished):
        play.click()


def test_the_use_of_codes_is_told_in_words_too(qtbot: QtBot, theme: Theme) -> None:
    use = CodeUse()
    qtbot.addWidget(use)
    use.show()
    empty = use.grab().toImage()
    use.show_use((500, 20), 500, (2048, 1024))
    assert use.grab().toImage() != empty
    assert use.words(1) == "Codebook 2: 20 different codes of 1024, in 500 frames"
    assert use.words(0) in use.accessibleDescription()


def test_codecs_of_the_mirror(qtbot: QtBot, theme: Theme) -> None:
    panel = MirrorPanel()
    qtbot.addWidget(panel)
    panel.show()
    choices = (CodecChoice("te", "Telugu codec", 8), CodecChoice(STRAIGHT, "", 0))
    panel.show_codecs(choices, "te", 3)
    slider = panel.findChild(QSlider)
    assert (slider.minimum(), slider.value(), slider.maximum()) == (1, 3, 8)
    with qtbot.waitSignal(panel.codebooks_chosen) as chosen:
        slider.setValue(8)
    assert chosen.args == [0]  # all
    panel.show_codecs(choices, STRAIGHT, 3)
    assert not slider.isVisible()
    with qtbot.waitSignal(panel.codec_chosen) as chosen:
        panel.findChild(Choice).activated.emit(1)
    assert chosen.args == [STRAIGHT]


def test_long_names_are_shortened(qtbot: QtBot, theme: Theme) -> None:
    label = ShortLabel()
    qtbot.addWidget(label)
    label.show_words("A very long name of a microphone")
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…") and label.toolTip() == "A very long name of a microphone"
