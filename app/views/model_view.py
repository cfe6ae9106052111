"""ModelView: one model on the models page, what it is, whether it is here, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import figures, icons
from app.colours import colours_of
from app.library import Arrival
from app.views.short_label import ShortLabel
from core.fitness import Machine
from core.library import Holding

_UNTOLD = "see where it comes from"  # what a card says whose makers do not name a licence


class ModelView(QFrame):
    """A card with a name, figures, a verdict and buttons; while it is fetched, a line that fills up."""

    fetch_wished = Signal(str)
    pause_wished = Signal(str)
    cancel_wished = Signal(str)
    remove_wished = Signal(str, str)  # id, title

    def __init__(
        self, holding: Holding, machine: Machine | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._holding = holding
        self._arrival: Arrival | None = None
        title = QLabel(holding.title)
        title.setProperty("kind", "strong")
        self._verdict = QLabel()
        self._facts = QLabel(" · ".join(self._known()))
        self._facts.setProperty("kind", "small")
        self._facts.setWordWrap(True)
        self._fit = QLabel()
        if machine is not None:
            self._say_fit(machine)
        self._line = QProgressBar()
        self._line.setTextVisible(False)
        self._line.setRange(0, 1000)
        self._line.setAccessibleName(self.tr("How much of {title} is here").format(title=holding.title))
        self._how_far = ShortLabel()
        self._how_far.setProperty("kind", "small")
        self._fetch = self._button(self.tr("Fetch"), lambda: self.fetch_wished.emit(holding.id))
        self._pause = self._button(self.tr("Pause"), lambda: self.pause_wished.emit(holding.id))
        self._resume = self._button(self.tr("Resume"), lambda: self.fetch_wished.emit(holding.id))
        self._cancel = self._button(self.tr("Cancel"), lambda: self.cancel_wished.emit(holding.id))
        self._remove = QToolButton()
        self._remove.setProperty("kind", "bare")
        self._remove.setAccessibleName(self.tr("Remove {title}").format(title=holding.title))
        self._remove.setToolTip(self.tr("Remove from this computer"))
        self._remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._remove.clicked.connect(lambda: self.remove_wished.emit(holding.id, holding.title))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(self._verdict)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(head)
        words.addWidget(self._facts)
        words.addWidget(self._fit)
        words.addWidget(self._line)
        words.addWidget(self._how_far)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self._fetch, self._resume, self._pause, self._cancel, self._remove):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_arrival(None)
        self._dress()

    @property
    def holding(self) -> Holding:
        return self._holding

    def show_arrival(self, arrival: Arrival | None) -> None:
        """How far it is on its way; None while it is not."""
        self._arrival = arrival
        going = arrival is not None and not arrival.paused and not arrival.importing
        paused = arrival is not None and arrival.paused
        self._fetch.setVisible(arrival is None and self._holding.state == "fetchable")
        self._pause.setVisible(going)
        self._resume.setVisible(paused)
        self._cancel.setVisible(going or paused)
        self._remove.setVisible(arrival is None and self._holding.removable)
        self._line.setVisible(arrival is not None)
        self._how_far.setVisible(arrival is not None)
        self._say_verdict()
        if arrival is not None:
            fraction = arrival.progress.fraction
            unknown = fraction is None or arrival.importing
            self._line.setRange(0, 0 if unknown and not paused else 1000)
            self._line.setValue(round(1000 * (fraction or 0.0)))
            self._how_far.show_words(self._words_of(arrival))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _known(self) -> list[str]:
        """What is known of this model, for a person to choose by."""
        holding = self._holding
        kinds = {
            "codec": self.tr("Codec"),
            "speech": self.tr("Speech model"),
            "enhance": self.tr("Sound polish"),
        }
        facts = [kinds[holding.kind]]
        if holding.parameters:
            facts.append(figures.parameters(holding.parameters))
        if holding.frame_rate:
            facts.append(figures.frame_rate(holding.frame_rate))
        if holding.bitrate:
            facts.append(figures.bitrate(holding.bitrate))
        if holding.bytes:
            facts.append(figures.size(holding.bytes))
        if holding.licence == _UNTOLD:
            facts.append(self.tr("licence: see where it comes from"))
        else:
            facts.append(self.tr("licence {name}").format(name=holding.licence))
        if holding.hub and not holding.installed:
            facts.append(holding.hub)
        return facts

    def _say_verdict(self) -> None:
        words, kind = {
            "ready": (self.tr("Ready"), "good"),
            "lacks_torch": (self.tr("Needs PyTorch, which is not installed"), "warn"),
            "fetchable": ("", "small"),
            "plan": ("", "small"),
        }[self._holding.state]
        if self._holding.state == "ready" and not self._holding.removable:
            words = self.tr("Ready, ships with Paluku")
        if self._holding.arrived and self._arrival is None:
            words = self.tr("{size} of it are here already").format(size=figures.size(self._holding.arrived))
        self._verdict.setProperty("kind", kind)
        self._verdict.setText(words)

    def _say_fit(self, machine: Machine) -> None:
        """Whether it would run here: said before anything is fetched."""
        need = self._holding.need
        fit, share = need.fit(machine), need.share(machine)
        words = {
            "too_large": self.tr("Too large for this computer: needs {size} of memory"),
            "fits": self.tr("Fits: needs {size} of memory"),
            "too_slow": self.tr("Too slow to talk with here: needs {n} times what a core gives"),
            "live": self.tr("Runs live here, on about {part} of a core"),
        }[fit]
        times = f"{share:.1f}" if share < 10 else f"{share:.0f}"
        self._fit.setText(words.format(size=figures.size(need.bytes), n=times, part=f"{share:.0%}"))
        self._fit.setProperty("kind", "small" if fit in ("live", "fits") else "warn-small")

    def _words_of(self, arrival: Arrival) -> str:
        """How far, how fast, how long."""
        progress = arrival.progress
        if arrival.importing:
            return self.tr("All here. It is being checked and put in its place")
        if not progress.total:
            return self.tr("Paused") if arrival.paused else self.tr("Asking where it is")
        done = self.tr("{done} of {total}").format(
            done=figures.size(progress.done), total=figures.size(progress.total)
        )
        words = [f"{progress.done / progress.total:.0%}", done]
        if arrival.paused:
            words.append(self.tr("paused, what is here is kept"))
        elif progress.speed > 0:
            words.append(self.tr("{size} a second").format(size=figures.size(progress.speed)))
            if progress.seconds_left is not None:
                words.append(figures.time_left(progress.seconds_left))
        return " · ".join(words)

    def _button(self, label: str, act: object) -> QPushButton:
        button = QPushButton(label)
        button.setAccessibleName(f"{label}: {self._holding.title}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button

    def _dress(self) -> None:
        self._remove.setIcon(icons.icon("remove", colours_of(self.palette()).quiet))
