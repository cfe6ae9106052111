"""FindingRows: the judgements of a diagnosis, one row each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app import findings
from core.laboratory import Finding

_KINDS = {"good": "good", "fair": "warn", "poor": "bad"}


class FindingRows(QFrame):
    """A card of judgements: a word for the level, what was measured, and what came out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)

    def show_findings(self, found: tuple[Finding, ...]) -> None:
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for row, finding in enumerate(found):
            mark = QLabel(findings.mark(finding.level))
            mark.setProperty("kind", _KINDS.get(finding.level, "small"))
            name, words = QLabel(findings.what(finding)), QLabel(findings.words(finding))
            words.setProperty("kind", "quiet")
            for label in (name, words):
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(mark, row, 0, top)
            self._grid.addWidget(name, row, 1, top)
            self._grid.addWidget(words, row, 2, top)
