"""Window: the pages, made when they are first shown, beside the rail."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QPaintEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.doors import Doors
from app.dropped import dropped_of
from app.icons import application_icon
from app.settings import Settings
from app.talk import Talk
from app.theme import Theme
from app.views.error_bar import ErrorBar
from app.views.rail import Rail
from app.views.undo_bar import UndoBar
from app.wires.base import Around, Paths
from app.wires.pages import page_entries

SMALLEST = (720, 520)
_LEFT, _RIGHT = 24, 34  # of what the pages hold: at the right is their scroll bar


class Window(QMainWindow):
    """The one window of the application."""

    painted = Signal()  # once: the window has been drawn for the first time
    quit_wished = Signal()

    def __init__(self, doors: Doors, theme: Theme, language: str = "en", *, step: int = 0) -> None:
        """`language` is the one shown, `step` that of the welcome."""
        super().__init__()
        self._doors = doors
        self._bridge = doors.bridge
        self._theme = theme
        self._drawn = False
        self._paths = Paths(step, self)
        self._around = Around(doors, theme, self._paths, language)
        self._entries = {entry.page: entry for entry in page_entries()}
        self._pages: dict[str, QWidget] = {}
        self.setWindowTitle(self.tr("Paluku"))
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._rail = Rail([entry for entry in self._entries.values() if entry.word])
        self._errors = ErrorBar()
        self._undo = UndoBar()
        self._stack = QStackedWidget()
        self._place()
        self._wire()
        self._take_place()
        self._show_settings(self._bridge.settings)
        look = self._bridge.settings.look
        self.go(self._bridge.settings.place.page if look.welcomed else "welcome")

    @property
    def step(self) -> int:
        """How far the first steps have been taken."""
        return self._paths.step

    @property
    def shown(self) -> str:
        """The page that is shown."""
        return next((name for name, page in self._pages.items() if page is self._stack.currentWidget()), "")

    def page(self, name: str) -> QWidget:
        """This page; made now, if it was never shown."""
        if name not in self._pages:
            page = self._entries[name].make(self._around)
            page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that the keyboard is where one looks
            self._stack.addWidget(page)
            self._pages[name] = page
        return self._pages[name]

    @Slot(str)
    def go(self, name: str) -> None:
        """Show this page."""
        if name not in self._entries:
            name = "talk"
        in_rail = bool(self._entries[name].word)
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        self._rail.setVisible(in_rail)
        self._show_talk(self._bridge.talk)
        if in_rail:
            self._rail.show_page(name)
            self._bridge.choices.change("place", page=name)
        page.setFocus()

    def _place(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._above = _inset(self._errors)
        right.addLayout(self._above)
        right.addWidget(self._stack, 1)
        self._below = _inset(self._undo)
        right.addLayout(self._below)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _wire(self) -> None:
        bridge = self._bridge
        self._rail.chosen.connect(self.go)
        self._rail.keys_wished.connect(self._show_keys)
        self._paths.page_wished.connect(self.go)
        self._paths.devices_wished.connect(self._show_devices)
        self._doors.second_thought.offered.connect(self._show_undo)
        self._undo.undo_wished.connect(self._doors.second_thought.change_mind)
        self._errors.remedy_chosen.connect(self._around.mend)
        bridge.talk_changed.connect(self._show_talk)
        bridge.settings_changed.connect(self._show_settings)
        in_rail = [entry.page for entry in self._entries.values() if entry.word]
        numbered = [(f"Ctrl+{place}", page) for place, page in enumerate(in_rail, 1)]
        for keys, page in (*numbered, ("Ctrl+,", "settings")):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda page=page: self.go(page))
        for keys, wish in (
            ("Esc", bridge.interrupt),
            ("Ctrl+M", bridge.toggle_mute),
            ("Ctrl+L", bridge.toggle_hands_free),
            ("Ctrl+N", bridge.begin_anew),
            ("Ctrl+G", bridge.choices.toggle_spectrograms),
            ("Ctrl+F", self._search),
            ("F1", self._show_keys),
            ("Ctrl+Q", self._quit),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(wish)

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        self._theme.choose(settings.look.appearance)
        self._theme.enlarge(settings.look.text_size)

    @Slot(object)
    def _show_talk(self, talk: Talk) -> None:
        """What went wrong is said on every page; that of the talk has a place of its own for it."""
        told = None if self.shown in ("", "talk") else talk.trouble
        self._errors.show_trouble(told)
        self._above.setContentsMargins(_LEFT, 12 if told else 0, _RIGHT, 0)

    @Slot(str)
    def _show_undo(self, words: str) -> None:
        """What can still be had back, on every page."""
        self._undo.show_words(words)
        self._below.setContentsMargins(_LEFT, 0, _RIGHT, 12 if words else 0)

    @Slot()
    def _show_devices(self) -> None:
        self.go("settings")
        self._paths.devices_sought.emit()

    @Slot()
    def _search(self) -> None:
        self.go("history")
        self._paths.search_sought.emit()

    @Slot()
    def _show_keys(self) -> None:
        from app.views.keys import KeysDialog

        KeysDialog(self).show()

    @Slot()
    def _quit(self) -> None:
        self.close()
        self.quit_wished.emit()

    def _take_place(self) -> None:
        """Stand where the window stood last."""
        place = self._bridge.settings.place
        self.resize(max(SMALLEST[0], place.width), max(SMALLEST[1], place.height))
        if place.x >= 0 and place.y >= 0 and self.screen().virtualGeometry().contains(place.x, place.y):
            self.move(place.x, place.y)
        if place.maximized:
            self.showMaximized()

    def note_place(self) -> None:
        """Remember where the window stands."""
        if self.isMaximized():
            self._bridge.choices.change("place", maximized=True)
        else:
            frame, size = self.pos(), self.size()
            self._bridge.choices.change(
                "place", maximized=False, x=frame.x(), y=frame.y(), width=size.width(), height=size.height()
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A sound that falls on the window is a turn of the talk, a model comes to the others."""
        from app.library import LibraryDoor

        dropped = dropped_of(event.mimeData())
        sounds = [one for one in dropped if one.use == "hear"]
        models = [one for one in dropped if one.use == "import"]
        for one in sounds[:1]:
            self.go("talk")
            self._bridge.hear_file(str(one.path))
        for one in models:
            self.go("models")
            self._doors.to(LibraryDoor).take(str(one.path))
        if not sounds and not models:
            self._bridge.report(dropped[0].refusal())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._drawn:
            self._drawn = True
            QTimer.singleShot(0, self, self.painted.emit)  # once this picture is on the screen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.gaze.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._bridge.gaze.watch(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._bridge.gaze.watch(not self.isMinimized())
        elif event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._bridge.let_go()  # a space bar that is released elsewhere is not heard here

    def closeEvent(self, event: QCloseEvent) -> None:
        self.note_place()
        super().closeEvent(event)


def _inset(bar: QWidget) -> QHBoxLayout:
    """A bar as far from the sides as what the pages hold."""
    row = QHBoxLayout()
    row.setContentsMargins(_LEFT, 0, _RIGHT, 0)
    row.addWidget(bar)
    return row
