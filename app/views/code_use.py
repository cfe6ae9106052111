"""CodeUse: how much of each codebook is used, as a row of small columns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.colours import colours_of

_WIDTH, _GAP, _HEIGHT = 18, 6, 28


class CodeUse(QWidget):
    """A column a codebook: full where every frame had a code of its own, or every code was used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used: tuple[int, ...] = ()
        self._seen = 0
        self._sizes: tuple[int, ...] = ()
        self.setAccessibleName(self.tr("Use of the codes in each codebook"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(8 * (_WIDTH + _GAP), _HEIGHT)

    def show_use(self, used: tuple[int, ...], seen: int, sizes: tuple[int, ...]) -> None:
        """Different codes of each codebook in so many frames, and how many there are."""
        if (used, seen, sizes) != (self._used, self._seen, self._sizes):
            self._used, self._seen, self._sizes = used, seen, sizes
            self.setAccessibleDescription("; ".join(self.words(place) for place in range(len(used))))
            self.update()

    def words(self, place: int) -> str:
        """What is known of this codebook."""
        size = self._sizes[place] if place < len(self._sizes) else 0
        return self.tr("Codebook {n}: {used} different codes of {all}, in {seen} frames").format(
            n=place + 1, used=self._used[place], all=size or "–", seen=self._seen
        )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = int(QPointF(event.pos()).x() // (_WIDTH + _GAP))
            QToolTip.showText(event.globalPos(), self.words(place) if place < len(self._used) else "", self)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for place, used in enumerate(self._used):
                size = self._sizes[place] if place < len(self._sizes) else self._seen
                whole = QRectF(place * (_WIDTH + _GAP), 0, _WIDTH, self.height())
                part = used / max(1, min(size, self._seen))
                painter.setBrush(QColor(colours.line))
                painter.drawRoundedRect(whole, 3, 3)
                painter.setBrush(QColor(colours.accent))
                painter.drawRoundedRect(whole.adjusted(0, whole.height() * (1 - min(1.0, part)), 0, 0), 3, 3)
        finally:
            painter.end()
