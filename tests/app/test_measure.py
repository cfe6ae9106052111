"""The figures that `paluku bench ui` prints."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.measure import measure_ui


def test_two_spectrograms_are_drawn_many_times_a_second(qapp: QApplication) -> None:
    figures = measure_ui(0.5)
    assert figures["views"] == 2
    assert figures["frames_per_second"] > 15
    assert 0 < figures["cpu_share"] < 1.5
