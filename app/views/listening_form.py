"""ListeningForm: what a listening test is to be: its kind, its codecs, its speech."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.views.choice import Choice
from app.views.sound_choice import SoundChoice, beside
from core.laboratory import Candidate
from core.listening_room import Kind, ListeningWish

_QUESTIONS = (10, 16, 24)
_ORIGINAL = ""
_KINDS: tuple[Kind, ...] = ("abx", "mushra")


class ListeningForm(QFrame):
    """Two kinds of test: tell two apart, or rate several. Values in, one wish out."""

    begin_wished = Signal(object)  # ListeningWish
    record_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._kind: Kind = "abx"
        self._kinds = QButtonGroup(self)
        self._first, self._second = Choice(self.tr("Codec")), Choice(self.tr("Compared with"))
        self._count = Choice(self.tr("Number of questions"))
        for count in _QUESTIONS:
            self._count.addItem(self.tr("{n} questions").format(n=count), count)
        self._count.setCurrentIndex(1)
        self._boxes: list[QCheckBox] = []
        self._box_column = QVBoxLayout()
        self._sound = SoundChoice(several=True)
        self._sound.record_wished.connect(self.record_wished)
        self._begin = QPushButton(self.tr("Begin"))
        self._begin.setProperty("kind", "first")
        self._begin.clicked.connect(lambda: self.begin_wished.emit(self._wish()))
        self._about = QLabel()
        self._about.setProperty("kind", "small")
        self._about.setWordWrap(True)
        self._place()
        self._choose_kind(0)

    def show_candidates(self, codecs: tuple[Candidate, ...]) -> None:
        """The codecs that can be listened to here."""
        for choice in (self._first, self._second):
            chosen = choice.currentData()
            choice.clear()
            if choice is self._second:
                choice.addItem(self.tr("The original"), _ORIGINAL)
            for each in codecs:
                choice.addItem(each.title, each.id)
            choice.setCurrentIndex(max(0, choice.findData(chosen)))
        ticked = {box.property("codec") for box in self._boxes if box.isChecked()}
        while item := self._box_column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes = []
        for each in codecs:
            box = QCheckBox(each.title)
            box.setProperty("codec", each.id)
            box.setChecked(each.id in ticked or len(codecs) == 1)
            box.toggled.connect(self._follow)
            self._boxes.append(box)
            self._box_column.addWidget(box)
        self._follow()

    def show_recording(self, recording: bool) -> None:
        self._sound.show_recording(recording)

    def take_recording(self, path: Path) -> None:
        self._sound.take_recording(path)

    def _wish(self) -> ListeningWish:
        if self._kind == "mushra":
            return ListeningWish("mushra", self._ticked(), self._sound.sounds)
        codecs = tuple(each for each in (self._first.currentData(), self._second.currentData()) if each)
        return ListeningWish("abx", codecs, self._sound.sounds, self._count.currentData())

    def _ticked(self) -> tuple[str, ...]:
        return tuple(box.property("codec") for box in self._boxes if box.isChecked())

    def _choose_kind(self, place: int) -> None:
        self._kind = _KINDS[place]
        abx = self._kind == "abx"
        self._about.setText(
            self.tr("X is one of two: which? Enough right answers prove that they can be told apart.")
            if abx
            else self.tr(
                "Versions are rated beside the original. It hides among them once more, with a copy that "
                "is muffled on purpose, to see whether the scores can be trusted."
            )
        )
        for widget in self._of_abx:
            widget.setVisible(abx)
        for widget in self._of_rating:
            widget.setVisible(not abx)
        self._follow()

    def _follow(self) -> None:
        """The button works where there is something to compare."""
        if self._kind == "mushra":
            self._begin.setEnabled(bool(self._ticked()))
        else:
            one, other = self._first.currentData(), self._second.currentData()
            self._begin.setEnabled(bool(one) and one != other)

    def _place(self) -> None:
        switch = QFrame()
        switch.setProperty("kind", "segments")
        switch.setAccessibleName(self.tr("Kind of test"))
        inside = QHBoxLayout(switch)
        inside.setContentsMargins(3, 3, 3, 3)
        inside.setSpacing(2)
        for place, name in enumerate((self.tr("Tell apart (ABX)"), self.tr("Rate (MUSHRA)"))):
            button = QPushButton(name)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._kinds.addButton(button, place)
            inside.addWidget(button)
        self._kinds.idClicked.connect(self._choose_kind)
        self._first.activated.connect(self._follow)
        self._second.activated.connect(self._follow)
        boxes = QWidget()
        boxes.setLayout(self._box_column)
        self._box_column.setContentsMargins(0, 0, 0, 0)
        labels = [
            QLabel(text)
            for text in (
                self.tr("Codec"),
                self.tr("Compared with"),
                self.tr("Length"),
                self.tr("Codecs"),
                self.tr("Speech"),
            )
        ]
        controls = (self._first, self._second, self._count, boxes, self._sound)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        top = QHBoxLayout()
        top.addWidget(switch)
        top.addStretch(1)
        grid.addLayout(top, 0, 0, 1, 2)
        grid.addWidget(self._about, 1, 0, 1, 2)
        for row, (label, control) in enumerate(zip(labels, controls, strict=True), 2):
            label.setBuddy(control)
            grid.addWidget(label, row, 0, beside(control))
            grid.addWidget(control, row, 1)
        for choice in controls[:3]:  # as wide as one another, whatever is in them
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        end = QHBoxLayout()
        end.addWidget(self._begin)
        end.addStretch(1)
        grid.addLayout(end, 7, 0, 1, 2)
        self._of_abx: tuple[QWidget, ...] = (*labels[:3], *controls[:3])
        self._of_rating: tuple[QWidget, ...] = (labels[3], boxes)
