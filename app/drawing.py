"""Drawing: an SVG drawing as a picture of pixels, for those who cannot show the former."""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import PalukuError, StorageError

SCALE = 2.0  # pixels for each point: sharp on paper and on fine screens


def save_png(svg: str, path: Path) -> None:
    """Write a drawing as PNG. Needs no screen."""
    try:
        from PySide6.QtCore import QByteArray, QCoreApplication
        from PySide6.QtGui import QGuiApplication, QImage, QPainter
        from PySide6.QtSvg import QSvgRenderer
    except ImportError as error:  # a server without the libraries of a desktop
        raise PalukuError(
            f"{path.name} cannot be drawn here: {error}.", "The same drawing lies beside it as SVG."
        ) from error
    application = QCoreApplication.instance()
    if application is None:  # it knows the fonts, and must live while they are drawn
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QGuiApplication([])
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = renderer.defaultSize()
    image = QImage(
        round(SCALE * size.width()), round(SCALE * size.height()), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(0)
    painter = QPainter(image)
    try:
        renderer.render(painter)
    finally:
        painter.end()
    if not renderer.isValid() or not image.save(str(path)):
        raise StorageError(f"{path} cannot be written.", "Choose another place.")
    del application
