"""ErrorBar: what went wrong, why, and one button; it never stands in the way of a talk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import icons
from app.colours import colours_of
from app.core_words import in_the_words_of_the_window
from app.trouble import Remedy, Trouble


class ErrorBar(QFrame):
    """A strip that is there only while there is something to say."""

    remedy_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "error")
        self._remedy: Remedy = "dismiss"
        self._mark = QLabel()
        self._mark.setFixedSize(24, 24)
        self._message = _words(bold=True)
        self._hint = _words(bold=False)
        self._button = QPushButton()
        self._button.clicked.connect(lambda: self.remedy_chosen.emit(self._remedy))
        self._close = QToolButton()
        self._close.setProperty("kind", "bare")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setIconSize(QSize(18, 18))
        self._close.clicked.connect(lambda: self.remedy_chosen.emit("dismiss"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._dress()
        self.hide()

    def show_trouble(self, trouble: Trouble | None) -> None:
        if trouble is None:
            self.hide()
            return
        labels: dict[Remedy, str] = {
            "devices": self.tr("Choose a device"),
            "restart": self.tr("Start again"),
            "dismiss": "",
        }
        message, hint = (in_the_words_of_the_window(words) for words in (trouble.message, trouble.hint))
        self._remedy = trouble.remedy
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(labels[trouble.remedy])
        self._button.setVisible(trouble.remedy != "dismiss")
        self.setAccessibleName(f"{message} {hint}".strip())
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        self._mark.setPixmap(icons.picture("alert", colours.error, 24, 2.0))
        self._close.setIcon(icons.icon("close", colours.text))


def _words(bold: bool) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    font = label.font()
    font.setBold(bold)
    label.setFont(font)
    return label
