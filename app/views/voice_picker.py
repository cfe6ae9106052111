"""VoicePicker: who answers, in which mood, and how strongly."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from app.views.choice import Choice
from app.views.speaker_picker import SpeakerPicker
from core.s2s.base import Voice

_STRENGTHS = 10  # steps of the slider from 0 to 1


class VoicePicker(QWidget):
    """Choices that a model offers for its voice; only what there is."""

    chosen = Signal(object)  # Voice
    preview_wished = Signal(object)  # Voice: to be heard before it is chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[tuple[str, ...], ...] = ()
        self._speaker = SpeakerPicker(self.tr("Speaker"))
        self._speaker.chosen.connect(lambda speaker: self.chosen.emit(self._voice(speaker)))
        self._speaker.heard.connect(lambda speaker: self.preview_wished.emit(self._voice(speaker)))
        self._emotion = self._list(self.tr("Emotion"))
        self._language = self._list(self.tr("Language of the answer"))
        self._strength = QSlider(Qt.Orientation.Horizontal)
        self._strength.setRange(0, _STRENGTHS)
        self._strength.setFixedWidth(72)
        self._strength.setAccessibleName(self.tr("Strength of the emotion"))
        self._strength.setToolTip(self.tr("Strength of the emotion"))
        self._strength.valueChanged.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._speaker, self._emotion, self._strength, self._language):
            row.addWidget(widget)
        self.hide()

    def show_choices(
        self, speakers: tuple[str, ...], emotions: tuple[str, ...], languages: tuple[str, ...], voice: Voice
    ) -> None:
        """What there is to choose from, and what is chosen."""
        lists = (self._emotion, self._language)
        offers = (emotions, languages)
        names = (voice.emotion, voice.language)
        for widget, offered, name in zip(lists, offers, names, strict=True):
            with QSignalBlocker(widget):
                if self._offered != offers:
                    widget.clear()
                    for each in offered:
                        widget.addItem(self._label(each), each)
                widget.setCurrentIndex(max(0, widget.findData(name)))
            widget.setVisible(len(offered) > 1)
        speaker = voice.speaker if voice.speaker in speakers else next(iter(speakers), "")
        self._speaker.show_speakers(tuple((each, self._label(each)) for each in speakers), speaker)
        self._speaker.setVisible(bool(speakers))
        self._offered = offers
        with QSignalBlocker(self._strength):
            self._strength.setValue(round(voice.strength * _STRENGTHS))
        self._strength.setVisible(len(emotions) > 1 and voice.emotion != "neutral")
        self.setVisible(bool(speakers) or any(len(offered) > 1 for offered in offers))

    def _list(self, name: str) -> Choice:
        box = Choice(name)
        box.activated.connect(self._tell)
        return box

    def _tell(self) -> None:
        emotion = self._emotion.currentData() or "neutral"
        self._strength.setVisible(self._emotion.count() > 1 and emotion != "neutral")
        self.chosen.emit(self._voice(self._speaker.speaker))

    def _voice(self, speaker: str) -> Voice:
        """What is chosen here, said by this speaker."""
        return Voice(
            speaker=speaker,
            emotion=self._emotion.currentData() or "neutral",
            language=self._language.currentData() or "auto",
            strength=self._strength.value() / _STRENGTHS,
        )

    def _label(self, name: str) -> str:
        known = {
            "auto": self.tr("Any language"),
            "te": self.tr("Telugu"),
            "hi": self.tr("Hindi"),
            "en": self.tr("English"),
            "ta": self.tr("Tamil"),
            "kn": self.tr("Kannada"),
            "ml": self.tr("Malayalam"),
            "mr": self.tr("Marathi"),
            "bn": self.tr("Bengali"),
            "gu": self.tr("Gujarati"),
            "pa": self.tr("Punjabi"),
            "ur": self.tr("Urdu"),
            "neutral": self.tr("Neutral"),
            "happy": self.tr("Happy"),
            "sad": self.tr("Sad"),
            "angry": self.tr("Angry"),
            "fearful": self.tr("Fearful"),
            "surprised": self.tr("Surprised"),
            "disgusted": self.tr("Disgusted"),
            "calm": self.tr("Calm"),
            "excited": self.tr("Excited"),
        }
        return known.get(name, name.replace("_", " ").capitalize())
