"""ArchiveDoor: the door between the conversations page and what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.doors import Doors
from app.questions import Questions
from app.talk import Side
from app.talk import Turn as SaidTurn
from app.trouble import Trouble
from core.archive import Archive
from core.errors import PalukuError
from core.history import ConversationRow, Turn


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """A conversation with all its turns; `frame_rate` where its codec is known here."""

    row: ConversationRow
    turns: tuple[Turn, ...]
    frame_rate: float | None


class ArchiveDoor(QObject):
    """Wishes of the conversations page become questions to the archive; its answers become signals."""

    listed = Signal(object)  # tuple of ConversationRow
    opened = Signal(object)  # OpenConversation, or None
    exported = Signal(str)  # the file
    deleted = Signal(int)  # for good
    replay_wished = Signal(str, object)  # codec, codes
    troubled = Signal(object)  # Trouble

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors.bridge)
        self._second_thought = doors.second_thought
        self._questions = Questions(self)
        self._questions.refused.connect(self._trouble)
        self._archive: Archive | None = None
        self._rows: tuple[ConversationRow, ...] = ()
        self._open: OpenConversation | None = None
        self._search = ""
        self._leaving: set[int] = set()
        self.troubled.connect(doors.bridge.report)
        self.replay_wished.connect(doors.bridge.replay)

    @Slot()
    def look(self) -> None:
        """See which conversations there are now."""
        self.search(self._search)

    @Slot(str)
    def search(self, words: str) -> None:
        """Those in which this was said; all, without words."""
        self._search = words
        try:
            rows = self._door().conversations(words.strip())
        except PalukuError as error:
            self._trouble(error)
            return
        self._rows = tuple(row for row in rows if row.id not in self._leaving)
        self.listed.emit(self._rows)
        if self._open is not None and not any(row.id == self._open.row.id for row in self._rows):
            self._show(None)

    @Slot(int)
    def open(self, id: int) -> None:
        row = next((row for row in self._rows if row.id == id), None)
        if row is None:
            return
        try:
            door = self._door()
            self._show(OpenConversation(row, tuple(door.turns(id)), door.frame_rate(row.codec)))
        except PalukuError as error:
            self._trouble(error)

    @Slot(int, str)
    def rename(self, id: int, title: str) -> None:
        try:
            self._door().rename(id, title.strip())
        except PalukuError as error:
            self._trouble(error)
        self.look()
        if self._open is not None and self._open.row.id == id:
            self.open(id)

    @Slot(int, str)
    def delete(self, id: int, title: str) -> None:
        """Delete for good, unless the user thinks better of it."""

        def undo() -> None:
            self._leaving.discard(id)
            self.look()

        words = self.tr("“{title}” was deleted.").format(title=title)
        self._second_thought.begin(words, lambda: self._delete(id), undo)
        self._leaving.add(id)
        self.look()

    @Slot(int, str)
    def replay(self, place: int, side: Side) -> None:
        """Play what was heard or answered in this turn."""
        if self._open is not None:
            turn = self._open.turns[place]
            codes = turn.heard_codes if side == "heard" else turn.reply_codes
            self.replay_wished.emit(self._open.row.codec, codes)

    @Slot(object, str)
    def replay_said(self, said: SaidTurn, side: Side) -> None:
        """Play a turn of the talk that is on, as it was kept a moment ago."""
        try:
            newest = next(iter(self._door().conversations()), None)
            turns = self._door().turns(newest.id) if newest else []
        except PalukuError as error:
            self._trouble(error)
            return
        alike = [t for t in turns if (t.number, t.heard, t.reply) == (said.number, said.heard, said.reply)]
        if newest is None or not alike:
            words = self.tr("This turn was not kept, so it cannot be heard again.")
            self.troubled.emit(Trouble(words, self.tr("In private nothing is kept.")))
            return
        codes = alike[-1].heard_codes if side == "heard" else alike[-1].reply_codes
        self.replay_wished.emit(newest.codec, codes)

    @Slot(int, str)
    def export(self, id: int, path: str) -> None:
        """Write a conversation as a file."""
        row = next((row for row in self._rows if row.id == id), None)
        if row is None:
            return
        door, you, other = self._door(), self.tr("You"), self.tr("Paluku")
        self._questions.ask(
            lambda: door.export(row, Path(path), you=you, other=other), lambda _: self.exported.emit(path)
        )

    def close(self, timeout: float = 1.0) -> None:
        self._questions.close(timeout)
        if self._archive is not None:
            self._archive.close()

    def _door(self) -> Archive:
        if self._archive is None:
            self._archive = Archive()
        return self._archive

    def _delete(self, id: int) -> None:
        self._leaving.discard(id)
        try:
            self._door().delete(id)
            self.deleted.emit(id)
        except PalukuError as error:
            self._trouble(error)
        self.look()

    def _show(self, conversation: OpenConversation | None) -> None:
        self._open = conversation
        self.opened.emit(conversation)

    @Slot(object)
    def _trouble(self, error: PalukuError) -> None:
        self.troubled.emit(Trouble(error.message, error.hint))
