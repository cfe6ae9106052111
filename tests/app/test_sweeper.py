"""What lies in a cycle is destroyed in the window's thread, whoever makes objects meanwhile."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.sweeper import Sweeper


class Thing:
    """Something in a cycle, that notes where it ended."""

    ended_in: list[str] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.ended_in.append(threading.current_thread().name)


@pytest.fixture
def sweeper(qtbot: QtBot) -> Iterator[Sweeper]:
    parent = QObject()
    sweeper = Sweeper(parent)
    Thing.ended_in.clear()
    yield sweeper
    sweeper.close()
    gc.unfreeze()


def busy_elsewhere() -> None:
    """Make many objects in another thread, as an engine does."""
    thread = threading.Thread(target=lambda: [[] for _ in range(100_000)], name="engine of a test")
    thread.start()
    while thread.is_alive():
        time.sleep(0.01)
    thread.join()


def test_without_it_another_thread_destroys(sweeper: Sweeper) -> None:
    gc.collect()
    Thing()
    busy_elsewhere()
    assert Thing.ended_in == ["engine of a test"]


def test_with_it_only_this_thread_does(sweeper: Sweeper) -> None:
    sweeper.start()
    sweeper.sweep()
    Thing()
    busy_elsewhere()
    assert Thing.ended_in == []
    kept: list[list[int]] = [[] for _ in range(2_000)]  # so that a sweep is due
    sweeper.sweep()
    assert len(kept) == 2_000
    assert Thing.ended_in == [threading.current_thread().name]
    sweeper.close()
    assert gc.isenabled()
