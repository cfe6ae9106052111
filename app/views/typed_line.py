"""TypedLine: what one would rather type than say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from app import icons
from app.colours import colours_of

_LONGEST = 400  # letters; more is no turn of a talk


class TypedLine(QWidget):
    """A line to write in and a button to send it. Words out."""

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setMaxLength(_LONGEST)
        self._line.setAcceptDrops(False)  # a file that falls here is meant for the window
        self._line.setPlaceholderText(self.tr("Or type, and hear the answer"))
        self._line.setAccessibleName(self.tr("Type instead of speaking"))
        self._line.returnPressed.connect(self._send)
        self._line.textChanged.connect(self._allow)
        self._button = QToolButton()
        self._button.setProperty("kind", "bare")
        self._button.setAccessibleName(self.tr("Send what was typed"))
        self._button.setToolTip(self.tr("Send what was typed (Enter)"))
        self._button.setIconSize(QSize(20, 20))
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._send)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._line, 1)
        row.addWidget(self._button)
        self._allow()
        self._dress()

    def write(self) -> None:
        """Bring the keyboard here."""
        self._line.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _send(self) -> None:
        words = self._line.text().strip()
        if words:
            self._line.clear()
            self.told.emit(words)

    def _allow(self) -> None:
        self._button.setEnabled(bool(self._line.text().strip()))

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        self._button.setIcon(icons.icon("send", colours.accent, colours.line))
