"""EnhanceDoor: the door between the saved turns of a conversation and their enhanced copies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.archive import ArchiveDoor, OpenConversation
from app.doors import Doors
from app.questions import Questions
from app.talk import Side
from app.trouble import Trouble
from app.workbench import Progress
from core.errand import Making
from core.errors import PalukuError
from core.polish import Polish, Polished

TurnSide = tuple[int, Side]
"""The place of a turn in its conversation, and who spoke."""


class EnhanceDoor(QObject):
    """Wishes about the turns of the open conversation become enhanced sound files, one at a time."""

    found = Signal(object)  # frozenset of TurnSide: those of which there is an enhanced copy
    working = Signal(object, object)  # TurnSide, Progress; None: nothing is being done to it
    play_wished = Signal(object, int)  # files, which of them is heard
    saved = Signal(str)  # the file
    troubled = Signal(object)  # Trouble

    _told = Signal(object)  # Progress, from the thread that waits

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors.bridge)
        self._questions = Questions(self)
        self._polish = Polish()
        self._open: OpenConversation | None = None
        self._making: Making | None = None
        self._doing: tuple[int, TurnSide] | None = None  # conversation, turn
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.troubled.connect(doors.bridge.report)
        self.play_wished.connect(doors.bridge.play)
        doors.to(ArchiveDoor).deleted.connect(self.forget)

    @Slot(object)
    def turn_to(self, conversation: OpenConversation | None) -> None:
        """This conversation is open now; `found` tells which of its turns were enhanced."""
        self._open = conversation
        self._look()

    @Slot(int, str)
    def enhance(self, place: int, side: Side) -> None:
        """Begin to enhance one side of a turn; while another is being enhanced, nothing."""
        opened = self._open
        if opened is None or self._making is not None:
            return
        row, turn = opened.row, opened.turns[place]
        self._doing = (row.id, (place, side))
        self._making = self._polish.enhance(
            row.codec, row.id, turn, side, lambda step, share: self._told.emit(Progress(step, share))
        )
        self._tell(Progress("loading"))
        self._questions.ask(self._making.run, lambda place: self._end(), self._failed)

    @Slot()
    def stop(self) -> None:
        """Do not enhance it after all: nothing of it is kept."""
        if self._making is not None:
            self._making.stop()

    @Slot(int, str, int)
    def play(self, place: int, side: Side, heard: int) -> None:
        """Play the original and its enhanced copy side by side; 0 is the original, 1 the copy."""
        if (polished := self._find(place, side)) is not None:
            self.play_wished.emit((polished.plain, polished.wide), heard)

    @Slot(int, str, str)
    def save(self, place: int, side: Side, path: str) -> None:
        """Take the enhanced copy out; it is marked as such."""
        if (polished := self._find(place, side)) is not None:
            self._questions.ask(
                lambda: self._polish.save(polished, Path(path)),
                lambda _: self.saved.emit(path),
                self._trouble,
            )

    @Slot(int)
    def forget(self, conversation: int) -> None:
        """A conversation was deleted: its copies go with it."""
        self._polish.forget(conversation)

    def close(self, timeout: float = 1.0) -> None:
        self.stop()
        self._questions.close(timeout)

    def _find(self, place: int, side: Side) -> Polished | None:
        if self._open is None:
            return None
        return self._polish.find(self._open.row.id, self._open.turns[place], side)

    def _look(self) -> None:
        opened = self._open
        if opened is None:
            return
        sides: tuple[Side, ...] = ("heard", "reply")
        self.found.emit(
            frozenset(
                (place, side)
                for place in range(len(opened.turns))
                for side in sides
                if self._find(place, side) is not None
            )
        )
        if self._doing is not None and self._doing[0] == opened.row.id:
            self.working.emit(self._doing[1], Progress("loading"))

    @Slot(object)
    def _tell(self, progress: Progress) -> None:
        if self._doing is not None and self._open is not None and self._doing[0] == self._open.row.id:
            self.working.emit(self._doing[1], progress)

    def _end(self) -> None:
        done, self._doing, self._making = self._doing, None, None
        if done is not None and self._open is not None and done[0] == self._open.row.id:
            self.working.emit(done[1], None)
            self._look()

    def _failed(self, error: PalukuError) -> None:
        self._end()
        self._trouble(error)

    def _trouble(self, error: PalukuError) -> None:
        self.troubled.emit(Trouble(error.message, error.hint))
