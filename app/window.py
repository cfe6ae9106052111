"""Window: places the pages and wires them to the bridge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow

from app.bridge import Bridge
from app.engine_like import HealthLike
from app.icons import application_icon
from app.menu import Menu
from app.onlooker import Glance
from app.pages.conversation import ConversationPage
from app.settings import Appearance, Settings
from app.surroundings import CodecChoice
from app.talk import Remedy, Talk
from app.theme import Theme
from app.views.keys import KeysDialog
from core.s2s.base import Voice

SMALLEST = (720, 520)


class Window(QMainWindow):
    """The one window of the application."""

    painted = Signal()  # once: the window has been drawn for the first time

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._drawn = False
        self._codecs: tuple[CodecChoice, ...] = ()
        self.setWindowTitle(self.tr("Paluku"))
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*SMALLEST)
        look = bridge.settings.look
        self.resize(max(SMALLEST[0], look.width), max(SMALLEST[1], look.height))
        self._menu = Menu(self)
        self._page = ConversationPage(self._menu)
        self.setCentralWidget(self._page)
        self._wire_page()
        self._wire_menu()
        self._wire_keys()
        self._show_settings(bridge.settings)
        self._show_talk(bridge.talk)

    def _wire_page(self) -> None:
        page, bridge = self._page, self._bridge
        page.pressed.connect(bridge.press)
        page.released.connect(bridge.release)
        page.stop_wished.connect(bridge.interrupt)
        page.mute_wished.connect(bridge.mute)
        page.mode_chosen.connect(bridge.choose_mode)
        page.voice_chosen.connect(bridge.choose_voice)
        page.codec_chosen.connect(bridge.choose_codec)
        page.codebooks_chosen.connect(bridge.choose_codebooks)
        page.remedy_chosen.connect(self._remedy)
        page.spectrograms_shown.connect(self._choose_spectrograms)
        bridge.talk_changed.connect(self._show_talk)
        bridge.settings_changed.connect(self._show_settings)
        bridge.glanced.connect(self._show_glances)
        bridge.ticked.connect(page.advance)
        bridge.health_changed.connect(self._show_health)
        bridge.codecs_listed.connect(self._show_codecs)

    def _wire_menu(self) -> None:
        menu, bridge = self._menu, self._bridge
        menu.devices_wanted.connect(bridge.list_devices)
        menu.devices_chosen.connect(bridge.choose_devices)
        menu.pause_chosen.connect(bridge.choose_pause)
        menu.appearance_chosen.connect(self._choose_appearance)
        menu.keys_wished.connect(self._show_keys)
        menu.quit_wished.connect(self.close)
        bridge.devices_listed.connect(menu.show_devices)
        self.addActions(menu.actions())  # so that their keys work while the menu is closed

    def _wire_keys(self) -> None:
        for keys, wish in (
            ("Esc", self._bridge.interrupt),
            ("Ctrl+M", self._bridge.toggle_mute),
            ("Ctrl+L", self._bridge.toggle_hands_free),
            ("Ctrl+G", self._toggle_spectrograms),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(wish)

    @Slot(object)
    def _show_talk(self, talk: Talk) -> None:
        self._page.show_talk(talk)
        self._show_voice(talk, self._bridge.settings)
        self._show_mirror()

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        self._theme.choose(settings.look.appearance)
        self._page.show_spectrograms(settings.look.spectrograms)
        self._menu.show_settings(settings)
        self._show_voice(self._bridge.talk, settings)

    def _show_voice(self, talk: Talk, settings: Settings) -> None:
        chosen = settings.answering
        voice = Voice(chosen.speaker, chosen.emotion, chosen.language, chosen.strength)
        self._page.show_voice(talk, voice)

    @Slot(object, object)
    def _show_glances(self, heard: Glance, spoken: Glance) -> None:
        self._page.show_glances(heard, spoken, speaking=self._bridge.talk.phase == "speaking")

    @Slot(object)
    def _show_codecs(self, codecs: tuple[CodecChoice, ...]) -> None:
        self._codecs = codecs
        self._show_mirror()

    def _show_mirror(self) -> None:
        mirror, ready = self._bridge.settings.mirror, self._bridge.talk.ready
        chosen = mirror.codec or (ready.codec if ready else "")
        self._page.show_codecs(self._codecs, chosen, mirror.codebooks)

    @Slot(object)
    def _show_health(self, health: HealthLike) -> None:
        self._page.show_losses(health.late_frames, health.overruns + health.underruns)

    @Slot(str)
    def _remedy(self, remedy: Remedy) -> None:
        self._bridge.report(None)
        if remedy == "restart":
            self._bridge.restart()
        elif remedy == "devices":
            self._page.open_menu(self._menu.microphones)

    @Slot(str)
    def _choose_appearance(self, appearance: Appearance) -> None:
        self._keep_look(appearance=appearance)

    @Slot(bool)
    def _choose_spectrograms(self, shown: bool) -> None:
        self._keep_look(spectrograms=shown)

    @Slot()
    def _toggle_spectrograms(self) -> None:
        self._keep_look(spectrograms=not self._bridge.settings.look.spectrograms)

    def _keep_look(self, **changes: Any) -> None:
        settings = self._bridge.settings
        self._bridge.keep(replace(settings, look=replace(settings.look, **changes)))

    @Slot()
    def _show_keys(self) -> None:
        KeysDialog(self).show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._drawn:
            self._drawn = True
            QTimer.singleShot(0, self, self.painted.emit)  # once this picture is on the screen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._bridge.watch(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._bridge.watch(not self.isMinimized())
        elif event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._bridge.let_go()  # a space bar that is released elsewhere is not heard here

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.isMaximized():
            self._keep_look(width=self.width(), height=self.height())
        super().closeEvent(event)
