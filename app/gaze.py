"""Gaze: looks at the engine's sound and health while somebody looks at the window."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.engine_like import EngineLike
from app.onlooker import Onlooker
from app.settings import Scale

_FRAME_MS = 16
_FRAMES_A_GLANCE = 3  # pictures scroll by a clock of their own: new sound every third frame is enough
_HEALTH_MS = 1000


class Gaze(QObject):
    """Two clocks: one at the rate of the screen for sound, a slow one for the engine's health."""

    ticked = Signal(float)  # a frame of the screen: seconds of a steady clock
    glanced = Signal(object, object)  # Glance of the microphone, Glance of the speaker
    health_changed = Signal(object)  # HealthLike

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: EngineLike | None = None
        self._heard: Onlooker | None = None
        self._spoken: Onlooker | None = None
        self._scale: Scale = "mel"
        self._frame_number = 0
        self._frames = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._frame)
        self._checks = QTimer(self, interval=_HEALTH_MS)
        self._checks.timeout.connect(self._check)

    def turn_to(self, engine: EngineLike | None) -> None:
        """Look at this engine from now on."""
        self._engine = engine
        self._heard = Onlooker(engine.peek_heard) if engine else None
        self._spoken = Onlooker(engine.peek_spoken) if engine else None
        self.choose_scale(self._scale)

    def choose_scale(self, scale: Scale) -> None:
        """The scale of pitch in the columns."""
        self._scale = scale
        for onlooker in (self._heard, self._spoken):
            if onlooker is not None:
                onlooker.choose_scale(scale)

    @Slot(bool)
    def watch(self, watching: bool) -> None:
        """Look at all, or rest."""
        for timer in (self._frames, self._checks):
            if watching:
                timer.start()
            else:
                timer.stop()

    @Slot()
    def _frame(self) -> None:
        now = time.perf_counter()
        self._frame_number += 1
        if self._frame_number % _FRAMES_A_GLANCE == 0:
            self._look(now)
        self.ticked.emit(now)

    def _look(self, now: float) -> None:
        engine = self._engine
        if engine is not None and self._heard is not None and self._spoken is not None:
            rate = engine.sample_rate
            self.glanced.emit(self._heard.look(rate, now), self._spoken.look(rate, now))

    @Slot()
    def _check(self) -> None:
        if self._engine is not None:
            self.health_changed.emit(self._engine.health())
