"""DiagnosisPage: a codec, some speech, and what the codec does to it: to be heard, seen and read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import figures, findings
from app.views.choice import Choice
from app.views.column import Column
from app.views.finding_rows import FindingRows
from app.views.pair_player import PairPlayer
from app.views.sound_choice import SoundChoice, beside
from app.views.spectrum_picture import SpectrumPicture
from app.views.work_bar import WorkBar
from app.workbench import Progress
from core.laboratory import Candidate, Examined

_VERDICTS = {"good": "verdict-good", "fair": "verdict-fair", "poor": "verdict-poor"}


class DiagnosisPage(QWidget):
    """What to examine over what was found. Values in, wishes out."""

    looked = Signal()
    codec_chosen = Signal(str)
    examine_wished = Signal(str, object)  # codec, sounds
    stop_wished = Signal()
    record_wished = Signal()
    play_wished = Signal(object, int)  # files, which of them is heard
    turn_wished = Signal(int)
    silence_wished = Signal()
    save_wished = Signal(str, str)  # codec, folder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._examined: Examined | None = None
        self._codec = Choice(self.tr("Codec to examine"))
        self._codec.activated.connect(lambda: self.codec_chosen.emit(self._codec.currentData()))
        self._sound = SoundChoice(several=False)
        self._sound.record_wished.connect(self.record_wished)
        self._begin = QPushButton(self.tr("Examine"))
        self._begin.setProperty("kind", "first")
        self._begin.clicked.connect(
            lambda: self.examine_wished.emit(self._codec.currentData(), self._sound.sounds)
        )
        self._work = WorkBar()
        self._work.stop_wished.connect(self.stop_wished)
        self._verdict = QLabel()
        self._verdict.setWordWrap(True)
        self._facts = QLabel()
        self._facts.setProperty("kind", "small")
        self._player = PairPlayer((self.tr("Original"), self.tr("Through the codec")))
        self._player.play_wished.connect(self._play)
        self._player.turn_wished.connect(self.turn_wished)
        self._player.stop_wished.connect(self.silence_wished)
        self._pictures = (
            SpectrumPicture(self.tr("Spectrogram of the original")),
            SpectrumPicture(self.tr("Spectrogram of what came out of the codec")),
            SpectrumPicture(self.tr("Difference of the two spectrograms"), difference=True),
        )
        self._rows = FindingRows()
        self._report = QPushButton(self.tr("Whole report"))
        self._report.setToolTip(self.tr("Opens in the browser; nothing is sent anywhere"))
        self._report.clicked.connect(self._open_report)
        self._save = QPushButton(self.tr("Save…"))
        self._save.setAccessibleName(self.tr("Save the report with its sounds and pictures"))
        self._save.clicked.connect(self._choose_folder)
        self._column = Column(spacing=10)
        self._found = QWidget()
        self._nothing = QLabel(
            self.tr("What comes out of the codec is compared with what went in, in half a minute or more.")
        )
        self._nothing.setProperty("kind", "quiet")
        self._nothing.setWordWrap(True)
        self._place()
        self.show_examined("", None)

    def show_candidates(self, codecs: tuple[Candidate, ...]) -> None:
        """The codecs that can be examined here."""
        chosen = self._codec.currentData()
        self._codec.clear()
        for each in codecs:
            self._codec.addItem(each.title, each.id)
        self._codec.setCurrentIndex(max(0, self._codec.findData(chosen)))
        self._begin.setEnabled(bool(codecs))
        if codecs and self._codec.currentData() != chosen:
            self.codec_chosen.emit(self._codec.currentData())

    def show_progress(self, progress: Progress | None) -> None:
        """How far a diagnosis is; None while none goes on."""
        self._work.show_progress(progress)
        self._begin.setVisible(progress is None)
        for control in (self._codec, self._sound):
            control.setEnabled(progress is None)

    def show_examined(self, codec: str, examined: Examined | None) -> None:
        """What was found of this codec; None: it was never examined."""
        if codec != (self._codec.currentData() or ""):
            return  # another one was chosen meanwhile
        self._examined = examined
        self._found.setVisible(examined is not None)
        self._nothing.setVisible(examined is None)
        if examined is None:
            return
        self._verdict.setText(findings.verdict(examined.verdict))
        self._verdict.setProperty("kind", _VERDICTS.get(examined.verdict, "quiet"))
        self._verdict.style().polish(self._verdict)
        facts = (figures.bitrate(examined.bitrate), figures.frame_rate(examined.frame_rate))
        self._facts.setText(" · ".join(facts))
        for view, picture in zip(self._pictures, examined.pictures, strict=True):
            view.show_file(picture)
        self._rows.show_findings(examined.findings)
        self._column.settle()

    def show_playing(self, playing: bool) -> None:
        self._player.show_playing(playing)

    def show_recording(self, recording: bool) -> None:
        self._sound.show_recording(recording)

    def take_recording(self, path: Path) -> None:
        """What was just recorded is what will be used."""
        self._sound.take_recording(path)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.looked.emit()

    def _play(self, heard: int) -> None:
        if self._examined is not None:
            self.play_wished.emit(self._examined.sounds, heard)

    def _open_report(self) -> None:
        if self._examined is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._examined.page)))

    def _choose_folder(self) -> None:
        if self._examined is None:
            return
        name = str(Path.home() / f"{self._examined.codec}-diagnosis")
        target, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report as a folder"), name)
        if target:
            self.save_wished.emit(self._examined.codec, target)

    def _place(self) -> None:
        wish = QFrame()
        wish.setProperty("kind", "card")
        grid = QGridLayout(wish)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (name, control) in enumerate(
            ((self.tr("Codec"), self._codec), (self.tr("Speech"), self._sound))
        ):
            label = QLabel(name)
            label.setBuddy(control)
            grid.addWidget(label, row, 0, beside(control))
            grid.addWidget(control, row, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._begin)
        foot.addWidget(self._work, 1)
        foot.addStretch(0)
        grid.addLayout(foot, 2, 0, 1, 2)
        head = QHBoxLayout()
        head.addWidget(self._player, 1)
        head.addWidget(self._report)
        head.addWidget(self._save)
        inside = QVBoxLayout(self._found)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._verdict)
        inside.addWidget(self._facts)
        inside.addLayout(head)
        captions = (
            self.tr("Original"),
            self.tr("Through the codec"),
            self.tr("Difference: blue is missing, red was added"),
        )
        for caption, picture in zip(captions, self._pictures, strict=True):
            label = QLabel(caption)
            label.setProperty("kind", "small")
            inside.addWidget(label)
            inside.addWidget(picture)
        inside.addSpacing(4)
        inside.addWidget(self._rows)
        self._column.add(wish)
        self._column.add(self._nothing)
        self._column.add(self._found)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._column)
