"""PolishButtons: what can be done to widen one saved voice, and to compare it with itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app import icons
from app.colours import colours_of
from app.findings import step
from app.workbench import Progress


class PolishWishes(QObject):
    """All that is wished about the enhanced copies of saved turns: each names the turn and its side."""

    enhance = Signal(int, str)
    stop = Signal()
    play = Signal(int, str, int)  # 0 the original, 1 the enhanced copy
    turn = Signal(int)
    save = Signal(int, str, str)


class PolishButtons(QWidget):
    """Enhance; then a switch between the original and the enhanced sound, and a way out for the latter."""

    enhance_wished = Signal()
    stop_wished = Signal()
    turned = Signal(int)  # 0 the original, 1 the enhanced copy
    save_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._working = False
        self._there = False
        self._words = QLabel()
        self._words.setProperty("kind", "small")
        self.beside = QToolButton()
        """Stands beside the voice: enhance it, or stop that."""
        self.beside.setProperty("kind", "bare")
        self.beside.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.beside.clicked.connect(self._press)
        self._switch = QPushButton(self.tr("48 kHz"))
        self._switch.setProperty("kind", "heard")
        self._switch.setCheckable(True)
        self._switch.setChecked(True)
        self._switch.setToolTip(self.tr("Hear the enhanced sound, or the original; also while it plays"))
        self._switch.setAccessibleName(self.tr("Enhanced sound"))
        self._switch.toggled.connect(lambda wide: self.turned.emit(int(wide)))
        self._save = QToolButton()
        self._save.setProperty("kind", "bare")
        self._save.setToolTip(self.tr("Save the enhanced sound…"))
        self._save.setAccessibleName(self.tr("Save the enhanced sound"))
        self._save.clicked.connect(self.save_wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self._words, self._switch, self._save):
            row.addWidget(widget)
            widget.hide()
        self.hide()
        self._dress()

    @property
    def heard(self) -> int | None:
        """Which one is to be heard: 0 the original, 1 the enhanced copy; None where there is no copy."""
        return int(self._switch.isChecked()) if self._there else None

    def show_copy(self, there: bool) -> None:
        """Whether there is an enhanced copy."""
        self._there = there
        self._switch.setVisible(there)
        self._save.setVisible(there)
        self.beside.setVisible(not there)
        self.show_progress(None)

    def show_progress(self, progress: Progress | None) -> None:
        """How far the copy is; None while none is being made."""
        self._working = progress is not None
        self._words.setVisible(self._working)
        self.setVisible(self._working or self._there)
        if progress is not None:
            share = "" if progress.share is None else f" {progress.share:.0%}"
            self._words.setText(step(progress.step) + share)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _press(self) -> None:
        if self._working:
            self.stop_wished.emit()
        else:
            self.enhance_wished.emit()

    def _dress(self) -> None:
        colour = colours_of(self.palette()).accent
        name = self.tr("Stop") if self._working else self.tr("Enhance: add the upper band, up to 48 kHz")
        self.beside.setToolTip(name)
        self.beside.setAccessibleName(name)
        self.beside.setIcon(icons.icon("stop" if self._working else "polish", colour))
        self._save.setIcon(icons.icon("export", colour))
