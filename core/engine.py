"""Engine: one thread, one loop, one codec frame a tick. Orders in, events out."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.endpoint import TurnDetector
from core.cast import Cast, Models, choose_cast
from core.codecs.base import Codes
from core.errors import ModelError, PalukuError, StorageError
from core.events import Event, Failed, Loading, Mode, ModeChanged, NotSaved, Stopped
from core.history import Turn
from core.line import Devices, Line
from core.pulse import Health, Pulse
from core.s2s.base import Voice
from core.talks.base import Talk
from core.talks.duplex import DuplexTalk
from core.talks.mirror import Mirror
from core.talks.replay import Replay, SoundCheck, chime, decoded
from core.talks.turns import TurnTalk
from core.talks.versions import FORMAT, Recording, Versions, side_by_side

_LOG = logging.getLogger(__name__)
_MOST_STUMBLES = 3  # failures of a model in a row that a talk survives


class World(Devices, Models, Protocol):
    """All that the engine needs from outside: devices, models, a place to keep what was said."""

    def detector(self, sample_rate: int, pause_seconds: float) -> TurnDetector: ...

    def keep(self, cast: Cast, turn: Turn) -> None: ...

    def new_conversation(self) -> None:
        """What is kept from now on belongs to another conversation."""

    def close(self) -> None: ...


class Engine:
    """The conversation itself: owns every model and device, on one thread of its own."""

    def __init__(
        self,
        make_world: Callable[[], World],
        on_event: Callable[[Event], None],
        *,
        codec: str | None = None,
        model: str | None = None,
        microphone: str | None = None,
        speaker: str | None = None,
        seed: int | None = None,
    ) -> None:
        self._make_world = make_world
        self._emit = on_event
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._closing = False
        self._wished_models = (codec, model)
        self._wished_devices = (microphone, speaker)
        self._seed = int(time.time()) if seed is None else seed
        self._mode: Mode = "idle"
        self._pause_seconds = 0.8
        self._codebooks: int | None = None
        self._voice_stops = True
        self._private = False
        self._resume: Mode | None = None  # what the interlude that is on interrupted
        self._voice: Voice | None = None
        self._cast = Cast()
        self._line: Line | None = None
        self._talk: Talk | None = None
        self._unsaved: list[Turn] = []
        self._silence_left = 0
        self._stumbles = 0
        self._pulse = Pulse()

    # Orders: never block, obeyed between two frames.

    def start(self) -> None:
        """Load the models on the engine's own thread; Ready or Failed tells the outcome."""
        self._thread.start()

    def close(self, timeout: float = 1.0) -> bool:
        """End the engine. False if it is still loading after `timeout`: it then dies with the program."""
        self._closing = True
        self._orders.put(lambda: None)
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def set_mode(self, mode: Mode) -> None:
        self._orders.put(lambda: self._enter(mode))

    def hold(self, down: bool) -> None:
        """The talk button was pressed or let go."""
        self._orders.put(lambda: self._talk.hold(down) if self._talk else None)

    def interrupt(self) -> None:
        """Stop the answer now."""
        self._orders.put(lambda: self._talk.interrupt() if self._talk else None)

    def set_voice(self, voice: Voice) -> None:
        self._orders.put(lambda: self._take_voice(voice))

    def use_devices(self, microphone: str | None, speaker: str | None) -> None:
        """Change over to these devices, by name (None: whatever the system's default is)."""
        self._orders.put(lambda: self._take_devices(microphone, speaker))

    def use_models(self, codec: str | None, model: str | None) -> None:
        """Change over to these models, by id (None: the default; codec “straight”: none at all)."""
        self._orders.put(lambda: self._load((codec, model)))

    def new_conversation(self) -> None:
        """What is said from now on is kept as another conversation."""
        self._orders.put(lambda: self._world.new_conversation())

    def set_pause(self, seconds: float) -> None:
        """How long a silence ends a turn."""
        self._orders.put(lambda: self._take_pause(seconds))

    def set_barge_in(self, by_voice: bool) -> None:
        """Whether a voice stops an answer, or only `interrupt` and the talk button do."""
        self._orders.put(lambda: self._take_barge_in(by_voice))

    def set_private(self, private: bool) -> None:
        """In private nothing that is said is kept."""
        self._orders.put(lambda: self._take_private(private))

    def replay(self, codec: str, codes: Codes) -> None:
        """Play codes of this codec, then go on as before."""
        self._orders.put(lambda: self._replay(codec, codes))

    def play(self, versions: Sequence[Path], heard: int = 0) -> None:
        """Play sound files side by side, of which one is heard, then go on as before."""
        self._orders.put(lambda: self._play(versions, heard))

    def turn_to(self, version: int) -> None:
        """Of the files that are played, let this one be heard from here on."""
        self._orders.put(lambda: self._talk.turn_to(version) if isinstance(self._talk, Versions) else None)

    def record(self, path: Path, seconds: float) -> None:
        """Keep a moment of the microphone as a file, then go on as before; Recorded tells."""
        self._orders.put(lambda: self._interlude(FORMAT, True, lambda: self._make_recording(path, seconds)))

    def test_speaker(self) -> None:
        """Play a chime, then go on as before."""
        self._orders.put(lambda: self._interlude(self._cast.format, False, self._make_chime))

    def test_microphone(self) -> None:
        """Record a moment and play it, then go on as before."""
        self._orders.put(lambda: self._interlude(self._cast.format, True, self._make_check))

    def set_codebooks(self, count: int | None) -> None:
        """Decode with the first `count` codebooks only (None: all)."""
        self._orders.put(lambda: self._take_codebooks(count))

    # Onlookers: never wait, may be called from any thread.

    @property
    def sample_rate(self) -> int:
        return self._cast.format.sample_rate

    def peek_heard(self, since: int) -> tuple[Pcm, int]:
        """What the microphone heard after position `since`, and the position now."""
        line = self._line
        return line.peek_heard(since) if line else (np.zeros(0, np.float32), since)

    def peek_spoken(self, since: int) -> tuple[Pcm, int]:
        """What the speaker played after position `since`, and the position now."""
        line = self._line
        return line.peek(since) if line else (np.zeros(0, np.float32), since)

    def health(self) -> Health:
        line = self._line
        return self._pulse.health(*(line.counts() if line else (0, 0)))

    # The thread.

    def _run(self) -> None:
        try:
            self._world = self._make_world()
            self._load(self._wished_models)
            while not self._closing:
                self._obey()
                if self._talk and self._line and not self._closing:
                    self._tick(self._talk, self._line)
            self._leave()
            self._world.close()
            self._emit(Stopped())
        except PalukuError as error:
            self._end_badly(error)
        except Exception:  # a fault of ours: it is logged, and the window goes on without a voice
            _LOG.exception("the engine stopped")
            self._end_badly(
                PalukuError(
                    "The voice engine stopped because of a fault in Paluku.",
                    "The log says where; restart it.",
                )
            )

    def _end_badly(self, error: PalukuError) -> None:
        line, self._line, self._talk = self._line, None, None
        if line:
            line.__exit__(None, None, None)
        self._emit(Failed(error, fatal=True))

    def _obey(self) -> None:
        """Carry out what was ordered. Without a talk, wait for an order."""
        try:
            order = self._orders.get(block=self._talk is None)
            while True:
                try:
                    order()
                except PalukuError as error:
                    self._emit(Failed(error))
                order = self._orders.get_nowait()
        except queue.Empty:
            return

    def _tick(self, talk: Talk, line: Line) -> None:
        pcm = line.read()
        started = time.perf_counter()
        try:
            if pcm.size:
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
        if line.exhausted:
            self._sound_ended(talk, line)

    def _stumble(self, talk: Talk, error: ModelError) -> None:
        """A model failed: its answer ends, the talk goes on, unless it does nothing but fail."""
        self._emit(Failed(error))
        talk.interrupt()
        self._stumbles += 1
        if self._stumbles >= _MOST_STUMBLES:
            self._leave()
            self._emit(ModeChanged("idle"))

    def _sound_ended(self, talk: Talk, line: Line) -> None:
        """A file ended: that is the end of a turn. Once it is answered, the next file begins."""
        talk.hold(False)
        if talk.busy and self._silence_left > 0:  # what a duplex model still says, it says into silence
            self._silence_left -= 1
            talk.hear(np.zeros(line.format.frame_size, np.float32))
        elif line.next_source():
            self._silence_left = self._silence_allowed()
            talk.hold(True)
        else:
            self._closing = True

    # What the orders do.

    def _load(self, wishes: tuple[str | None, str | None]) -> None:
        started = time.perf_counter()
        self._emit(Loading("models"))
        cast = choose_cast(self._world, *wishes)  # before the talk ends: what fails here disturbs nothing
        mode = self._resume or self._mode
        self._leave()
        self._cast = cast
        self._voice = cast.fitting(self._voice)
        self._emit(cast.ready(time.perf_counter() - started))
        if mode != "idle":
            self._enter(mode)

    def _enter(self, mode: Mode) -> None:
        self._leave()
        if mode != "idle":
            self._line = Line(self._world, self._cast.format, *self._wished_devices, self._emit)
            self._talk = self._make_talk(mode, self._line)
            self._line.__enter__()
            self._silence_left = self._silence_allowed()
            self._talk.set_codebooks(self._codebooks)
            self._talk.set_barge_in(self._voice_stops)
        self._mode = mode
        self._emit(ModeChanged(mode))

    def _leave(self) -> None:
        """End the talk and close the devices: the microphone is open only while it is needed."""
        if self._talk:
            self._talk.close()
        line, self._line, self._talk = self._line, None, None
        if line:
            line.__exit__(None, None, None)
        self._mode, self._resume = "idle", None

    def _replay(self, codec_id: str, codes: Codes) -> None:
        cast = self._cast
        found = (codec_id, cast.codec) if codec_id == cast.codec_id else self._world.codec(codec_id)
        codec = found[1] if found else None
        if codec is None or codes.shape[0] != codec.spec.n_codebooks:
            raise ModelError("The codec that this was said with is not here.", "Fetch it on the models page.")
        frames = decoded(codec, codes)
        self._interlude(
            codec.spec.format, False, lambda: Replay(frames, emit=self._emit, done=self._end_interlude)
        )

    def _play(self, versions: Sequence[Path], heard: int) -> None:
        sounds = side_by_side(versions)  # before the talk ends: what fails here disturbs nothing
        self._interlude(
            FORMAT, False, lambda: Versions(sounds, heard, emit=self._emit, done=self._end_interlude)
        )

    def _make_recording(self, path: Path, seconds: float) -> Talk:
        return Recording(path, seconds, FORMAT, emit=self._emit, done=self._end_interlude)

    def _make_chime(self) -> Talk:
        return Replay(chime(self._cast.format), emit=self._emit, done=self._end_interlude)

    def _make_check(self) -> Talk:
        return SoundCheck(self._cast.format, emit=self._emit, done=self._end_interlude)

    def _interlude(self, format: AudioFormat, listens: bool, make: Callable[[], Talk]) -> None:
        """A sound between two talks; the microphone is open only if it is needed."""
        mode = self._resume or self._mode
        self._leave()
        self._resume = mode
        self._line = Line(self._world, format, *self._wished_devices, self._emit, listens=listens)
        self._talk = make()
        self._line.__enter__()

    def _end_interlude(self) -> None:
        """Go on as before, once this frame is over."""

        def go_on() -> None:
            if self._resume is not None:
                self._enter(self._resume)

        self._orders.put(go_on)

    def _make_talk(self, mode: Mode, line: Line) -> Talk:
        cast, voice = self._cast, self._voice
        codec = self._pulse.timed(cast.codec) if cast.codec else None
        if mode == "mirror":
            return Mirror(codec, cast.format, emit=self._emit, capture_seconds=lambda: line.capture_seconds)
        if codec is None or cast.model is None or voice is None:
            raise ModelError(
                "There is no speech model here to talk with.",
                "Try the mirror, or fetch a model on the models page.",
            )
        if cast.duplex_model:
            return DuplexTalk(
                codec, cast.duplex_model, voice, emit=self._emit, keep=self._keep, seed=self._seed
            )
        if mode == "duplex" or cast.turn_model is None:
            raise ModelError(f"{cast.model_id} talks in turns; it cannot listen while it speaks.")
        detector = None
        if mode == "hands_free":
            detector = self._world.detector(cast.format.sample_rate, self._pause_seconds)
        return TurnTalk(
            codec, cast.turn_model, detector, voice, emit=self._emit, keep=self._keep, seed=self._seed
        )

    def _silence_allowed(self) -> int:
        """Frames of silence that may follow a file while it is being answered."""
        spec = self._cast.spec
        return int(spec.max_seconds * spec.frame_rate) if spec else 0

    def _take_voice(self, voice: Voice) -> None:
        self._voice = self._cast.fitting(voice)
        if self._talk and self._voice:
            self._talk.set_voice(self._voice)

    def _take_devices(self, microphone: str | None, speaker: str | None) -> None:
        self._wished_devices = (microphone, speaker)
        if self._line:
            self._line.wish(microphone, speaker)

    def _take_pause(self, seconds: float) -> None:
        self._pause_seconds = seconds
        if self._talk:
            self._talk.set_pause(seconds)

    def _take_codebooks(self, count: int | None) -> None:
        self._codebooks = count
        if self._talk:
            self._talk.set_codebooks(count)

    def _take_barge_in(self, by_voice: bool) -> None:
        self._voice_stops = by_voice
        if self._talk:
            self._talk.set_barge_in(by_voice)

    def _take_private(self, private: bool) -> None:
        if private != self._private:
            self._private = private
            self._world.new_conversation()  # what is said before and after is not one talk

    def _keep(self, turn: Turn) -> None:
        """Save a turn. What the disk refuses stays in memory and is tried again with the next one."""
        if self._private:
            return
        self._unsaved.append(turn)
        try:
            while self._unsaved:
                self._world.keep(self._cast, self._unsaved[0])
                self._unsaved.pop(0)
        except StorageError as error:
            self._emit(NotSaved(error))


def desktop_engine(
    on_event: Callable[[Event], None],
    *,
    microphone: str | None = None,
    speaker: str | None = None,
    codec: str | None = None,
    model: str | None = None,
    private: bool = False,
) -> Engine:
    """An engine with this computer's devices, models and history. In private mode nothing is kept."""

    def make_world() -> World:
        # Here, on the engine's thread: the window is shown long before onnxruntime is needed.
        from core.loading import desktop_world

        return desktop_world(private=private, on_event=on_event)

    return Engine(make_world, on_event, codec=codec, model=model, microphone=microphone, speaker=speaker)
