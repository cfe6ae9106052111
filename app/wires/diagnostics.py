"""DiagnosticsWires: the diagnostics page between the engine's door and this process."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.engine_like import HealthLike
from app.pages.diagnostics import DiagnosticsPage
from app.vitals import Vitals, memory_now
from app.wires.base import Around


def make_diagnostics(around: Around) -> DiagnosticsPage:
    """The diagnostics page, tied."""
    page = DiagnosticsPage()
    DiagnosticsWires(page, around)
    return page


class DiagnosticsWires(QObject):
    """Ties the diagnostics page to the engine's health and to the check of everything."""

    def __init__(self, page: DiagnosticsPage, around: Around) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = around.doors.bridge
        page.check_wished.connect(self._bridge.surroundings.check_everything)
        self._bridge.surroundings.checked.connect(page.show_checks)
        self._bridge.gaze.health_changed.connect(self._show_health)
        self._show_health(None, seen=True)

    @Slot(object)
    def _show_health(self, health: HealthLike | None, *, seen: bool = False) -> None:
        if seen or self._page.isVisible():
            self._page.show_vitals(Vitals(health, self._bridge.talk, memory_now()))
