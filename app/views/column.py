"""Column: things one above the other, that scroll where there are too many, and never get too wide."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_WIDEST = 860
SCROLLING = 22  # points at the right for the scroll bar, whether it is there or not


def width_to_read(width: int) -> int:
    """How wide things are in a column that is so wide."""
    return min(_WIDEST, width - SCROLLING)


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
        self._inside.setContentsMargins(0, 0, SCROLLING, 16)
        self._inside.setSpacing(spacing)
        self._inside.addStretch(1)
        self.setWidget(inside)

    def add(self, widget: QWidget) -> None:
        self._inside.insertWidget(self._inside.count() - 1, widget)

    def space(self, points: int) -> None:
        self._inside.insertSpacing(self._inside.count() - 1, points)

    def settle(self) -> None:
        """Give all of it its height now: until the next event what was put in would be squeezed."""
        for place in range(self._inside.count()):
            item = self._inside.itemAt(place)
            widget = item.widget() if item else None
            if widget is not None and not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                widget.show()  # what is not shown yet has no height
        self._inside.activate()
        if inside := self.widget():
            QCoreApplication.sendEvent(inside, QEvent(QEvent.Type.LayoutRequest))
            QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

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
        beside = max(0, self.viewport().width() - width_to_read(self.width()))
        self._inside.setContentsMargins(0, 0, beside, 16)
