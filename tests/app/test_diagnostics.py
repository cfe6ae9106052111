"""The diagnostics page: figures of the moment, a check of everything, and a report to be copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.pages.diagnostics import DiagnosticsPage
from core.checkup import Check
from core.events import ModeChanged, Opened, Ready
from tests.app.conftest import Stage
from tests.app.fake_engine import FakeHealth

HEALTH = FakeHealth(
    late_frames=2,
    overruns=1,
    underruns=3,
    frames=500,
    step_ms_median=4.0,
    step_ms_p95=9.0,
    capture_ms=12.3,
    encode_ms=1.5,
    model_ms=2.5,
    decode_ms=1.0,
    device_ms=40.0,
)


def _texts(page: DiagnosticsPage) -> set[str]:
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible()}


def _button(page: DiagnosticsPage, label: str) -> QPushButton:
    return next(button for button in page.findChildren(QPushButton) if button.text() == label)


def test_figures_of_the_moment(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window()
    window.go("diagnostics")
    page = window.findChild(DiagnosticsPage)
    stage.say(Ready("codec", "model", 1.25), Opened("mic", "phones"), ModeChanged("hold"))
    stage.engine.counts = HEALTH
    qtbot.waitUntil(lambda: "500" in _texts(page), timeout=3000)
    assert {"12.3 ms", "1.5 ms", "2.5 ms", "1.0 ms", "40.0 ms", "codec", "model"} <= _texts(page)
    assert "4.0 ms, mostly under 9.0 ms" in _texts(page)
    assert any(text.endswith("MB") and float(text.split()[0]) > 20 for text in _texts(page))


def test_a_report_is_copied_without_the_name_of_the_user(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (Check("models", True, "whole"), Check("data folder", False, f"{Path.home()}/paluku is full"))
    monkeypatch.setattr("core.checkup.check_all", lambda: iter(found))
    window = stage.window()
    window.go("diagnostics")
    page = window.findChild(DiagnosticsPage)
    stage.say(Ready("codec", "model", 1.25))
    check = _button(page, "Check everything")
    with qtbot.waitSignal(stage.bridge.surroundings.checked, timeout=5000):
        check.click()
        assert not check.isEnabled()
    qtbot.waitUntil(lambda: check.isEnabled() and "whole" in _texts(page), timeout=3000)
    stage.engine.counts = HEALTH
    qtbot.waitUntil(lambda: "500" in _texts(page), timeout=3000)
    _button(page, "Copy report").click()
    copied = QGuiApplication.clipboard().text()
    assert "late: 2" in copied and "capture 12.3 ms" in copied and "ok: models: whole" in copied
    assert "FAULT: data folder: ~/paluku is full" in copied
    assert str(Path.home()) not in copied
