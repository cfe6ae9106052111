"""The echo is told once an answer was long enough, and from the answer alone."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.echo_gauge import EchoGauge
from app.pages.settings import SettingsPage


def gauge_after(*levels: tuple[float, float], times: int = 30) -> EchoGauge:
    gauge = EchoGauge()
    for _ in range(times):
        for heard, spoken in levels:
            gauge.push(heard, spoken)
    return gauge


def test_the_echo_is_the_middle_of_what_was_seen() -> None:
    assert gauge_after((-50.0, -20.0)).figure == 30
    assert gauge_after((-50.0, -20.0), (-52.0, -20.0), (-5.0, -20.0)).figure == 30


def test_pauses_of_the_answer_tell_nothing() -> None:
    assert gauge_after((-60.0, -80.0)).figure is None
    assert gauge_after((-60.0, -80.0), (-40.0, -20.0)).figure == 20


def test_a_moment_is_not_enough() -> None:
    assert gauge_after((-50.0, -20.0), times=3).figure is None


def test_headphones_are_not_heard() -> None:
    assert gauge_after((-100.0, -20.0)).figure == float("inf")


def test_it_is_told_when_it_changes() -> None:
    gauge, told = EchoGauge(), []
    gauge.measured.connect(told.append)
    for _ in range(60):
        gauge.push(-50.0, -20.0)
    assert told == [30]


def test_the_settings_tell_it_and_what_helps(qtbot: QtBot) -> None:
    page = SettingsPage("/data", False)
    qtbot.addWidget(page)

    def told() -> str:
        return " ".join(label.text() for label in page.findChildren(QLabel))

    assert "Echo" not in told()
    page.show_echo(31.0)
    assert "31 dB softer" in told() and "headphones help" not in told()
    page.show_echo(4.0)
    assert "headphones help" in told()
    page.show_echo(float("inf"))
    assert "does not hear the answers" in told() and "dB" not in told()
