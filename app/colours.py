"""The colours of the application, in light and in dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours. Every text colour has a contrast of at least 4.5:1 on the grounds it is used on."""

    ground: str  # behind everything
    card: str  # where content lies
    raised: str  # buttons and fields on a card
    line: str
    text: str
    quiet: str  # text that is read second
    accent: str
    on_accent: str
    tint: str  # a card in a breath of the accent
    warn: str
    error: str
    error_tint: str
    waterfall: tuple[str, ...]  # from silence to loud


LIGHT = Colours(
    ground="#f5f7f7",
    card="#ffffff",
    raised="#eef2f2",
    line="#d9e1e2",
    text="#172124",
    quiet="#53636a",
    accent="#0b6b75",
    on_accent="#ffffff",
    tint="#ddeeee",
    warn="#875300",
    error="#b3261e",
    error_tint="#fbe9e7",
    waterfall=("#f3f7f7", "#d3e8e8", "#8cc6c9", "#2f929b", "#0b5f6b", "#07323f"),
)
DARK = Colours(
    ground="#12181a",
    card="#1a2225",
    raised="#243034",
    line="#2f3c40",
    text="#e6eeef",
    quiet="#9fb0b5",
    accent="#56c8c9",
    on_accent="#06282c",
    tint="#1b3a3f",
    warn="#e8b75c",
    error="#ff9489",
    error_tint="#3b2220",
    waterfall=("#141c1f", "#133138", "#14606a", "#2a9da3", "#7fdcd3", "#f4fbe9"),
)


def colours_of(palette: QPalette) -> Colours:
    """The colours that belong to this palette: views ask their own palette and need no global."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def palette_of(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, colours.ground),
        (role.WindowText, colours.text),
        (role.Base, colours.card),
        (role.AlternateBase, colours.raised),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.quiet),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.Mid, colours.line),
        (role.Accent, colours.accent),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.BrightText, colours.error),
        (role.ToolTipBase, colours.card),
        (role.ToolTipText, colours.text),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.quiet))
    return palette
