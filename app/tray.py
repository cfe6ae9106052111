"""Tray: Paluku beside the clock, for when its window is closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.icons import application_icon
from app.settings import Settings
from app.talk import Talk


class Tray(QObject):
    """An icon with a menu of three, there only while it is wished. Values in, wishes out."""

    show_wished = Signal()
    mute_wished = Signal()
    quit_wished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self._menu.addAction(self.tr("Show Paluku")).triggered.connect(self.show_wished)
        self._mute = self._menu.addAction(self.tr("Mute the microphone"))
        self._mute.setCheckable(True)
        self._mute.triggered.connect(self.mute_wished)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit")).triggered.connect(self.quit_wished)
        self._icon = QSystemTrayIcon(application_icon(), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activate)

    @staticmethod
    def there() -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @Slot(object)
    def show_settings(self, settings: Settings) -> None:
        self._icon.setVisible(settings.look.tray and self.there())

    @Slot(object)
    def show_talk(self, talk: Talk) -> None:
        """Whether the microphone listens is told truthfully."""
        self._mute.setChecked(talk.muted)
        self._mute.setEnabled(talk.shown_mode != "idle")
        words = self.tr("Paluku: muted") if talk.muted else self.tr("Paluku")
        self._icon.setToolTip(words)

    def close(self) -> None:
        self._icon.hide()
        self._menu.deleteLater()

    @Slot(object)
    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.show_wished.emit()
