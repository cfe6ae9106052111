"""EmptyState: what the page says while there is no talk to show."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app import icons
from app.colours import colours_of

_PICTURE = 48


class EmptyState(QWidget):
    """A picture, a title, a sentence or two, and at most one button, in the middle of the page."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = ""
        self._action = ""
        self._picture = QLabel()
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._words = QLabel()
        self._words.setProperty("kind", "quiet")
        self._button = QPushButton()
        self._button.setProperty("kind", "first")
        self._button.clicked.connect(lambda: self.acted.emit(self._action))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (self._picture, self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        self._picture.setWordWrap(False)
        column.addSpacing(4)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_state(self, icon: str, title: str, words: str, action: str = "", label: str = "") -> None:
        """What to say; `action` is what `acted` will carry when the button labelled so is pressed."""
        self._icon = icon
        self._action = action
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._words.setText(words)
        self._button.setText(label)
        self._button.setVisible(bool(action))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        if self._icon:
            colour = colours_of(self.palette()).accent
            self._picture.setPixmap(icons.picture(self._icon, colour, _PICTURE, 2.0))
