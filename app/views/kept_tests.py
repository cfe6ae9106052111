"""KeptTests: the listening tests that were taken, each with what it has shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import figures
from app.outcomes import sentence, systems
from core.listening_room import KeptTest


class KeptTests(QWidget):
    """A column of cards. Values in, wishes out."""

    resumed = Signal(str)
    export_wished = Signal(str, str)  # id, file
    deleted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_tests(self, tests: tuple[KeptTest, ...]) -> None:
        while item := self._column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if tests:
            title = QLabel(self.tr("Earlier tests"))
            title.setProperty("kind", "section")
            self._column.addWidget(title)
        for test in tests:
            self._column.addWidget(self._card(test))

    def _card(self, test: KeptTest) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        name, result = QLabel(systems(test.outcome)), QLabel(sentence(test.outcome))
        name.setProperty("kind", "strong")
        result.setProperty("kind", "small")
        when = QLabel(figures.day(test.begun))
        when.setProperty("kind", "small")
        for label in (name, result):
            label.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (name, result, when):
            texts.addWidget(label)
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addLayout(texts, 1)
        about = systems(test.outcome)
        if not test.outcome.done:
            row.addWidget(self._button(self.tr("Go on"), about, lambda: self.resumed.emit(test.id)))
        row.addWidget(self._button(self.tr("Export"), about, lambda: self._export(test.id)))
        row.addWidget(self._button(self.tr("Delete"), about, lambda: self.deleted.emit(test.id)))
        return card

    def _button(self, label: str, about: str, act: object) -> QPushButton:
        button = QPushButton(label)
        button.setAccessibleName(f"{label}: {about}")
        button.clicked.connect(act)
        return button

    def _export(self, id: str) -> None:
        kinds = ";;".join(
            (self.tr("A table (CSV)") + " (*.csv)", self.tr("For programs (JSON)") + " (*.json)")
        )
        name = str(Path.home() / f"listening-{id}.csv")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export the answers"), name, kinds)
        if path:
            self.export_wished.emit(id, path)
