"""Switch: something that is on or off."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.colours import colours_of

_WIDTH, _HEIGHT, _EDGE = 40, 22, 3


class Switch(QAbstractButton):
    """A track with a knob: at the right, on the accent, it is on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH + 2 * _EDGE, _HEIGHT + 2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        on = self.isChecked()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            track = QRectF(_EDGE, _EDGE, _WIDTH, _HEIGHT)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = track.adjusted(-2, -2, 2, 2)
                painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
            ink = colours.accent if on else colours.quiet if self.isEnabled() else colours.line
            painter.setPen(QPen(QColor(ink), 1.5))
            painter.setBrush(QColor(colours.accent if on else colours.raised))
            painter.drawRoundedRect(track.adjusted(1, 1, -1, -1), _HEIGHT / 2 - 1, _HEIGHT / 2 - 1)
            size = _HEIGHT - 8
            left = _EDGE + (_WIDTH - size - 4 if on else 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.on_accent if on else ink))
            painter.drawEllipse(QRectF(left, _EDGE + 4, size, size))
        finally:
            painter.end()
