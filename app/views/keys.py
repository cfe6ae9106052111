"""KeysDialog: the keys that do something, on one small sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class KeysDialog(QDialog):
    """A sheet beside the talk, not in its way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for row, (key, what) in enumerate(
            (
                (self.tr("Space, held"), self.tr("Talk")),
                (self.tr("Esc"), self.tr("Stop the answer")),
                (self.tr("Ctrl+M"), self.tr("Mute the microphone, or go on")),
                (self.tr("Ctrl+L"), self.tr("Hands-free, or hold to talk")),
                (self.tr("Ctrl+G"), self.tr("Show or hide the spectrograms")),
                (self.tr("F"), self.tr("Hold the spectrograms still, or let them go on")),
                (self.tr("Ctrl+T"), self.tr("Type instead of speaking")),
                (self.tr("Ctrl+N"), self.tr("Begin a new conversation")),
                (self.tr("Ctrl+1, Ctrl+2 …"), self.tr("Go to a page, in the order of the rail")),
                (self.tr("Ctrl+F"), self.tr("Search in what was said")),
                (self.tr("Tab"), self.tr("Go to the next control")),
                (self.tr("F1"), self.tr("This sheet")),
                (self.tr("Ctrl+Q"), self.tr("Quit")),
            )
        ):
            name = QLabel(key)
            font = name.font()
            font.setBold(True)
            name.setFont(font)
            grid.addWidget(name, row, 0)
            grid.addWidget(QLabel(what), row, 1)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(grid)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
