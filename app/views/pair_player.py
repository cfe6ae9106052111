"""PairPlayer: versions of one sound, one of them heard; turning to another goes on at the same moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from app import icons
from app.colours import colours_of


class PairPlayer(QWidget):
    """A button to play, and one for each version. Values in, wishes out."""

    play_wished = Signal(int)  # the version
    turn_wished = Signal(int)
    stop_wished = Signal()

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playing = False
        self._play = QPushButton()
        self._play.setMinimumWidth(96)
        self._play.clicked.connect(self._press)
        switch = QFrame()
        switch.setProperty("kind", "segments")
        switch.setAccessibleName(self.tr("Which one is heard"))
        self._group = QButtonGroup(self)
        inside = QHBoxLayout(switch)
        inside.setContentsMargins(3, 3, 3, 3)
        inside.setSpacing(2)
        for place, name in enumerate(names):
            button = QPushButton(name)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            button.setToolTip(self.tr("Hear “{name}”; while it plays, it goes on here").format(name=name))
            self._group.addButton(button, place)
            inside.addWidget(button)
        self._group.idClicked.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._play)
        row.addWidget(switch)
        row.addStretch(1)
        self._dress()

    @property
    def heard(self) -> int:
        return self._group.checkedId()

    def show_playing(self, playing: bool) -> None:
        """Whether the speaker plays something now."""
        if playing != self._playing:
            self._playing = playing
            self._dress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _press(self) -> None:
        if self._playing:
            self.stop_wished.emit()
        else:
            self.play_wished.emit(self.heard)

    def _turn(self, version: int) -> None:
        if self._playing:
            self.turn_wished.emit(version)

    def _dress(self) -> None:
        self._play.setText(self.tr("Stop") if self._playing else self.tr("Play"))
        name = "stop" if self._playing else "play"
        self._play.setIcon(icons.icon(name, colours_of(self.palette()).accent))
