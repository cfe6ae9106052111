"""PixelRing: a picture whose columns are a ring, so that scrolling costs two copies and no computing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

Pixels = NDArray[np.uint32]  # 0xffRRGGBB


class PixelRing:
    """The newest columns of an endless picture, in device pixels; column n lies at n modulo the width."""

    def __init__(self, width: int, height: int, scale: float) -> None:
        self.width = width
        self.height = height
        self._pixels: Pixels = np.zeros((height, width), np.uint32)
        self._image = QImage(
            self._pixels.data, width, height, self._pixels.strides[0], QImage.Format.Format_RGB32
        )
        self._image.setDevicePixelRatio(scale)
        self.scale = scale

    def write(self, first: int, columns: Pixels) -> None:
        """Put columns [height, n] at `first` and after."""
        places = np.arange(first, first + columns.shape[1]) % self.width
        self._pixels[:, places] = columns

    def paint(self, painter: QPainter, last: int, width: int) -> None:
        """Draw the `width` columns that end before `last`, from the painter's origin on."""
        start = (last - width) % self.width
        head = min(width, self.width - start)
        self._part(painter, 0, start, head)
        if head < width:
            self._part(painter, head, 0, width - head)

    def _part(self, painter: QPainter, at: int, start: int, width: int) -> None:
        source = QRectF(start, 0, width, self.height)
        painter.drawImage(QPointF(at / self.scale, 0.0), self._image, source)
