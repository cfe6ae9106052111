"""What every page is tied to: the doors, the look, and the ways to the other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.doors import Doors
from app.theme import Theme
from app.trouble import Remedy


class Paths(QObject):
    """Where a page can send the window."""

    page_wished = Signal(str)
    devices_wished = Signal()
    """To the settings, where the devices are chosen."""
    devices_sought = Signal()  # by whoever stands in the settings now
    search_sought = Signal()  # by whoever stands in the history now

    def __init__(self, step: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.step = step  # of the welcome; another window begins there


@dataclass(frozen=True, slots=True, weakref_slot=True)  # signals hold whom they call weakly
class Around:
    """Everything that a page may be tied to."""

    doors: Doors
    theme: Theme
    paths: Paths
    language: str  # that the window is shown in

    def mend(self, remedy: Remedy) -> None:
        """Do what was chosen about what went wrong, and say no more of it."""
        bridge = self.doors.bridge
        bridge.report(None)
        if remedy == "restart":
            bridge.restart()
        elif remedy == "devices":
            self.paths.devices_wished.emit()


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as the window knows it: its id, how the rail shows it, and what makes it when it is first shown.

    `make` returns the page, tied to all that it needs; whatever ties it is a child of it. A page without
    a word is not in the rail.
    """

    page: str
    icon: str
    word: str
    name: str
    make: Callable[[Around], QWidget]
