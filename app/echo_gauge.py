"""EchoGauge: how much softer the microphone hears what the speaker plays."""

from __future__ import annotations

from collections import deque

import numpy as np
from PySide6.QtCore import QObject, Signal

_SOUNDING_DB = -45.0  # a level of the speaker from which on its echo can be told
_LOOKS = 100  # that the figure is the middle of: some seconds of an answer
_FEWEST = 20
_MEASURABLE_DB = 50.0  # softer than this is not heard at all


class EchoGauge(QObject):
    """A figure of the latest answer, from the levels that the window sees anyway."""

    measured = Signal(object)  # decibels; infinite where the microphone hears nothing of it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._softer: deque[float] = deque(maxlen=_LOOKS)
        self.figure: float | None = None

    def push(self, heard_db: float, spoken_db: float) -> None:
        """Both levels at a moment in which an answer is spoken and nobody else speaks."""
        if spoken_db < _SOUNDING_DB:
            return
        self._softer.append(spoken_db - heard_db)
        if len(self._softer) < _FEWEST:
            return
        middle = float(np.median(self._softer))
        figure = float("inf") if middle > _MEASURABLE_DB else float(max(0, round(middle)))
        if figure != self.figure:
            self.figure = figure
            self.measured.emit(figure)
