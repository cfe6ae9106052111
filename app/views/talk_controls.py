"""TalkControls: the talk button, what it stands for at this moment, and the choices beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app import icons
from app.colours import colours_of
from app.talk import Talk
from app.views.mode_switch import ModeSwitch
from app.views.talk_button import TalkButton


class TalkControls(QWidget):
    """The foot of the conversation page. A talk and levels in, wishes out."""

    pressed = Signal()
    released = Signal()
    stop_wished = Signal()
    mute_wished = Signal(bool)
    mode_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modes = ModeSwitch()
        self._modes.chosen.connect(self.mode_chosen)
        self._button = TalkButton()
        self._button.pressed.connect(self.pressed)
        self._button.released.connect(self.released)
        self._word = QLabel()
        self._word.setProperty("kind", "state")
        self._hint = QLabel()
        self._hint.setProperty("kind", "quiet")
        self._hint.setWordWrap(True)
        self._stop = self._tool(self.tr("Stop the answer (Esc)"))
        self._stop.clicked.connect(self.stop_wished)
        self._mute = self._tool(self.tr("Mute the microphone (Ctrl+M)"))
        self._mute.setCheckable(True)
        self._mute.clicked.connect(self.mute_wished)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._word)
        words.addWidget(self._hint)
        words.addStretch(1)
        right = QHBoxLayout()
        right.setSpacing(8)
        right.addLayout(words, 1)
        right.addWidget(self._stop)
        right.addWidget(self._mute)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._modes, 0, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._button, 0, 1)
        grid.addLayout(right, 0, 2)
        self._dress()

    def show_talk(self, talk: Talk) -> None:
        phase = talk.phase
        progress = talk.loading.fraction if talk.loading else None
        mirror = talk.mode == "mirror" or talk.lacks_model
        self._button.show_phase(phase, progress, mirror=mirror)
        word, hint = self._words(talk)
        self._word.setText(word)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setAccessibleDescription(f"{word}. {hint}".strip())
        self._button.setToolTip(hint)
        duplex = talk.home is not None and talk.home.duplex
        self._modes.show_choice(talk.shown_mode, talk=talk.home is not None, duplex=duplex)
        self._modes.setEnabled(talk.ready is not None and not talk.broken)
        self._stop.setVisible(talk.mode != "mirror")
        self._stop.setEnabled(phase in ("thinking", "speaking"))
        self._mute.setEnabled(talk.shown_mode != "idle" and phase not in ("loading", "offline", "broken"))
        self._mute.setChecked(talk.muted)

    def show_level(self, level_db: float) -> None:
        self._button.show_level(level_db)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _words(self, talk: Talk) -> tuple[str, str]:
        """The state in a word, and what one can do now."""
        if talk.mode == "mirror" and talk.phase == "listening":
            return self.tr("Mirror"), self.tr("You hear yourself. Press to mute")
        match talk.phase:
            case "loading":
                return self.tr("Loading"), self._loading(talk)
            case "idle":
                if talk.lacks_model:
                    return self.tr("Ready"), self.tr("Press to hear yourself")
                return self.tr("Ready"), self.tr("Hold this button or the space bar and talk")
            case "listening":
                return self.tr("Listening"), self.tr("Just speak. Press to mute")
            case "hearing":
                return self.tr("Hearing you"), self._hearing(talk)
            case "thinking":
                return self.tr("Thinking"), self.tr("Esc stops it")
            case "speaking":
                if talk.softly:
                    return self.tr("Speaking"), self.tr("Softly: is somebody speaking?")
                return self.tr("Speaking"), self.tr("Esc stops it")
            case "muted":
                return self.tr("Muted"), self.tr("The microphone is closed. Press to go on")
            case "offline":
                return self.tr("No microphone"), self.tr("Connect one; it is found by itself")
            case "broken":
                return self.tr("Stopped"), self.tr("The voice engine has ended")

    def _loading(self, talk: Talk) -> str:
        what = talk.loading.what if talk.loading else ""
        if talk.loading is not None and talk.loading.fraction is not None:
            return f"{what} {talk.loading.fraction:.0%}".strip()
        return self.tr("Getting the voice ready") if what in ("", "models") else what

    def _hearing(self, talk: Talk) -> str:
        if talk.mode == "hold":
            return self.tr("Let go when you have finished")
        return self.tr("A pause ends your turn") if talk.mode == "hands_free" else ""

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIconSize(QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        self._stop.setIcon(icons.icon("stop", colours.text, colours.line))
        self._mute.setIcon(icons.icon("microphone-off", colours.text, colours.line))
