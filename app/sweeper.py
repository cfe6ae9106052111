"""Sweeper: Python's own garbage, collected in the window's thread and in no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_SWEEP_MS = 1000
_OLD = 2  # sweeps of the grown before one of all: about half a minute, and 40 ms with the models loaded


class Sweeper(QObject):
    """Collects garbage by a clock.

    Left to itself, Python does it in whichever thread happens to make objects: there, widgets and timers
    that lie in a cycle would be destroyed beside their own thread, which Qt forbids.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._begun = False
        self._clock = QTimer(self, interval=_SWEEP_MS)
        self._clock.timeout.connect(self.sweep)

    def start(self) -> None:
        """From now on nobody else collects."""
        gc.disable()
        self._clock.start()

    def close(self) -> None:
        """Leave it to Python again."""
        self._clock.stop()
        gc.enable()

    @Slot()
    def sweep(self) -> None:
        """Collect as much as is due: the young often, the old seldom."""
        if not self._begun:
            self._begun = True
            gc.freeze()  # what the start made stays: looking through it again and again would hold up a key
        young, grown, old = gc.get_count()
        most_young, most_grown, _ = gc.get_threshold()
        if young > most_young:
            gc.collect(0 if grown <= most_grown else 1 if old < _OLD else 2)
