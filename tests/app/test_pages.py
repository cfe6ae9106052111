"""Settings, first steps, and what every page owes: names, tab order, nothing cut in any language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.doors import Doors
from app.front import Front
from app.languages import Languages
from app.pages.settings import SettingsPage
from app.pages.welcome import WelcomePage
from app.settings import Look, Place, Settings
from app.single_instance import SingleInstance
from app.surroundings import DeviceNames
from app.talk_keys import TalkKeys, key_hint
from app.theme import Theme
from app.views.device_picker import DevicePicker
from app.views.rail import Rail
from app.window import SMALLEST, Window
from app.wires.pages import page_entries
from core.compute import Compute, wished
from core.events import Hearing, Interlude, ModeChanged, Opened, Ready
from tests.app.conftest import Stage

PAGES = tuple(entry.page for entry in page_entries())


def _choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_pages_have_keys(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    qtbot.waitUntil(window.isActiveWindow, timeout=2000)
    for place, page in enumerate(PAGES[1:-1], 2):
        key = Qt.Key(Qt.Key.Key_0 + place)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.shown == page
        assert stage.bridge.settings.place.page == page
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.page("talk")


def test_what_is_chosen_holds_at_once(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    window.go("settings")
    page = window.findChild(SettingsPage)
    stage.bridge.surroundings.devices_listed.emit(DeviceNames(("mic",), ("phones",)))
    microphone = page.findChildren(DevicePicker)[0]
    _choose(microphone.findChild(QComboBox), "mic")
    _choose(page._pause, 1.2)
    _choose(page._barge_in, "key")
    page._private.click()
    assert stage.orders() == [
        ("use_devices", "mic", None),
        ("set_pause", 1.2),
        ("set_interruption", "never"),
        ("set_private", True),
    ]
    before = window.font().pointSizeF()
    _choose(page._text_size, 1.3)
    assert window.font().pointSizeF() == pytest.approx(before * 1.3)
    page._offline.click()
    assert stage.bridge.settings.privacy.offline
    page.reset_wished.emit()
    assert stage.bridge.settings.talking.pause == 0.8 and stage.bridge.settings.look.welcomed
    assert window.font().pointSizeF() == before


def test_devices_are_tried(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    window.go("settings")
    microphone, speaker = window.findChild(SettingsPage).findChildren(DevicePicker)
    microphone.findChild(QPushButton).click()
    speaker.findChild(QPushButton).click()
    assert stage.orders() == [("test_microphone",), ("test_speaker",)]
    stage.say(Interlude("recording"))
    assert not microphone.findChild(QPushButton).isEnabled()
    stage.say(Interlude(None))
    assert microphone.findChild(QPushButton).isEnabled()


def test_on_what_models_compute(stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALUKU_COMPUTE", "")  # what is wished here is taken back after the test
    monkeypatch.setenv("PALUKU_THREADS", "")
    window = stage.window()
    window.go("settings")
    page = window.findChild(SettingsPage)
    stage.bridge.surroundings.accelerators_listed.emit(())
    gpu = page._device.findData("gpu")
    assert not page._device.model().item(gpu).isEnabled()  # type: ignore[attr-defined]
    stage.bridge.surroundings.accelerators_listed.emit(("CUDA",))
    assert page._device.model().item(gpu).isEnabled()  # type: ignore[attr-defined]
    assert any("CUDA" in label.text() for label in page.findChildren(QLabel))
    _choose(page._device, "cpu")
    _choose(page._threads, 2)
    assert stage.engines_made == 3 and wished() == Compute("cpu", 2)
    stage.bridge.choices.reset()
    assert stage.engines_made == 4 and wished() == Compute()


def test_a_key_that_talks_from_any_window_is_offered_where_it_can_be_heard(stage: Stage) -> None:
    window = stage.window()
    window.go("settings")
    page = window.findChild(SettingsPage)
    assert not TalkKeys.possible() and not page._key.isEnabled()
    assert any("paluku --talk" in label.text() for label in page.findChildren(QLabel))
    page.show_key_hint(*key_hint(True))
    _choose(page._key, "F9")
    assert stage.bridge.settings.talking.key == "F9"


def test_first_steps(make_stage: Callable[..., Stage], qtbot: QtBot) -> None:
    stage = make_stage(Settings())
    window = stage.window()
    page = window.findChild(WelcomePage)
    assert page.isVisible() and not window.findChild(Rail).isVisible()
    for _ in range(3):
        page._next.click()
    assert not page.isVisible() and window.findChild(Rail).isVisible()
    assert stage.bridge.settings.look.welcomed


def test_another_language_is_another_window(
    make_stage: Callable[..., Stage], theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    stage = make_stage()
    stage.say(Ready("codec", "model", 1.0), Opened("mic", "phones"), ModeChanged("hold"))
    languages = Languages(qapp)
    front = Front(stage.doors, theme, languages, qapp)
    try:
        front.window.show()
        first = front.window
        stage.bridge.choices.choose_language("te")
        qtbot.waitUntil(lambda: front.window is not first, timeout=3000)
        words = {button.text() for button in front.window.findChild(Rail).findChildren(QAbstractButton)}
        assert "నమూనాలు" in words and not first.isVisible()
        stage.bridge.choices.choose_language("en")
        qtbot.waitUntil(lambda: languages.shown == "en", timeout=3000)
        qtbot.wait(50)
    finally:
        front.close()
        languages.choose("en")
        front.deleteLater()
        qapp.setQuitOnLastWindowClosed(False)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_can_be_read_out_and_reached(stage: Stage, page: str, qtbot: QtBot) -> None:
    window = stage.window()
    window.go(page)
    reached, widget = set(), window.page(page)
    for _ in range(3000):
        reached.add(widget)
        widget = widget.nextInFocusChain()
    controls = [
        control
        for kind in (QAbstractButton, QComboBox)
        for control in window.findChildren(kind)
        if control.isVisible() and control.isEnabled()
    ]
    assert [c for c in controls if not (c.accessibleName() or getattr(c, "text", str)())] == []
    assert [c for c in controls if c not in reached or not c.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


@pytest.mark.parametrize("language", ["en", "te", "hi"])
@pytest.mark.parametrize("page", PAGES)
def test_no_button_is_cut(
    make_stage: Callable[..., Stage], theme: Theme, qapp: QApplication, page: str, language: str, qtbot: QtBot
) -> None:
    place = Place(width=SMALLEST[0], height=SMALLEST[1])
    stage = make_stage(Settings(look=Look(welcomed=True), place=place))
    stage.say(Ready("codec", "model", 1.0), Opened("mic", "phones"), ModeChanged("hold"))
    languages = Languages(qapp)
    languages.choose(language)  # type: ignore[arg-type]
    try:
        window = Window(stage.doors, theme, language)
        qtbot.addWidget(window)
        window.show()
        window.go(page)
        qtbot.wait(20)
        assert (window.width(), window.height()) == SMALLEST
        cut = [
            button.text()
            for button in window.findChildren(QAbstractButton)
            if button.isVisible() and button.text() and button.width() < button.sizeHint().width()
        ]
        assert cut == []
    finally:
        languages.choose("en")


def test_another_start_can_ask_for_a_turn(stage: Stage, qtbot: QtBot, own_folders: object) -> None:
    first, second = SingleInstance(), SingleInstance()
    assert first.is_first()
    try:
        with qtbot.waitSignal(first.asked, timeout=3000) as asked:
            assert not second.is_first("talk")
        assert asked.args == ["talk"]
    finally:
        first.close()
    stage.say(Ready("codec", "model", 1.0), Opened("mic", "phones"), ModeChanged("hold"))
    stage.orders()
    stage.bridge.toggle_talk()
    stage.say(Hearing(1))
    stage.bridge.toggle_talk()
    assert stage.orders() == [("hold", True), ("hold", False)]


def test_doors_close_without_an_engine(stage: Stage) -> None:
    assert Doors(stage.bridge).close()
