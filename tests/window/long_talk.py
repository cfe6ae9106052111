"""A long talk by voice, and what the program holds of the memory while it goes on.

The person of tests.window.person plays `long_talk`: somebody else says one phrase after the other, and four
times a minute a line with the memory, the widgets and the engine's counts is noted in a file.
"""

from __future__ import annotations

import ctypes
import itertools
import json
import os
import time
from pathlib import Path
from typing import Any, ClassVar

import psutil
from PySide6.QtWidgets import QApplication

from tests.window.person import PATIENCE, Impatience, Person, Steps
from tests.window.scenes import quit_
from tests.window.voice_scenes import asked

PHRASES = ("hello", "name", "sum", "joke", "day", "story", "thanks")
NOTE_SECONDS = 15.0
_ANSWER_SECONDS = 12.0  # after which a phrase counts as not heard
_INTO_A_STORY_SECONDS = 6.0


class _Heaps(ctypes.Structure):
    """What the C library tells of its heaps."""

    _fields_: ClassVar = [
        (name, ctypes.c_size_t)
        for name in ("arena", "free", "small", "maps", "mapped", "peak", "fast", "used", "left", "top")
    ]


def used_bytes() -> int:
    """What is in use of the heaps, without what they keep for later (glibc)."""
    library = ctypes.CDLL(None)
    library.mallinfo2.restype = _Heaps
    heaps = library.mallinfo2()
    return int(heaps.used + heaps.mapped)


class Notes:
    """Lines of a file: how things stand, four times a minute."""

    def __init__(self, person: Person, file: Path) -> None:
        self.lines: list[dict[str, Any]] = []
        self._person = person
        self._file = file
        self._began = self._next = time.monotonic()

    @property
    def minutes(self) -> float:
        return (time.monotonic() - self._began) / 60

    def note(self) -> None:
        """Add a line, where one is due."""
        if time.monotonic() < self._next:
            return
        self._next += NOTE_SECONDS
        memory = psutil.Process().memory_info()
        health = self._person._front._doors.bridge._engine.health()
        line = {
            "minutes": round(self.minutes, 2),
            "rss_mb": round(memory.rss / 1e6, 1),
            "used_mb": round(used_bytes() / 1e6, 1),
            "turns": len(self._person.talk.turns),
            "widgets": len(QApplication.allWidgets()),
            "frames": health.frames,
            "late_frames": health.late_frames,
            "overruns": health.overruns,
            "underruns": health.underruns,
        }
        self.lines.append(line)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def long_talk(person: Person) -> Steps:
    """Talk for MINUTES: hear each answer to its end, but break off the stories."""
    notes = Notes(person, Path(os.environ["NOTES"]))
    minutes = float(os.environ["MINUTES"])
    yield from person.until(lambda: person.talk.phase == "listening", "it does not listen")
    unheard = 0
    for phrase in itertools.cycle(PHRASES):
        count = len(asked(person))
        yield from person.ask(f"say {phrase}")
        until = time.monotonic() + _ANSWER_SECONDS
        began = False
        while time.monotonic() < until and not began:
            began = person.talk.phase == "speaking" or len(asked(person)) > count
            yield
        unheard += not began
        answered = time.monotonic()
        while person.talk.phase != "listening":
            notes.note()
            passed = time.monotonic() - answered
            if phrase == "story" and passed > _INTO_A_STORY_SECONDS:
                break  # the next phrase breaks it off
            if passed > PATIENCE:
                raise Impatience(f"it does not listen again after “{phrase}”; the talk: {person.talk}")
            yield
        yield from person.wait(0.6)
        notes.note()
        if notes.minutes > minutes:
            break
    person.found |= {"notes": notes.lines, "asked": len(asked(person)), "unheard": unheard}
    yield from quit_(person)
