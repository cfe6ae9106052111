"""The rules of style for Qt's own widgets, written from one set of colours.

Widgets say what they are by a property named `kind`; nothing else in the program writes style rules.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Template

from app.colours import Colours

UNIT = 8  # every distance in the window is a multiple of this, or half of it
RADIUS = 10

_POINTS = re.compile(r"([0-9.]+)pt")


def style_sheet(colours: Colours, text_size: float = 1.0) -> str:
    """The rules in these colours, with letters `text_size` times as large as usual."""
    rules = Template(_RULES).substitute(asdict(colours), radius=RADIUS)
    return _POINTS.sub(lambda found: f"{float(found[1]) * text_size:g}pt", rules)


_RULES = """
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px 8px; }

QLabel { background: transparent; }
QLabel[kind="quiet"] { color: $quiet; }
QLabel[kind="strip"] { color: $quiet; font-size: 9.5pt; }
QLabel[kind="strip-alarm"] { color: $error; font-size: 9.5pt; }
QLabel[kind="name"] { font-size: 13pt; font-weight: bold; }
QLabel[kind="page"] { font-size: 17pt; font-weight: bold; }
QLabel[kind="section"] { color: $quiet; font-size: 10pt; font-weight: bold; }
QLabel[kind="strong"] { font-weight: bold; }
QLabel[kind="good"] { color: $accent; font-size: 9pt; font-weight: bold; }
QLabel[kind="warn-small"] { color: $warn; font-size: 9pt; }
QLabel[kind="warn"] { color: $warn; font-size: 9pt; font-weight: bold; }
QLabel[kind="bad"] { color: $error; font-size: 9pt; font-weight: bold; }
QLabel[kind="verdict-good"] { color: $accent; font-size: 12pt; font-weight: bold; }
QLabel[kind="verdict-fair"] { color: $warn; font-size: 12pt; font-weight: bold; }
QLabel[kind="verdict-poor"] { color: $error; font-size: 12pt; font-weight: bold; }
QLabel[kind="title"] { font-size: 15pt; font-weight: bold; }
QLabel[kind="state"] { font-size: 12pt; font-weight: bold; }
QLabel[kind="small"] { color: $quiet; font-size: 9pt; }

QFrame[kind="card"] { background: $card; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[kind="yours"] { background: $tint; border: 1px solid $tint; border-radius: 14px; }
QFrame[kind="theirs"] { background: $card; border: 1px solid $line; border-radius: 14px; }
QFrame[kind="rail"] { background: $card; border: none; border-right: 1px solid $line; }
QFrame[kind="line"] { background: $line; border: none; }
QFrame[kind="notice"] { background: $text; border: none; border-radius: ${radius}px; }
QFrame[kind="notice"] QLabel { color: $ground; }
QFrame[kind="notice"] QPushButton {
    background: transparent; color: $ground; border: 1px solid $quiet; font-weight: bold;
}
QFrame[kind="notice"] QPushButton:focus { border: 2px solid $ground; padding: 4px 12px; }
QFrame[kind="foot"] { background: $card; border: none; border-top: 1px solid $line; }
QFrame[kind="error"] { background: $error_tint; border: 1px solid $error; border-radius: ${radius}px; }
QFrame[kind="error"] QLabel { color: $text; }
QFrame[kind="segments"] { background: $raised; border: 1px solid $line; border-radius: ${radius}px; }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 8px; padding: 5px 13px;
    min-height: 22px;
}
QToolButton { padding: 5px; min-height: 20px; }
QPushButton:hover, QToolButton:hover { border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { background: $tint; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 12px; }
QToolButton:focus { padding: 4px; }
QPushButton:disabled, QToolButton:disabled { color: $quiet; background: transparent; }
QPushButton[kind="first"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: bold;
}
QPushButton[kind="first"]:focus { border-color: $text; }
QPushButton[kind="first"]:disabled { background: $raised; color: $quiet; border-color: $line; }
QPushButton[kind="choice"] { text-align: left; padding: 5px 32px 5px 12px; }
QPushButton[kind="choice"]:focus { padding: 4px 31px 4px 11px; }
QPushButton[kind="heard"]:checked { background: $tint; border-color: $accent; color: $accent; }
QPushButton[kind="card-choice"] { padding: 12px 22px; min-height: 26px; font-size: 13pt; }
QPushButton[kind="card-choice"]:focus { padding: 11px 21px; }
QPushButton[kind="card-choice"]:checked { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="card-choice"]:checked:focus { border-color: $text; }
QPushButton[kind="segment"] { background: transparent; border: 2px solid transparent; padding: 4px 12px; }
QPushButton[kind="segment"]:hover { color: $accent; }
QPushButton[kind="segment"]:checked { background: $accent; color: $on_accent; }
QPushButton[kind="segment"]:focus { border-color: $accent; }
QPushButton[kind="segment"]:checked:focus { border-color: $text; }
QPushButton[kind="segment"]:disabled { color: $quiet; }
QToolButton[kind="bare"], QPushButton[kind="bare"] {
    background: transparent; border: 2px solid transparent; padding: 4px;
}
QToolButton[kind="bare"]:hover, QPushButton[kind="bare"]:hover { background: $raised; }
QToolButton[kind="bare"]:focus, QPushButton[kind="bare"]:focus { border-color: $accent; }
QPushButton[kind="bare"] { padding: 2px 8px 2px 0; color: $quiet; }
QToolButton[kind="rail"] {
    background: transparent; border: 2px solid transparent; border-radius: ${radius}px;
    padding: 7px 2px 5px 2px; font-size: 9pt; color: $quiet;
}
QToolButton[kind="rail"]:hover { background: $raised; }
QToolButton[kind="rail"]:checked {
    background: $tint; color: $accent; font-weight: bold; border-color: transparent;
}
QToolButton[kind="rail"]:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton:checked { background: $tint; border-color: $accent; }

QComboBox {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 8px; padding: 5px 8px 5px 12px;
    min-height: 20px;
}
QComboBox:hover { border-color: $accent; }
QComboBox:focus { border: 2px solid $accent; padding: 4px 7px 4px 11px; }
QComboBox:disabled { color: $quiet; background: transparent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
    background: $card; color: $text; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $accent; selection-color: $on_accent;
}

QLineEdit {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 8px; padding: 6px 10px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:disabled { color: $quiet; background: transparent; }
QLineEdit:focus { border: 2px solid $accent; padding: 5px 9px; }

QListView { background: transparent; border: none; outline: none; }

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QMenu { background: $card; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 6px 24px 6px 24px; border-radius: 6px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $quiet; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }

QSlider { min-height: 24px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal { width: 16px; margin: -6px 0; border-radius: 8px; background: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $text; width: 12px; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; height: 0;
}
"""
