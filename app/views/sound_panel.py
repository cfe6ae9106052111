"""SoundPanel: both live sounds side by side, under a row of what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import icons
from app.colours import colours_of
from app.onlooker import Glance
from app.settings import Picture
from app.views.picture_tools import PictureTools
from app.views.sound_lane import SoundLane

_HIGH, _LOW = 124, 88


class SoundPanel(QWidget):
    """Two lanes that can be folded away. Glances in, wishes out."""

    shown_wished = Signal(bool)
    picture_chosen = Signal(str, object)

    def __init__(self, beside: QWidget, parent: QWidget | None = None) -> None:
        """`beside` is put at the right of the row."""
        super().__init__(parent)
        self._fold = QPushButton(self.tr("Sound"))
        self._fold.setProperty("kind", "bare")
        self._fold.setCheckable(True)
        self._fold.setAccessibleName(self.tr("Show the spectrograms"))
        self._fold.setToolTip(self.tr("Show or hide the spectrograms (Ctrl+G)"))
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold.clicked.connect(self.shown_wished)
        self._tools = PictureTools()
        self._tools.chosen.connect(self.picture_chosen)
        self._tools.frozen.connect(self._freeze)
        self._heard = SoundLane(
            self.tr("You"), self.tr("Your level"), self.tr("Spectrogram of your voice"), listens=True
        )
        self._spoken = SoundLane(
            self.tr("Paluku"),
            self.tr("Level of the answer"),
            self.tr("Spectrogram of the answer"),
            listens=False,
        )
        self._lanes = QWidget()
        self._shown = True
        self._out_of_the_way = False
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._fold)
        row.addWidget(self._tools)
        row.addWidget(beside, 100)
        row.addStretch(1)  # where nothing is beside, the rest stays at the left
        lanes = QHBoxLayout(self._lanes)
        lanes.setContentsMargins(0, 0, 0, 0)
        lanes.setSpacing(16)
        lanes.addWidget(self._heard)
        lanes.addWidget(self._spoken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._lanes)
        self._dress()

    def show_shown(self, shown: bool) -> None:
        """Whether the lanes are there."""
        self._fold.setChecked(shown)
        self._shown = shown
        self._show_lanes()
        self._dress()

    def show_picture(self, picture: Picture) -> None:
        self._tools.show_picture(picture)
        self._heard.look_so(picture)
        self._spoken.look_so(picture)

    def show_mirror(self, mirrored: bool) -> None:
        """Whether what comes out is what went in, through a codec."""
        self._spoken.call(self.tr("Mirror") if mirrored else self.tr("Paluku"))

    def show_glances(self, heard: Glance, spoken: Glance) -> None:
        if self._lanes.isVisible():
            self._heard.show_glance(heard)
            self._spoken.show_glance(spoken)

    def advance(self, now: float) -> None:
        """A frame of the screen: what moves by itself moves on."""
        if self._lanes.isVisible():
            self._heard.advance(now)
            self._spoken.advance(now)

    def make_room(self, wanted: bool) -> None:
        """Fold the lanes away for as long as something else needs their room."""
        if wanted != self._out_of_the_way:
            self._out_of_the_way = wanted
            self._show_lanes()

    def _show_lanes(self) -> None:
        visible = self._shown and not self._out_of_the_way
        self._lanes.setVisible(visible)
        self._tools.setVisible(visible)

    def toggle_freeze(self) -> None:
        self._tools.toggle_freeze()

    def be_low(self, low: bool) -> None:
        """Leave more room to the words."""
        self._lanes.setFixedHeight(_LOW if low else _HIGH)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _freeze(self, frozen: bool) -> None:
        self._heard.freeze(frozen)
        self._spoken.freeze(frozen)

    def _dress(self) -> None:
        icon = "chevron-down" if self._fold.isChecked() else "chevron-right"
        self._fold.setIcon(icons.icon(icon, colours_of(self.palette()).quiet))
