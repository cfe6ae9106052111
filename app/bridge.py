"""Bridge: the one door between the window and the engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.engine_like import EngineLike, MakeEngine
from app.onlooker import Onlooker
from app.settings import Loaded, Settings
from app.surroundings import codec_choices, device_names
from app.talk import Talk, Trouble, after
from core.errors import PalukuError
from core.events import Event, Failed, Mode, Ready, Stopped
from core.s2s.base import Voice

_FRAME_MS = 16
_FRAMES_A_GLANCE = 2  # pictures scroll by a clock of their own: new sound every second frame is enough
_HEALTH_MS = 1000


class Bridge(QObject):
    """Engine events become signals of the window's thread; the user's wishes become orders to the engine."""

    talk_changed = Signal(object)  # Talk
    ticked = Signal(float)  # a frame of the screen: seconds of a steady clock
    glanced = Signal(object, object)  # Glance of the microphone, Glance of the speaker
    health_changed = Signal(object)  # HealthLike
    settings_changed = Signal(object)  # Settings
    devices_listed = Signal(object)  # DeviceNames
    codecs_listed = Signal(object)  # tuple of CodecChoice
    stopped = Signal()

    _arrived = Signal(object)  # Event, from the engine's thread

    def __init__(self, make_engine: MakeEngine, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_engine = make_engine
        self._engine: EngineLike | None = None
        self._settings = settings
        self._talk = Talk()
        self._holding = False
        self._awake = False
        self._questions: list[threading.Thread] = []
        self._frame_number = 0
        self._heard: Onlooker | None = None
        self._spoken: Onlooker | None = None
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._frames = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._frame)
        self._checks = QTimer(self, interval=_HEALTH_MS)
        self._checks.timeout.connect(self._check)

    @property
    def talk(self) -> Talk:
        return self._talk

    @property
    def settings(self) -> Settings:
        return self._settings

    # the life of the engine

    @Slot()
    def start(self) -> None:
        """Make the engine and set it going; what it has to load, it loads on its own thread."""
        try:
            engine = self._make_engine(self._arrived.emit)
        except PalukuError as error:
            self._take(Failed(error, fatal=True))
            return
        self._engine = engine
        self._heard = Onlooker(engine.peek_heard)
        self._spoken = Onlooker(engine.peek_spoken)
        chosen = self._settings
        engine.use_devices(chosen.sound.microphone or None, chosen.sound.speaker or None)
        engine.set_pause(chosen.talking.pause)
        engine.start()

    def close(self, timeout: float = 1.0) -> bool:
        """End everything; True if the engine ended in time."""
        self.watch(False)
        for question in self._questions:
            question.join(timeout)  # its answer must not find the window gone
        return self._end_engine(timeout)

    def _end_engine(self, timeout: float = 1.0) -> bool:
        self._awake = self._holding = False
        engine, self._engine = self._engine, None
        return engine is None or engine.close(timeout)

    @Slot()
    def restart(self) -> None:
        """A new engine in the place of one that has ended."""
        self._end_engine()
        self._show(Talk(turns=self._talk.turns))
        self.start()

    @Slot(bool)
    def watch(self, watching: bool) -> None:
        """Look at the sound only while somebody looks at the window."""
        for timer in (self._frames, self._checks):
            if watching:
                timer.start()
            else:
                timer.stop()

    # wishes of the user

    @Slot()
    def press(self) -> None:
        """The talk control went down (or the space bar)."""
        if self._engine is not None and self._talk.mode == "hold" and self._talk.phase != "offline":
            self._holding = True
            self._engine.hold(True)

    @Slot()
    def release(self) -> None:
        """It came up again: the turn ends. Where there is nothing to hold, it stops an answer, or mutes."""
        talk = self._talk
        if self._holding:
            self.let_go()
        elif talk.phase in ("thinking", "speaking"):
            self.interrupt()
        elif talk.muted or talk.mode in ("hands_free", "duplex", "mirror"):
            self.mute(not talk.muted)
        elif talk.phase == "idle" and talk.lacks_model:
            self.choose_mode("mirror")

    @Slot()
    def let_go(self) -> None:
        """Nothing is held any more (the window may have lost the keyboard in the middle of it)."""
        if self._holding and self._engine is not None:
            self._engine.hold(False)
        self._holding = False

    @Slot()
    def interrupt(self) -> None:
        if self._engine is not None:
            self._engine.interrupt()

    @Slot(bool)
    def mute(self, muted: bool) -> None:
        """Muted means that the engine rests: the microphone is closed."""
        talk, engine = self._talk, self._engine
        if engine is None or muted == talk.muted or talk.shown_mode == "idle":
            return
        self.let_go()
        self._show(replace(talk, muted_from=talk.mode if muted else None))
        engine.set_mode("idle" if muted else talk.shown_mode)

    @Slot()
    def toggle_mute(self) -> None:
        self.mute(not self._talk.muted)

    @Slot()
    def toggle_hands_free(self) -> None:
        if self._talk.home is not None:
            self.choose_mode("hold" if self._talk.shown_mode == "hands_free" else "hands_free")

    @Slot(str)
    def choose_mode(self, mode: Mode) -> None:
        self._change(replace(self._settings, talking=replace(self._settings.talking, mode=mode)))
        self.let_go()
        self._show(replace(self._talk, muted_from=None))
        if self._engine is None:
            return
        chosen = self._settings
        home, ready = self._talk.home, self._talk.ready
        if mode == "mirror" and chosen.mirror.codec:
            self._engine.set_mode("idle")
            self._engine.use_models(chosen.mirror.codec, None)
        elif mode != "mirror" and home is not None and ready is not None and ready.codec != home.codec:
            # the mirror was tried with another codec than the one that the model speaks
            self._engine.set_mode("idle")
            self._engine.use_models(None, chosen.answering.model or None)
        self._engine.set_mode(mode)

    @Slot(object)
    def choose_voice(self, voice: Voice) -> None:
        answering = replace(
            self._settings.answering,
            speaker=voice.speaker,
            emotion=voice.emotion,
            strength=voice.strength,
            language=voice.language,
        )
        self._change(replace(self._settings, answering=answering))
        if self._engine is not None:
            self._engine.set_voice(voice)

    @Slot(str, str)
    def choose_devices(self, microphone: str, speaker: str) -> None:
        """Names of devices; an empty one means the system's default."""
        sound = replace(self._settings.sound, microphone=microphone, speaker=speaker)
        self._change(replace(self._settings, sound=sound))
        if self._engine is not None:
            self._engine.use_devices(microphone or None, speaker or None)

    @Slot(float)
    def choose_pause(self, seconds: float) -> None:
        """How long a silence ends a turn."""
        self._change(replace(self._settings, talking=replace(self._settings.talking, pause=seconds)))
        if self._engine is not None:
            self._engine.set_pause(seconds)

    @Slot(str)
    def choose_codec(self, codec: str) -> None:
        """What the mirror plays through; an empty name leaves it to the program."""
        self._change(replace(self._settings, mirror=replace(self._settings.mirror, codec=codec)))
        if self._engine is not None and self._talk.shown_mode == "mirror":
            # a wished model would have to fit the codec: in the mirror none is wished
            self._engine.use_models(codec or None, None)

    @Slot(int)
    def choose_codebooks(self, count: int) -> None:
        self._change(replace(self._settings, mirror=replace(self._settings.mirror, codebooks=count)))
        if self._engine is not None:
            self._engine.set_codebooks(count or None)

    @Slot(object)
    def keep(self, settings: Settings) -> None:
        """Settings that the engine has no part in."""
        self._change(settings)

    @Slot(str)
    def settings_refused(self, reason: str) -> None:
        """The disk did not take the settings."""
        self.report(Trouble(self.tr("The settings could not be saved."), reason))

    def settings_broken(self, loaded: Loaded) -> None:
        """The settings could not be read; told once, since the file is then out of the way."""
        kept = (
            self.tr("It was kept as {name}.").format(name=loaded.set_aside.name) if loaded.set_aside else ""
        )
        message = self.tr("The settings file is broken ({reason}). The defaults are used.")
        self.report(Trouble(message.format(reason=loaded.reason), kept))

    def report(self, trouble: Trouble | None) -> None:
        """Tell the user; None takes what was told away."""
        self._show(replace(self._talk, trouble=trouble))

    @Slot()
    def list_devices(self) -> None:
        """Look which devices there are; `devices_listed` tells."""
        self._ask(lambda: self.devices_listed.emit(device_names()))

    @Slot()
    def list_codecs(self) -> None:
        """Look which codecs there are; `codecs_listed` tells."""
        self._ask(lambda: self.codecs_listed.emit(codec_choices()))

    # what the engine says

    @Slot(object)
    def _take(self, event: Event) -> None:
        self._show(after(self._talk, event))
        if isinstance(event, Ready):
            self._wake(event)
        elif isinstance(event, Stopped):
            self.stopped.emit()

    def _wake(self, ready: Ready) -> None:
        """The first models are there: put the engine into the state that the user left it in."""
        if self._engine is None or self._awake:
            return
        self._awake = True
        self.list_codecs()
        if ready.speakers:
            self._engine.set_voice(self._voice(ready))
        if self._settings.mirror.codebooks:
            self._engine.set_codebooks(self._settings.mirror.codebooks)
        if ready.model is not None:
            self._engine.set_mode(self._first_mode(ready))

    def _first_mode(self, ready: Ready) -> Mode:
        mode = self._settings.talking.mode
        if mode in ("idle", "mirror"):
            return "hold"  # a mirror howls without headphones: it never opens by itself
        return "hands_free" if mode == "duplex" and not ready.duplex else mode

    def _voice(self, ready: Ready) -> Voice:
        """The remembered voice, as far as this model has it."""
        asked = self._settings.answering
        return Voice(
            speaker=asked.speaker if asked.speaker in ready.speakers else ready.speakers[0],
            emotion=asked.emotion if asked.emotion in ready.emotions else "neutral",
            language=asked.language if asked.language in ready.languages else "auto",
            strength=asked.strength,
        )

    def _show(self, talk: Talk) -> None:
        if talk is not self._talk:
            self._talk = talk
            self.talk_changed.emit(talk)

    def _change(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)

    def _ask(self, question: Callable[[], None]) -> None:
        """Put a question to the system that may take longer than the window may wait."""

        def ask() -> None:
            try:
                question()
            except PalukuError as error:
                self._arrived.emit(Failed(error))

        self._questions = [thread for thread in self._questions if thread.is_alive()]
        self._questions.append(threading.Thread(target=ask, name="question", daemon=True))
        self._questions[-1].start()

    def _frame(self) -> None:
        now = time.perf_counter()
        self._frame_number += 1
        if self._frame_number % _FRAMES_A_GLANCE == 0:
            self._look(now)
        self.ticked.emit(now)

    def _look(self, now: float) -> None:
        engine = self._engine
        if engine is not None and self._heard is not None and self._spoken is not None:
            rate = engine.sample_rate
            self.glanced.emit(self._heard.look(rate, now), self._spoken.look(rate, now))

    def _check(self) -> None:
        if self._engine is not None:
            self.health_changed.emit(self._engine.health())
