"""Choice: a list to choose from, with an arrow in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from app import icons
from app.colours import colours_of

_ARROW = 16


class Choice(QComboBox):
    """A combo box whose name is told to screen readers and that a click does not give the keyboard to."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_arrow(self)


def draw_arrow(widget: QWidget) -> None:
    """The arrow of whatever opens a list, at its right edge."""
    painter = QPainter(widget)
    try:
        x, y = widget.width() - _ARROW - 8, (widget.height() - _ARROW) / 2
        icons.draw(painter, "chevron-down", colours_of(widget.palette()).quiet, QRectF(x, y, _ARROW, _ARROW))
    finally:
        painter.end()
