"""Waterfall: a live picture of sound, time to the right and pitch upwards."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.colours import colours_of
from app.settings import Shades
from app.views.pixel_ring import PixelRing, Pixels
from app.views.shades import shades_of
from app.views.stream_clock import StreamClock

Columns = NDArray[np.float32]  # [n, bands], dB, low bands first

PER_SECOND = 60  # columns a second = points a second: one step a frame on most screens
FLOOR_DB, TOP_DB = -100.0, -15.0  # what silence is kept as; the loudest shade
_RANGE_DB = 70.0
_DELAY = 0.1  # seconds that the picture stays behind, so that late lumps of sound do not make it stop
_KEPT = 4096  # columns kept to draw again after a change of size, scale or theme
_CORNER = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture: how long ago, how high, how loud."""

    seconds_ago: float
    hz: float
    level_db: float


class Waterfall(QWidget):
    """A picture that scrolls by the time of its stream. Columns in, the spot under the cursor out."""

    pointed = Signal(object)  # Spot, or None

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 48)
        self._kept: Columns = np.full((_KEPT, 1), FLOOR_DB, np.float32)
        self._arrived = 0  # columns
        self._clock = StreamClock(PER_SECOND, _DELAY)
        self._place = 0.0
        self._drawn = -1  # device column at the right edge
        self._ring: PixelRing | None = None
        self._written = 0  # device columns
        self._range_db = _RANGE_DB
        self._shade_name: Shades = "theme"
        self._shades: Pixels = shades_of(self._shade_name, colours_of(self.palette()))
        self._frequencies: NDArray[np.float64] = np.zeros(0)
        self._frozen = False
        self._cursor: QPointF | None = None
        self.setMouseTracking(True)
        self._stretch: Columns = np.zeros((1, 1), np.float32)  # [height, bands]
        self._corners: list[tuple[int, int, QPixmap]] = []

    def sizeHint(self) -> QSize:
        return QSize(320, 88)

    def clear(self) -> None:
        """Forget the picture: another stream begins."""
        self._kept[:] = FLOOR_DB
        self._arrived = 0
        self._clock = StreamClock(PER_SECOND, _DELAY)
        self._place = 0.0
        self._draw_all_again()

    def append(self, columns: Columns) -> None:
        """Take what is new in the stream; a frozen picture takes nothing."""
        count = len(columns)
        if count == 0 or self._frozen:
            return
        if columns.shape[1] != self._kept.shape[1]:
            self._kept = np.full((_KEPT, columns.shape[1]), FLOOR_DB, np.float32)
            self._draw_all_again()
        self._kept[np.arange(self._arrived, self._arrived + count)[-_KEPT:] % _KEPT] = columns[-_KEPT:]
        self._arrived += count
        self._write_new()

    def advance(self, now: float) -> None:
        """Scroll on to this moment; draws only if that is at least one pixel."""
        if self._frozen:
            self._clock.skip(now)
            return
        self._place = self._clock.advance(now, self._arrived)
        if self._edge() != self._drawn:
            self.update()
            if self._cursor is not None:
                self._point()

    def freeze(self, frozen: bool) -> None:
        """Stand still, and let what comes go by."""
        self._frozen = frozen

    def show_frequencies(self, frequencies: NDArray[np.float64]) -> None:
        """What each band of the columns is, in Hz."""
        self._frequencies = frequencies

    def look_so(self, range_db: float, shades: Shades) -> None:
        """How many decibels lie between the quietest and the loudest shade, and which shades."""
        if (range_db, shades) != (self._range_db, self._shade_name):
            self._range_db, self._shade_name = range_db, shades
            self._shades = shades_of(shades, colours_of(self.palette()))
            self._draw_all_again()

    def spot(self, x: float, y: float) -> Spot | None:
        """What lies at this point; None where no sound is."""
        bands = self._kept.shape[1]
        if len(self._frequencies) != bands:
            return None
        column = math.floor(self._place - (self.width() - x))
        if not max(0, self._arrived - _KEPT) <= column < self._arrived:
            return None
        band = min(bands - 1.0, max(0.0, (bands - 1) * (1.0 - y / max(1, self.height() - 1))))
        hz = float(np.interp(band, np.arange(bands), self._frequencies))
        level = float(np.interp(band, np.arange(bands), self._kept[column % _KEPT]))
        return Spot((self._arrived - column) / PER_SECOND, hz, level)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._cursor = event.position()
        self._point()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._cursor = None
        self.pointed.emit(None)
        self.update()

    def _point(self) -> None:
        if self._cursor is not None:
            self.pointed.emit(self.spot(self._cursor.x(), self._cursor.y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        ring = self._ring
        if ring is None or ring.scale != self.devicePixelRatioF():
            ring = self._new_ring()
        self._drawn = self._edge()
        painter = QPainter(self)
        try:
            ring.paint(painter, self._drawn, _device(self.width(), ring.scale))
            for x, y, corner in self._corners:
                painter.drawPixmap(x, y, corner)
            if self._cursor is not None:
                painter.setPen(QColor(colours_of(self.palette()).quiet))
                painter.drawLine(QPointF(self._cursor.x(), 0), QPointF(self._cursor.x(), self.height()))
                painter.drawLine(QPointF(0, self._cursor.y()), QPointF(self.width(), self._cursor.y()))
        finally:
            painter.end()  # a painter left open breaks every later frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw_all_again()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._shades = shades_of(self._shade_name, colours_of(self.palette()))
            self._draw_all_again()
        super().changeEvent(event)

    def _edge(self) -> int:
        return math.floor(self._place * self.devicePixelRatioF())

    def _draw_all_again(self) -> None:
        self._ring = None
        self.update()

    def _new_ring(self) -> PixelRing:
        scale = self.devicePixelRatioF()
        width = _device(self.width(), scale)
        height = _device(self.height(), scale)
        # wider than the picture: what has arrived and is not yet shown must not overwrite the oldest shown
        self._ring = PixelRing(width + _device(2 * PER_SECOND, scale), height, scale)
        self._stretch = _stretch(height, self._kept.shape[1])
        self._corners = _corners(self.size(), scale, colours_of(self.palette()).card)
        self._written = _device(self._arrived, scale) - self._ring.width
        self._write_new()
        return self._ring

    def _write_new(self) -> None:
        ring = self._ring
        if ring is None:
            return
        scale = ring.scale
        until = math.floor(self._arrived * scale)
        first = max(self._written, until - ring.width)
        if until <= first:
            return
        wanted = np.floor(np.arange(first, until) / scale).astype(np.int64)
        columns = self._kept[wanted % _KEPT].T  # [bands, n]
        known = (wanted >= 0) & (wanted >= self._arrived - _KEPT)
        columns = np.where(known, columns, FLOOR_DB)
        ring.write(first, self._shades[_levels(self._stretch @ columns, self._range_db)])
        self._written = until


def _device(points: int, scale: float) -> int:
    return max(1, math.ceil(points * scale))


def _stretch(height: int, bands: int) -> Columns:
    """[height, bands]: bands become rows, between two of them by a straight line, high ones on top."""
    place = np.linspace(bands - 1, 0, height)[:, None]
    return np.maximum(0.0, 1.0 - np.abs(place - np.arange(bands))).astype(np.float32)


def _levels(decibels: Columns, range_db: float) -> NDArray[np.uint8]:
    scaled = (decibels - (TOP_DB - range_db)) * (255.0 / range_db)
    levels: NDArray[np.uint8] = np.clip(scaled, 0.0, 255.0).astype(np.uint8)
    return levels


def _corners(size: QSize, scale: float, behind: str) -> list[tuple[int, int, QPixmap]]:
    """What lies behind the picture at its rounded corners: laid over it, much cheaper than clipping."""
    corners = []
    for right in (0, 1):
        for low in (0, 1):
            mask = QPixmap(QSize(_CORNER, _CORNER) * scale)
            mask.setDevicePixelRatio(scale)
            mask.fill(Qt.GlobalColor.transparent)
            outside, inside = QPainterPath(), QPainterPath()
            outside.addRect(0, 0, _CORNER, _CORNER)
            inside.addEllipse(QPointF((1 - right) * _CORNER, (1 - low) * _CORNER), _CORNER, _CORNER)
            painter = QPainter(mask)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(outside.subtracted(inside), QColor(behind))
            painter.end()
            corners.append((right * (size.width() - _CORNER), low * (size.height() - _CORNER), mask))
    return corners
