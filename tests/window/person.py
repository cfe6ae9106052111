"""A person before the real application: sees, presses, waits, and asks somebody else to speak or to unplug.

    python -m tests.window.person SCENE

The scene is a generator of tests.window.scenes, voice_scenes or long_talk: it yields until what it waits
for is there. What the person cannot do from inside (speak, pull a plug) is printed as a line, and done when
a line comes back. The last line is JSON: what the scene found, and every warning of Qt.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

import app.front
from app.main import main
from app.talk import Talk
from app.window import Window

PATIENCE = 45.0  # seconds that a person waits for anything, on a machine that may be busy
_GLANCE_MS = 15

Steps = Iterator[None]


class Impatience(Exception):
    """What was waited for did not come."""


class Person(QObject):
    """Sits before the window of `front`, and follows a scene."""

    def __init__(self, front: Any, scene: Callable[[Person], Steps]) -> None:
        super().__init__()
        self._front = front
        self.found: dict[str, Any] = {}
        self.warnings: list[str] = []
        self._answers: list[str] = []
        self._steps = scene(self)
        self._clock = QTimer(self, interval=_GLANCE_MS)
        self._clock.timeout.connect(self._go_on)
        threading.Thread(target=self._listen, daemon=True).start()
        self._clock.start()

    @property
    def window(self) -> Window:
        return self._front.window  # type: ignore[no-any-return]

    @property
    def talk(self) -> Talk:
        return self._front._doors.bridge.talk  # type: ignore[no-any-return]

    def until(self, there: Callable[[], Any], what: str) -> Steps:
        """Wait for it."""
        deadline = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > deadline:
                raise Impatience(f"{what}; the talk: {self.talk}")
            yield

    def wait(self, seconds: float) -> Steps:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            yield

    def ask(self, wish: str) -> Steps:
        """Let somebody else do this."""
        self._answers.clear()
        print(wish, flush=True)
        yield from self.until(lambda: self._answers, f"nobody did: {wish}")

    def see(self, words: str) -> bool:
        """Whether these words are on the screen."""
        seen = (*self.window.findChildren(QLabel), *self.window.findChildren(QAbstractButton))
        return any(words in widget.text() for widget in seen if widget.isVisible())

    def button(self, name: str, within: QWidget | None = None) -> QAbstractButton | None:
        """The visible button that is called so."""
        found = (within or self.window).findChildren(QAbstractButton)
        named = (b for b in found if name in (b.text(), b.accessibleName(), b.toolTip()) and b.isVisible())
        return next(named, None)

    def click(self, name: str, within: QWidget | None = None) -> Steps:
        """Press the button of this name, once it is there."""
        yield from self.until(
            lambda: (b := self.button(name, within)) is not None and b.isEnabled(), f"no button {name}"
        )
        button = self.button(name, within)
        assert button is not None
        QTest.mouseClick(
            button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2)
        )
        yield

    def choose(self, box: QComboBox, value: object) -> Steps:
        """Take this row of a list."""
        yield from self.until(lambda: box.findData(value) >= 0 and box.isVisible(), f"no choice {value}")
        row = box.findData(value)
        box.setCurrentIndex(row)
        box.activated.emit(row)  # as a click in the opened list
        yield

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Strike a key where the keyboard is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def _go_on(self) -> None:
        if not self.window.isActiveWindow():
            self.window.activateWindow()  # there is no window manager here to do it
            return
        try:
            next(self._steps)
        except StopIteration:
            self._end({})
        except Exception as error:  # told to the test, which fails
            self._end({"failed": f"{type(error).__name__}: {error}"})

    def _end(self, more: dict[str, Any]) -> None:
        self._clock.stop()
        self.found |= more
        application = QApplication.instance()
        assert application is not None
        if self.window.isVisible() or more:
            application.quit()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._answers.append(line.strip())


def run(scene: Callable[[Person], Steps]) -> None:
    """The application as `main` puts it together, with a person before it."""
    persons: list[Person] = []
    warnings: list[str] = []
    qInstallMessageHandler(lambda kind, context, text: warnings.append(text))
    made = app.front.Front.__init__

    def make(front: Any, *parts: Any) -> None:
        made(front, *parts)
        persons.append(Person(front, scene))

    app.front.Front.__init__ = make  # type: ignore[method-assign]
    status = main([])
    print(
        json.dumps(
            {"status": status, "ended": time.monotonic(), **persons[0].found, "qt_warnings": warnings}
        ),
        flush=True,
    )


if __name__ == "__main__":
    from tests.window import long_talk, scenes, voice_scenes

    places = (scenes, voice_scenes, long_talk)
    run(next(getattr(place, sys.argv[1]) for place in places if hasattr(place, sys.argv[1])))
