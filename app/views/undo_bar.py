"""UndoBar: what was just taken away, and a few seconds to have it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.views.short_label import ShortLabel


class UndoBar(QFrame):
    """A strip that is there only while something can be undone."""

    undo_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._words = ShortLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        undo = QPushButton(self.tr("Undo"))
        undo.clicked.connect(self.undo_wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(undo)
        self.hide()

    def show_words(self, words: str) -> None:
        """What was taken away; nothing hides the strip."""
        self._words.show_words(words)
        self.setVisible(bool(words))
