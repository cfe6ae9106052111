"""CheckRows: what a check of the computer found, one row a thing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app import icons
from app.colours import colours_of
from core.checkup import Check


class CheckRows(QFrame):
    """A card of checks: a mark, a name, and what was seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._marks: list[tuple[QLabel, bool]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._nothing = QLabel(
            self.tr(
                "“Check everything” looks at the devices, the folders and the models. It takes a few seconds."
            )
        )
        self._nothing.setProperty("kind", "quiet")
        self._nothing.setWordWrap(True)
        self._grid.addWidget(self._nothing, 0, 0, 1, 3)

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        self._nothing.hide()
        self._marks = []
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None and widget is not self._nothing:
                widget.deleteLater()
        for row, check in enumerate(checks):
            mark, name, words = QLabel(), QLabel(self._name(check.name)), QLabel(check.message)
            mark.setAccessibleName(self.tr("Well") if check.ok else self.tr("Fault"))
            words.setProperty("kind", "quiet")
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(mark, row, 0, top)
            self._grid.addWidget(name, row, 1, top)
            self._grid.addWidget(words, row, 2)
            self._marks.append((mark, check.ok))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _name(self, name: str) -> str:
        """What a check looked at, in the language of the window."""
        known = {
            "system": self.tr("System"),
            "memory": self.tr("Memory"),
            "libraries": self.tr("Libraries"),
            "accelerators": self.tr("Accelerators"),
            "screen": self.tr("Screen"),
            "data folder": self.tr("Folder of your data"),
            "microphones": self.tr("Microphones"),
            "speakers": self.tr("Speakers"),
            "microphone level": self.tr("Level of the microphone"),
            "models": self.tr("Models"),
            "codec": self.tr("Codec"),
        }
        return known.get(name, name.capitalize())

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        for mark, ok in self._marks:
            picture = icons.picture(
                "done" if ok else "alert", colours.accent if ok else colours.error, 18, 2.0
            )
            mark.setPixmap(picture)
