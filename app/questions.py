"""Questions: what is asked of disk, net or system without making the window wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.errors import PalukuError

T = TypeVar("T")


class Questions(QObject):
    """Questions that are being thought about, each on a thread; answers come in the window's thread."""

    refused = Signal(object)  # PalukuError

    _answered = Signal(object)  # what to do now, in the window's thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        question: Callable[[], T],
        answer: Callable[[T], None],
        refused: Callable[[PalukuError], None] | None = None,
    ) -> None:
        """`answer` is called with what `question` returns, or `refused` with the reason why not."""

        def think() -> None:
            try:
                found = question()
            except PalukuError as error:
                told, reason = refused or self.refused.emit, error
                self._answered.emit(lambda: told(reason))
            else:
                self._answered.emit(lambda: answer(found))

        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(threading.Thread(target=think, name="question", daemon=True))
        self._threads[-1].start()

    def close(self, timeout: float) -> None:
        """Wait for what is still being asked: its answer must not find the window gone."""
        for thread in self._threads:
            thread.join(timeout)

    @Slot(object)
    def _take(self, act: Callable[[], Any]) -> None:
        act()
