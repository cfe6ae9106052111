"""Errands: long work in a child tells how far it is, ends when it is called back, and leaves nothing half."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

import pytest

from core.errand import Errand, Making, Tell
from core.errors import ModelError, PalukuError
from core.workbench.spoken import Line, can_speak, say


def count(to: int, tell: Tell) -> str:
    for number in range(to):
        tell(f"step {number}", number / to)
        time.sleep(0.05)
    return f"{os.getpid()}"


def speak(tell: Tell) -> str:
    return str(len(say([Line("one", "en-us")])[0].pcm))


def lacks_a_library(tell: Tell) -> str:
    raise ModuleNotFoundError("No module named 'pesq'", name="pesq")


def refuses(tell: Tell) -> str:
    raise ModelError("There is no such codec.", "Choose another.")


def fails(tell: Tell) -> str:
    raise RuntimeError("divided by nothing")


def fill(steps: int, folder: Path, tell: Tell) -> None:
    (folder / "first.txt").write_text("begun")
    count(steps, tell)
    (folder / "last.txt").write_text("whole")


def test_it_tells_how_far_it_is_and_what_came_out() -> None:
    told: list[tuple[str, float | None]] = []
    done = Errand(partial(count, 4), lambda words, share: told.append((words, share))).run()
    assert done is not None and int(done) != os.getpid()
    shares = [share for _, share in told if share is not None]
    assert told[-1] == ("step 3", 0.75) and shares == sorted(set(shares))  # none twice, none out of order


def test_what_goes_wrong_there_is_said_here() -> None:
    with pytest.raises(ModelError, match="no such codec") as caught:
        Errand(refuses).run()
    assert caught.value.hint == "Choose another."
    with pytest.raises(ModelError, match="library pesq") as lacking:
        Errand(lacks_a_library).run()
    assert "paluku[train]" in lacking.value.hint
    with pytest.raises(PalukuError, match="fault in Paluku") as fault:
        Errand(fails).run()
    assert "divided by nothing" in fault.value.hint


@pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")
def test_it_may_start_a_process_of_its_own() -> None:
    spoken = Errand(speak).run()
    assert spoken is not None and int(spoken) > 1000


def test_called_back_it_ends_soon() -> None:
    errand: Errand
    told: list[str] = []

    def look(words: str, share: float | None) -> None:
        told.append(words)
        errand.stop()

    errand = Errand(partial(count, 1000), look)
    started = time.monotonic()
    assert errand.run() is None
    assert time.monotonic() - started < 10 and len(told) == 1


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "report"
    assert Making(partial(fill, 1), place).run() == place
    assert {file.name for file in place.iterdir()} == {"first.txt", "last.txt"}
    (place / "mark.txt").write_text("the old one")

    making: Making
    making = Making(partial(fill, 1000), place, lambda words, share: making.stop())
    assert making.run() is None
    assert (place / "mark.txt").exists()  # what was there before stayed
    assert Making(partial(fill, 1), place).run() == place
    assert not (place / "mark.txt").exists()
    assert list(tmp_path.iterdir()) == [place]  # and nothing half is left beside it


def test_a_disk_that_takes_nothing_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PalukuError, match="could not be kept"):
        Making(partial(fill, 1), tmp_path / "file" / "report").run()
