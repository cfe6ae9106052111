"""The workbench in the window: a codec is examined, blind tests are taken, by hand and by keyboard."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app import findings
from app.listening import ListeningDoor
from app.pages.diagnosis import DiagnosisPage
from app.pages.listening import ListeningPage
from app.pages.workbench import WorkbenchPage
from app.views.abx_question import AbxQuestion
from app.views.error_bar import ErrorBar
from app.views.rating_question import RatingQuestion
from app.window import SMALLEST, Window
from app.workbench import WorkbenchDoor
from core.events import DeviceLost, Interlude, Recorded
from core.laboratory import Finding
from core.workbench.spoken import can_speak
from tests import tiny
from tests.app.conftest import Stage

MINUTE = 120_000
speaks = pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")


@pytest.fixture
def speech(own_folders: Path) -> Path:
    """The tiny codec is installed, and here is something to try it with."""
    tiny.make_codec(own_folders / "models" / tiny.CODEC)
    t = np.arange(24_000) / 16_000
    voice = sum(0.1 / k * np.sin(2 * np.pi * 140 * k * t) for k in range(1, 20)) * (1 + np.sin(8 * t)) / 2
    soundfile.write(own_folders / "speech.wav", voice.astype(np.float32), 16_000)
    return own_folders / "speech.wav"


def _open(stage: Stage, qtbot: QtBot) -> tuple[Window, WorkbenchPage]:
    window = stage.window()
    with qtbot.waitSignal(stage.doors.to(WorkbenchDoor).listed, timeout=10_000):
        window.go("workbench")
    page = window.findChild(WorkbenchPage)
    qtbot.waitUntil(lambda: page.diagnosis._codec.count() == 1, timeout=5000)
    return window, page


def _button(widget: object, label: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == label)  # type: ignore[attr-defined]


def _bar(window: Window) -> ErrorBar:
    """What says on every page but that of the talk what went wrong."""
    return next(bar for bar in window.findChildren(ErrorBar) if bar.parent() is window.centralWidget())


def _seen(widget: object, label: str) -> list[QPushButton]:
    buttons = widget.findChildren(QPushButton)  # type: ignore[attr-defined]
    return [button for button in buttons if button.text() == label and button.isVisible()]


def _shown(widget: object) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]  # type: ignore[attr-defined]


@speaks
@pytest.mark.timeout(900)
def test_a_codec_is_examined_seen_and_heard(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    window, workbench = _open(stage, qtbot)
    page = workbench.diagnosis
    assert page._nothing.isVisible() and not page._found.isVisible()
    page._sound.choose((speech,))
    examined = stage.doors.to(WorkbenchDoor).examined
    # seconds on a free machine: the words that are spoken take several processes
    with qtbot.waitSignal(examined, timeout=6 * MINUTE, check_params_cb=lambda _, found: found) as told:
        page._begin.click()
        qtbot.waitUntil(page._work.isVisible, timeout=2000)
        assert not page._begin.isVisible()
    assert page._found.isVisible() and page._begin.isVisible() and not page._work.isVisible()
    qtbot.waitUntil(lambda: "Silence" in _shown(page._rows), timeout=2000)
    assert all(picture._image.width() > 100 for picture in page._pictures)
    pair = told.args[1].sounds
    stage.orders()
    page._player._play.click()
    assert stage.orders() == [("play", pair, 0)]
    stage.say(Interlude("playing"))
    _button(page._player, "Through the codec").click()
    assert stage.orders() == [("turn_to", 1)]
    page._player._play.click()
    assert stage.orders() == [("interrupt",)]
    stage.say(Interlude(None))
    page._player._play.click()
    assert stage.orders() == [("play", pair, 1)]  # what was turned to is heard from the beginning too

    window.go("talk")
    again = stage.window()  # what was found is there the next time
    again.go("workbench")
    qtbot.waitUntil(again.findChild(DiagnosisPage)._found.isVisible, timeout=5000)


@pytest.mark.timeout(300)
def test_a_diagnosis_is_stopped(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    _, workbench = _open(stage, qtbot)
    page, door = workbench.diagnosis, stage.doors.to(WorkbenchDoor)
    page._sound.choose((speech,))
    page._begin.click()
    assert door.busy
    with qtbot.waitSignal(door.working, timeout=MINUTE, check_params_cb=lambda progress: progress is None):
        _button(page._work, "Stop").click()
    assert not door.busy and page._begin.isVisible() and not page._found.isVisible()


@pytest.mark.timeout(300)
def test_what_cannot_be_examined_is_said_on_the_page(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    window, workbench = _open(stage, qtbot)
    soundfile.write(speech, np.zeros(16_000), 16_000)
    workbench.diagnosis._sound.choose((speech,))
    with qtbot.waitSignal(stage.doors.to(WorkbenchDoor).troubled, timeout=MINUTE):
        workbench.diagnosis._begin.click()
    bar = _bar(window)
    assert bar.isVisible() and "is silent" in bar.accessibleName()
    assert workbench.diagnosis._begin.isVisible()
    bar._close.click()
    assert not bar.isVisible()


def test_five_seconds_are_recorded(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    _, workbench = _open(stage, qtbot)
    sound = workbench.diagnosis._sound
    stage.orders()
    sound._record.click()
    (order,) = stage.orders()
    assert order[0] == "record" and order[2] == 5.0
    stage.say(Interlude("recording"))
    assert sound._record.text() == "Speak now…" and not sound._record.isEnabled()
    stage.say(Recorded(str(order[1])), Interlude(None))
    assert sound.sounds == (order[1],) and sound._record.isEnabled()
    _button(sound, "Spoken sentences").click()
    assert sound.sounds == ()


def test_a_microphone_that_goes_away_is_said_here_too(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    window, _ = _open(stage, qtbot)
    bar = _bar(window)
    assert not bar.isVisible()
    stage.say(DeviceLost("microphone", "USB headset", "Connect it again."))
    assert bar.isVisible() and "USB headset" in bar.accessibleName()
    _button(bar, "Choose a device").click()
    assert window.shown == "settings"


def _prepared(stage: Stage, page: ListeningPage, qtbot: QtBot, speech: Path) -> None:
    page._form._sound.choose((speech,))
    with qtbot.waitSignal(stage.doors.to(ListeningDoor).asked, timeout=MINUTE):
        page._form._begin.click()


@pytest.mark.timeout(300)
def test_an_abx_test_is_taken_by_keyboard_and_kept(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    window, workbench = _open(stage, qtbot)
    qtbot.waitUntil(window.isActiveWindow, timeout=2000)
    workbench._group.button(1).click()
    page = workbench.listening
    page._form._count.setCurrentIndex(0)
    _prepared(stage, page, qtbot, speech)
    question = page.findChild(AbxQuestion)
    assert question.isVisible() and "Question 1 of 10" in question._title.text()
    stage.orders()
    qtbot.keyClick(question, Qt.Key.Key_1)
    assert "Question 1 of 10" in question._title.text()  # nobody answers before X was heard
    for number in range(1, 11):
        asked = page._question
        assert asked is not None and asked.number == number
        for key in (Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_X):
            qtbot.keyClick(question, key)
        played = [order[1] for order in stage.orders() if order[0] == "play"]
        assert played == [(sound,) for sound in asked.sounds]
        right = asked.sounds[2] == asked.sounds[0]
        qtbot.keyClick(question, Qt.Key.Key_1 if right else Qt.Key.Key_2)
    qtbot.waitUntil(page._result.isVisible, timeout=5000)
    assert page._shown.text() == "10 of 10 right, p = 0.001. They can be told apart."
    qtbot.waitUntil(lambda: any("10 of 10" in text for text in _shown(page._kept)), timeout=5000)
    door = stage.doors.to(ListeningDoor)
    with qtbot.waitSignal(door.exported, timeout=5000):
        page.export_wished.emit(door._tests()[0].id, str(speech.parent / "answers.csv"))
    assert "right,10" in (speech.parent / "answers.csv").read_text()


@pytest.mark.timeout(300)
def test_a_rating_is_left_gone_on_with_and_deleted(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    _, workbench = _open(stage, qtbot)
    workbench._group.button(1).click()
    page = workbench.listening
    page._form._kinds.button(1).click()
    _prepared(stage, page, qtbot, speech)
    question = page.findChild(RatingQuestion)
    assert question.isVisible() and not question._next.isEnabled()
    for button in (question._reference, *question._sounds):
        button.click()
    assert question._next.isEnabled()
    next(
        b for b in page.findChildren(QPushButton) if b.text() == "Go on another time" and b.isVisible()
    ).click()
    qtbot.waitUntil(lambda: bool(page._kept.findChildren(QPushButton)), timeout=5000)
    _button(page._kept, "Go on").click()
    assert question.isVisible()
    asked = page._question
    assert asked is not None
    reference = asked.sounds[0].read_bytes()
    for slider, version in zip(question._sliders, asked.sounds[1:], strict=True):
        slider.setValue(100 if version.read_bytes() == reference else 20)
    for button in question._sounds:
        button.click()
    question._next.click()
    qtbot.waitUntil(page._result.isVisible, timeout=5000)
    assert f"{tiny.CODEC} 20 ± 0" in page._shown.text() and "the original 100 ± 0" in page._shown.text()
    qtbot.waitUntil(lambda: len(page._kept.findChildren(QPushButton)) == 2, timeout=5000)
    _button(page._kept, "Delete").click()
    qtbot.waitUntil(
        lambda: not any(b.isVisible() for b in page._kept.findChildren(QPushButton)), timeout=5000
    )
    stage.doors.second_thought.carry_out()
    assert not list((speech.parent / "data" / "workbench" / "listening").glob("*"))


def test_nothing_to_compare_is_no_test(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    _, workbench = _open(stage, qtbot)
    form = workbench.listening._form
    assert form._begin.isEnabled()
    form._second.setCurrentIndex(form._second.findData(tiny.CODEC))
    form._second.activated.emit(1)
    assert not form._begin.isEnabled()  # a codec against itself
    form._kinds.button(1).click()
    assert form._begin.isEnabled()
    form._boxes[0].setChecked(False)
    assert not form._begin.isEnabled()


def test_everything_has_a_name_and_is_reached_by_tab(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    window, workbench = _open(stage, qtbot)
    window.resize(*SMALLEST)
    for place in 0, 1:
        workbench._group.button(place).click()
        for button in workbench.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.accessibleName() or button.text()
                assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_every_finding_is_a_sentence() -> None:
    for what, value, level in (
        ("STOI", 0.93, "fair"),
        ("PESQ", None, "not judged"),
        ("SI-SDR", -3.2, "not judged"),
        ("SI-SDR", 16.0, "good"),
        ("silence", -72.0, "good"),
        ("click", 0.2, "fair"),
        ("streaming", 0.0, "good"),
        ("streaming", 0.4, "poor"),
        ("streaming", None, "not judged"),
        ("codebooks", 0.8, "good"),
        ("codebooks", None, "not judged"),
        ("retroflex / dental (te)", 0.6, "poor"),
        ("aspirated / plain (te)", None, "not judged"),
        ("aspirated / plain (hi)", 1.0, "good"),
    ):
        finding = Finding(what, value, level, "")
        said = findings.words(finding)
        assert (said and "{" not in said and findings.what(finding) != what.split(" (")[0]) or what == "PESQ"
    assert (
        findings.words(Finding("retroflex / dental (te)", 0.6, "poor", ""))
        == "60 % of the word pairs stay apart"
    )
    of_two = [findings.what(Finding(f"geminate / single ({code})", 1.0, "good", "")) for code in ("te", "hi")]
    assert of_two == ["Double or single consonant", "Double or single consonant, Hindi"]
    assert findings.words(Finding("STOI", 0.934, "fair", "")) == "0.93 of 1"


def test_old_reports_of_another_version_are_made_again(stage: Stage, speech: Path, qtbot: QtBot) -> None:
    place = speech.parent / "data" / "workbench" / "diagnoses" / tiny.CODEC
    place.mkdir(parents=True)
    (place / "diagnosis.json").write_text('{"verdict": "good"}')
    _, workbench = _open(stage, qtbot)
    with qtbot.waitSignal(stage.doors.to(WorkbenchDoor).examined, timeout=5000) as told:
        stage.doors.to(WorkbenchDoor).choose(tiny.CODEC)
    assert told.args == [tiny.CODEC, None] and workbench.diagnosis._nothing.isVisible()
    shutil.rmtree(place)
