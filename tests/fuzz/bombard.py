"""Bombards one kind of file with mutations in a process of its own, which tells what it suffered.

    python -m tests.fuzz.bombard tokens --count 1000 --first 0

What is a fault: any error but PalukuError, a second without an end, more than a gigabyte, a file written
outside the folder, the death of the process. The last line is JSON; without it the process died.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from types import FrameType

from core.errors import PalukuError
from tests import tiny
from tests.fuzz.mutations import mutated
from tests.fuzz.readers import SUBJECTS, Subject

SECONDS = 1.0
MOST_BYTES = 1_000_000_000
_REFUSED, _SLOW = "refused", "took longer than a second, twice"
_CHANGING = (
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "shutil.rmtree",
)


class TooSlow(BaseException):
    """A reader that did not come to an end; no `except Exception` may hold it."""


class Room:
    """The only folder in which a reader may write; what it touches elsewhere is noted."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder.resolve())
        self.outside: list[str] = []
        self.watched = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.watched:
            return
        paths: list[object] = []
        if event == "open":
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                paths.append(arguments[0])
        elif event in _CHANGING:
            paths.extend(a for a in arguments[:2] if isinstance(a, str | bytes | os.PathLike))
        elif event == "sqlite3.connect":
            paths.append(arguments[0])
        for path in paths:
            if isinstance(path, int):
                continue
            name = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
            if not name.startswith(self.folder) and name != "/dev/null":
                self.outside.append(f"{event} {name}")


def bombard(subject: Subject, first: int, count: int, note: Path | None = None) -> dict[str, object]:
    """Read so many mutations. `note` always holds the seed being read, in case nothing can be told later."""
    faults: list[str] = []
    slowest = 0.0
    refused = 0
    signal.signal(signal.SIGPROF, _too_slow)
    with tempfile.TemporaryDirectory(prefix="paluku-fuzz-") as made:
        good = Path(made) / "good" / tiny.CODEC / subject.file
        good.parent.mkdir(parents=True)
        subject.make(good)
        original = good.read_bytes()
        subject.read(good)  # a good file is read, or nothing that follows means anything
        room = Room(Path(made))
        before = _memory()
        for seed in range(first, first + count):
            if note is not None:
                note.write_text(str(seed))
            place = Path(made) / tiny.CODEC
            place.mkdir()
            path = place / subject.file
            path.write_bytes(mutated(original, seed))
            outcome, seconds = _suffer(subject, path, room)
            if outcome == _SLOW:  # the machine may have stood still: once more
                path.write_bytes(mutated(original, seed))
                outcome, seconds = _suffer(subject, path, room)
            refused += outcome == _REFUSED
            slowest = max(slowest, seconds)
            if outcome not in ("", _REFUSED):
                faults.append(f"{seed}: {outcome}")
            faults.extend(f"{seed}: wrote outside: {what}" for what in room.outside)
            room.outside.clear()
            shutil.rmtree(place)
        grown = _memory() - before
    if grown > MOST_BYTES:
        faults.append(f"{grown / 1e6:.0f} MB were taken")
    return {
        "subject": subject.name,
        "read": count,
        "refused": refused,
        "slowest_ms": round(slowest * 1000, 1),
        "grown_mb": round(grown / 1e6, 1),
        "faults": faults[:5],
        "fault_count": len(faults),
    }


def _suffer(subject: Subject, path: Path, room: Room) -> tuple[str, float]:
    """What became of one file, and how much work it was, in seconds of the processor."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    room.watched = True
    try:
        subject.read(path)
        outcome = ""
    except PalukuError:
        outcome = _REFUSED
    except TooSlow:
        outcome = _SLOW
    except BaseException:
        outcome = traceback.format_exc(limit=-3)
    finally:
        room.watched = False
        signal.setitimer(signal.ITIMER_PROF, 0)
    return outcome, time.process_time() - began


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def _memory() -> int:
    """The most that this process ever took, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--note", type=Path)
    wishes = parser.parse_args()
    # what a file asks for beyond this ends in MemoryError, not in the machine's death
    resource.setrlimit(resource.RLIMIT_AS, (6 * MOST_BYTES, 6 * MOST_BYTES))
    report = bombard(SUBJECTS[wishes.subject], wishes.first, wishes.count, wishes.note)
    print(json.dumps(report))
    return 1 if report["fault_count"] else 0


if __name__ == "__main__":
    sys.exit(main())
