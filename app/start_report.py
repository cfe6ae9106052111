"""StartReport: how soon the window and the models were there, printed as JSON for whoever started us."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, Slot

from app.measure import start_figures
from app.talk import Talk


class StartReport(QObject):
    """Two lines, one when the window has been painted and one when the models are ready; told once each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = {"window", "ready"}

    @Slot()
    def window_painted(self) -> None:
        self._tell("window")

    @Slot(object)
    def talk_changed(self, talk: Talk) -> None:
        if talk.ready is not None:
            self._tell("ready", codec=talk.ready.codec, model=talk.ready.model)

    def _tell(self, what: str, **more: object) -> None:
        if what in self._waiting:
            self._waiting.remove(what)
            print(json.dumps({**start_figures(), "what": what, **more}), flush=True)
