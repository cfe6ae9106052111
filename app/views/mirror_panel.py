"""MirrorPanel: what one hears oneself through, and how late."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.engine_like import HealthLike
from app.surroundings import CodecChoice
from app.views.choice import Choice
from app.views.code_use import CodeUse
from app.views.delay_bar import DelayBar
from core.events import Mirrored


class MirrorPanel(QFrame):
    """A card with the codec, the number of its codebooks, and the measured delay from mouth to ear."""

    codec_chosen = Signal(str)
    codebooks_chosen = Signal(int)  # 0 = all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setMaximumWidth(560)
        self._choices: tuple[CodecChoice, ...] = ()
        self._title = QLabel(self.tr("The mirror"))
        self._title.setProperty("kind", "title")
        words = QLabel(self.tr("You hear yourself as a codec hears you. Use headphones, or it will howl."))
        words.setProperty("kind", "quiet")
        words.setWordWrap(True)
        self._codec = Choice(self.tr("Codec of the mirror"))
        self._codec.activated.connect(lambda: self.codec_chosen.emit(self._codec.currentData()))
        self._codebooks = QSlider(Qt.Orientation.Horizontal)
        self._codebooks.setAccessibleName(self.tr("Codebooks"))
        self._codebooks.valueChanged.connect(self._tell_codebooks)
        self._count = QLabel()
        self._delay = DelayBar()
        self._through = QLabel(self.tr("Through"))
        self._with = QLabel(self.tr("Codebooks"))
        self._in_use = QLabel(self.tr("Codes in use"))
        self._use = CodeUse()
        self._sizes: tuple[int, ...] = ()
        self._small = False
        for label in (self._through, self._with, self._in_use, self._count):
            label.setProperty("kind", "quiet")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._through, 0, 0)
        grid.addWidget(self._codec, 0, 1)
        slide = QHBoxLayout()
        slide.setSpacing(16)
        slide.addWidget(self._codebooks, 1)
        slide.addWidget(self._count)
        grid.addWidget(self._with, 1, 0)
        grid.addLayout(slide, 1, 1)
        grid.addWidget(self._in_use, 2, 0)
        grid.addWidget(self._use, 2, 1)
        column = QVBoxLayout(self)
        self._column = column
        column.addWidget(self._title)
        column.addWidget(words)
        column.addLayout(grid)
        column.addWidget(self._delay)
        self.be_small(False)

    def be_small(self, small: bool) -> None:
        """Do without a title where there is little room."""
        self._title.setVisible(not small)
        if small:
            self._column.setContentsMargins(16, 6, 16, 8)
        else:
            self._column.setContentsMargins(24, 12, 24, 14)
        self._column.setSpacing(4 if small else 8)
        self._small = small
        self._show_use()

    def show_codecs(self, choices: tuple[CodecChoice, ...], chosen: str, codebooks: int) -> None:
        """What there is, what is in use, and how many of its codebooks (0 = all)."""
        with QSignalBlocker(self._codec), QSignalBlocker(self._codebooks):
            if choices != self._choices:
                self._choices = choices
                self._codec.clear()
                for choice in choices:
                    self._codec.addItem(choice.title or self.tr("Nothing, straight to the ear"), choice.id)
            self._codec.setCurrentIndex(max(0, self._codec.findData(chosen)))
            self._sizes = next((choice.sizes for choice in choices if choice.id == chosen), ())
            most = next((choice.codebooks for choice in choices if choice.id == chosen), 0)
            self._codebooks.setRange(min(1, most), most)
            self._codebooks.setValue(min(codebooks, most) or most)
        for widget in (self._with, self._codebooks, self._count):
            widget.setVisible(most > 1)
        self._show_use()
        self._say_count()

    def _show_use(self) -> None:
        for widget in (self._in_use, self._use):
            widget.setVisible(bool(self._sizes) and not self._small)

    def show_delay(self, delay: Mirrored | None) -> None:
        self._delay.show_delay(delay)

    def show_health(self, health: HealthLike) -> None:
        self._use.show_use(health.codes_used, health.codes_seen, self._sizes)

    def _tell_codebooks(self, count: int) -> None:
        self._say_count()
        self.codebooks_chosen.emit(0 if count == self._codebooks.maximum() else count)

    def _say_count(self) -> None:
        self._count.setText(
            self.tr("{n} of {all}").format(n=self._codebooks.value(), all=self._codebooks.maximum())
        )
