"""Waterfall: a live picture of sound, time to the right and pitch upwards."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.colours import colours_of
from app.views.pixel_ring import PixelRing, Pixels
from app.views.stream_clock import StreamClock

Columns = NDArray[np.float32]  # [n, bands], dB, low bands first

PER_SECOND = 60  # columns a second = points a second: one step a frame on most screens
FLOOR_DB, TOP_DB = -85.0, -15.0
_DELAY = 0.1  # seconds that the picture stays behind, so that late lumps of sound do not make it stop
_KEPT = 4096  # columns kept to draw again after a change of size, scale or theme
_CORNER = 6


class Waterfall(QWidget):
    """A picture that scrolls by the time of its stream. Columns in, nothing out."""

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
        self._shades: Pixels = _shades(colours_of(self.palette()).waterfall)
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
        """Take what is new in the stream."""
        count = len(columns)
        if count == 0:
            return
        if columns.shape[1] != self._kept.shape[1]:
            self._kept = np.full((_KEPT, columns.shape[1]), FLOOR_DB, np.float32)
            self._draw_all_again()
        self._kept[np.arange(self._arrived, self._arrived + count)[-_KEPT:] % _KEPT] = columns[-_KEPT:]
        self._arrived += count
        self._write_new()

    def advance(self, now: float) -> None:
        """Scroll on to this moment; draws only if that is at least one pixel."""
        self._place = self._clock.advance(now, self._arrived)
        if self._edge() != self._drawn:
            self.update()

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
        finally:
            painter.end()  # a painter left open breaks every later frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw_all_again()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._shades = _shades(colours_of(self.palette()).waterfall)
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
        ring.write(first, self._shades[_levels(self._stretch @ columns)])
        self._written = until


def _device(points: int, scale: float) -> int:
    return max(1, math.ceil(points * scale))


def _stretch(height: int, bands: int) -> Columns:
    """[height, bands]: bands become rows, between two of them by a straight line, high ones on top."""
    place = np.linspace(bands - 1, 0, height)[:, None]
    return np.maximum(0.0, 1.0 - np.abs(place - np.arange(bands))).astype(np.float32)


def _levels(decibels: Columns) -> NDArray[np.uint8]:
    scaled = (decibels - FLOOR_DB) * (255.0 / (TOP_DB - FLOOR_DB))
    levels: NDArray[np.uint8] = np.clip(scaled, 0.0, 255.0).astype(np.uint8)
    return levels


def _shades(stops: tuple[str, ...]) -> Pixels:
    """256 colours that run evenly through these."""
    colours = [QColor(stop) for stop in stops]
    at = np.linspace(0, 255, len(stops))
    red, green, blue = (
        np.interp(np.arange(256), at, [part(colour) for colour in colours]).astype(np.uint32)
        for part in (QColor.red, QColor.green, QColor.blue)
    )
    opaque = np.full(256, 0xFF000000, np.uint32)
    return np.asarray(opaque | (red << 16) | (green << 8) | blue, np.uint32)


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
