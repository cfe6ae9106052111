"""Keeper: hands each turn to where it is kept; what the disk refuses is tried again with the next one."""

from __future__ import annotations

from typing import Protocol

from core.cast import Cast
from core.errors import StorageError
from core.events import NotSaved
from core.history import Turn
from core.talks.base import Emit


class Archive(Protocol):
    """A place to keep what was said."""

    def keep(self, cast: Cast, turn: Turn) -> None: ...

    def new_conversation(self) -> None:
        """What is kept from now on belongs to another conversation."""


class Keeper:
    """The turns that are on their way to the archive; in private none are."""

    def __init__(self, archive: Archive, emit: Emit) -> None:
        self._archive = archive
        self._emit = emit
        self._private = False
        self._unsaved: list[tuple[Cast, Turn]] = []

    def keep(self, cast: Cast, turn: Turn) -> None:
        """Save a turn. What the disk refuses stays in memory and is tried again with the next one."""
        if self._private:
            return
        self._unsaved.append((cast, turn))
        try:
            while self._unsaved:
                self._archive.keep(*self._unsaved[0])
                self._unsaved.pop(0)
        except StorageError as error:
            self._emit(NotSaved(error))

    def new_conversation(self) -> None:
        self._archive.new_conversation()

    def set_private(self, private: bool) -> None:
        if private != self._private:
            self._private = private
            self._archive.new_conversation()  # what is said before and after is not one talk
