"""MenuButton: a button that opens something to choose from, and looks like a list."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.views.choice import draw_arrow


class MenuButton(QPushButton):
    """Its words stand at the left, the arrow of a list at the right."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("kind", "choice")

    def offer(self, menu: QMenu) -> None:
        """What opens below it. A menu of Qt's own would draw its own arrow, and push the words aside."""
        self.clicked.connect(lambda: menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4))))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_arrow(self)
