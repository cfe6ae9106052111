"""ListeningPage: blind tests: one is begun, taken, and shown with what it proves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.outcomes import sentence, systems
from app.views.abx_question import AbxQuestion
from app.views.column import SCROLLING, Column
from app.views.kept_tests import KeptTests
from app.views.listening_form import ListeningForm
from app.views.rating_question import RatingQuestion
from app.views.work_bar import WorkBar
from app.workbench import Progress
from core.laboratory import Candidate
from core.listening_room import KeptTest, ListeningWish, Outcome, Question


class ListeningPage(QWidget):
    """A form over the tests of before; in its place a question, while a test is taken."""

    looked = Signal()
    begin_wished = Signal(object)  # ListeningWish
    stop_wished = Signal()
    record_wished = Signal()
    play_wished = Signal(object, int)  # files, which of them is heard
    silence_wished = Signal()
    answered = Signal(str)
    rated = Signal(object)
    resumed = Signal(str)
    left = Signal()
    export_wished = Signal(str, str)
    deleted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._form = ListeningForm()
        self._form.begin_wished.connect(self._begin)
        self._form.record_wished.connect(self.record_wished)
        self._work = WorkBar()
        self._work.stop_wished.connect(self.stop_wished)
        self._result = QFrame()
        self._result.setProperty("kind", "card")
        self._compared, self._shown = QLabel(), QLabel()
        self._compared.setProperty("kind", "name")
        for label in (self._compared, self._shown):
            label.setWordWrap(True)
        result = QVBoxLayout(self._result)
        result.setContentsMargins(16, 12, 16, 12)
        result.addWidget(self._compared)
        result.addWidget(self._shown)
        self._result.hide()
        self._kept = KeptTests()
        self._kept.resumed.connect(self.resumed)
        self._kept.export_wished.connect(self.export_wished)
        self._kept.deleted.connect(self.deleted)
        self._abx, self._rating = AbxQuestion(), RatingQuestion()
        self._abx.answered.connect(self._answer)
        self._rating.rated.connect(self._rate)
        for question in (self._abx, self._rating):
            question.hear_wished.connect(self._hear)
        self._setup = Column(spacing=10)
        for widget in (self._result, self._form, self._work, self._kept):
            self._setup.add(widget)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._setup)
        for question in (self._abx, self._rating):
            self._stack.addWidget(self._with_way_out(question))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)

    def show_candidates(self, codecs: tuple[Candidate, ...]) -> None:
        self._form.show_candidates(codecs)
        self._setup.settle()

    def show_progress(self, progress: Progress | None) -> None:
        """How far the making of a test is."""
        self._work.show_progress(progress)
        self._form.setEnabled(progress is None)

    def show_tests(self, tests: tuple[KeptTest, ...]) -> None:
        self._kept.show_tests(tests)
        self._setup.settle()

    def show_question(self, question: Question | None) -> None:
        """What is asked now; None: no test is being taken."""
        self._question = question
        if question is None:
            self._stack.setCurrentIndex(0)
            return
        self._result.hide()
        abx = question.kind == "abx"
        self._stack.setCurrentIndex(1 if abx else 2)
        (self._abx if abx else self._rating).show_question(question)

    def show_outcome(self, id: str, outcome: Outcome) -> None:
        """What the test that just ended has shown."""
        self._compared.setText(systems(outcome))
        self._shown.setText(sentence(outcome))
        self._result.show()

    def show_playing(self, playing: bool) -> None:
        if not playing:
            self._abx.show_heard(None)
            self._rating.show_heard(None)

    def show_recording(self, recording: bool) -> None:
        self._form.show_recording(recording)

    def take_recording(self, path: Path) -> None:
        self._form.take_recording(path)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.looked.emit()

    def _begin(self, wish: ListeningWish) -> None:
        self._result.hide()
        self.begin_wished.emit(wish)

    def _hear(self, place: int) -> None:
        if self._question is not None:
            self.play_wished.emit((self._question.sounds[place],), 0)

    def _answer(self, choice: str) -> None:
        self.silence_wished.emit()
        self.answered.emit(choice)

    def _rate(self, scores: tuple[int, ...]) -> None:
        self.silence_wished.emit()
        self.rated.emit(scores)

    def _leave(self) -> None:
        self.silence_wished.emit()
        self.left.emit()

    def _with_way_out(self, question: QWidget) -> QWidget:
        leave = QPushButton(self.tr("Go on another time"))
        leave.setToolTip(self.tr("Every answer is kept"))
        leave.clicked.connect(self._leave)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.setContentsMargins(0, 0, SCROLLING, 0)
        column = Column(spacing=10)
        column.add(question)
        whole = QWidget()
        around = QVBoxLayout(whole)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(column, 1)
        around.addLayout(foot)
        return whole
