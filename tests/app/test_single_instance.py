"""The only Paluku of a user: where it listens, and who may knock."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.single_instance import SingleInstance
from core.folders import DATA_VARIABLE


def test_a_second_start_knocks(qtbot: QtBot, own_folders: object) -> None:
    first, second = SingleInstance(), SingleInstance()
    assert first.is_first()
    with qtbot.waitSignal(first.knocked, timeout=3000):
        assert not second.is_first()
    first.close()
    assert SingleInstance().is_first()


@pytest.mark.skipif(sys.platform == "win32", reason="doors are no files there")
@pytest.mark.parametrize("session", [True, False])
def test_where_it_listens_is_private_and_left_clean(
    session: bool, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    with tempfile.TemporaryDirectory() as short:  # a door's path must be
        settings, run = Path(short) / "settings", Path(short) / "run"
        run.mkdir()
        monkeypatch.setenv(DATA_VARIABLE, str(settings))
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(run) if session else "")
        first = SingleInstance()
        assert first.is_first()
        (door,) = (run if session else settings).glob("paluku-*")
        assert door.stat().st_mode & 0o077 == 0
        assert session or settings.stat().st_mode & 0o077 == 0
        first.close()
        assert not door.exists()
