"""Window: places the pages and wires them to the doors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.doors import Doors
from app.engine_like import HealthLike
from app.icons import application_icon
from app.library import Arrival
from app.onlooker import Glance
from app.pages.conversation import ConversationPage
from app.pages.conversations import ConversationsPage
from app.pages.models import ModelsPage
from app.pages.settings import SettingsPage
from app.pages.welcome import WelcomePage
from app.places import data_place
from app.settings import Settings
from app.surroundings import CodecChoice
from app.talk import Remedy, Talk
from app.theme import Theme
from app.tray import Tray
from app.views.keys import KeysDialog
from app.views.rail import Rail, RailEntry
from app.views.undo_bar import UndoBar
from core.s2s.base import Voice

SMALLEST = (720, 520)


class Window(QMainWindow):
    """The one window of the application."""

    painted = Signal()  # once: the window has been drawn for the first time
    quit_wished = Signal()

    def __init__(self, doors: Doors, theme: Theme, language: str = "en", *, step: int = 0) -> None:
        """`language` is the one shown, `step` that of the welcome."""
        super().__init__()
        self._doors = doors
        self._bridge = bridge = doors.bridge
        self._theme = theme
        self._drawn = False
        self._codecs: tuple[CodecChoice, ...] = ()
        self.step = step
        self.setWindowTitle(self.tr("Paluku"))
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*SMALLEST)
        self._talk_page = ConversationPage()
        self._history_page = ConversationsPage()
        self._models_page = ModelsPage()
        self._settings_page = SettingsPage(str(data_place()), Tray.there())
        self._welcome_page = WelcomePage(language, step)
        self._rail = Rail(
            (
                RailEntry("talk", "talk", self.tr("Talk"), self.tr("Conversation")),
                RailEntry("history", "history", self.tr("History"), self.tr("Earlier conversations")),
                RailEntry("models", "package", self.tr("Models"), self.tr("Models")),
                RailEntry("settings", "settings", self.tr("Settings"), self.tr("Settings")),
            )
        )
        self._pages: dict[str, QWidget] = {
            "talk": self._talk_page,
            "history": self._history_page,
            "models": self._models_page,
            "settings": self._settings_page,
            "welcome": self._welcome_page,
        }
        self._undo = UndoBar()
        self._place()
        self._wire_talk()
        self._wire_history()
        self._wire_models()
        self._wire_choices(self._settings_page)
        self._wire_choices(self._welcome_page)
        self._wire_settings()
        self._wire_welcome()
        self._wire_window()
        self._take_place()
        self._show_settings(bridge.settings)
        self._show_talk(bridge.talk)
        for id, arrival in doors.library.arrivals.items():
            self._models_page.show_arrival(id, arrival)
        self._go(bridge.settings.place.page if bridge.settings.look.welcomed else "welcome")

    def _place(self) -> None:
        self._stack = QStackedWidget()
        for page in self._pages.values():
            page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that the keyboard is where one looks
            self._stack.addWidget(page)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        under = QHBoxLayout()
        under.setContentsMargins(24, 0, 24, 0)
        under.addWidget(self._undo)
        right.addLayout(under)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _wire_talk(self) -> None:
        page, bridge = self._talk_page, self._bridge
        page.pressed.connect(bridge.press)
        page.released.connect(bridge.release)
        page.stop_wished.connect(bridge.interrupt)
        page.mute_wished.connect(bridge.mute)
        page.mode_chosen.connect(bridge.choose_mode)
        page.voice_chosen.connect(bridge.choose_voice)
        page.codec_chosen.connect(bridge.choose_codec)
        page.codebooks_chosen.connect(bridge.choose_codebooks)
        page.new_wished.connect(bridge.begin_anew)
        page.remedy_chosen.connect(self._remedy)
        page.spectrograms_shown.connect(self._choose_spectrograms)
        bridge.talk_changed.connect(self._show_talk)
        bridge.settings_changed.connect(self._show_settings)
        bridge.gaze.glanced.connect(self._show_glances)
        bridge.gaze.ticked.connect(page.advance)
        bridge.gaze.health_changed.connect(self._show_health)
        bridge.codecs_listed.connect(self._show_codecs)

    def _wire_history(self) -> None:
        page, archive = self._history_page, self._doors.archive
        page.looked.connect(archive.look)
        page.searched.connect(archive.search)
        page.chosen.connect(archive.open)
        page.renamed.connect(archive.rename)
        page.deleted.connect(archive.delete)
        page.export_wished.connect(archive.export)
        page.replay_wished.connect(archive.replay)
        page.stop_wished.connect(self._bridge.interrupt)
        page.private_chosen.connect(self._bridge.choose_private)
        archive.listed.connect(page.show_rows)
        archive.opened.connect(page.show_conversation)

    def _wire_models(self) -> None:
        page, library = self._models_page, self._doors.library
        page.looked.connect(library.look)
        page.fetch_wished.connect(library.fetch)
        page.pause_wished.connect(library.pause)
        page.cancel_wished.connect(library.cancel)
        page.remove_wished.connect(library.remove)
        page.import_wished.connect(library.take)
        library.listed.connect(page.show_shelf)
        library.arriving.connect(self._show_arrival)

    def _wire_choices(self, page: SettingsPage | WelcomePage) -> None:
        """What both pages have on which devices are chosen."""
        bridge = self._bridge
        page.looked.connect(bridge.list_devices)
        page.devices_chosen.connect(bridge.choose_devices)
        page.microphone_test_wished.connect(bridge.test_microphone)
        page.speaker_test_wished.connect(bridge.test_speaker)
        bridge.devices_listed.connect(page.show_devices)

    def _wire_settings(self) -> None:
        page, bridge = self._settings_page, self._bridge
        page.pause_chosen.connect(bridge.choose_pause)
        page.barge_in_chosen.connect(bridge.choose_barge_in)
        page.private_chosen.connect(bridge.choose_private)
        page.offline_chosen.connect(self._choose_offline)
        page.look_chosen.connect(self._choose_look)
        page.reset_wished.connect(bridge.reset_settings)
        page.tour_wished.connect(self._show_tour)

    def _wire_welcome(self) -> None:
        self._welcome_page.language_chosen.connect(self._choose_language)
        self._welcome_page.step_taken.connect(self._note_step)
        self._welcome_page.finished.connect(self._end_tour)

    def _wire_window(self) -> None:
        self._rail.chosen.connect(self._go)
        self._rail.keys_wished.connect(self._show_keys)
        self._doors.second_thought.offered.connect(self._undo.show_words)
        self._undo.undo_wished.connect(self._doors.second_thought.change_mind)
        pages = [(f"Ctrl+{place}", page) for place, page in enumerate(self._pages, 1) if page != "welcome"]
        for keys, page in (*pages, ("Ctrl+,", "settings")):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda page=page: self._go(page))
        for keys, wish in (
            ("Esc", self._bridge.interrupt),
            ("Ctrl+M", self._bridge.toggle_mute),
            ("Ctrl+L", self._bridge.toggle_hands_free),
            ("Ctrl+N", self._bridge.begin_anew),
            ("Ctrl+G", self._toggle_spectrograms),
            ("Ctrl+F", self._search),
            ("F1", self._show_keys),
            ("Ctrl+Q", self._quit),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(wish)

    @Slot(str)
    def _go(self, page: str) -> None:
        """Show this page."""
        if page not in self._pages:
            page = "talk"
        self._stack.setCurrentWidget(self._pages[page])
        self._rail.setVisible(page != "welcome")
        if page != "welcome":
            self._rail.show_page(page)
            self._keep_place(page=page)
        self._pages[page].setFocus()

    @Slot(object)
    def _show_talk(self, talk: Talk) -> None:
        self._talk_page.show_talk(talk)
        self._history_page.show_playing(talk.interlude == "playing")
        self._settings_page.show_talk(talk)
        self._welcome_page.show_talk(talk)
        self._show_voice(talk, self._bridge.settings)
        self._show_mirror()

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        self._theme.choose(settings.look.appearance)
        self._theme.enlarge(settings.look.text_size)
        self._talk_page.show_spectrograms(settings.look.spectrograms)
        self._history_page.show_private(settings.privacy.private)
        self._settings_page.show_settings(settings)
        self._welcome_page.show_settings(settings)
        self._show_voice(self._bridge.talk, settings)

    def _show_voice(self, talk: Talk, settings: Settings) -> None:
        chosen = settings.answering
        voice = Voice(chosen.speaker, chosen.emotion, chosen.language, chosen.strength)
        self._talk_page.show_voice(talk, voice)

    @Slot(object, object)
    def _show_glances(self, heard: Glance, spoken: Glance) -> None:
        page = self._stack.currentWidget()
        if page is self._talk_page:
            self._talk_page.show_glances(heard, spoken, speaking=self._bridge.talk.phase == "speaking")
        elif isinstance(page, SettingsPage | WelcomePage):
            page.show_levels(heard.level_db, spoken.level_db)

    @Slot(object)
    def _show_codecs(self, codecs: tuple[CodecChoice, ...]) -> None:
        self._codecs = codecs
        self._show_mirror()

    def _show_mirror(self) -> None:
        mirror, ready = self._bridge.settings.mirror, self._bridge.talk.ready
        chosen = mirror.codec or (ready.codec if ready else "")
        self._talk_page.show_codecs(self._codecs, chosen, mirror.codebooks)

    @Slot(object)
    def _show_health(self, health: HealthLike) -> None:
        self._talk_page.show_losses(health.late_frames, health.overruns + health.underruns)

    @Slot(str, object)
    def _show_arrival(self, id: str, arrival: Arrival | None) -> None:
        self._models_page.show_arrival(id, arrival)

    @Slot(str)
    def _remedy(self, remedy: Remedy) -> None:
        self._bridge.report(None)
        if remedy == "restart":
            self._bridge.restart()
        elif remedy == "devices":
            self._go("settings")
            self._settings_page.look_at_devices()

    @Slot(str, object)
    def _choose_look(self, name: str, value: object) -> None:
        self._keep_look(**{name: value})

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        self._keep_look(language=language)

    @Slot(bool)
    def _choose_offline(self, offline: bool) -> None:
        settings = self._bridge.settings
        self._bridge.keep(replace(settings, privacy=replace(settings.privacy, offline=offline)))

    @Slot(bool)
    def _choose_spectrograms(self, shown: bool) -> None:
        self._keep_look(spectrograms=shown)

    @Slot()
    def _toggle_spectrograms(self) -> None:
        self._keep_look(spectrograms=not self._bridge.settings.look.spectrograms)

    def _keep_look(self, **changes: Any) -> None:
        settings = self._bridge.settings
        self._bridge.keep(replace(settings, look=replace(settings.look, **changes)))

    def _keep_place(self, **changes: Any) -> None:
        settings = self._bridge.settings
        self._bridge.keep(replace(settings, place=replace(settings.place, **changes)))

    def _take_place(self) -> None:
        """Stand where the window stood last."""
        place = self._bridge.settings.place
        self.resize(max(SMALLEST[0], place.width), max(SMALLEST[1], place.height))
        if place.x >= 0 and place.y >= 0 and self.screen().virtualGeometry().contains(place.x, place.y):
            self.move(place.x, place.y)
        if place.maximized:
            self.showMaximized()

    @Slot()
    def _search(self) -> None:
        self._go("history")
        self._history_page.look_for()

    @Slot()
    def _show_tour(self) -> None:
        self._go("welcome")

    @Slot(int)
    def _note_step(self, step: int) -> None:
        self.step = step

    @Slot()
    def _end_tour(self) -> None:
        self._keep_look(welcomed=True)
        self._go("talk")

    @Slot()
    def _show_keys(self) -> None:
        KeysDialog(self).show()

    @Slot()
    def _quit(self) -> None:
        self.close()
        self.quit_wished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._drawn:
            self._drawn = True
            QTimer.singleShot(0, self, self.painted.emit)  # once this picture is on the screen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.gaze.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._bridge.gaze.watch(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._bridge.gaze.watch(not self.isMinimized())
        elif event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._bridge.let_go()  # a space bar that is released elsewhere is not heard here

    def closeEvent(self, event: QCloseEvent) -> None:
        self.note_place()
        super().closeEvent(event)

    def note_place(self) -> None:
        """Remember where the window stands."""
        if self.isMaximized():
            self._keep_place(maximized=True)
        else:
            frame, size = self.pos(), self.size()
            self._keep_place(
                maximized=False, x=frame.x(), y=frame.y(), width=size.width(), height=size.height()
            )
