"""Every widget of every page, in both themes: it has a name, Tab reaches it, and its letters can be read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.settings import Look, Settings
from app.views.code_use import CodeUse
from app.views.meter import Meter
from app.views.parts_bar import PartsBar
from app.views.waterfall import Waterfall
from app.window import Window
from app.wires.pages import page_entries
from core.events import Event, Finished, Hearing, Listening, ModeChanged, Opened, Ready
from tests.app.conftest import Stage

PAGES = tuple(entry.page for entry in page_entries())
CONTROLS = (QAbstractButton, QComboBox, QAbstractSlider, QLineEdit, QAbstractItemView)
PICTURES = (Meter, Waterfall, PartsBar, CodeUse)
READY = Ready("codec", "model", 1.0, ("a", "b"), ("neutral", "sad"), ("auto", "te"), duplex=True)
TALK: tuple[Event, ...] = (
    READY,
    Opened("mic", "phones"),
    ModeChanged("hold"),
    Listening(),
    Hearing(1),
    Finished(1, "నమస్తే", "good day", 1.0, 1.0, False),
)
SCALE = 3  # so that thin strokes have a core in their own colour
LEAST = 4.5


@pytest.fixture(params=["light", "dark"])
def show(
    request: pytest.FixtureRequest, make_stage: Callable[..., Stage], qtbot: QtBot
) -> Callable[[str], Window]:
    def show_page(page: str) -> Window:
        stage = make_stage(Settings(look=Look(appearance=request.param, welcomed=page != "welcome")))
        window = stage.window()
        window.resize(980, 1400)  # all of a page at once
        stage.say(*TALK)
        window.go(page)
        qtbot.wait(250)  # lists come, layouts settle
        return window

    return show_page


def _visible(window: Window, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
    """Those that a person meets: not the inner parts that Qt makes of a list or an arrow."""
    found = [widget for kind in kinds for widget in window.findChildren(kind)]
    own = [w for w in found if not w.objectName().startswith("qt_") and not isinstance(w, QScrollBar)]
    return [w for w in own if w.isVisible() and not isinstance(w.parentWidget(), QComboBox)]


@pytest.mark.parametrize("page", PAGES)
def test_everything_is_named_reached_and_readable(page: str, show: Callable[[str], Window]) -> None:
    window = show(page)
    nameless = [
        widget
        for widget in _visible(window, CONTROLS + PICTURES)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []
    reached, widget = set(), window.page(page)
    for _ in range(3000):
        reached.add(widget)
        widget = widget.nextInFocusChain()
    controls = [w for w in _visible(window, CONTROLS) if w.isEnabled() and not _follows_another(w)]
    missed = [w for w in controls if w not in reached or not w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [
        (w.accessibleName() or getattr(w, "text", str)(), type(w.parent()).__name__) for w in missed
    ] == []
    picture = _picture(window)
    faint = {
        f"{type(widget).__name__} “{words}”": round(ratio, 2)
        for widget in _visible(window, (QLabel, QAbstractButton, QComboBox))
        if widget.isEnabled()
        and (words := widget.currentText() if isinstance(widget, QComboBox) else widget.text())
        and (ratio := _contrast(_crop(picture, widget, window))) is not None
        and ratio < LEAST
    }
    assert faint == {}


def _follows_another(widget: QWidget) -> bool:
    """Tab goes to the chosen button of a group; from there the arrow keys go on to this one."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and group.checkedButton() not in (None, widget)


def _picture(window: Window) -> np.ndarray:
    """[height, width, 3]: the window drawn three times as fine."""
    image = QImage(window.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    window.render(image, QPoint(0, 0))
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), 2::-1].copy()


def _crop(picture: np.ndarray, widget: QWidget, window: Window) -> np.ndarray:
    """What of the picture the widget shows; its edge, that may be a border, is left out."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    shown = widget.visibleRegion().boundingRect().translated(place.topLeft()).adjusted(3, 3, -3, -3)
    return picture[SCALE * shown.top() : SCALE * shown.bottom(), SCALE * shown.left() : SCALE * shown.right()]


def _contrast(pixels: np.ndarray) -> float | None:
    """Between the ground, which is the commonest colour, and what stands out from it most."""
    if pixels.size == 0:
        return None
    colours, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_counts=True)
    if len(colours) == 1:
        return None  # scrolled out of sight but for a line of ground
    light = _luminance(colours)
    ground = light[counts.argmax()]
    return float(max((max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) for ink in light))


def _luminance(colours: np.ndarray) -> np.ndarray:
    part = colours / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
