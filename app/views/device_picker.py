"""DevicePicker: a microphone or a speaker, how it sounds, and a way to try it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.views.choice import Choice
from app.views.meter import Meter


class DevicePicker(QWidget):
    """A list of devices over a level meter, and a test button beside it."""

    chosen = Signal(str)  # empty = the system's default
    test_wished = Signal()

    def __init__(self, name: str, meter_name: str, test: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._choice = Choice(name)
        self._choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(16)
        self._choice.activated.connect(lambda: self.chosen.emit(self._choice.currentData()))
        self._meter = Meter(meter_name)
        self._label = test
        self._test = QPushButton(test)
        self._test.setAccessibleName(f"{test}: {name}")
        self._test.clicked.connect(self.test_wished)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._choice)
        left.addWidget(self._meter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(left)
        row.addWidget(self._test, 0, Qt.AlignmentFlag.AlignTop)  # beside the list, not beside list and meter

    def show_devices(self, names: tuple[str, ...], chosen: str) -> None:
        """Which there are, and which is wished; a wished one that is away stays in the list."""
        with QSignalBlocker(self._choice):
            self._choice.clear()
            self._choice.addItem(self.tr("The system's default"), "")
            for name in names:
                self._choice.addItem(name, name)
            if chosen and chosen not in names:
                self._choice.addItem(self.tr("{name} (away)").format(name=chosen), chosen)
            self._choice.setCurrentIndex(max(0, self._choice.findData(chosen)))

    def show_level(self, level_db: float) -> None:
        self._meter.show_level(level_db)

    def show_busy(self, words: str) -> None:
        """What the test does at this moment; nothing while there is none."""
        self._test.setText(words or self._label)
        self._test.setEnabled(not words)
