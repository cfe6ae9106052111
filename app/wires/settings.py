"""The pages on which something is chosen once: settings and first steps, between their doors."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.onlooker import Glance
from app.pages.settings import SettingsPage
from app.pages.welcome import WelcomePage
from app.places import data_place
from app.talk_keys import TalkKeys, key_hint
from app.tray import Tray
from app.wires.base import Around


def make_settings(around: Around) -> SettingsPage:
    """The settings page, tied."""
    page, choices = SettingsPage(str(data_place()), Tray.there()), around.doors.bridge.choices
    page.wide_chosen.connect(choices.choose_wide)
    page.pause_chosen.connect(choices.choose_pause)
    page.barge_in_chosen.connect(choices.choose_barge_in)
    page.key_chosen.connect(choices.choose_key)
    page.computing_chosen.connect(choices.choose_computing)
    page.looked.connect(around.doors.bridge.surroundings.list_accelerators)
    around.doors.bridge.surroundings.accelerators_listed.connect(page.show_accelerators)
    page.show_key_hint(*key_hint(TalkKeys.possible()))
    page.private_chosen.connect(choices.choose_private)
    page.offline_chosen.connect(choices.choose_offline)
    page.look_chosen.connect(choices.choose_look)
    echo = around.doors.bridge.echo
    echo.measured.connect(page.show_echo)
    page.show_echo(echo.figure)
    page.reset_wished.connect(choices.reset)
    page.tour_wished.connect(lambda: around.paths.page_wished.emit("welcome"))
    around.paths.devices_sought.connect(page.look_at_devices)
    DeviceWires(page, around)
    return page


def make_welcome(around: Around) -> WelcomePage:
    """The first steps, tied."""
    page = WelcomePage(around.language, around.paths.step)
    WelcomeWires(page, around)
    DeviceWires(page, around)
    return page


class DeviceWires(QObject):
    """Ties a page on which devices are chosen and tried to the engine's door."""

    def __init__(self, page: SettingsPage | WelcomePage, around: Around) -> None:
        super().__init__(page)
        self._page = page
        bridge = around.doors.bridge
        page.looked.connect(bridge.surroundings.list_devices)
        page.devices_chosen.connect(bridge.choices.choose_devices)
        page.microphone_test_wished.connect(bridge.test_microphone)
        page.speaker_test_wished.connect(bridge.test_speaker)
        bridge.surroundings.devices_listed.connect(page.show_devices)
        bridge.settings_changed.connect(page.show_settings)
        bridge.talk_changed.connect(page.show_talk)
        bridge.gaze.glanced.connect(self._show_glances)
        page.show_settings(bridge.settings)
        page.show_talk(bridge.talk)

    @Slot(object, object)
    def _show_glances(self, heard: Glance, spoken: Glance) -> None:
        if self._page.isVisible():
            self._page.show_levels(heard.level_db, spoken.level_db)


class WelcomeWires(QObject):
    """Ties the first steps to the window: its language, and the way on."""

    def __init__(self, page: WelcomePage, around: Around) -> None:
        super().__init__(page)
        self._paths, self._choices = around.paths, around.doors.bridge.choices
        page.language_chosen.connect(self._choices.choose_language)
        page.step_taken.connect(self._note_step)
        page.finished.connect(self._end)

    @Slot(int)
    def _note_step(self, step: int) -> None:
        self._paths.step = step

    @Slot()
    def _end(self) -> None:
        self._choices.choose_look("welcomed", True)
        self._paths.page_wished.emit("talk")
