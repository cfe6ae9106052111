"""SpeakerPicker: who answers; each can be heard before being chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QToolButton, QWidget

from app import icons
from app.colours import colours_of
from app.views.menu_button import MenuButton


class SpeakerPicker(MenuButton):
    """A button with the speaker's name that opens a sheet of speakers. Names in, wishes out."""

    chosen = Signal(str)
    heard = Signal(str)  # this one shall say something

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = name
        self._speaker = ""
        self._sheet = _Sheet(self)
        self._sheet.chosen.connect(self.chosen)
        self._sheet.heard.connect(self.heard)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._open)

    @property
    def speaker(self) -> str:
        """The one that is chosen."""
        return self._speaker

    def show_speakers(self, speakers: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Ids with their names, and the one that is chosen."""
        self._speaker = chosen
        label = dict(speakers).get(chosen, "")
        self.setText(label)
        self.setAccessibleName(f"{self._name}: {label}")
        self._sheet.show_speakers(speakers, chosen)

    def _open(self) -> None:
        self._sheet.adjustSize()
        self._sheet.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self._sheet.show()


class _Sheet(QFrame):
    """The speakers, one a row, each with a button to hear them."""

    chosen = Signal(str)
    heard = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "card")
        self._shown: tuple[tuple[str, str], ...] = ()
        self._names: dict[str, QPushButton] = {}
        self._plays: list[QToolButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 8, 8, 8)
        self._grid.setSpacing(4)

    def show_speakers(self, speakers: tuple[tuple[str, str], ...], chosen: str) -> None:
        if speakers != self._shown:
            self._shown = speakers
            for widget in (*self._names.values(), *self._plays):
                self._grid.removeWidget(widget)
                widget.deleteLater()
            self._names, self._plays = {}, []
            for row, (id, label) in enumerate(speakers):
                self._add(row, id, label)
            self._dress()
        for id, button in self._names.items():
            button.setChecked(id == chosen)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if isinstance(parent := self.parentWidget(), QPushButton):
            parent.setDown(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _add(self, row: int, id: str, label: str) -> None:
        name, play = QPushButton(label), QToolButton()
        name.setCheckable(True)
        name.setProperty("kind", "segment")
        name.clicked.connect(lambda: self._choose(id))
        hear = self.tr("Hear {name}").format(name=label)
        play.setProperty("kind", "bare")
        play.setAccessibleName(hear)
        play.setToolTip(hear)
        play.setIconSize(QSize(20, 20))
        play.clicked.connect(lambda: self.heard.emit(id))
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(play, row, 1)
        self._names[id] = name
        self._plays.append(play)

    def _choose(self, id: str) -> None:
        self.hide()
        self.chosen.emit(id)

    def _dress(self) -> None:
        for play in self._plays:
            play.setIcon(icons.icon("play", colours_of(self.palette()).accent))
