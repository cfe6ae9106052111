"""LibraryDoor: the door between the models page and the library of models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.doors import Doors
from app.questions import Questions
from app.trouble import Trouble
from core.cards import ModelCard
from core.download import Progress
from core.errors import CardError, PalukuError
from core.fitness import Machine, measure_machine
from core.library import Fetch, Holding, Library


@dataclass(frozen=True, slots=True)
class Arrival:
    """A model on its way here."""

    progress: Progress
    paused: bool = False
    importing: bool = False
    """All of it is here, and is being made one of ours."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the models page shows."""

    holdings: tuple[Holding, ...] = ()
    free_bytes: int = 0
    machine: Machine | None = None


class LibraryDoor(QObject):
    """Wishes of the models page become fetches and imports; what they bring becomes signals."""

    listed = Signal(object)  # Shelf
    arriving = Signal(str, object)  # id, Arrival; None: it is no longer on its way
    troubled = Signal(object)  # Trouble
    changed = Signal()  # there are other models than before

    _progressed = Signal(str, object)  # id, Progress, from the fetching thread

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors.bridge)
        self._second_thought = doors.second_thought
        self._questions = Questions(self)
        self._library: Library | None = None
        self._fetches: dict[str, Fetch] = {}
        self._arrivals: dict[str, Arrival] = {}
        self._leaving: set[str] = set()
        self._offline = False
        self._progressed.connect(self._progress, Qt.ConnectionType.QueuedConnection)
        bridge = doors.bridge
        self.troubled.connect(bridge.report)
        self.changed.connect(bridge.models_changed)
        self.stay_offline(bridge.settings.privacy.offline)
        bridge.settings_changed.connect(lambda settings: self.stay_offline(settings.privacy.offline))

    @property
    def arrivals(self) -> dict[str, Arrival]:
        """What is on its way, by id."""
        return dict(self._arrivals)

    @Slot()
    def look(self) -> None:
        """See which models there are; `listed` tells."""
        self._questions.ask(self._shelf, self.listed.emit, self._trouble)

    @Slot(bool)
    def stay_offline(self, offline: bool) -> None:
        """Fetch nothing, whoever asks."""
        self._offline = offline
        if offline:
            for id in list(self._fetches):
                self.pause(id)

    @Slot(str)
    def fetch(self, id: str) -> None:
        """Begin a download, or go on with one."""
        if self._offline:
            words = self.tr("Paluku is set to stay offline, so nothing can be fetched.")
            self.troubled.emit(Trouble(words, self.tr("The switch is in the settings, under Privacy.")))
            return
        if id in self._fetches:
            return
        begun = self._arrivals.get(id)
        self._show(id, Arrival(begun.progress if begun else Progress(0, 0)))
        fetch = self._open().fetch(id, lambda progress: self._progressed.emit(id, progress))
        self._fetches[id] = fetch
        self._questions.ask(
            fetch.run, lambda card: self._arrived(id, fetch, card), lambda e: self._failed(id, fetch, e)
        )

    @Slot(str)
    def pause(self, id: str) -> None:
        """Stop for now; the row goes on saying how far it is."""
        self._stop(id)
        if arrival := self._arrivals.get(id):
            self._show(id, Arrival(Progress(arrival.progress.done, arrival.progress.total), paused=True))

    @Slot(str)
    def cancel(self, id: str) -> None:
        """Stop and say no more of it. What has arrived is kept for another day."""
        self._stop(id)
        self._show(id, None)
        self.look()

    @Slot(str)
    def take(self, path: str) -> None:
        """Import a model's folder, or weights published elsewhere."""
        name = Path(path).name
        self._show(name, Arrival(Progress(0, 0), importing=True))
        self._questions.ask(
            lambda: self._open().add(Path(path)),
            lambda card: self._imported(name),
            lambda error: self._refused(name, error),
        )

    @Slot(str, str)
    def remove(self, id: str, title: str) -> None:
        """Delete one of the user's models, unless they think better of it."""

        def undo() -> None:
            self._leaving.discard(id)
            self.look()

        self._second_thought.begin(
            self.tr("{title} was removed.").format(title=title), lambda: self._remove(id), undo
        )
        self._leaving.add(id)
        self.look()

    def close(self, timeout: float = 1.0) -> None:
        """Stop everything; what has arrived stays for the next time."""
        for id in list(self._fetches):
            self._stop(id)
        self._questions.close(timeout)

    def _open(self) -> Library:
        if self._library is None:
            self._library = Library()
        return self._library

    def _shelf(self) -> Shelf:
        library = self._open()
        found = [h for h in library.holdings() if not isinstance(h, CardError) and h.id not in self._leaving]
        return Shelf(
            tuple(sorted(found, key=lambda h: h.title.lower())), library.free_bytes(), measure_machine()
        )

    def _stop(self, id: str) -> None:
        if fetch := self._fetches.pop(id, None):
            fetch.stop()

    def _show(self, id: str, arrival: Arrival | None) -> None:
        if arrival is None:
            self._arrivals.pop(id, None)
        else:
            self._arrivals[id] = arrival
        self.arriving.emit(id, arrival)

    @Slot(str, object)
    def _progress(self, id: str, progress: Progress) -> None:
        if id in self._fetches:
            self._show(id, Arrival(progress, importing=progress.done == progress.total))

    def _arrived(self, id: str, fetch: Fetch, card: ModelCard | None) -> None:
        if card is None or self._fetches.get(id) is not fetch:
            return  # it was stopped: whoever did that has already shown it
        del self._fetches[id]
        self._imported(id)

    def _imported(self, id: str) -> None:
        self._show(id, None)
        self.look()
        self.changed.emit()

    def _failed(self, id: str, fetch: Fetch, error: PalukuError) -> None:
        if self._fetches.get(id) is fetch:
            self.pause(id)
            self._trouble(error)

    def _refused(self, name: str, error: PalukuError) -> None:
        self._show(name, None)
        self._trouble(error)

    def _remove(self, id: str) -> None:
        self._leaving.discard(id)
        try:
            self._open().remove(id)
        except PalukuError as error:
            self._trouble(error)
        self.look()
        self.changed.emit()

    def _trouble(self, error: PalukuError) -> None:
        self.troubled.emit(Trouble(error.message, error.hint))
