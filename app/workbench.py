"""WorkbenchDoor: the door between the pages of the workbench and the laboratory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.doors import Doors
from app.library import LibraryDoor
from app.questions import Questions
from app.trouble import Trouble
from core.errand import Making
from core.errors import PalukuError
from core.laboratory import Candidate, Laboratory


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come: what is being done, and how much of it, where that is known."""

    step: str
    share: float | None = None


class WorkbenchDoor(QObject):
    """Wishes of the diagnosis page become diagnoses in a child process; what they find becomes signals."""

    listed = Signal(object)  # tuple of Candidate
    working = Signal(object)  # Progress; None: nothing is being done
    examined = Signal(str, object)  # codec, Examined; None: it never was
    saved = Signal(str)  # the folder
    troubled = Signal(object)  # Trouble

    _told = Signal(object)  # Progress, from the thread that waits

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors.bridge)
        self._questions = Questions(self)
        self._laboratory: Laboratory | None = None
        self._diagnosis: Making | None = None
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.troubled.connect(doors.bridge.report)
        doors.to(LibraryDoor).changed.connect(self.look)

    @property
    def busy(self) -> bool:
        return self._diagnosis is not None

    @Slot()
    def look(self) -> None:
        """See which codecs there are; `listed` tells."""
        self._questions.ask(self._candidates, self.listed.emit, self._trouble)

    @Slot(str)
    def choose(self, codec: str) -> None:
        """What is known of this codec; `examined` tells."""
        self._questions.ask(
            lambda: self._open().examined(codec),
            lambda found: self.examined.emit(codec, found),
            self._trouble,
        )

    @Slot(str, object)
    def examine(self, codec: str, sounds: tuple[Path, ...]) -> None:
        """Begin a diagnosis with these sounds, or with spoken sentences."""
        if self._diagnosis is not None:
            return
        self._diagnosis = diagnosis = self._open().diagnosis(
            codec, sounds, lambda step, share: self._told.emit(Progress(step, share))
        )
        self.working.emit(Progress("loading"))
        self._questions.ask(
            diagnosis.run, lambda place: self._ended(codec, place), lambda error: self._failed(error)
        )

    @Slot()
    def stop(self) -> None:
        """End the diagnosis; what was found last time stays."""
        if self._diagnosis is not None:
            self._diagnosis.stop()

    @Slot(str, str)
    def save(self, codec: str, target: str) -> None:
        """Keep a copy of the whole report."""
        self._questions.ask(
            lambda: self._open().save(codec, Path(target)), lambda _: self.saved.emit(target), self._trouble
        )

    def recording(self) -> Path | None:
        """Where a recording may go."""
        try:
            return self._open().recording()
        except PalukuError as error:
            self._trouble(error)
            return None

    def close(self, timeout: float = 1.0) -> None:
        self.stop()
        self._questions.close(timeout)

    def _open(self) -> Laboratory:
        if self._laboratory is None:
            self._laboratory = Laboratory()
        return self._laboratory

    def _candidates(self) -> tuple[Candidate, ...]:
        return self._open().candidates()

    @Slot(object)
    def _tell(self, progress: Progress) -> None:
        if self._diagnosis is not None:
            self.working.emit(progress)

    def _ended(self, codec: str, place: Path | None) -> None:
        self._diagnosis = None
        self.working.emit(None)
        if place is not None:
            self.choose(codec)

    def _failed(self, error: PalukuError) -> None:
        self._diagnosis = None
        self.working.emit(None)
        self._trouble(error)

    def _trouble(self, error: PalukuError) -> None:
        self.troubled.emit(Trouble(error.message, error.hint))
