"""Saved conversations: what was added is there after a kill; a disk that refuses is one sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from core.errors import StorageError
from core.history import FILE_NAME, History, Turn, pack, unpack


def _turn(number: int, heard: str = "hello", reply: str = "good day") -> Turn:
    codes = np.random.default_rng(number).integers(0, 2048, (8, 25))
    return Turn(
        number=number,
        heard=heard,
        reply=reply,
        heard_codes=codes,
        reply_codes=codes[:, :10],
        speaker="asha",
        emotion="happy",
        language="te",
        seed=5,
        first_sound_ms=12.5,
        interrupted=False,
        at=time.time(),
    )


def test_a_conversation_comes_back_as_it_was(tmp_path: Path) -> None:
    history = History(tmp_path)
    number = history.begin("codec", "model")
    history.add(number, _turn(1, "నమస్కారం"))
    history.add(number, _turn(2))
    history.close()
    again = History(tmp_path)
    (row,) = again.conversations()
    assert (row.title, row.turns, row.codec) == ("నమస్కారం", 2, "codec")
    first, second = again.turns(number)
    assert (first.heard, second.number) == ("నమస్కారం", 2)
    assert np.array_equal(first.heard_codes, _turn(1).heard_codes)
    assert again.path.stat().st_mode & 0o077 == 0


def test_search_rename_delete(tmp_path: Path) -> None:
    history = History(tmp_path)
    one, two = history.begin("c", "m"), history.begin("c", "m")
    history.add(one, _turn(1, reply="the weather"))
    history.add(two, _turn(1, reply="a secret word"))
    assert [row.id for row in history.conversations("weather")] == [one]
    history.rename(one, "rain")
    assert history.conversations("rain")[0].title == "rain"
    history.delete(two)
    assert [row.id for row in history.conversations()] == [one]
    history.close()
    assert b"secret" not in (tmp_path / FILE_NAME).read_bytes()


def test_codes_survive_packing() -> None:
    codes = np.array([[0, 65_535], [1, 2]])
    assert np.array_equal(unpack(pack(codes)), codes)
    with pytest.raises(StorageError, match="damaged"):
        unpack(b"12345678rubbish")


def test_a_kill_loses_nothing_that_was_added(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from pathlib import Path; from core.history import History\n"
        "from tests.core.test_history import _turn\n"
        f"h = History(Path({str(tmp_path)!r})); c = h.begin('c', 'm')\n"
        "for n in range(1, 100000):\n    h.add(c, _turn(n)); print(n, flush=True)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    confirmed = 0
    while confirmed < 20:
        confirmed = int(child.stdout.readline())
    os.kill(child.pid, signal.SIGKILL)
    confirmed = max([confirmed, *(int(line) for line in child.stdout.read().split())])
    child.wait()
    numbers = [turn.number for turn in History(tmp_path).turns(1)]
    assert numbers[:confirmed] == list(range(1, confirmed + 1))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, it is a poem " * 100)
    with pytest.raises(StorageError, match="cannot be opened") as caught:
        History(tmp_path)
    assert "Move it away" in caught.value.hint


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    history = History(tmp_path)
    history._db.execute("PRAGMA user_version=99")
    history.close()
    with pytest.raises(StorageError, match="newer version"):
        History(tmp_path)


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    history = History(tmp_path)
    number = history.begin("c", "m")
    history.add(number, _turn(1))
    pages = history._db.execute("PRAGMA page_count").fetchone()[0]
    history._db.execute(f"PRAGMA max_page_count={pages}")  # SQLite's own way to be full
    with pytest.raises(StorageError, match="full") as caught:
        for n in range(2, 200):
            history.add(number, _turn(n))
    assert "disk full" in caught.value.hint
    assert next(history.turns(number)).number == 1
