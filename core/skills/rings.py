"""Timers, alarms and reminders that wait for their time, and outlive a restart."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import PalukuError, StorageError

KINDS = ("timer", "alarm", "reminder")


class RingFileError(PalukuError):
    """A file of rings that is damaged."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Something that rings at its time: a timer of so many seconds, an alarm, a reminder of a thing."""

    kind: str
    at: datetime
    seconds: int = 0
    thing: str = ""
    language: str = "te"


class Rings:
    """The rings that wait. With a path they are kept in a file (JSON) and survive a restart."""

    def __init__(self, clock: Callable[[], datetime], path: Path | None = None) -> None:
        self._clock = clock
        self._path = path
        self._waiting: list[Ring] = []
        self.trouble: PalukuError | None = None
        """What went wrong with the file, if anything; rings go on in memory."""
        if path is not None and path.exists():
            self._read(path)

    def add(self, ring: Ring) -> None:
        self._waiting.append(ring)
        self._write()

    def waiting(self, kind: str) -> list[Ring]:
        """The rings of a kind, the next first."""
        return sorted((ring for ring in self._waiting if ring.kind == kind), key=lambda ring: ring.at)

    @property
    def any_waiting(self) -> bool:
        return bool(self._waiting)

    def cancel(self, kind: str) -> int:
        """Forget every ring of a kind; how many there were."""
        before = len(self._waiting)
        self._waiting = [ring for ring in self._waiting if ring.kind != kind]
        if len(self._waiting) != before:
            self._write()
        return before - len(self._waiting)

    def due(self) -> list[Ring]:
        """The rings whose time has come, taken off the list; also those of while the program was shut."""
        now = self._clock()
        due = sorted((ring for ring in self._waiting if ring.at <= now), key=lambda ring: ring.at)
        if due:
            self._waiting = [ring for ring in self._waiting if ring.at > now]
            self._write()
        return due

    def _read(self, path: Path) -> None:
        try:
            self._waiting = [_ring(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError, KeyError) as error:
            self.trouble = RingFileError(
                f"The saved alarms in {path.name} cannot be read ({error}).",
                "Set them anew; the old file is kept.",
            )
            try:
                path.replace(path.with_suffix(".damaged"))
            except OSError:
                self._path = None

    def _write(self) -> None:
        if self._path is None:
            return
        rows = [
            {
                "kind": r.kind,
                "at": r.at.isoformat(),
                "seconds": r.seconds,
                "thing": r.thing,
                "language": r.language,
            }
            for r in self._waiting
        ]
        part = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            self.trouble = StorageError(
                f"Alarms could not be saved ({error}).", "They ring, but only while Paluku runs."
            )


def _ring(entry: Any) -> Ring:
    if entry["kind"] not in KINDS:
        raise ValueError(f"unknown kind {entry['kind']!r}")
    return Ring(
        entry["kind"],
        datetime.fromisoformat(entry["at"]),
        int(entry.get("seconds", 0)),
        str(entry.get("thing", "")),
        str(entry.get("language", "te")),
    )
