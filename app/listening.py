"""ListeningDoor: the door between the page of listening tests and the room in which they are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.doors import Doors
from app.questions import Questions
from app.trouble import Trouble
from app.workbench import Progress
from core.errand import Making
from core.errors import PalukuError
from core.listening_room import Choice, KeptTest, ListeningRoom, ListeningWish, OpenTest


class ListeningDoor(QObject):
    """Wishes of the page become tests; a test's questions and what it has shown become signals."""

    listed = Signal(object)  # tuple of KeptTest
    working = Signal(object)  # Progress; None: nothing is being done
    asked = Signal(object)  # Question; None: no test is being taken
    shown = Signal(str, object)  # id and Outcome of the test that ended
    exported = Signal(str)  # the file
    troubled = Signal(object)  # Trouble

    _told = Signal(object)  # Progress, from the thread that waits

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors.bridge)
        self._second_thought = doors.second_thought
        self._questions = Questions(self)
        self._room: ListeningRoom | None = None
        self._making: Making | None = None
        self._test: OpenTest | None = None
        self._leaving: set[str] = set()
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.troubled.connect(doors.bridge.report)

    @Slot()
    def look(self) -> None:
        """See which tests were taken; `listed` tells."""
        self._questions.ask(self._tests, self.listed.emit, self._trouble)

    @Slot(object)
    def begin(self, wish: ListeningWish) -> None:
        """Make the sounds of a new test, then ask its first question."""
        if self._making is not None:
            return
        try:
            self._making = self._open().prepare(
                wish, lambda step, share: self._told.emit(Progress(step, share))
            )
        except PalukuError as error:
            self._trouble(error)
            return
        self.working.emit(Progress("loading"))
        self._questions.ask(self._making.run, self._made, self._failed)

    @Slot()
    def stop(self) -> None:
        """Do not make the test."""
        if self._making is not None:
            self._making.stop()

    @Slot(str)
    def go_on(self, id: str) -> None:
        """Take a test that was begun, from where it was left."""
        try:
            self._test = self._open().open(id)
        except PalukuError as error:
            self._trouble(error)
            return
        self._ask()

    @Slot(str)
    def answer(self, choice: Choice) -> None:
        """Which of two X was."""
        self._keep(lambda test: test.answer(choice))

    @Slot(object)
    def rate(self, scores: tuple[int, ...]) -> None:
        """What the versions are worth."""
        self._keep(lambda test: test.rate(scores))

    @Slot()
    def leave(self) -> None:
        """Take the test another time; what was answered is kept."""
        self._test = None
        self.asked.emit(None)
        self.look()

    @Slot(str, str)
    def export(self, id: str, path: str) -> None:
        """Write a test's answers and what they prove."""
        self._questions.ask(
            lambda: self._open().open(id).export(Path(path)),
            lambda _: self.exported.emit(path),
            self._trouble,
        )

    @Slot(str)
    def delete(self, id: str) -> None:
        """Delete a test, unless the user thinks better of it."""

        def undo() -> None:
            self._leaving.discard(id)
            self.look()

        self._second_thought.begin(self.tr("The test was deleted."), lambda: self._delete(id), undo)
        self._leaving.add(id)
        self.look()

    def close(self, timeout: float = 1.0) -> None:
        self.stop()
        self._questions.close(timeout)

    def _open(self) -> ListeningRoom:
        if self._room is None:
            self._room = ListeningRoom()
        return self._room

    def _tests(self) -> tuple[KeptTest, ...]:
        return tuple(test for test in self._open().tests() if test.id not in self._leaving)

    def _delete(self, id: str) -> None:
        self._leaving.discard(id)
        self._open().delete(id)
        self.look()

    def _keep(self, keep: Callable[[OpenTest], None]) -> None:
        if self._test is None:
            return
        try:
            keep(self._test)
        except PalukuError as error:
            self._trouble(error)
            return
        self._ask()

    def _ask(self) -> None:
        """The next question; at the end, what the test has shown."""
        if self._test is None:
            return
        question = self._test.question()
        self.asked.emit(question)
        if question is None:
            test, self._test = self._test, None
            self.shown.emit(test.id, test.outcome())
            self.look()

    @Slot(object)
    def _tell(self, progress: Progress) -> None:
        if self._making is not None:
            self.working.emit(progress)

    def _made(self, place: Path | None) -> None:
        self._making = None
        self.working.emit(None)
        if place is not None:
            self.go_on(place.name)

    def _failed(self, error: PalukuError) -> None:
        self._making = None
        self.working.emit(None)
        self._trouble(error)

    def _trouble(self, error: PalukuError) -> None:
        self.troubled.emit(Trouble(error.message, error.hint))
