"""SavedTurns: a conversation as it was kept, each side of it to be heard again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import figures, icons
from app.archive import OpenConversation
from app.colours import colours_of
from app.views.polish_buttons import PolishButtons, PolishWishes
from app.views.transcript import Bubble
from app.workbench import Progress
from core.history import Turn

_WIDEST = 0.74  # of the column
_WIDEST_POINTS = 520
_TURNS = 40  # that are shown at once


class SavedTurns(QScrollArea):
    """A column of turns with a button beside each voice. A conversation in, wishes to hear out."""

    replay_wished = Signal(int, str)  # place of the turn, "heard" or "reply"
    stop_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.polish = PolishWishes(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What was said"))
        self._sides: dict[tuple[int, str], _Side] = {}
        self._copies: frozenset[tuple[int, str]] = frozenset()
        self._sounding: _Side | None = None

    def show_conversation(self, conversation: OpenConversation) -> None:
        self._conversation = conversation
        self._sides = {}
        self._copies = frozenset()
        self._sounding = None
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 4, 12, 12)
        self._column.setSpacing(10)
        self._more = QPushButton(self.tr("Show what was said after this"))
        self._more.clicked.connect(self._show_more)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._next = 0
        self._show_more()
        self.setWidget(inside)
        self._fit()

    def _show_more(self) -> None:
        """The next turns of the conversation: a long one is not built at once."""
        conversation = self._conversation
        turns = conversation.turns[self._next : self._next + _TURNS]
        for place, turn in enumerate(turns, self._next):
            for side, view in self._sides_of(place, turn, conversation.frame_rate):
                self._sides[place, side] = view
                self._column.insertWidget(self._column.count() - 2, view)
                view.show_copy((place, side) in self._copies)
        self._next += len(turns)
        self._more.setVisible(self._next < len(conversation.turns))
        self._fit()

    def show_playing(self, playing: bool) -> None:
        """Whether the engine plays something at this moment."""
        if not playing and self._sounding is not None:
            self._sounding.show_playing(False)
            self._sounding = None

    def show_copies(self, there: frozenset[tuple[int, str]]) -> None:
        """Of which voices there is an enhanced copy."""
        self._copies = there
        for key, view in self._sides.items():
            view.show_copy(key in there)

    def show_polishing(self, key: tuple[int, str], progress: Progress | None) -> None:
        """How far the enhanced copy of one voice is; meanwhile no other one can be begun."""
        for other, side in self._sides.items():
            side.buttons.beside.setEnabled(progress is None or other == key)
        if view := self._sides.get(key):
            view.buttons.show_progress(progress)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _sides_of(self, place: int, turn: Turn, rate: float | None) -> list[tuple[str, _Side]]:
        who = self.tr("Paluku, stopped") if turn.interrupted else self.tr("Paluku")
        found = []
        for side, name, words, codes in (
            ("heard", self.tr("You"), turn.heard, turn.heard_codes),
            ("reply", who, turn.reply, turn.reply_codes),
        ):
            frames = codes.shape[1]
            if not words and not frames:
                continue
            about = [name, figures.clock(turn.at)]
            if rate and frames:
                about.append(self.tr("{n} s").format(n=f"{frames / rate:.1f}"))
            view = _Side(side, " · ".join(about), words or self.tr("Without words"), frames > 0)
            view.wished.connect(lambda view=view, place=place, side=side: self._play(view, place, side))
            self._wire_polish(view.buttons, place, side)
            found.append((side, view))
        return found

    def _play(self, view: _Side, place: int, side: str) -> None:
        if self._sounding is view:
            self.stop_wished.emit()
            return
        if self._sounding is not None:
            self._sounding.show_playing(False)
        self._sounding = view
        view.show_playing(True)
        if (heard := view.buttons.heard) is not None:
            self.polish.play.emit(place, side, heard)
        else:
            self.replay_wished.emit(place, side)

    def _wire_polish(self, buttons: PolishButtons, place: int, side: str) -> None:
        buttons.enhance_wished.connect(lambda: self.polish.enhance.emit(place, side))
        buttons.stop_wished.connect(self.polish.stop)
        buttons.turned.connect(self.polish.turn)
        buttons.save_wished.connect(lambda: self._save(place, side))

    def _save(self, place: int, side: str) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the enhanced sound"), str(Path.home() / "enhanced.wav"), "*.wav"
        )
        if path:
            self.polish.save.emit(place, side, path)

    def _fit(self) -> None:
        widest = min(_WIDEST_POINTS, int(self.viewport().width() * _WIDEST))
        for side in self._sides.values():
            side.fit(widest)


class _Side(QWidget):
    """What one side said in a turn: the words, and a button to hear them."""

    wished = Signal()

    def __init__(self, side: str, about: str, words: str, sounds: bool) -> None:
        super().__init__()
        self._about, self._words = about, words
        self._widest = 0
        self._playing = self._copied = False
        yours = side == "heard"
        self._bubble = Bubble("yours" if yours else "theirs")
        self._button = QToolButton()
        self._button.setProperty("kind", "bare")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self.wished)
        self._sounds = sounds
        self.buttons = PolishButtons()
        row, under = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(2)
        beside = [self._button, self.buttons.beside]
        if yours:
            row.addStretch(1)
            under.addStretch(1)
        else:
            row.addWidget(self._bubble)
        for button in beside:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        under.addWidget(self.buttons)
        if yours:
            row.addWidget(self._bubble)
        else:
            row.addStretch(1)
            under.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addLayout(under)
        self._button.setVisible(sounds)  # not sooner: what stands nowhere would be a window of its own
        self.show_copy(False)
        self._dress()

    def fit(self, widest: int) -> None:
        self._widest = widest
        self._show_words()

    def _show_words(self) -> None:
        if self._widest:
            enhanced = self.tr("enhanced")
            about = f"{self._about} · {enhanced}" if self._copied else self._about
            self._bubble.show_words(about, self._words, self._widest)

    def show_copy(self, there: bool) -> None:
        """Whether there is an enhanced copy: it is said beside the name."""
        self.buttons.show_copy(there)
        self.buttons.beside.setVisible(self._sounds and not there)
        self._copied = there
        self._show_words()

    def show_playing(self, playing: bool) -> None:
        self._playing = playing
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        name = self.tr("Stop") if self._playing else self.tr("Hear it again")
        self._button.setToolTip(name)
        self._button.setAccessibleName(f"{name}: {self._words}")
        colour = colours_of(self.palette()).accent
        self._button.setIcon(icons.icon("stop" if self._playing else "play", colour))
