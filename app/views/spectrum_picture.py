"""SpectrumPicture: a spectrogram from a file, in the colours of the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.colours import Colours, colours_of

_HEIGHT, _RADIUS = 92, 8

Shades = NDArray[np.float32]  # [row, column]: 0 silence to 1 loud; of a difference -1 missing to 1 added


class SpectrumPicture(QWidget):
    """A picture on paper, drawn again with the shades of the theme; a difference has two inks."""

    def __init__(self, name: str, *, difference: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._difference = difference
        self._shades: Shades = np.zeros((1, 1), np.float32)
        self._image = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def show_file(self, path: Path) -> None:
        """Show the picture in this file; nothing where it cannot be read."""
        image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
        self._shades = _signed(image) if self._difference else _loudness(image)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            around = QPainterPath()
            around.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            painter.setClipPath(around)
            painter.drawImage(self.rect(), self._image)
        finally:
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        table = _inks(colours) if self._difference else [QColor(each) for each in colours.waterfall]
        stops = np.linspace(-1 if self._difference else 0, 1, len(table))
        pixels = np.stack(
            [
                np.interp(self._shades, stops, [getattr(colour, channel)() for colour in table])
                for channel in ("red", "green", "blue")
            ],
            axis=-1,
        ).astype(np.uint8)
        rows, columns, _ = pixels.shape
        # a copy: the image does not keep the array it is made from
        self._image = QImage(pixels.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
        self.update()


def _inks(colours: Colours) -> list[QColor]:
    """What is missing, nothing, what was added."""
    return [QColor("#3f8fd0"), QColor(colours.raised), QColor("#d9694f")]


def _pixels(image: QImage) -> NDArray[np.float32]:  # -> [row, column, RGB], 0 to 1
    if image.isNull():
        return np.ones((1, 1, 3), np.float32)
    whole = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    rows = whole[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    return np.asarray(rows, np.float32) / np.float32(255)


def _loudness(image: QImage) -> Shades:
    """The darker the ink, the louder."""
    return np.asarray(np.clip(1.02 - _pixels(image).mean(axis=-1), 0, 1), np.float32)


def _signed(image: QImage) -> Shades:
    """Blue ink is missing, red ink was added; the paler, the less."""
    pixels = _pixels(image)
    ink = np.clip(2.4 * (0.975 - pixels.mean(axis=-1)), 0, 1)
    return np.asarray(np.where(pixels[..., 0] >= pixels[..., 2], ink, -ink), np.float32)
