"""PartsBar: a time as a line of parts, from light to dark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.colours import colours_of

_STRENGTHS = (0.45, 1.0, 0.65, 0.85, 0.35)  # neighbours differ


def part_colour(accent: str, place: int) -> QColor:
    """The colour of the part at this place."""
    colour = QColor(accent)
    colour.setAlphaF(_STRENGTHS[place % len(_STRENGTHS)])
    return colour


class PartsBar(QWidget):
    """A bar of a whole width; longer times fill it."""

    def __init__(self, name: str, full_ms: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[float, ...] = ()
        self._full_ms = full_ms
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, 8)

    def show_parts(self, parts: tuple[float, ...]) -> None:
        """Milliseconds, one number a part."""
        self._parts = parts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.line))
            painter.drawRoundedRect(self.rect(), 4, 4)
            per_ms = self.width() / max(self._full_ms, sum(self._parts))
            left = 0.0
            for place, part in enumerate(self._parts):
                painter.setBrush(part_colour(colours.accent, place))
                painter.drawRoundedRect(QRectF(left, 0, max(0.0, part * per_ms - 2), self.height()), 3, 3)
                left += part * per_ms
        finally:
            painter.end()
