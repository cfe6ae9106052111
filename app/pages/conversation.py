"""ConversationPage: the page on which one talks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import icons
from app.colours import colours_of
from app.engine_like import HealthLike
from app.onlooker import Glance
from app.settings import Picture, Script
from app.surroundings import CodecChoice
from app.talk import Talk
from app.views.empty_state import EmptyState
from app.views.error_bar import ErrorBar
from app.views.mirror_panel import MirrorPanel
from app.views.sound_panel import SoundPanel
from app.views.status_strip import StatusStrip
from app.views.talk_controls import TalkControls
from app.views.transcript import Transcript
from app.views.typed_line import TypedLine
from app.views.voice_picker import VoicePicker
from core.domain.script import is_telugu
from core.s2s.base import Voice

_MARGIN = 16
_LOW = 620  # a page lower than this gives its room to the words
_KNOWS_ITS_DESK = "paluku-talk"  # the model that ships: what others can be asked is not known
_NARROW = 760  # and one narrower has pictures instead of words at its head


class ConversationPage(QWidget):
    """Transcript, spectrograms and the talk control. Values in, wishes out."""

    pressed = Signal()
    released = Signal()
    stop_wished = Signal()
    mute_wished = Signal(bool)
    mode_chosen = Signal(str)
    voice_chosen = Signal(object)  # Voice
    preview_wished = Signal(object)  # Voice
    codec_chosen = Signal(str)
    codebooks_chosen = Signal(int)
    remedy_chosen = Signal(str)
    spectrograms_shown = Signal(bool)
    picture_chosen = Signal(str, object)
    script_chosen = Signal(str)
    replay_wished = Signal(object, str)  # Turn, "heard" or "reply"
    told = Signal(str)  # words, typed
    new_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new = QPushButton(self.tr("New"))
        self._new.setProperty("kind", "bare")
        self._new.setAccessibleName(self.tr("New conversation"))
        self._new.setToolTip(self.tr("Begin a new conversation (Ctrl+N)"))
        self._new.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._new.clicked.connect(self.new_wished)
        self._voices = VoicePicker()
        self._voices.chosen.connect(self.voice_chosen)
        self._voices.preview_wished.connect(self.preview_wished)
        self._errors = ErrorBar()
        self._errors.remedy_chosen.connect(self.remedy_chosen)
        self._transcript = Transcript()
        self._transcript.replay_wished.connect(self.replay_wished)
        self._roman = QPushButton(self.tr("Roman letters"))
        self._roman.setProperty("kind", "bare")
        self._roman.setCheckable(True)
        self._roman.setAccessibleName(self.tr("Roman letters"))
        self._roman.setToolTip(self.tr("Telugu words in Roman letters, or in their own"))
        self._roman.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._roman.clicked.connect(lambda on: self.script_chosen.emit("roman" if on else "own"))
        self._roman.hide()
        self._empty = EmptyState()
        self._empty.acted.connect(self._act)
        self._mirror = MirrorPanel()
        self._mirror.codec_chosen.connect(self.codec_chosen)
        self._mirror.codebooks_chosen.connect(self.codebooks_chosen)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._transcript)
        self._middle.addWidget(self._empty)
        self._middle.addWidget(_centred(self._mirror))
        self._typed = TypedLine()
        self._typed.told.connect(self.told)
        keys = QShortcut(QKeySequence("Ctrl+T"), self)
        keys.activated.connect(self._typed.write)
        self._sound = SoundPanel(self._typed)
        self._sound.shown_wished.connect(self.spectrograms_shown)
        self._sound.picture_chosen.connect(self.picture_chosen)
        self._controls = TalkControls()
        self._controls.pressed.connect(self.pressed)
        self._controls.released.connect(self.released)
        self._controls.stop_wished.connect(self.stop_wished)
        self._controls.mute_wished.connect(self.mute_wished)
        self._controls.mode_chosen.connect(self.mode_chosen)
        self._strip = StatusStrip()
        self._place()
        self._dress()

    def show_talk(self, talk: Talk) -> None:
        self._errors.show_trouble(talk.trouble)
        self._sound.make_room(talk.trouble is not None and self.height() < _LOW)
        self._sound.show_mirror(talk.shown_mode == "mirror")
        self._controls.show_talk(talk)
        self._transcript.show_turns(talk.turns)
        self._mirror.show_delay(talk.mirrored)
        self._new.setVisible(bool(talk.turns))
        self._roman.setVisible(any(is_telugu(turn.heard + turn.reply) for turn in talk.turns))
        self._strip.show_devices(talk.microphone, talk.speaker)
        self._strip.show_relief(talk.relief)
        delay = talk.mirrored.total_ms if talk.mirrored else None
        self._strip.show_delay("" if delay is None else self.tr("{ms} ms to the ear").format(ms=round(delay)))
        self._typed.setVisible(talk.shown_mode != "mirror")
        self._typed.setEnabled(talk.home is not None and not talk.broken)
        self._show_middle(talk)

    def show_voice(self, talk: Talk, voice: Voice) -> None:
        """The voices that the talk's model has, and the chosen one."""
        home = talk.home
        if home is not None:
            self._voices.show_choices(home.speakers, home.emotions, home.languages, voice)
        if talk.shown_mode == "mirror":
            self._voices.hide()  # nobody answers there

    def show_codecs(self, choices: tuple[CodecChoice, ...], chosen: str, codebooks: int) -> None:
        self._mirror.show_codecs(choices, chosen, codebooks)

    def show_glances(self, heard: Glance, spoken: Glance, *, speaking: bool) -> None:
        """The two sounds of this moment; the ring of the button shows the one that matters."""
        self._controls.show_level(spoken.level_db if speaking else heard.level_db)
        self._sound.show_glances(heard, spoken)

    def advance(self, now: float) -> None:
        """A frame of the screen: what moves by itself moves on."""
        self._sound.advance(now)

    def show_health(self, health: HealthLike) -> None:
        """What the engine counts."""
        self._strip.show_losses(health.late_frames, health.overruns + health.underruns)
        self._mirror.show_health(health)

    def show_script(self, script: Script) -> None:
        self._roman.setChecked(script == "roman")
        self._transcript.show_script(script == "roman")
        self._dress()

    def show_spectrograms(self, shown: bool, picture: Picture) -> None:
        self._sound.show_shown(shown)
        self._sound.show_picture(picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar is the talk button, wherever nothing else makes use of it."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.pressed.emit()
        elif event.key() == Qt.Key.Key_F and not event.modifiers():
            self._sound.toggle_freeze()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.released.emit()
        else:
            super().keyReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._sound.be_low(low)
        self._sound.make_room(low and not self._errors.isHidden())
        self._mirror.be_small(low)
        narrow = self.width() < _NARROW
        self._new.setText("" if narrow else self.tr("New"))
        self._roman.setText("" if narrow else self.tr("Roman letters"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _act(self, action: str) -> None:
        if action == "mirror":
            self.mode_chosen.emit("mirror")
        else:
            self.remedy_chosen.emit(action)

    def _show_middle(self, talk: Talk) -> None:
        if talk.shown_mode == "mirror" and not talk.broken and not talk.lacks_microphone:
            self._middle.setCurrentIndex(2)
        elif talk.turns:
            self._middle.setCurrentIndex(0)
        else:
            self._empty.show_state(*self._nothing_yet(talk))
            self._middle.setCurrentIndex(1)

    def _nothing_yet(self, talk: Talk) -> tuple[str, str, str, str, str]:
        """Icon, title, words, action and its label for a page without a talk."""
        if talk.broken:
            words = self.tr("What was said so far is kept.")
            return self._with_button(talk, "alert", self.tr("The voice engine has stopped"), words, "restart")
        if talk.lacks_microphone or talk.lacks_speaker:
            icon = "microphone-off" if talk.lacks_microphone else "speaker-off"
            title = self.tr("No microphone") if talk.lacks_microphone else self.tr("No speaker")
            words = self.tr("Connect one, or choose another. It is found by itself.")
            return self._with_button(talk, icon, title, words, "devices")
        if talk.lacks_model:
            words = self.tr("Add one on the models page.\nMeanwhile the mirror lets you hear yourself.")
            return self._with_button(talk, "mirror", self.tr("No speech model yet"), words, "mirror")
        words = self.tr("Talk in Telugu or in English.\nNothing that you say leaves this computer.")
        if talk.home is not None and talk.home.model == _KNOWS_ITS_DESK:
            words += "\n\n" + self.tr("Try “What time is it?”, “Tell me a story”, or “ఒక జోక్ చెప్పు”.")
        return "wave", self.tr("నమస్తే"), words, "", ""

    def _with_button(
        self, talk: Talk, icon: str, title: str, words: str, action: str
    ) -> tuple[str, str, str, str, str]:
        if talk.trouble is not None and talk.trouble.remedy == action:
            return icon, title, words, "", ""  # the bar above has the same button
        labels = {
            "restart": self.tr("Start it again"),
            "devices": self.tr("Choose a device"),
            "mirror": self.tr("Open the mirror"),
        }
        return icon, title, words, action, labels[action]

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._new)
        head.addWidget(self._roman)
        head.addStretch(1)
        head.addWidget(self._voices)
        column = QVBoxLayout()
        column.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._errors)
        column.addWidget(self._middle, 1)
        column.addWidget(self._sound)
        column.addWidget(self._controls)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column, 1)
        whole.addWidget(self._strip)

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        self._new.setIcon(icons.icon("plus", colours.quiet))
        self._roman.setIcon(icons.icon("done" if self._roman.isChecked() else "letters", colours.quiet))


def _centred(widget: QWidget) -> QScrollArea:
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 40)
    row.addStretch(1)
    column.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(around)
    return area
