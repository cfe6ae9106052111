"""Stage: the models, the devices and the talk that is on. Belongs to the engine's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from core.audio.loudness import gain_of
from core.bell import Bell
from core.cast import Cast, Models, choose_cast
from core.casting import Detectors, cast_aside, cast_talk
from core.domain.talk import Wish
from core.errors import ModelError
from core.events import Failed, Loading, Mode, ModeChanged, VoiceChanged, VolumeChanged
from core.file_turn import FileTurn
from core.interludes import Interlude, sampled
from core.keeping import Archive, Keeper
from core.line import Devices, Line
from core.manner import Manner
from core.playlist import Playlist
from core.pulse import Pulse
from core.relief import Relief
from core.s2s.base import Voice
from core.talks.aside import Aside
from core.talks.base import Emit, Keep, Talk
from core.talks.companion import Companion, with_wish
from core.talks.duplex import DuplexTalk
from core.talks.rest import Rest
from core.talks.turns import TurnTalk

_MOST_STUMBLES = 3  # failures of a model in a row that a talk survives


class World(Devices, Models, Detectors, Archive, Protocol):
    """All that the engine needs from outside: devices, models, a place to keep what was said."""

    def next_text(self) -> str | None:
        """What is typed once all that is heard before it was answered; None where nothing is."""

    def set_wide(self, wide: bool) -> None:
        """Whether speakers that are opened from now on fill in the upper band."""

    def close(self) -> None: ...


class Stage:
    """Where talks are held, one at a time."""

    def __init__(
        self,
        world: World,
        pulse: Pulse,
        devices: tuple[str | None, str | None],
        *,
        emit: Emit,
        later: Callable[[Callable[[], None]], None],
        seed: int,
        linger_seconds: float = 0.0,
    ) -> None:
        """`later` calls back between two frames; when all sound has ended, rings are still awaited."""
        self.world = world
        self.cast = Cast()
        self.line: Line | None = None
        self.talk: Talk | None = None
        self.manner = Manner()
        self.keeper = Keeper(world, emit)
        self._playlist = Playlist(world.next_text, linger_seconds)
        self._pulse = pulse
        self._relief = Relief(emit)
        self._devices = devices
        self._emit = emit
        self._later = later
        self._seed = seed
        self._bell: Bell | None = None
        self._file: FileTurn | None = None
        self._mode: Mode = "idle"
        self._resume: Mode | None = None  # what the interlude that is on interrupted
        self._voice: Voice | None = None
        self._stumbles = 0
        self._rest = Rest()

    # The beat.

    def tick(self) -> None:
        """One frame of the talk that is on. What came due may begin one."""
        if self._bell and self._bell.rings():
            self._ring(self._bell)
        talk, line = self.talk, self.line
        if talk is None or line is None:
            return
        pcm = line.read()
        started = time.perf_counter() - line.work_seconds
        try:
            if self._file:
                self._file = self._file if self._file.feed() else None
            elif pcm.size:
                talk.hear(pcm)
            talk.speak(line)
            self._stumbles = 0
        except ModelError as error:
            self._stumble(talk, error)
        spent = time.perf_counter() - started
        if pcm.size:
            lead = line.pending() / line.format.sample_rate
            devices = line.capture_seconds, line.latency_seconds
            self._pulse.beat(spent, line.format.frame_seconds, lead, devices)
        else:
            self._pulse.work_beside(spent)
        self._relief.beat(talk, line, spent)
        if line.exhausted:
            hands_free = self._mode == "hands_free"
            self._playlist.go_on(talk, line, self.cast.spec, hands_free=hands_free, awaits_ring=self.watches)
        elif self._tired(talk):
            self.leave()
            self._emit(ModeChanged("idle"))

    def _tired(self, talk: Talk) -> bool:
        """Whether nobody has talked for so long that the microphone is closed."""
        open_for_nothing = isinstance(talk, TurnTalk) and self._resume is None and self._file is None
        return self._rest.due(not open_for_nothing or talk.busy, self.manner.rest_seconds)

    def _stumble(self, talk: Talk, error: ModelError) -> None:
        """A model failed: its answer ends, the talk goes on, unless it does nothing but fail."""
        self._emit(Failed(error))
        talk.interrupt()
        self._stumbles += 1
        if self._stumbles >= _MOST_STUMBLES:
            self.leave()
            self._emit(ModeChanged("idle"))

    @property
    def over(self) -> bool:
        """All sound came to its end: there is nothing more to hear."""
        return self._playlist.over

    @property
    def watches(self) -> bool:
        """Whether something may come due while no talk is on."""
        return self._bell is not None and self._bell.waits

    def _ring(self, bell: Bell) -> None:
        """Say what came due: in the talk that is on, or without one; a sound between two talks ends first."""
        if isinstance(self.talk, TurnTalk):
            bell.ring(self.talk)
            self._playlist.begin(self.cast.spec)
        elif self._resume is None:
            self.aside(bell.ring)

    # Which talk is on.

    def load(self, codec: str | None, model: str | None) -> None:
        """Change over to these models, and go on as before."""
        started = time.perf_counter()
        self._emit(Loading("models"))
        cast = choose_cast(self.world, codec, model)  # before the talk ends: what fails here disturbs nothing
        mode = self._resume or self._mode
        self.leave()
        self.cast = cast
        self._voice = cast.fitting(self._voice)
        self._bell = None
        if isinstance(cast.model, Companion):
            cast.model.attend(self._fulfil)
            self._bell = Bell(cast.model, self._emit)
        self._emit(cast.ready(time.perf_counter() - started))
        if mode != "idle":
            self.enter(mode)

    def enter(self, mode: Mode) -> None:
        """End the talk that is on, and begin that of this mode."""
        self.leave()
        self._rest.again()
        if mode != "idle":
            echo = None if mode == "mirror" else self.manner.echo  # a mirror is its own echo
            self.line = Line(self.world, self.cast.format, *self._devices, self._emit, echo=echo)
            self.talk = self._make_talk(mode, self.line)
            self.line.__enter__()
            self._playlist.begin(self.cast.spec)
            self._set_up(self.talk, self.line)
        self._mode = mode
        self._emit(ModeChanged(mode))

    def leave(self) -> None:
        """End the talk and close the devices: the microphone is open only while it is needed."""
        if self._file:
            self._file.close()
            self._file = None
        if self.talk:
            self.talk.close()
        self.drop_devices()
        self._mode, self._resume = "idle", None

    def drop_devices(self) -> None:
        """Close the devices, whatever the talk may be doing."""
        line, self.line, self.talk = self.line, None, None
        if line:
            line.__exit__(None, None, None)

    def interlude(self, interlude: Interlude) -> None:
        """A sound between two talks, then on as before."""
        mode = self._resume or self._mode
        self.leave()
        self._resume = mode
        self.line = Line(self.world, interlude.format, *self._devices, self._emit, listens=interlude.listens)
        self.talk = interlude.make(emit=self._emit, done=lambda: self._later(self._go_on))
        self.line.__enter__()

    def aside(self, begin: Callable[[TurnTalk], None]) -> None:
        """A turn with only the speaker open, then on as before."""
        cast = self.cast
        codec = self._pulse.timed(cast.codec) if cast.codec else None

        def make(*, emit: Emit, done: Callable[[], None]) -> Talk:
            keep, seed = self._keep_of(cast), self._seed
            return cast_aside(cast, codec, self._voice, emit=emit, keep=keep, seed=seed, done=done)

        self.interlude(Interlude(cast.format, make))
        assert isinstance(self.talk, Aside)
        assert self.line
        self._set_up(self.talk, self.line)
        begin(self.talk)

    def read(self, words: str) -> None:
        """A turn that was typed, in the talk that is on or without one."""
        if isinstance(self.talk, TurnTalk):
            self.talk.read(words)
        else:
            self.aside(lambda talk: talk.read(words))

    def hear(self, path: Path) -> None:
        """A sound file as a turn, in the talk that is on or without one."""
        if not isinstance(self.talk, TurnTalk | DuplexTalk):
            self.aside(lambda talk: self._hear(path, talk))
        else:
            self._hear(path, self.talk)

    def _hear(self, path: Path, talk: Talk) -> None:
        self._file = FileTurn(path, self.cast.format, talk)

    def sample(self, voice: Voice) -> None:
        """Let this voice be heard, then on as before."""
        self.interlude(sampled(self.cast, self.cast.fitting(voice) or voice, self._seed))

    def _set_up(self, talk: Talk, line: Line) -> None:
        """Let a talk be held as it is wished."""
        self.manner.tell(talk)
        self._relief.begin(talk, line)
        if isinstance(talk, TurnTalk):
            line.gain = gain_of(self.manner.volume)

    def _keep_of(self, cast: Cast) -> Keep:
        return lambda turn: self.keeper.keep(cast, turn)

    def _go_on(self) -> None:
        if self._resume is not None:
            self.enter(self._resume)

    def _make_talk(self, mode: Mode, line: Line) -> Talk:
        cast = self.cast
        return cast_talk(
            mode,
            cast,
            self._pulse.timed(cast.codec) if cast.codec else None,
            self._voice,
            self.world,
            self.manner.pause_seconds,
            line,
            emit=self._emit,
            keep=self._keep_of(cast),
            seed=self._seed,
        )

    # What is changed while a talk is on.

    def take_voice(self, voice: Voice) -> None:
        """Speak with this voice from now on, at the pace of the talk."""
        self._voice = self.cast.fitting(replace(voice, pace=self.manner.pace))
        if self.talk and self._voice:
            self.talk.set_voice(self._voice)

    def _fulfil(self, wish: Wish) -> None:
        """What an answer wishes, before it is spoken; to stop and to go on are the companion's own."""
        if wish.what == "volume":
            self.manner.volume = float(wish.value)
            if self.line:
                self.line.gain = gain_of(self.manner.volume)
            self._emit(VolumeChanged(self.manner.volume))
        elif self._voice and self.cast.spec:
            voice = with_wish(self._voice, wish, self.cast.spec)
            if voice == self._voice:
                return
            self.manner.pace = voice.pace
            self.take_voice(voice)
            self._emit(VoiceChanged(voice.speaker, voice.emotion, voice.language, voice.pace))

    def take_devices(self, microphone: str | None, speaker: str | None) -> None:
        self._devices = (microphone, speaker)
        if self.line:
            self.line.wish(microphone, speaker)

    def take_wide(self, wide: bool) -> None:
        """Whether all that is spoken is made wide on its way to the speaker."""
        self.world.set_wide(wide)
        if self.line:
            self.line.renew_speaker()

    def take_pause(self, seconds: float) -> None:
        self.manner.pause_seconds = seconds
        if self.talk:
            self.talk.set_pause(seconds)

    def retell(self) -> None:
        """Let the talk that is on be held as it is wished now."""
        if self.talk:
            self.manner.tell(self.talk)
        if self.line and self._mode != "mirror":
            self.line.set_echo(self.manner.echo)
