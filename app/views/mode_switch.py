"""ModeSwitch: how one wants to talk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from core.events import Mode


class ModeSwitch(QFrame):
    """A row of choices of which one holds."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "segments")
        self.setAccessibleName(self.tr("How to talk"))
        self._group = QButtonGroup(self)
        self._buttons: dict[Mode, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        choices: tuple[tuple[Mode, str, str], ...] = (
            ("hold", self.tr("Hold"), self.tr("Talk while you hold the button or the space bar")),
            ("hands_free", self.tr("Hands-free"), self.tr("Just speak; a pause ends your turn")),
            ("duplex", self.tr("Duplex"), self.tr("Both listen and speak at the same time")),
            ("mirror", self.tr("Mirror"), self.tr("Hear yourself through a codec. Use headphones")),
        )
        for mode, label, what in choices:
            row.addWidget(self._button(mode, label, what))
        self._buttons["duplex"].hide()

    def _button(self, mode: Mode, label: str, what: str) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("kind", "segment")
        button.setCheckable(True)
        button.setToolTip(what)
        button.setAccessibleDescription(what)
        # a click leaves the keyboard where it was, so that the space bar goes on talking
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chosen.emit(mode))
        self._group.addButton(button)
        self._buttons[mode] = button
        return button

    def show_choice(self, mode: Mode, *, talk: bool, duplex: bool) -> None:
        """Which mode holds, whether a model can talk at all, and whether it can listen while it speaks."""
        self._buttons["hold"].setEnabled(talk)
        self._buttons["hands_free"].setEnabled(talk)
        self._buttons["duplex"].setVisible(duplex)
        self._group.setExclusive(False)  # none may hold: "idle" has no button
        for which, button in self._buttons.items():
            button.setChecked(which == mode)
        self._group.setExclusive(True)
