"""WorkbenchPage: what a person who builds voices asks of a codec, by measuring and by listening."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.pages.diagnosis import DiagnosisPage
from app.pages.listening import ListeningPage
from app.views.page_head import PageHead


class WorkbenchPage(QWidget):
    """Two pages of which one is shown, under one head."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagnosis, self.listening = DiagnosisPage(), ListeningPage()
        head = PageHead(
            self.tr("Workbench"), self.tr("What a codec does to a voice: measured, seen and heard.")
        )
        switch = QFrame()
        switch.setProperty("kind", "segments")
        switch.setAccessibleName(self.tr("Part of the workbench"))
        switch.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        inside = QHBoxLayout(switch)
        inside.setContentsMargins(3, 3, 3, 3)
        inside.setSpacing(2)
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        for place, (label, page) in enumerate(
            ((self.tr("Diagnosis"), self.diagnosis), (self.tr("Listening tests"), self.listening))
        ):
            button = QPushButton(label)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._group.addButton(button, place)
            inside.addWidget(button)
            self._stack.addWidget(page)
        self._group.idClicked.connect(self._stack.setCurrentIndex)
        head.add(switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 12, 8)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
