"""WelcomePage: the first steps, on three cards: language, microphone, speaker."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import icons
from app.colours import colours_of
from app.settings import Settings
from app.surroundings import DeviceNames
from app.talk import Talk
from app.views.device_picker import DevicePicker

_BESIDE_COUNT = 72  # points, on both sides of the count of cards
_LANGUAGES = (("te", "తెలుగు"), ("hi", "हिन्दी"), ("en", "English"))


class WelcomePage(QWidget):
    """Three cards, one after the other; each can be left out. Values in, wishes out."""

    looked = Signal()
    language_chosen = Signal(str)
    devices_chosen = Signal(str, str)
    microphone_test_wished = Signal()
    speaker_test_wished = Signal()
    step_taken = Signal(int)
    finished = Signal()

    def __init__(self, language: str, step: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = Settings()
        self._names = DeviceNames()
        self._cards = QStackedWidget()
        self._language = language
        self._pictures: list[tuple[QLabel, str]] = []
        self._microphone = DevicePicker(
            self.tr("Microphone"), self.tr("Level of the microphone"), self.tr("Test")
        )
        self._microphone.chosen.connect(
            lambda name: self.devices_chosen.emit(name, self._settings.sound.speaker)
        )
        self._microphone.test_wished.connect(self.microphone_test_wished)
        self._speaker = DevicePicker(self.tr("Speaker"), self.tr("Level of the speaker"), self.tr("Test"))
        self._speaker.chosen.connect(
            lambda name: self.devices_chosen.emit(self._settings.sound.microphone, name)
        )
        self._speaker.test_wished.connect(self.speaker_test_wished)
        words = self.tr("Which language shall the window have?")
        self._add_card("talk", self.tr("Welcome"), words, self._languages())
        words = self.tr(
            "Press the button, speak for three seconds, and hear yourself. The bar moves as you speak."
        )
        self._add_card("microphone", self.tr("Can you be heard?"), words, self._microphone)
        words = self.tr("Press the button: three tones are played.")
        self._add_card("speaker", self.tr("Can you hear?"), words, self._speaker)
        self._place_label = QLabel()
        self._place_label.setProperty("kind", "quiet")
        self._back = QPushButton(self.tr("Back"))
        self._back.clicked.connect(lambda: self._go(self._cards.currentIndex() - 1))
        self._next = QPushButton()
        self._next.setProperty("kind", "first")
        self._next.clicked.connect(lambda: self._go(self._cards.currentIndex() + 1))
        self._skip = QPushButton(self.tr("Skip"))
        self._skip.setProperty("kind", "bare")
        self._skip.clicked.connect(self.finished)
        self._arrange()
        self._go(step)
        self._dress()

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._show_devices()

    def show_devices(self, names: DeviceNames) -> None:
        self._names = names
        self._show_devices()

    def show_levels(self, heard_db: float, spoken_db: float) -> None:
        self._microphone.show_level(heard_db)
        self._speaker.show_level(spoken_db)

    def show_talk(self, talk: Talk) -> None:
        words = {"recording": self.tr("Speak…"), "playing": self.tr("Playing…")}
        busy = words[talk.interlude] if talk.interlude else ""
        self._microphone.show_busy(busy)
        self._speaker.show_busy(busy)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _languages(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        group = QButtonGroup(box)
        for code, name in _LANGUAGES:
            button = QPushButton(name)
            button.setCheckable(True)
            button.setProperty("kind", "card-choice")
            button.setChecked(code == self._language)
            button.clicked.connect(lambda _=False, code=code: self.language_chosen.emit(code))
            group.addButton(button)
            row.addWidget(button)
        return box

    def _add_card(self, icon: str, title: str, words: str, control: QWidget) -> None:
        card = QWidget()
        picture, name, text = QLabel(), QLabel(title), QLabel(words)
        self._pictures.append((picture, icon))
        name.setProperty("kind", "page")
        text.setProperty("kind", "quiet")
        text.setWordWrap(True)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (picture, name, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(12)
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._cards.addWidget(card)

    def _arrange(self) -> None:
        onward = QHBoxLayout()
        onward.setSpacing(8)
        onward.addStretch(1)
        onward.addWidget(self._back)
        onward.addWidget(self._next)
        foot = QGridLayout()  # three columns, so that the count stays in the middle whatever stands beside it
        foot.addWidget(self._skip, 0, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self._place_label, 0, 1)
        foot.addLayout(onward, 0, 2)
        for column in (0, 2):
            foot.setColumnStretch(column, 1)
            foot.setColumnMinimumWidth(column, _BESIDE_COUNT)
        box = QFrame()
        box.setProperty("kind", "card")
        box.setMaximumSize(620, 440)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(32, 24, 32, 20)
        inside.addWidget(self._cards, 1)
        inside.addLayout(foot)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(24, 24, 24, 24)
        middle.addWidget(box)

    def _go(self, step: int) -> None:
        if step >= self._cards.count():
            self.finished.emit()
            return
        self._cards.setCurrentIndex(step)
        last = step == self._cards.count() - 1
        self._back.setVisible(step > 0)
        self._skip.setVisible(not last)
        self._next.setText(self.tr("Begin to talk") if last else self.tr("Next"))
        self._place_label.setText(self.tr("{n} of {all}").format(n=step + 1, all=self._cards.count()))
        self.step_taken.emit(step)
        if step == 1:  # not sooner: the first card is up before a sound library is
            self.looked.emit()

    def _show_devices(self) -> None:
        sound = self._settings.sound
        self._microphone.show_devices(self._names.microphones, sound.microphone)
        self._speaker.show_devices(self._names.speakers, sound.speaker)

    def _dress(self) -> None:
        colour = colours_of(self.palette()).accent
        for label, name in self._pictures:
            label.setPixmap(icons.picture(name, colour, 48, 2.0))
