"""Rail: the pages of the window, one above the other, at its left edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app import icons
from app.colours import colours_of

_WORDY = 70  # points that an icon with its word needs
_HEAD = 90


class RailEntry(Protocol):
    """A page as the rail shows it: its id, icon, short word, and whole name."""

    @property
    def page(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def word(self) -> str: ...
    @property
    def name(self) -> str: ...


class Rail(QFrame):
    """A column of pages of which one is shown, and the sheet of keys at its foot."""

    chosen = Signal(str)
    keys_wished = Signal()

    def __init__(self, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAccessibleName(self.tr("Pages"))
        self._icons: dict[QToolButton, str] = {}
        self._pages: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        sign = QLabel()
        sign.setPixmap(icons.application_icon().pixmap(QSize(32, 32), 2.0))
        sign.setScaledContents(True)
        sign.setFixedSize(32, 32)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 14, 9, 10)
        column.setSpacing(6)
        column.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        for place, entry in enumerate(entries, 1):
            button = self._button(entry.icon, entry.word, f"{entry.name} (Ctrl+{place})")
            button.setAccessibleName(entry.name)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, page=entry.page: self.chosen.emit(page))
            self._group.addButton(button)
            self._pages[entry.page] = button
            column.addWidget(button)
        column.addStretch(1)
        keys = self._button("keys", self.tr("Keys"), self.tr("All keys (F1)"))
        keys.clicked.connect(self.keys_wished)
        column.addWidget(keys)
        self._dress()

    def show_page(self, page: str) -> None:
        self._pages[page].setChecked(True)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Too low for words under every icon: the icons alone, their names in the tool tips."""
        super().resizeEvent(event)
        wordy = self.height() >= _HEAD + _WORDY * len(self._icons)
        style = Qt.ToolButtonStyle.ToolButtonTextUnderIcon if wordy else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._icons:
            button.setToolButtonStyle(style)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _button(self, icon: str, word: str, hint: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "rail")
        button.setText(word)
        button.setToolTip(hint)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(22, 22))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(68)
        self._icons[button] = icon
        return button

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        for button, name in self._icons.items():
            button.setIcon(icons.icon(name, colours.accent if button.isChecked() else colours.quiet))
