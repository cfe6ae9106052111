"""A fault nobody caught is written down and told once, in the window's thread."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.crash import CrashReporter


@pytest.fixture
def reporter(tmp_path: Path, qapp: QApplication) -> Iterator[CrashReporter]:
    hooks, root = (sys.excepthook, threading.excepthook), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    reporter = CrashReporter(tmp_path / "log")
    reporter.install()
    yield reporter
    sys.excepthook, threading.excepthook = hooks
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def dialogs() -> list[QMessageBox]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]


def test_a_fault_in_a_thread(reporter: CrashReporter, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ZeroDivisionError("the engine divided")

    for _ in range(3):
        thread = threading.Thread(target=fail, name="engine")
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: len(dialogs()) == 1, timeout=2000)
    dialog = dialogs()[0]
    assert not dialog.isModal()
    assert str(reporter.log_file) in dialog.informativeText()
    log = reporter.log_file.read_text(encoding="utf-8")
    assert log.count("a fault in engine") == 3 and "the engine divided" in log
    dialog.close()
    qtbot.waitUntil(lambda: not dialogs(), timeout=2000)


def test_a_fault_in_the_window(reporter: CrashReporter, qtbot: QtBot) -> None:
    try:
        raise ValueError("drawn wrongly")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(dialogs()) == 1, timeout=2000)
    assert "drawn wrongly" in reporter.log_file.read_text(encoding="utf-8")
    dialogs()[0].close()
    qtbot.waitUntil(lambda: not dialogs(), timeout=2000)


def test_leaving_by_the_keyboard_is_no_fault(reporter: CrashReporter, qtbot: QtBot) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    qtbot.wait(20)
    assert dialogs() == []


def test_importing_installs_nothing() -> None:
    assert sys.excepthook is not CrashReporter._in_main
