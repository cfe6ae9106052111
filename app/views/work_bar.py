"""WorkBar: long work on its way: what is being done, how much of it, and a button to end it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.findings import step
from app.workbench import Progress


class WorkBar(QWidget):
    """There only while something is being done."""

    stop_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel()
        self._words.setProperty("kind", "quiet")
        self._line = QProgressBar()
        self._line.setTextVisible(False)
        stop = QPushButton(self.tr("Stop"))
        stop.setAccessibleDescription(self.tr("End what is being done"))
        stop.clicked.connect(self.stop_wished)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._words)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(stop)
        self.hide()

    def show_progress(self, progress: Progress | None) -> None:
        self.setVisible(progress is not None)
        if progress is None:
            return
        self._words.setText(step(progress.step))
        self._line.setAccessibleName(step(progress.step))
        self._line.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self._line.setValue(round(1000 * progress.share))
