"""Transcript: what both sides said, as it is said."""

from __future__ import annotations

import html
import math

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.talk import Turn
from app.views.turn_tools import TurnTools
from core.domain.script import roman as in_roman_letters

_LINE_HEIGHT = 120  # percent
_INDIAN_LINE_HEIGHT = 107  # their letters bring room for the marks above and below them
_WIDEST = 0.72  # of the transcript
_WIDEST_POINTS = 560
_COLUMN_POINTS = 960  # wider, and the two sides lose sight of each other
_ROWS = 24  # a row is a third of a megabyte: those of long ago are made when one asks for them


class Transcript(QScrollArea):
    """A column of turns that stays at its newest word, unless one has scrolled back to read.

    Only the newest turns have a row; at the head of the column a button brings those before them.
    """

    replay_wished = Signal(object, str)  # Turn, "heard" or "reply"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Transcript"))
        self._turns: tuple[Turn, ...] = ()
        self._first = 0  # of the turns that have a row
        self._rows: list[TurnRow] = []
        self._shown: list[Turn] = []  # one for each row
        self._at_end = True
        self._roman = False
        self._earlier = QPushButton(self.tr("Show what was said before"))
        self._earlier.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._earlier.clicked.connect(self._show_earlier)
        self._earlier.hide()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 8, 12, 8)
        self._column.setSpacing(12)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._before_rows = self._column.count()
        self.setWidget(self._inside)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._note_place)
        bar.rangeChanged.connect(self._keep_place)

    def show_turns(self, turns: tuple[Turn, ...]) -> None:
        """Show exactly these; only what has changed is touched."""
        self._turns = turns
        first = min(self._first, max(0, len(turns) - 1))
        if self._at_end:  # nobody reads back: what is far above may go
            first = max(0, len(turns) - _ROWS)
        self._show_from(first)

    def _show_from(self, first: int) -> None:
        """One row for each turn from this one on."""
        before = len(self._rows)
        while self._first < first and self._rows:
            self._first += 1
            self._drop(0)
        while self._first > first:
            self._first -= 1
            self._add(0, self._turns[self._first])
        self._first = first
        turns = self._turns[first:]
        while len(self._rows) > len(turns):
            self._drop(-1)
        for place, turn in enumerate(turns):
            if place == len(self._rows):
                self._add(place, turn)
            elif self._shown[place] is not turn:
                self._shown[place] = turn
                self._rows[place].show_turn(turn, self._widest(), roman=self._roman)
        self._earlier.setVisible(first > 0)
        if len(self._rows) != before:
            self._settle()

    def _add(self, place: int, turn: Turn) -> None:
        row = TurnRow()
        row.replay_wished.connect(lambda side, row=row: self._wish_replay(row, side))
        self._rows.insert(place, row)
        self._shown.insert(place, turn)
        self._column.insertWidget(self._before_rows + place, row)
        row.show_turn(turn, self._widest(), roman=self._roman)
        row.show()  # now: what is hidden yet has no height

    def _drop(self, place: int) -> None:
        self._shown.pop(place)
        row = self._rows.pop(place)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _show_earlier(self) -> None:
        """As many rows again, above those that are there; what one looks at stays where it is."""
        self._at_end = False
        bar = self.verticalScrollBar()
        below = bar.maximum() - bar.value()
        self._show_from(max(0, self._first - _ROWS))
        bar.setValue(bar.maximum() - below)
        if self._earlier.isHidden():
            self._rows[0].setFocus()

    def _settle(self) -> None:
        """Give every row its height now: until the next event all of them would be squeezed."""
        self._column.activate()
        for around in (self._inside, self):
            QCoreApplication.sendEvent(around, QEvent(QEvent.Type.LayoutRequest))

    def show_script(self, roman: bool) -> None:
        """Telugu words in Roman letters, or in their own."""
        if roman != self._roman:
            self._roman = roman
            self._show_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = max(0, (self.viewport().width() - _COLUMN_POINTS) // 2)
        self._column.setContentsMargins(beside, 8, 12 + beside, 8)
        self._show_again()

    def _show_again(self) -> None:
        for row, turn in zip(self._rows, self._shown, strict=True):
            row.show_turn(turn, self._widest(), roman=self._roman)

    def _wish_replay(self, row: TurnRow, side: str) -> None:
        self.replay_wished.emit(self._shown[self._rows.index(row)], side)

    def _widest(self) -> int:
        return min(_WIDEST_POINTS, int(self.viewport().width() * _WIDEST))

    def _note_place(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum() - 4

    def _keep_place(self, _low: int, high: int) -> None:
        if self._at_end:
            self.verticalScrollBar().setValue(high)


class TurnRow(QWidget):
    """One turn: the user's bubble on the right, the answer on the left."""

    replay_wished = Signal(str)  # "heard" or "reply"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heard = Bubble("yours")
        self._reply = Bubble("theirs")
        self._tools = {side: TurnTools() for side in ("heard", "reply")}
        for side, tools in self._tools.items():
            tools.replay_wished.connect(lambda side=side: self.replay_wished.emit(side))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for bubble, side, yours in ((self._heard, "heard", True), (self._reply, "reply", False)):
            row = QHBoxLayout()
            row.setSpacing(4)
            pair = (self._tools[side], bubble) if yours else (bubble, self._tools[side])
            if yours:
                row.addStretch(1)
            for widget in pair:
                row.addWidget(widget)
            if not yours:
                row.addStretch(1)
            rows.addLayout(row)

    def show_turn(self, turn: Turn, widest: int, *, roman: bool = False) -> None:
        heard, reply = (_written(words, roman) for words in (turn.heard, turn.reply))
        self._tools["heard"].show_words(heard, sounds=turn.finished)
        self._tools["reply"].show_words(reply, sounds=turn.finished)
        self._reply.setVisible(turn.answering)
        self._heard.setVisible(not turn.rang)
        if not heard:
            # a model need not write down what it heard: then the bubble says that something was said
            heard = self.tr("Spoken") if turn.answering or turn.finished else "…"
        self._heard.show_words(self.tr("You"), heard, widest)
        reply = reply or (self.tr("Answered without words") if turn.finished else "…")
        who = self.tr("Paluku, stopped") if turn.interrupted else self._rung(turn.rang) or self.tr("Paluku")
        self._reply.show_words(who, reply, widest)
        if turn.finished:
            self._reply.setToolTip(
                self.tr("First sound after {ms} ms, {seconds} s of speech").format(
                    ms=round(turn.first_sound_ms), seconds=f"{turn.seconds:.1f}"
                )
            )

    def _rung(self, kind: str) -> str:
        """Who speaks where nobody asked."""
        names = {
            "timer": self.tr("Paluku, timer"),
            "alarm": self.tr("Paluku, alarm"),
            "reminder": self.tr("Paluku, reminder"),
        }
        return names.get(kind, "")


def _written(words: str, roman: bool) -> str:
    words = words.strip()
    return in_roman_letters(words) if roman else words


class Bubble(QFrame):
    """Words in a rounded box that is as wide as they need and no wider."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self._shown = ("", "", 0)
        self._who = QLabel()
        self._who.setProperty("kind", "small")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 7)
        column.setSpacing(1)
        column.addWidget(self._who)
        column.addWidget(self._words)

    def show_words(self, who: str, words: str, widest: int) -> None:
        if self._shown == (who, words, widest):
            return
        self._shown = (who, words, widest)
        self._who.setText(who)
        self._words.setAccessibleName(f"{who}: {words}")
        lines = html.escape(words).replace("\n", "<br>")
        indian = any("\u0900" <= letter <= "\u0d7f" for letter in words)
        height = _INDIAN_LINE_HEIGHT if indian else _LINE_HEIGHT
        text = f'<p style="line-height:{height}%; margin:0">{lines}</p>'
        self._words.setText(text)
        # a label that wraps guesses its width badly: measure the words instead
        measure = QTextDocument()
        measure.setDocumentMargin(0)
        measure.setDefaultFont(self._words.font())
        measure.setHtml(text)
        measure.setTextWidth(widest)
        width = math.ceil(measure.idealWidth()) + 1
        measure.setTextWidth(width)
        self._words.setFixedSize(width, math.ceil(measure.size().height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            who, words, widest = self._shown
            self._shown = ("", "", 0)
            self.show_words(who, words, widest)
