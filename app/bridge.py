"""Bridge: the one door between the window and the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.choices import Choices
from app.echo_gauge import EchoGauge
from app.engine_like import Codes, EngineLike, MakeEngine
from app.gaze import Gaze
from app.onlooker import Glance
from app.remembered import remembered_mode, remembered_voice
from app.settings import Settings
from app.surroundings import Surroundings
from app.talk import Talk, after
from app.trouble import Trouble
from core.compute import Compute, wish
from core.errors import PalukuError
from core.events import Event, Failed, Mode, Ready, Recorded, Stopped, VoiceChanged
from core.s2s.base import Voice


class Bridge(QObject):
    """Engine events become signals of the window's thread; the user's wishes become orders to the engine."""

    talk_changed = Signal(object)  # Talk
    settings_changed = Signal(object)  # Settings
    recorded = Signal(str)  # the file
    stopped = Signal()

    _arrived = Signal(object)  # Event, from the engine's thread

    def __init__(self, make_engine: MakeEngine, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_engine = make_engine
        self._engine: EngineLike | None = None
        self.choices = Choices(settings, lambda: self._engine, self)
        self.choices.changed.connect(self._follow)
        self.choices.engine_outdated.connect(self.restart)
        self._talk = Talk()
        self._holding = False
        self._awake = False
        self.gaze = Gaze(self)
        self.gaze.choose_scale(settings.picture.scale)
        self.echo = EchoGauge(self)
        self.gaze.glanced.connect(self._gauge_echo)
        self.surroundings = Surroundings(self)
        self.surroundings.refused.connect(self._refused)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def talk(self) -> Talk:
        return self._talk

    @property
    def settings(self) -> Settings:
        return self.choices.settings

    # the life of the engine

    @Slot()
    def start(self) -> None:
        """Make the engine and set it going; what it has to load, it loads on its own thread."""
        wish(Compute(self.settings.computing.device, self.settings.computing.threads))
        try:
            engine = self._make_engine(self._arrived.emit)
        except PalukuError as error:
            self._take(Failed(error, fatal=True))
            return
        self._engine = engine
        self.gaze.turn_to(engine)
        self.choices.tell_all(engine)
        engine.start()

    def close(self, timeout: float = 1.0) -> bool:
        """End everything; True if the engine ended in time."""
        self.gaze.watch(False)
        self.surroundings.close(timeout)
        return self._end_engine(timeout)

    def _end_engine(self, timeout: float = 1.0) -> bool:
        self._awake = self._holding = False
        engine, self._engine = self._engine, None
        self.gaze.turn_to(None)
        return engine is None or engine.close(timeout)

    @Slot()
    def restart(self) -> None:
        """A new engine in the place of one that has ended."""
        self._end_engine()
        self._show(Talk(turns=self._talk.turns))
        self.start()

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
    def toggle_talk(self) -> None:
        """Begin a turn, or end it: for those who have no key to hold."""
        if self._talk.mode == "hold" and not self._holding and self._talk.phase == "idle":
            self.press()
        else:
            self.release()

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
        self.choices.change("talking", mode=mode)
        self.let_go()
        self._show(replace(self._talk, muted_from=None))
        if self._engine is None:
            return
        chosen = self.settings
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
        self.choices.change(
            "answering",
            speaker=voice.speaker,
            emotion=voice.emotion,
            strength=voice.strength,
            language=voice.language,
        )
        if self._engine is not None:
            self._engine.set_voice(voice)

    @Slot(str)
    def tell(self, words: str) -> None:
        """A turn that was typed; it is answered as if it had been spoken."""
        if self._engine is not None and self._talk.home is not None:
            self._engine.tell(words)

    @Slot(str)
    def hear_file(self, path: str) -> None:
        """A sound file as a turn."""
        if self._engine is not None and self._talk.home is not None:
            self._engine.hear_file(Path(path))
        else:
            message = self.tr("Nobody is here yet who could answer {name}.").format(name=Path(path).name)
            self.report(Trouble(message, self.tr("Drop it again when a speech model is loaded.")))

    @Slot(object)
    def preview(self, voice: Voice) -> None:
        """Hear a voice before it is chosen."""
        if self._engine is not None and self._talk.home is not None:
            self._engine.preview(voice)

    @Slot()
    def begin_anew(self) -> None:
        """What is said from now on is another conversation."""
        if self._engine is not None:
            self._engine.interrupt()
            self._engine.new_conversation()
        self._show(replace(self._talk, turns=tuple(t for t in self._talk.turns if not t.finished)))

    @Slot(str, object)
    def replay(self, codec: str, codes: Codes) -> None:
        """Play a saved turn."""
        if self._engine is not None:
            self._engine.replay(codec, codes)

    @Slot(object, int)
    def play(self, versions: Sequence[Path], heard: int) -> None:
        """Play sound files side by side, of which one is heard."""
        if self._engine is not None:
            self._engine.play(versions, heard)

    @Slot(int)
    def turn_to(self, version: int) -> None:
        """Of the files that are played, let this one be heard."""
        if self._engine is not None:
            self._engine.turn_to(version)

    def record(self, path: Path, seconds: float) -> None:
        """Keep a moment of the microphone; `recorded` tells."""
        if self._engine is not None:
            self._engine.record(path, seconds)

    @Slot()
    def test_speaker(self) -> None:
        if self._engine is not None:
            self._engine.test_speaker()

    @Slot()
    def test_microphone(self) -> None:
        """Record a moment and let the user hear it."""
        if self._engine is not None:
            self._engine.test_microphone()

    @Slot()
    def models_changed(self) -> None:
        """There are other models than before: use one if there was none."""
        self.surroundings.list_codecs()
        ready = self._talk.ready
        if self._engine is not None and ready is not None and ready.model is None and not self._mirrors():
            self._engine.use_models(None, self.settings.answering.model or None)

    @Slot(str)
    def choose_codec(self, codec: str) -> None:
        """What the mirror plays through; an empty name leaves it to the program."""
        self.choices.change("mirror", codec=codec)
        if self._engine is not None and self._mirrors():
            # a wished model would have to fit the codec: in the mirror none is wished
            self._engine.use_models(codec or None, None)

    @Slot(int)
    def choose_codebooks(self, count: int) -> None:
        self.choices.change("mirror", codebooks=count)
        if self._engine is not None:
            self._engine.set_codebooks(count or None)

    def report(self, trouble: Trouble | None) -> None:
        """Tell the user; None takes what was told away."""
        self._show(replace(self._talk, trouble=trouble))

    @Slot(object)
    def _follow(self, settings: Settings) -> None:
        self.gaze.choose_scale(settings.picture.scale)
        self.settings_changed.emit(settings)

    @Slot(object, object)
    def _gauge_echo(self, heard: Glance, spoken: Glance) -> None:
        if self._talk.phase == "speaking" and not self._talk.softly:
            self.echo.push(heard.level_db, spoken.level_db)

    # what the engine says

    @Slot(object)
    def _take(self, event: Event) -> None:
        self._show(after(self._talk, event))
        if isinstance(event, Ready):
            self._wake(event)
        elif isinstance(event, VoiceChanged):
            speaker, emotion, language = event.speaker, event.emotion, event.language
            self.choices.change("answering", speaker=speaker, emotion=emotion, language=language)
        elif isinstance(event, Recorded):
            self.recorded.emit(event.path)
        elif isinstance(event, Stopped):
            self.stopped.emit()

    def _wake(self, ready: Ready) -> None:
        """The first models are there: put the engine into the state that the user left it in."""
        if self._engine is None or self._awake:
            return
        self._awake = True
        self.surroundings.list_codecs()
        if ready.speakers:
            self._engine.set_voice(remembered_voice(self.settings.answering, ready))
        if self.settings.mirror.codebooks:
            self._engine.set_codebooks(self.settings.mirror.codebooks)
        if ready.model is not None:
            self._engine.set_mode(remembered_mode(self.settings, ready))

    def _mirrors(self) -> bool:
        return self._talk.shown_mode == "mirror"

    @Slot(object)
    def _refused(self, error: PalukuError) -> None:
        self._take(Failed(error))

    def _show(self, talk: Talk) -> None:
        if talk is not self._talk:
            self._talk = talk
            self.talk_changed.emit(talk)
