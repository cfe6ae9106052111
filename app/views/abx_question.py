"""AbxQuestion: A, B and X to be heard as often as one likes, and two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.listening_room import Question

_LETTERS = ("A", "B", "X")


class AbxQuestion(QFrame):
    """Which of two is X? Nothing tells but the sound."""

    hear_wished = Signal(int)  # 0 A, 1 B, 2 X
    answered = Signal(str)  # "a" or "b"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._item = QLabel()
        self._item.setProperty("kind", "quiet")
        self._sounds = [self._button(place, letter) for place, letter in enumerate(_LETTERS)]
        self._answers = [QPushButton(self.tr("X is {letter}").format(letter=letter)) for letter in "AB"]
        for button, choice in zip(self._answers, "ab", strict=True):
            button.setToolTip(self.tr("Key {key}").format(key="1" if choice == "a" else "2"))
            button.clicked.connect(lambda _=False, choice=choice: self._answer(choice))
        hint = QLabel(
            self.tr("Play them with the keys A, B and X, as often as you like; answer with 1 or 2.")
        )
        hint.setProperty("kind", "small")
        hint.setWordWrap(True)
        for keys, act in (
            *((letter, lambda place=place: self._hear(place)) for place, letter in enumerate(_LETTERS)),
            ("1", lambda: self._answer("a")),
            ("2", lambda: self._answer("b")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._item)
        column.addLayout(_row(self._sounds))
        column.addLayout(_row(self._answers))
        column.addWidget(hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_question(self, question: Question) -> None:
        """The next question: it can be answered once X was heard."""
        self._title.setText(
            self.tr("Which one is X? Question {n} of {all}").format(n=question.number, all=question.of)
        )
        self._item.setText(question.item)
        for button in self._answers:
            button.setEnabled(False)
        self.show_heard(None)
        self.setFocus()

    def show_heard(self, place: int | None) -> None:
        """Which of the three is heard now."""
        for number, button in enumerate(self._sounds):
            button.setChecked(number == place)

    def _hear(self, place: int) -> None:
        if place == 2:
            for button in self._answers:
                button.setEnabled(True)
        self.show_heard(place)
        self.hear_wished.emit(place)

    def _answer(self, choice: str) -> None:
        if self._answers[0].isEnabled():
            self.answered.emit(choice)

    def _button(self, place: int, letter: str) -> QPushButton:
        button = QPushButton(letter)
        button.setProperty("kind", "card-choice")
        button.setCheckable(True)
        button.setAccessibleName(self.tr("Play {letter}").format(letter=letter))
        button.clicked.connect(lambda: self._hear(place))
        return button


def _row(buttons: list[QPushButton]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for button in buttons:
        row.addWidget(button, 1)
    return row
