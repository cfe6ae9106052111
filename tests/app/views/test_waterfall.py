"""What is in the columns is on the screen, where time has brought it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.colours import LIGHT
from app.theme import Theme
from app.views.waterfall import FLOOR_DB, TOP_DB, Spot, Waterfall

BANDS = 40


@pytest.fixture
def waterfall(qtbot: QtBot, theme: Theme) -> Waterfall:
    theme.choose("light")
    waterfall = Waterfall("Sound")
    qtbot.addWidget(waterfall)
    waterfall.resize(200, 80)
    waterfall.show()
    return waterfall


def columns(count: int, level: float = FLOOR_DB) -> np.ndarray:
    return np.full((count, BANDS), level, np.float32)


def colour(waterfall: Waterfall, x: int, y: int) -> str:
    return waterfall.grab().toImage().pixelColor(QPoint(x, y)).name()


def test_silence_has_the_colour_of_silence(waterfall: Waterfall) -> None:
    assert colour(waterfall, 100, 40) == QColor(LIGHT.waterfall[0]).name()


def test_sound_enters_at_the_right_and_moves_left(waterfall: Waterfall) -> None:
    loud = QColor(LIGHT.waterfall[-1]).name()
    waterfall.append(np.concatenate([columns(300), columns(20, TOP_DB), columns(6)]))
    waterfall.advance(0.0)
    waterfall.advance(0.001)
    assert colour(waterfall, 190, 40) == loud and colour(waterfall, 170, 40) != loud
    waterfall.append(columns(100))
    waterfall.advance(0.002)
    waterfall.advance(10.0)
    assert colour(waterfall, 190, 40) != loud
    assert colour(waterfall, 200 - 106 - 10, 40) == loud


def test_high_bands_are_on_top(waterfall: Waterfall) -> None:
    picture = columns(400)
    picture[:, BANDS // 2 :] = TOP_DB
    waterfall.append(picture)
    waterfall.advance(0.0)
    assert colour(waterfall, 100, 10) == QColor(LIGHT.waterfall[-1]).name()
    assert colour(waterfall, 100, 70) == QColor(LIGHT.waterfall[0]).name()


def test_the_past_is_still_there_after_a_change_of_size_or_theme(waterfall: Waterfall, theme: Theme) -> None:
    waterfall.append(columns(1000, TOP_DB))
    waterfall.advance(0.0)
    waterfall.resize(320, 60)
    assert colour(waterfall, 5, 30) == QColor(LIGHT.waterfall[-1]).name()
    theme.choose("dark")
    assert colour(waterfall, 5, 30) != QColor(LIGHT.waterfall[-1]).name()
    theme.choose("light")


def test_more_than_it_keeps_and_no_sound_at_all(waterfall: Waterfall) -> None:
    waterfall.append(columns(0))
    for _ in range(5):
        waterfall.append(columns(3000, TOP_DB))
    waterfall.advance(0.0)
    assert colour(waterfall, 100, 40) == QColor(LIGHT.waterfall[-1]).name()
    waterfall.clear()
    assert colour(waterfall, 100, 40) == QColor(LIGHT.waterfall[0]).name()


def test_extreme_levels_stay_within_the_colours(waterfall: Waterfall) -> None:
    picture = columns(400, -1000.0)
    picture[:, :20] = 1000.0
    waterfall.append(picture)
    waterfall.advance(0.0)
    assert colour(waterfall, 100, 70) == QColor(LIGHT.waterfall[-1]).name()


def test_the_cursor_reads_time_pitch_and_level(waterfall: Waterfall, qtbot: QtBot) -> None:
    picture = columns(400, -60.0)
    picture[330:340, 30] = -20.0
    waterfall.show_frequencies(np.arange(BANDS) * 100.0)
    waterfall.append(picture)
    waterfall.advance(0.0)
    # band 30 of 40 on 80 points; the right edge stays a tenth of a second behind
    x, y = 200 - (394 - 335), round(79 * (1 - 30 / 39))
    spots: list[Spot | None] = []
    waterfall.pointed.connect(spots.append)
    qtbot.mouseMove(waterfall, QPoint(x, y))
    qtbot.waitUntil(lambda: bool(spots), timeout=1000)
    spot = spots[-1]
    assert spot is not None
    assert spot.hz == pytest.approx(3000, abs=60) and spot.level_db == pytest.approx(-20, abs=15)
    assert spot.seconds_ago == pytest.approx(65 / 60, abs=0.05)
    assert waterfall.spot(-1000, 10) is None


def test_a_frozen_picture_stands_still(waterfall: Waterfall) -> None:
    waterfall.append(columns(400, TOP_DB))
    waterfall.advance(0.0)
    waterfall.freeze(True)
    waterfall.append(columns(400))
    waterfall.advance(5.0)
    loud = QColor(LIGHT.waterfall[-1]).name()
    assert colour(waterfall, 190, 40) == loud
    waterfall.freeze(False)
    waterfall.append(columns(300))
    waterfall.advance(5.1)
    waterfall.advance(20.0)
    assert colour(waterfall, 190, 40) != loud


def test_range_and_colours(waterfall: Waterfall) -> None:
    waterfall.append(columns(400, TOP_DB - 60))
    waterfall.advance(0.0)
    seventy = colour(waterfall, 100, 40)
    waterfall.look_so(50, "theme")
    assert colour(waterfall, 100, 40) == QColor(LIGHT.waterfall[0]).name() != seventy
    waterfall.look_so(50, "viridis")
    assert colour(waterfall, 100, 40) == "#440154"
