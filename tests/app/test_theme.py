"""Every text can be read in both themes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.colours import DARK, LIGHT, Colours, colours_of, palette_of
from app.style_sheet import style_sheet
from app.theme import Theme


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs(colours: Colours) -> Iterator[tuple[str, str]]:
    for ground in (colours.ground, colours.card, colours.raised, colours.tint):
        for ink in (colours.text, colours.quiet, colours.accent):
            yield ink, ground
    yield colours.on_accent, colours.accent
    yield colours.text, colours.error_tint
    yield colours.error, colours.error_tint
    yield colours.error, colours.card


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(colours: Colours) -> None:
    weak = {pair: round(contrast(*pair), 2) for pair in pairs(colours) if contrast(*pair) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_palette_knows_its_colours(colours: Colours) -> None:
    assert colours_of(palette_of(colours)) is colours
    assert not re.search(r"\$", style_sheet(colours))


def test_light_and_dark_follow_the_choice(theme: Theme, qapp: QApplication) -> None:
    for appearance, colours in (("dark", DARK), ("light", LIGHT)):
        theme.choose(appearance)  # type: ignore[arg-type]
        ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
        assert ground == QColor(colours.ground)


def test_the_letters_are_there(theme: Theme, qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Noto Sans"
    assert "Paluku Telugu" in qapp.font().families()
