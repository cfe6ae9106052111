"""SettingRow: one thing that can be chosen, with what it means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class SettingRow(QWidget):
    """A name over its explanation at the left, a control at the right."""

    def __init__(self, name: str, words: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(name)
        title.setBuddy(control)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch(1)
        texts.addWidget(title)
        self._words = QLabel(words)
        self._words.setProperty("kind", "small")
        self._words.setWordWrap(True)
        texts.addWidget(self._words)
        texts.addStretch(1)
        if not control.accessibleName():
            control.setAccessibleName(name)
        control.setAccessibleDescription(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addLayout(texts, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self._words.setVisible(bool(words))

    def say(self, words: str) -> None:
        """Another explanation."""
        self._words.setText(words)
        self._words.setVisible(bool(words))


class SettingGroup(QFrame):
    """A card of rows that belong together, with hair lines between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(0)

    def add(self, row: QWidget) -> None:
        if self._column.count():
            line = QFrame()
            line.setProperty("kind", "line")
            line.setFixedHeight(1)
            self._column.addWidget(line)
        self._column.addWidget(row)
