"""A window without a screen, and a person's folders that are no person's."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bridge import Bridge
from app.doors import Doors
from app.settings import Look, Settings
from app.theme import Theme
from app.window import Window
from core.events import Event
from tests.app.fake_engine import FakeEngine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # the offscreen platform says so of every dialog and every sheet; it means nothing
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees, or leaves anything in, the folders of whoever runs it."""
    monkeypatch.setenv("PALUKU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PALUKU_MODELS", str(tmp_path / "models"))
    return tmp_path


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


class Stage:
    """A bridge with a fake engine behind it, and a window before it once it is asked for."""

    def __init__(self, bot: QtBot, theme: Theme, settings: Settings) -> None:
        self._bot = bot
        self._theme = theme
        self._engines: list[FakeEngine] = []
        self.bridge = Bridge(self._make_engine, settings)
        self.doors = Doors(self.bridge)

    def _make_engine(self, on_event: Callable[[Event], None]) -> FakeEngine:
        self._engines.append(FakeEngine(on_event))
        return self._engines[-1]

    @property
    def engine(self) -> FakeEngine:
        return self._engines[-1]

    @property
    def engines_made(self) -> int:
        return len(self._engines)

    def say(self, *events: Event) -> None:
        """Let the engine say this, and wait until the window has heard it."""
        for event in events:
            self.engine.say(event)
        QApplication.processEvents()

    def orders(self) -> list[tuple[object, ...]]:
        """What was ordered since the last time this was asked."""
        given = list(self.engine.orders)
        self.engine.orders.clear()
        return given

    def window(self) -> Window:
        window = Window(self.doors, self._theme)
        self._bot.addWidget(window)
        window.show()
        self._bot.waitExposed(window).__enter__()
        window.activateWindow()
        return window


@pytest.fixture
def make_stage(qtbot: QtBot, theme: Theme) -> Iterator[Callable[..., Stage]]:
    made: list[Stage] = []

    def make(settings: Settings | None = None) -> Stage:
        made.append(Stage(qtbot, theme, settings or Settings(look=Look(welcomed=True))))
        made[-1].bridge.start()
        made[-1].orders()
        return made[-1]

    yield make
    for stage in made:
        stage.doors.close()


@pytest.fixture
def stage(make_stage: Callable[..., Stage]) -> Stage:
    return make_stage()
