"""SoundLane: one live sound as a waterfall under its name and level."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.onlooker import Glance
from app.settings import Picture
from app.views.meter import Meter
from app.views.waterfall import Spot, Waterfall
from core.audio.level import QUIETEST_DB, Verdict


class SoundLane(QFrame):
    """A card with a name, a level meter and a spectrogram. Glances in, nothing out."""

    def __init__(self, name: str, level_name: str, picture_name: str, *, listens: bool) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._name = name
        self._listens = listens  # a microphone is never quite silent; a speaker may be
        self._verdict = Verdict.GOOD
        self._title = QLabel(name)
        self._title.setProperty("kind", "small")
        self._heard = False  # anything at all
        self._meter = Meter(level_name)
        self._waterfall = Waterfall(picture_name)
        self._waterfall.pointed.connect(self._show_spot)
        self._spot = QLabel()
        self._spot.setProperty("kind", "small")
        self._spot.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._meter, 1)
        head.addWidget(self._spot)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._waterfall, 1)

    def call(self, name: str) -> None:
        """Whose sound it is from now on."""
        self._name = name
        if self._verdict is Verdict.GOOD:
            self._title.setText(name)

    def show_glance(self, glance: Glance) -> None:
        self._meter.show_level(glance.level_db)
        if glance.anew:
            self._waterfall.clear()
            self._heard = False
        self._heard = self._heard or glance.level_db > QUIETEST_DB
        # many a headset gives nothing at all between words: what has been heard once is no dead microphone
        silent = glance.verdict is Verdict.DEAD and self._heard
        self._show_verdict(Verdict.GOOD if silent else glance.verdict)
        self._waterfall.show_frequencies(glance.frequencies)
        self._waterfall.append(glance.columns)

    def advance(self, now: float) -> None:
        """Scroll on to this moment."""
        self._waterfall.advance(now)

    def freeze(self, frozen: bool) -> None:
        self._waterfall.freeze(frozen)

    def look_so(self, picture: Picture) -> None:
        self._waterfall.look_so(picture.range_db, picture.shades)

    @Slot(object)
    def _show_spot(self, spot: Spot | None) -> None:
        """What the cursor points at, in the place of the meter."""
        self._meter.setVisible(spot is None)
        self._spot.setVisible(spot is not None)
        if spot is not None:
            self._spot.setText(
                self.tr("{ago} s ago, {hz} Hz, {db} dB").format(
                    ago=f"{spot.seconds_ago:.2f}", hz=round(spot.hz), db=round(spot.level_db)
                )
            )

    def _show_verdict(self, verdict: Verdict) -> None:
        if verdict is self._verdict:
            return
        self._verdict = verdict
        words = {
            Verdict.GOOD: "",
            Verdict.TOO_QUIET: "",  # a pause is no fault
            Verdict.CLIPPING: self.tr("too loud"),
            Verdict.DEAD: self.tr("no sound arrives") if self._listens else "",
        }[verdict]
        self._title.setText(f"{self._name}: {words}" if words else self._name)
