"""Front: the window that stands before the doors, and another one in its place when the language changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.doors import Doors
from app.languages import Languages
from app.settings import Settings
from app.theme import Theme
from app.tray import Tray
from app.window import Window


class Front(QObject):
    """What the user sees. A window is passive and holds nothing, so a new one shows what the old one did."""

    painted = Signal()  # once: the first window has been drawn

    def __init__(self, doors: Doors, theme: Theme, languages: Languages, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._doors = doors
        self._theme = theme
        self._languages = languages
        self._window: Window | None = None
        self._tray: Tray | None = None
        languages.choose(doors.bridge.settings.look.language)
        doors.bridge.settings_changed.connect(self._follow)
        self._make()
        self._follow(doors.bridge.settings)
        languages.changed.connect(self._begin_again)

    @property
    def window(self) -> Window:
        assert self._window is not None
        return self._window

    @Slot()
    def come_forward(self) -> None:
        """Show the window, wherever it is."""
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """Take everything away."""
        if self._tray is not None:
            self._tray.close()
        if self.window.isVisible():
            self.window.close()

    @Slot()
    def _begin_again(self) -> None:
        # not now: the old window is in the middle of telling what was chosen in it
        QTimer.singleShot(0, self, self._make_again)

    @Slot()
    def _make_again(self) -> None:
        old, tray = self._window, self._tray
        if old is not None:
            old.note_place()
        self._make(step=old.step if old else 0)
        self._follow(self._doors.bridge.settings)
        self.window.show()
        if old is not None:
            old.close()
            old.deleteLater()
        if tray is not None:
            tray.close()
            tray.deleteLater()

    def _make(self, step: int = 0) -> None:
        bridge = self._doors.bridge
        self._window = Window(self._doors, self._theme, self._languages.shown, step=step)
        self._window.painted.connect(self.painted)
        self._window.quit_wished.connect(self._application.quit)
        self._tray = Tray(self)
        self._tray.show_wished.connect(self.come_forward)
        self._tray.mute_wished.connect(bridge.toggle_mute)
        self._tray.quit_wished.connect(self._application.quit)
        bridge.talk_changed.connect(self._tray.show_talk)
        self._tray.show_talk(bridge.talk)

    @Slot(object)
    def _follow(self, settings: Settings) -> None:
        self._languages.choose(settings.look.language)
        if self._tray is not None:
            self._tray.show_settings(settings)
        self._application.setQuitOnLastWindowClosed(not (settings.look.tray and Tray.there()))
