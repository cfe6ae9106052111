"""PageHead: the name of a page, a sentence about it, and what can be done with all of it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget


class PageHead(QWidget):
    """A title over a quiet sentence, with room for a few controls at the right."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
