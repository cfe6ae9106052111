"""Scenes: what a person does before the window, one generator a scene."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMenu

from app.library import LibraryDoor
from app.pages.conversation import ConversationPage
from app.pages.conversations import ConversationsPage
from app.pages.settings import SettingsPage
from app.pages.welcome import WelcomePage
from app.talk import Turn
from app.views.conversation_list import ConversationList
from app.views.device_picker import DevicePicker
from app.views.meter import Meter
from app.views.rail import Rail
from app.views.speaker_picker import SpeakerPicker
from app.views.typed_line import TypedLine
from app.views.voice_picker import VoicePicker
from tests.window.person import Person, Steps

CTRL = Qt.KeyboardModifier.ControlModifier


def first_run(person: Person) -> Steps:
    """Nothing is known of this user: three cards, devices tried, and on to the talk."""
    window = person.window
    yield from person.until(lambda: person.see("Welcome"), "no welcome")
    yield from person.click("Next")
    page = window.findChild(WelcomePage)
    yield from person.until(lambda: any(p.isVisible() for p in page.findChildren(DevicePicker)), "no card")
    microphone = next(picker for picker in page.findChildren(DevicePicker) if picker.isVisible())
    box = microphone.findChild(QComboBox)
    yield from person.until(lambda: box.findData("Virtual microphone") > 0, "the microphone is not offered")
    yield from person.until(lambda: person.talk.ready is not None, "the engine is not ready")
    yield from person.click("Test: Microphone")
    yield from person.until(lambda: person.talk.interlude == "recording", "no recording")
    person.found["said_speak"] = person.see("Speak…")
    yield from person.ask("say")
    meter = microphone.findChild(Meter)
    yield from person.until(lambda: meter._level > -40, "the meter does not move")
    yield from person.until(lambda: person.talk.interlude == "playing", "it is not played back")
    yield from person.until(lambda: person.talk.interlude is None, "the test does not end")
    yield from person.click("Next")
    yield from person.click("Test: Speaker")
    yield from person.until(lambda: person.talk.interlude == "playing", "no tones")
    yield from person.until(lambda: person.talk.interlude is None, "the tones do not end")
    yield from person.click("Begin to talk")
    yield from person.until(lambda: person.talk.phase == "idle" and person.see("Ready"), "not ready to talk")
    person.found["rail"] = window.findChild(Rail).isVisible()
    yield from quit_(person)


def talk(person: Person) -> Steps:
    """Three turns; voice and mood changed in mid-talk; an answer stopped; all of it taken out as files."""
    window = person.window
    yield from person.until(lambda: person.talk.mode == "hold", "not ready to talk")
    page = window.findChild(ConversationPage)
    yield from hold_and_say(person, page)
    yield from person.until(lambda: len(ended(person)) == 1, "the first turn does not end")
    yield from person.click("Speaker: Asha")
    yield from person.click("Ravi", window.findChild(SpeakerPicker))
    moods = window.findChild(VoicePicker).findChildren(QComboBox)[0]
    yield from person.choose(moods, moods.itemData(1))
    person.found["mood"] = moods.itemData(1)
    yield from hold_and_say(person, page)
    yield from person.until(lambda: len(ended(person)) == 2, "the second turn does not end")
    yield from hold_and_say(person, page)
    yield from person.until(lambda: person.talk.phase == "speaking", "no third answer")
    person.key(Qt.Key.Key_Escape)
    yield from person.until(lambda: len(ended(person)) == 3, "the third turn does not end")
    person.found["turns"] = [(turn.heard, turn.reply, turn.interrupted) for turn in ended(person)]
    person.found["stopped"] = person.see("Paluku, stopped")
    window.findChildren(ConversationPage)[0]._transcript._rows[0]._tools["reply"]._play.click()
    yield from person.until(lambda: person.talk.interlude == "playing", "a turn is not heard again")
    yield from person.until(lambda: person.talk.interlude is None, "the replay does not end")
    person.key(Qt.Key.Key_2, CTRL)
    history = window.findChild(ConversationsPage)
    rows = history.findChild(ConversationList)
    yield from person.until(lambda: rows.count() == 1, "the talk was not kept")
    rows.setCurrentRow(0)
    folder = Path(os.environ["PALUKU_DATA"])
    for kind, label in (("flac", "Sound (FLAC)…"), ("md", "A page (Markdown)…")):
        target = str(folder / f"talk.{kind}")
        QFileDialog.getSaveFileName = staticmethod(lambda *_, to=target: (to, ""))  # type: ignore[method-assign]
        menus = (menu for menu in history.findChildren(QMenu) for a in menu.actions() if a.text() == label)
        next(action for action in next(menus).actions() if action.text() == label).trigger()
        yield from person.until(Path(target).exists, f"no {kind}")
    yield from quit_(person)


def mirror(person: Person) -> Steps:
    """Oneself in the mirror; the microphone is pulled out, and put back."""
    yield from person.until(lambda: person.talk.mode == "hold", "not ready to talk")
    yield from person.click("Mirror")
    yield from person.until(lambda: person.talk.mirrored is not None, "no delay is told")
    person.found["told_ms"] = person.talk.mirrored.total_ms if person.talk.mirrored else None
    yield from person.ask("say and listen")
    yield from person.ask("unplug")
    yield from person.until(lambda: person.see("Virtual microphone is gone."), "the loss is not told")
    person.found["state"] = person.see("No microphone")
    yield from person.ask("plug in")
    yield from person.until(lambda: not person.see("is gone."), "the microphone does not come back")
    yield from person.until(lambda: person.talk.phase == "listening", "the mirror does not go on")
    yield from person.ask("say and listen")
    yield from quit_(person)


def download(person: Person) -> Steps:
    """A model is fetched, paused in the middle, taken up again, and there."""
    yield from person.until(lambda: person.talk.ready is not None, "the engine is not ready")
    person.key(Qt.Key.Key_3, CTRL)
    yield from person.click("Fetch")
    yield from person.until(
        lambda: any(0 < a.progress.done < a.progress.total for a in arrivals(person)), "nothing comes"
    )
    yield from person.click("Pause")
    yield from person.until(lambda: person.button("Resume"), "it cannot be taken up")
    before = next(iter(arrivals(person))).progress.done
    yield from person.wait(0.5)
    person.found["rests"] = next(iter(arrivals(person))).progress.done == before > 0
    yield from person.click("Resume")
    yield from person.until(lambda: not list(arrivals(person)) and person.see("On this computer"), "not here")
    yield from person.until(lambda: person.button("Remove from this computer"), "it cannot be removed")
    yield from quit_(person)


def looks(person: Person) -> Steps:
    """Dark, in Telugu; a turn typed (that this small model cannot read), a file dropped, a voice tried."""
    window = person.window
    yield from person.until(lambda: person.talk.mode == "hold", "not ready to talk")
    person.key(Qt.Key.Key_Comma, CTRL)
    settings = window.findChild(SettingsPage)
    light = window.palette().window().color().lightness()
    yield from person.choose(settings._appearance, "dark")
    yield from person.until(lambda: window.palette().window().color().lightness() < light, "not dark")
    yield from person.choose(settings._language, "te")
    yield from person.until(lambda: person.window is not window, "no other window")
    yield from person.until(lambda: person.see("అమరికలు"), "no Telugu")
    yield from person.until(person.window.isActiveWindow, "the new window has no keyboard")
    person.key(Qt.Key.Key_1, CTRL)
    line = person.window.findChild(TypedLine).findChild(QLineEdit)
    QTest.keyClicks(line, "hello")
    QTest.keyClick(line, Qt.Key.Key_Return)
    yield from person.until(lambda: person.see("చెప్పింది వింటుంది; చదవలేదు"), "the typed turn did not arrive")
    drop(person, Path(os.environ["SAID"]))
    yield from person.until(lambda: len(ended(person)) == 1, "a dropped file is not answered")
    person.found["replies"] = [turn.reply for turn in ended(person)]
    picker = person.window.findChild(SpeakerPicker)
    picker.click()
    play = next(b for b in picker._sheet._plays if b.isVisible())
    play.click()
    yield from person.until(lambda: person.see("ఇచ్చినవి చెప్పలేదు"), "no voice was asked for")
    picker._sheet.hide()
    yield from quit_(person)


def quit_(person: Person) -> Steps:
    """The last key."""
    yield from person.wait(0.1)
    person.found["quit_at"] = time.monotonic()
    person.window.activateWindow()
    person.key(Qt.Key.Key_Q, CTRL)
    yield from person.until(lambda: not person.window.isVisible(), "it does not quit")


def ended(person: Person) -> list[Turn]:
    return [turn for turn in person.talk.turns if turn.finished]


def arrivals(person: Person) -> list[object]:
    return list(person._front._doors.to(LibraryDoor).arrivals.values())


def hold_and_say(person: Person, page: ConversationPage) -> Steps:
    """Hold the space bar while somebody speaks."""
    page.setFocus()
    QTest.keyPress(page, Qt.Key.Key_Space)
    yield from person.until(lambda: person.talk.phase == "hearing", "it does not listen")
    yield from person.ask("say")
    QTest.keyRelease(page, Qt.Key.Key_Space)


def drop(person: Person, file: Path) -> None:
    """Let a file fall on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    at, button, no = QPointF(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, mime, button, no)
    QApplication.sendEvent(person.window, enter)
    QApplication.sendEvent(person.window, QDropEvent(at, Qt.DropAction.CopyAction, mime, button, no))
