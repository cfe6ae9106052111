"""The real window in mirror mode on real sound, for so many seconds, beside a thread that computes.

    python -m tests.window.mirror_minute SECONDS

The last line is JSON: frames drawn a second, the engine's counts, the delay it tells.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.bridge import Bridge
from app.doors import Doors
from app.settings import Look, Settings
from app.theme import Theme
from app.views.mode_switch import ModeSwitch
from app.views.waterfall import Waterfall
from app.window import Window
from core.engine import Engine, desktop_engine
from core.events import Event, Failed, Mirrored, Ready
from core.pulse import Health

_SETTLE_SECONDS = 2.0


class Paints(QObject):
    """Counts how often widgets are drawn."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def main(seconds: float) -> None:
    warnings: list[str] = []
    qInstallMessageHandler(lambda kind, context, text: warnings.append(text))
    application = QApplication(sys.argv[:1])
    told: list[Event] = []
    engines: list[Engine] = []

    def make_engine(on_event: Callable[[Event], None]) -> Engine:
        def hear(event: Event) -> None:
            told.append(event)
            on_event(event)

        engines.append(desktop_engine(hear))
        return engines[0]

    bridge = Bridge(make_engine, Settings(look=Look(welcomed=True)))
    window = Window(Doors(bridge), Theme(application))
    paints, views = Paints(), window.findChildren(Waterfall)
    for view in views:
        view.installEventFilter(paints)
    window.show()
    bridge.start()
    computing = True

    def compute() -> None:
        matrix = np.random.default_rng(0).standard_normal((200, 200))
        while computing:
            sum(number * number for number in range(20_000))
            np.linalg.inv(matrix)

    started: dict[str, float] = {}
    before: list[Health] = []

    def begin() -> None:
        if not any(isinstance(event, Ready) for event in told):
            QTimer.singleShot(50, begin)
            return
        window.findChild(ModeSwitch).chosen.emit("mirror")
        threading.Thread(target=compute, daemon=True).start()
        QTimer.singleShot(round(_SETTLE_SECONDS * 1000), measure)

    def measure() -> None:
        print("measuring", flush=True)
        started.update(time=time.monotonic(), paints=paints.count)
        before.append(engines[0].health())  # what opening the devices cost is not part of the minute
        QTimer.singleShot(round(seconds * 1000), finish)

    def finish() -> None:
        passed = time.monotonic() - started["time"]
        health = engines[0].health()
        mirrored = [event.total_ms for event in told if isinstance(event, Mirrored)]
        print(
            json.dumps(
                {
                    "seconds": round(passed, 1),
                    "views": len(views),
                    "frames_per_second": round((paints.count - started["paints"]) / len(views) / passed, 1),
                    "frames": health.frames - before[0].frames,
                    "late_frames": health.late_frames - before[0].late_frames,
                    "overruns": health.overruns - before[0].overruns,
                    "underruns": health.underruns - before[0].underruns,
                    "step_ms_p95": round(health.step_ms_p95, 2),
                    "told_delay_ms": round(float(np.median(mirrored)), 1),
                    "failures": [str(event.error) for event in told if isinstance(event, Failed)],
                    "qt_warnings": warnings,
                }
            ),
            flush=True,
        )
        application.quit()

    begin()
    application.exec()
    computing = False
    window.close()
    bridge.close()


if __name__ == "__main__":
    main(float(sys.argv[1]))
