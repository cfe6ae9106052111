"""Column: things one above the other, that scroll where there are too many, and never get too wide."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_WIDEST = 860


class Column(QScrollArea):
    """A scrolling column of widgets, as wide as can be read."""

    def __init__(self, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 12, 16)
        self._inside.setSpacing(spacing)
        self._inside.addStretch(1)
        self.setWidget(inside)

    def add(self, widget: QWidget) -> None:
        self._inside.insertWidget(self._inside.count() - 1, widget)

    def space(self, points: int) -> None:
        self._inside.insertSpacing(self._inside.count() - 1, points)

    def settle(self) -> None:
        """Give all of it its height now: until the next event what was put in would be squeezed."""
        if inside := self.widget():
            self._inside.activate()
            QCoreApplication.sendEvent(inside, QEvent(QEvent.Type.LayoutRequest))

    def clear(self, keep: QWidget | None = None) -> None:
        """Take everything out, and away for good unless it is to be kept."""
        while self._inside.count() > 1:
            item = self._inside.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None and widget is not keep:
                widget.hide()
                widget.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = max(12, self.viewport().width() - _WIDEST)
        self._inside.setContentsMargins(0, 0, beside, 16)
