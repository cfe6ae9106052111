"""SecondThought: a deletion that waits a few seconds for a change of mind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

WAITS_MS = 8000


class SecondThought(QObject):
    """At most one deletion at a time: another one, or the end of the program, carries the first out."""

    offered = Signal(str)  # what was taken away, in words; empty: there is nothing to undo

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._do: Callable[[], None] | None = None
        self._undo: Callable[[], None] | None = None
        self._wait = QTimer(self, interval=WAITS_MS, singleShot=True)
        self._wait.timeout.connect(self.carry_out)

    def begin(self, words: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        """Wait; then `do` it, unless `undo` was wished meanwhile."""
        self.carry_out()
        self._do, self._undo = do, undo
        self._wait.start()
        self.offered.emit(words)

    @Slot()
    def change_mind(self) -> None:
        self._settle(self._undo)

    @Slot()
    def carry_out(self) -> None:
        self._settle(self._do)

    def _settle(self, act: Callable[[], None] | None) -> None:
        self._do = self._undo = None
        self._wait.stop()
        if act is not None:
            self.offered.emit("")
            act()
