"""Icons: the SVG files of assets/icons, in any colour and at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.places import assets

Name = str


def picture(name: Name, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """One icon as a square of `size` points; it keeps sharp on a screen of that `scale`."""
    pixmap = QPixmap(round(size * scale), round(size * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@cache
def icon(name: Name, colour: str, disabled: str | None = None) -> QIcon:
    """The same for a button; drawn at twice the size so that a fine screen shows it sharp.

    Every row of a list has some: all of them show the same picture.
    """
    made = QIcon(picture(name, colour, 20, 2.0))
    if disabled is not None:
        made.addPixmap(picture(name, disabled, 20, 2.0), QIcon.Mode.Disabled)
    return made


@cache
def tick(colour: str, under_pointer: str) -> QIcon:
    """The mark of what is chosen in a menu; room for it where something is not."""
    made, nothing = QIcon(), QPixmap(40, 40)
    nothing.setDevicePixelRatio(2.0)
    nothing.fill(Qt.GlobalColor.transparent)
    made.addPixmap(nothing, QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(picture("done", colour, 20, 2.0), QIcon.Mode.Normal, QIcon.State.On)
    made.addPixmap(picture("done", under_pointer, 20, 2.0), QIcon.Mode.Active, QIcon.State.On)
    return made


def draw(painter: QPainter, name: Name, colour: str | QColor, where: QRectF) -> None:
    _renderer(name, QColor(colour).name()).render(painter, where)


@cache
def _renderer(name: Name, colour: str) -> QSvgRenderer:
    text = (assets() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))


def application_icon() -> QIcon:
    return QIcon(str(assets() / "paluku.svg"))
