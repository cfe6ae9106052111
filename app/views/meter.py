"""Meter: how loud a sound is, as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.colours import colours_of

QUIET_DB, LOUD_DB = -60.0, 0.0
_CLIPPING_DB = -1.0


def part_of(level_db: float) -> float:
    """How far a level fills a meter: 0 to 1."""
    return min(1.0, max(0.0, (level_db - QUIET_DB) / (LOUD_DB - QUIET_DB)))


class Meter(QWidget):
    """A bar from silence to full scale; its end turns to the colour of alarm where the sound is cut off."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = QUIET_DB
        self._shown = 0  # pixels
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # it fills its own ground: the card's rounded frame would be drawn again with each of its changes
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(96, 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 6)

    def show_level(self, level_db: float) -> None:
        self._level = level_db
        if round(part_of(level_db) * self.width()) != self._shown:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        self._shown = round(part_of(self._level) * self.width())
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), QColor(colours.card))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            round_by = self.height() / 2
            painter.setBrush(QColor(colours.line))
            painter.drawRoundedRect(self.rect(), round_by, round_by)
            if self._shown > 0:
                clipping = self._level >= _CLIPPING_DB
                painter.setBrush(QColor(colours.error if clipping else colours.accent))
                filled = QRectF(0, 0, max(self._shown, self.height()), self.height())
                painter.drawRoundedRect(filled, round_by, round_by)
        finally:
            painter.end()
