"""PageHead: the name of a page, a sentence about it, and what can be done with all of it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.views.column import width_to_read


class PageHead(QWidget):
    """A title over a quiet sentence, with room for a few controls at the right."""

    def __init__(
        self, title: str, words: str, parent: QWidget | None = None, *, over_column: bool = True
    ) -> None:
        """`over_column`: as wide as what stands in a Column below it."""
        super().__init__(parent)
        self._over_column = over_column
        name = QLabel(title)
        name.setProperty("kind", "page")
        self._words = QLabel(words)
        self._words.setProperty("kind", "quiet")
        self._words.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(name)
        texts.addWidget(self._words)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addLayout(texts, 1)

    def say(self, words: str) -> None:
        self._words.setText(words)

    def add(self, control: QWidget) -> None:
        self._row.addWidget(control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._over_column:
            self._row.setContentsMargins(0, 0, max(0, self.width() - width_to_read(self.width())), 0)
