"""Errand: long work in a child process, which tells how far it is and can be called back.

In the window's own process it would compete with the voice for the interpreter, and could not be ended.
"""

from __future__ import annotations

import multiprocessing
import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from core.errors import ModelError, StorageError
from core.extra import how_to_add
from core.hosting import Host

Tell = Callable[[str, float | None], None]
"""What is being done, and how much of it: from 0 to 1, None where nobody knows."""
Work = Callable[[Tell], str]
"""Must be importable by name in the child, with arguments that can be pickled."""

_LOOK_SECONDS = 0.2
_GRACE_SECONDS = 3.0  # for work that was called back to put things in order

_WORKING = 0  # the number of the only object in the child


class Errand:
    """One piece of work that somebody waits for."""

    def __init__(self, work: Work, on_progress: Tell = lambda words, share: None) -> None:
        self._work = work
        self._tell = on_progress
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Call it back: `run` returns None soon."""
        self._stopped.set()

    def run(self) -> str | None:
        """What the work returned; None if it was called back. For a thread that may wait."""
        host = Host(partial(Working, self._work))
        try:
            shown: tuple[str, float | None] = ("", None)
            while not self._stopped.is_set():
                words, share, result = host.call(_WORKING, "look", _LOOK_SECONDS)
                if (words, share) != shown:
                    shown = (words, share)
                    self._tell(words, share)
                if result is not None:
                    return str(result)
            host.call(_WORKING, "stop", _GRACE_SECONDS)
            return None
        finally:
            host.close()


class Making:
    """A folder that an errand fills; it takes its place when it is whole, and leaves nothing otherwise."""

    def __init__(
        self,
        make: Callable[[Path, Tell], None],
        place: Path,
        on_progress: Tell = lambda words, share: None,
    ) -> None:
        """`make` is told an empty folder to fill; it must be importable by name in the child."""
        self._place = place
        self._room = place.with_name(f".{place.name}.partial")
        self._errand = Errand(partial(_fill, make, self._room), on_progress)

    def stop(self) -> None:
        """Call it back; what was in its place before stays there."""
        self._errand.stop()

    def run(self) -> Path | None:
        """Its place; None if it was called back. For a thread that may wait."""
        try:
            shutil.rmtree(self._room, ignore_errors=True)
            self._room.mkdir(parents=True)
            if self._errand.run() is None:
                return None
            shutil.rmtree(self._place, ignore_errors=True)
            self._room.replace(self._place)
        except OSError as error:
            raise StorageError(
                f"{self._place.name} could not be kept: {error.strerror or error}.", "Is the disk full?"
            ) from error
        finally:
            shutil.rmtree(self._room, ignore_errors=True)
        return self._place


def _fill(make: Callable[[Path, Tell], None], room: Path, tell: Tell) -> str:
    make(room, tell)
    return str(room)


class Called(Exception):
    """The work was called back; it ends where it told how far it is."""


class Working:
    """The child's side: the work on a thread, so that one may ask how far it is meanwhile."""

    def __init__(self, work: Work) -> None:
        # test words are spoken in a process of their own, which a daemon could not start
        multiprocessing.current_process().daemon = False
        self._shown: tuple[str, float | None] = ("", None)
        self._result: str | None = None
        self._error: Exception | None = None
        self._stopped = False
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,), name="errand", daemon=True)
        self._thread.start()

    def look(self, seconds: float) -> tuple[str, float | None, str | None]:
        """How far it is, and what it returned once it did; waits this long at most."""
        started = time.monotonic()
        before = self._shown
        while not self._done.wait(0.02) and self._shown == before and time.monotonic() - started < seconds:
            pass
        if self._error is not None:
            raise self._error
        return (*self._shown, self._result)

    def stop(self, seconds: float) -> None:
        """End it where it next tells something."""
        self._stopped = True
        self._done.wait(seconds)

    def _run(self, work: Work) -> None:
        try:
            self._result = work(self._tell)
        except Called:
            pass  # whoever called it back does not ask for more
        except ModuleNotFoundError as error:
            self._error = ModelError(
                f"This needs the library {error.name}, which is not installed.",
                how_to_add("train"),
            )
        except Exception as error:  # of whatever kind: the other side is told
            self._error = error
        finally:
            self._done.set()

    def _tell(self, words: str, share: float | None) -> None:
        if self._stopped:
            raise Called
        self._shown = (words, share)
