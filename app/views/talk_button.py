"""TalkButton: the one large control of a talk."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from app import icons
from app.colours import Colours, colours_of
from app.talk import Phase
from app.views.meter import part_of

SIZE = 112
_DISC = 80  # the part one presses
_RING = 4
_ICONS: dict[Phase, str] = {
    "loading": "dots",
    "idle": "microphone",
    "listening": "ear",
    "hearing": "wave",
    "thinking": "dots",
    "speaking": "speaker",
    "muted": "microphone-off",
    "offline": "microphone-off",
    "broken": "alert",
}
_TURNING: frozenset[Phase] = frozenset({"loading", "thinking"})


class TalkButton(QAbstractButton):
    """A round button whose ring is the level meter, and whose shape and colour say what happens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase: Phase = "loading"
        self._progress: float | None = None
        self._mirror = False
        self._level = 0.0  # part of the ring
        self._shown_steps = 0
        self._still = QPixmap()
        self._still_looks: tuple[object, ...] = ()
        self._turn = QTimer(self, interval=33)
        self._turn.timeout.connect(self.update)
        self.setAccessibleName(self.tr("Talk"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(SIZE, SIZE)

    def show_phase(self, phase: Phase, progress: float | None = None, *, mirror: bool = False) -> None:
        """What happens, how much of it is done, and whether it is the mirror that it happens in."""
        self._phase = phase
        self._mirror = mirror
        self._progress = progress
        self._run_or_rest()
        self.update()

    def show_level(self, level_db: float) -> None:
        self._level = part_of(level_db)
        if round(self._level * 90) != self._shown_steps:
            self.update()

    def hitButton(self, place: QPointF) -> bool:  # type: ignore[override]
        off = QPointF(place) - QPointF(self.rect().center())
        return math.hypot(off.x(), off.y()) <= SIZE / 2

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand that drifts off the button while it is held goes on talking."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and not self.hitButton(event.position()):
            self.setDown(False)
            self.released.emit()
        else:
            super().mouseReleaseEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._run_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        self._turn.stop()

    def _run_or_rest(self) -> None:
        calm = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) == 0
        if self._phase in _TURNING and self.isVisible() and not calm:
            self._turn.start()
        else:
            self._turn.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        painter = QPainter(self)
        try:
            painter.drawPixmap(0, 0, self._still_picture(colours))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_arc(painter, colours)
        finally:
            painter.end()

    def _still_picture(self, colours: Colours) -> QPixmap:
        """All but the moving part of the ring, which is drawn thirty times a second."""
        looks = (self._phase, self._mirror, self.isDown(), self.hasFocus(), self.devicePixelRatioF(), colours)
        if self._still_looks != looks:
            self._still_looks = looks
            self._still = QPixmap(self.size() * self.devicePixelRatioF())
            self._still.setDevicePixelRatio(self.devicePixelRatioF())
            self._still.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._still)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ring(painter, colours)
            self._paint_disc(painter, colours)
            painter.end()
        return self._still

    def _ring_place(self) -> QRectF:
        inset = _RING / 2 + 4
        return QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)

    def _paint_ring(self, painter: QPainter, colours: Colours) -> None:
        track = QPen(QColor(colours.line), _RING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        if self._phase in ("offline", "broken"):
            track.setColor(QColor(colours.error))
            track.setCapStyle(Qt.PenCapStyle.FlatCap)
            track.setDashPattern([2.0, 2.0])
        painter.setPen(track)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self._ring_place())

    def _paint_arc(self, painter: QPainter, colours: Colours) -> None:
        start, part = self._arc()
        if part > 0:
            bright = QPen(QColor(colours.accent), _RING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(bright)
            # Qt counts sixteenths of a degree, against the clock, from three o'clock
            painter.drawArc(self._ring_place(), round(start * 16), round(-part * 360 * 16))

    def _arc(self) -> tuple[float, float]:
        """Where the bright part of the ring begins (degrees) and how much of the ring it is."""
        if self._phase == "loading" and self._progress is not None:
            return 90.0, max(0.02, self._progress)
        if self._phase in _TURNING:
            return 90.0 - (time.monotonic() * 270.0) % 360.0, 0.22
        self._shown_steps = round(self._level * 90)
        if self._phase in ("muted", "offline", "broken"):
            return 90.0, 0.0
        return 90.0, self._level

    def _paint_disc(self, painter: QPainter, colours: Colours) -> None:
        fill, mark, edge = self._dress(colours)
        middle = QPointF(self.width() / 2, self.height() / 2)
        radius = _DISC / 2 - (2 if self.isDown() else 0)
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(middle, radius, radius)
        size = 34.0
        where = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
        icons.draw(painter, self._icon(), mark, where)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, radius + 4, radius + 4)

    def _icon(self) -> str:
        if self._mirror and self._phase in ("idle", "listening"):
            return "mirror"
        return _ICONS[self._phase]

    def _dress(self, colours: Colours) -> tuple[str, str, str]:
        """Fill, icon and edge of the disc."""
        match self._phase:
            case "idle" | "hearing" | "speaking":
                return colours.accent, colours.on_accent, colours.accent
            case "listening" | "thinking":
                return colours.tint, colours.accent, colours.accent
            case "offline" | "broken":
                return colours.error_tint, colours.error, colours.error
            case _:
                return colours.raised, colours.quiet, colours.line
