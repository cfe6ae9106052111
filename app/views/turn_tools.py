"""TurnTools: what can be done with one side of a turn: copy its words, hear it again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app import icons
from app.colours import colours_of

_COPIED_MS = 1500


class TurnTools(QWidget):
    """Two quiet buttons beside a bubble. Words in, wishes out."""

    replay_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._copy, self._play = self._tool(), self._tool()
        self._copy.clicked.connect(self._copy_words)
        self._play.clicked.connect(self.replay_wished)
        self._copied = QTimer(self, interval=_COPIED_MS, singleShot=True)
        self._copied.timeout.connect(self._dress)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._copy)
        row.addWidget(self._play)
        self.show_words("", sounds=False)
        self._dress()

    def show_words(self, words: str, *, sounds: bool) -> None:
        """What can be copied, and whether there is a sound of it."""
        if (words, sounds) == (self._words, not self._play.isHidden()):
            return
        self._words = words
        self._copy.setVisible(bool(words))
        self._play.setVisible(sounds)
        for button, name in ((self._copy, self.tr("Copy")), (self._play, self.tr("Hear it again"))):
            button.setToolTip(name)
            button.setAccessibleName(f"{name}: {words}" if words else name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _copy_words(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self._copy.setIcon(icons.icon("done", colours_of(self.palette()).accent))
        self._copied.start()

    def _tool(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "bare")
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _dress(self) -> None:
        colour = colours_of(self.palette()).quiet
        self._copy.setIcon(icons.icon("copy", colour))
        self._play.setIcon(icons.icon("play", colour))
