"""DiagnosticsPage: how Paluku does at this moment, and what to tell somebody who helps."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import figures
from app.views.check_rows import CheckRows
from app.views.column import Column
from app.views.latency_strip import LatencyStrip
from app.views.page_head import PageHead
from app.vitals import Vitals, report
from core.checkup import Check

_COPIED_MS = 2500


class DiagnosticsPage(QWidget):
    """The way of the sound in milliseconds, what was lost on it, and a check of everything."""

    check_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vitals: Vitals | None = None
        self._checks: tuple[Check, ...] = ()
        head = PageHead(self.tr("Health"), self.tr("How Paluku does at this moment, on this computer."))
        self._copy = QPushButton(self.tr("Copy report"))
        self._copy.setToolTip(self.tr("Everything on this page as text. It is only copied, never sent"))
        self._copy.clicked.connect(self._copy_report)
        self._copied = QTimer(self, interval=_COPIED_MS, singleShot=True)
        self._copied.timeout.connect(lambda: self._copy.setText(self.tr("Copy report")))
        self._check = QPushButton(self.tr("Check everything"))
        self._check.clicked.connect(self._wish_check)
        head.add(self._copy)
        head.add(self._check)
        self._strip = LatencyStrip()
        self._rows: dict[str, QLabel] = {}
        self._check_rows = CheckRows()
        column = Column(spacing=8)
        column.add(_section(self.tr("The way of the sound")))
        column.add(_card(self._strip))
        column.add(_section(self.tr("Counts")))
        column.add(_card(self._counts()))
        column.add(_section(self.tr("This computer")))
        column.add(self._check_rows)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 12, 8)
        page.setSpacing(12)
        page.addWidget(head)
        page.addWidget(column, 1)

    def show_vitals(self, vitals: Vitals) -> None:
        self._vitals = vitals
        health, ready = vitals.health, vitals.talk.ready
        self._say("memory", figures.size(vitals.memory_bytes))
        self._say("codec", ready.codec if ready else "–")
        self._say("model", (ready.model if ready else None) or "–")
        self._say("loaded", self.tr("{n} s").format(n=f"{ready.seconds:.1f}") if ready else "–")
        if health is None:
            return
        self._strip.show_health(health)
        self._say("frames", f"{health.frames}")
        self._say("late", f"{health.late_frames}")
        self._say("overruns", f"{health.overruns}")
        self._say("underruns", f"{health.underruns}")
        middle, most = f"{health.step_ms_median:.1f}", f"{health.step_ms_p95:.1f}"
        self._say("step", self.tr("{n} ms, mostly under {most} ms").format(n=middle, most=most))

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """What the check of everything found."""
        self._checks = checks
        self._check_rows.show_checks(checks)
        self._check.setEnabled(True)
        self._check.setText(self.tr("Check everything"))

    def _wish_check(self) -> None:
        self._check.setEnabled(False)
        self._check.setText(self.tr("Checking…"))
        self.check_wished.emit()

    def _copy_report(self) -> None:
        if self._vitals is not None:
            QGuiApplication.clipboard().setText(report(self._vitals, self._checks))
            self._copy.setText(self.tr("Copied"))
            self._copied.start()

    def _counts(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        rows = (
            ("frames", self.tr("Frames"), self.tr("Frames of sound computed since the start")),
            ("late", self.tr("Late frames"), self.tr("Frames that took longer to compute than they last")),
            ("overruns", self.tr("Overruns"), self.tr("How often sound of the microphone was lost")),
            ("underruns", self.tr("Underruns"), self.tr("How often the speaker had to wait for sound")),
            ("step", self.tr("A step"), self.tr("What the engine computes for one frame")),
            ("memory", self.tr("Memory"), self.tr("With all processes that belong to Paluku")),
            ("codec", self.tr("Codec"), ""),
            ("model", self.tr("Speech model"), ""),
            ("loaded", self.tr("Loaded in"), ""),
        )
        half = (len(rows) + 1) // 2
        for number, (key, name, what) in enumerate(rows):
            row, side = number % half, number // half * 2
            title, value = QLabel(name), QLabel("–")
            title.setProperty("kind", "quiet")
            title.setToolTip(what)
            value.setWordWrap(True)
            value.setAccessibleDescription(name)
            value.setToolTip(what)
            grid.addWidget(title, row, side)
            grid.addWidget(value, row, side + 1)
            grid.setColumnStretch(side + 1, 1)
            self._rows[key] = value
        return box

    def _say(self, key: str, words: str) -> None:
        self._rows[key].setText(words)


def _section(title: str) -> QLabel:
    label = QLabel(title)
    label.setProperty("kind", "section")
    return label


def _card(inside: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 14, 16, 14)
    column.addWidget(inside)
    return card
