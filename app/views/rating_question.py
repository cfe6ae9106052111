"""RatingQuestion: an open reference, versions in an order that tells nothing, and a score for each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from core.listening_room import Question


class RatingQuestion(QFrame):
    """Sliders from bad to excellent. One of the versions is the reference itself."""

    hear_wished = Signal(int)  # 0 the reference, then the versions
    rated = Signal(object)  # tuple of int

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._item = QLabel()
        self._item.setProperty("kind", "quiet")
        self._reference = self._button(0, self.tr("Reference"))
        words = QLabel(
            self.tr(
                "How close is each version to the reference? 100 is no difference at all; one of them is "
                "the reference itself."
            )
        )
        words.setProperty("kind", "small")
        words.setWordWrap(True)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(8)
        self._rows.setColumnStretch(1, 1)
        self._sounds: list[QPushButton] = []
        self._sliders: list[QSlider] = []
        self._heard: set[int] = set()
        self._next = QPushButton(self.tr("Next"))
        self._next.setProperty("kind", "first")
        self._next.clicked.connect(lambda: self.rated.emit(tuple(each.value() for each in self._sliders)))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._item)
        column.addWidget(self._reference, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(words)
        column.addLayout(self._rows)
        column.addWidget(self._next, 0, Qt.AlignmentFlag.AlignLeft)

    def show_question(self, question: Question) -> None:
        """The next sound: it can be rated once every version was heard."""
        self._title.setText(
            self.tr("Rate what you hear: {n} of {all}").format(n=question.number, all=question.of)
        )
        self._item.setText(question.item)
        while item := self._rows.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._sounds, self._sliders, self._heard = [], [], set()
        for place in range(1, len(question.sounds)):
            self._add_row(place)
        self.show_heard(None)
        self._next.setEnabled(False)
        self._reference.setFocus()

    def show_heard(self, place: int | None) -> None:
        """Which one is heard now."""
        for number, button in enumerate((self._reference, *self._sounds)):
            button.setChecked(number == place)

    def _add_row(self, place: int) -> None:
        sound = self._button(place, self.tr("Version {n}").format(n=place))
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setValue(50)
        slider.setAccessibleName(self.tr("Score of version {n}").format(n=place))
        value = QLabel("50")
        value.setMinimumWidth(32)
        slider.valueChanged.connect(lambda number, value=value: value.setText(str(number)))
        self._sounds.append(sound)
        self._sliders.append(slider)
        self._rows.addWidget(sound, place, 0)
        self._rows.addWidget(slider, place, 1)
        self._rows.addWidget(value, place, 2)

    def _hear(self, place: int) -> None:
        self._heard.add(place)
        self._next.setEnabled(set(range(1, len(self._sounds) + 1)) <= self._heard)
        self.show_heard(place)
        self.hear_wished.emit(place)

    def _button(self, place: int, label: str) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("kind", "heard")
        button.setCheckable(True)
        button.setAccessibleName(self.tr("Play: {name}").format(name=label))
        button.clicked.connect(lambda: self._hear(place))
        return button
