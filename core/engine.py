"""Engine: one thread, one loop, one codec frame a tick. Orders in, events out."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.audio.echo import EchoConfig
from core.bell import LOOK_SECONDS
from core.cast import Cast
from core.codecs.base import Codes
from core.errors import PalukuError
from core.events import Event, Failed, Interruption, Mode, Stopped
from core.interludes import compared, microphone_test, recorded, replayed, speaker_test
from core.pulse import Health, Pulse
from core.s2s.base import Voice
from core.stage import Stage, World
from core.talks.versions import Versions

_LOG = logging.getLogger(__name__)

Order = Callable[[Stage], None]


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
        linger_seconds: float = 0.0,
    ) -> None:
        """Where sound may end (files), timers that still run are awaited up to `linger_seconds`."""
        self._make_world = make_world
        self._emit = on_event
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._closing = False
        self._wished_models = (codec, model)
        self._wished_devices = (microphone, speaker)
        self._seed = int(time.time()) if seed is None else seed
        self._linger_seconds = linger_seconds
        self._stage: Stage | None = None
        self._pulse = Pulse()

    # Orders: never block, obeyed between two frames.

    def start(self) -> None:
        """Load the models on the engine's own thread; Ready or Failed tells the outcome."""
        self._thread.start()

    def close(self, timeout: float = 1.0) -> bool:
        """End the engine. False if it is still loading after `timeout`: it then dies with the program."""
        self._closing = True
        self._orders.put(lambda stage: None)
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def set_mode(self, mode: Mode) -> None:
        self._orders.put(lambda stage: stage.enter(mode))

    def hold(self, down: bool) -> None:
        """The talk button was pressed or let go."""
        self._orders.put(lambda stage: stage.talk.hold(down) if stage.talk else None)

    def interrupt(self) -> None:
        """Stop the answer now."""
        self._orders.put(lambda stage: stage.talk.interrupt() if stage.talk else None)

    def tell(self, text: str) -> None:
        """A turn that was typed; it is answered as if it had been spoken."""
        self._orders.put(lambda stage: stage.read(text))

    def hear_file(self, path: Path) -> None:
        """A sound file as a turn, as if the microphone had heard it."""
        self._orders.put(lambda stage: stage.hear(path))

    def preview(self, voice: Voice) -> None:
        """Say a sentence in this voice, then go on as before."""
        self._orders.put(lambda stage: stage.sample(voice))

    def set_voice(self, voice: Voice) -> None:
        self._orders.put(lambda stage: stage.take_voice(voice))

    def use_devices(self, microphone: str | None, speaker: str | None) -> None:
        """Change over to these devices, by name (None: whatever the system's default is)."""
        self._orders.put(lambda stage: stage.take_devices(microphone, speaker))

    def use_models(self, codec: str | None, model: str | None) -> None:
        """Change over to these models, by id (None: the default; codec “straight”: none at all)."""
        self._orders.put(lambda stage: stage.load(codec, model))

    def new_conversation(self) -> None:
        """What is said from now on is kept as another conversation."""
        self._orders.put(lambda stage: stage.keeper.new_conversation())

    def set_pause(self, seconds: float) -> None:
        """How long a silence ends a turn."""
        self._orders.put(lambda stage: stage.take_pause(seconds))

    def set_wide(self, wide: bool) -> None:
        """Whether the upper band is filled in, live, up to 48 kHz."""
        self._orders.put(lambda stage: stage.take_wide(wide))

    def set_interruption(self, how: Interruption) -> None:
        """What stops an answer: a voice, a voice while headphones are worn, or nothing but a key."""
        self._set("voice_stops", how != "never")
        self._set("echo", None if how == "headphones" else EchoConfig())

    def set_codebooks(self, count: int | None) -> None:
        """Decode with the first `count` codebooks only (None: all)."""
        self._set("codebooks", count)

    def set_private(self, private: bool) -> None:
        """In private nothing that is said is kept."""
        self._orders.put(lambda stage: stage.keeper.set_private(private))

    def replay(self, codec: str, codes: Codes) -> None:
        """Play codes of this codec, then go on as before."""
        self._orders.put(lambda stage: stage.interlude(replayed(stage.cast, stage.world, codec, codes)))

    def play(self, versions: Sequence[Path], heard: int = 0) -> None:
        """Play sound files side by side, of which one is heard, then go on as before."""
        self._orders.put(lambda stage: stage.interlude(compared(versions, heard)))

    def turn_to(self, version: int) -> None:
        """Of the files that are played, let this one be heard from here on."""
        self._orders.put(
            lambda stage: stage.talk.turn_to(version) if isinstance(stage.talk, Versions) else None
        )

    def record(self, path: Path, seconds: float) -> None:
        """Keep a moment of the microphone as a file, then go on as before; Recorded tells."""
        self._orders.put(lambda stage: stage.interlude(recorded(path, seconds)))

    def test_speaker(self) -> None:
        """Play a chime, then go on as before."""
        self._orders.put(lambda stage: stage.interlude(speaker_test(stage.cast.format)))

    def test_microphone(self) -> None:
        """Record a moment and play it, then go on as before."""
        self._orders.put(lambda stage: stage.interlude(microphone_test(stage.cast.format)))

    def _set(self, name: str, value: object) -> None:
        def obey(stage: Stage) -> None:
            setattr(stage.manner, name, value)
            stage.retell()

        self._orders.put(obey)

    # Onlookers: never wait, may be called from any thread.

    @property
    def sample_rate(self) -> int:
        return (self._stage.cast if self._stage else Cast()).format.sample_rate

    def peek_heard(self, since: int) -> tuple[Pcm, int]:
        """What the microphone heard after position `since`, and the position now."""
        line = self._stage.line if self._stage else None
        return line.peek_heard(since) if line else (np.zeros(0, np.float32), since)

    def peek_spoken(self, since: int) -> tuple[Pcm, int]:
        """What the speaker played after position `since`, and the position now."""
        line = self._stage.line if self._stage else None
        return line.peek(since) if line else (np.zeros(0, np.float32), since)

    def health(self) -> Health:
        line = self._stage.line if self._stage else None
        return self._pulse.health(*(line.counts() if line else (0, 0)))

    # The thread.

    def _run(self) -> None:
        try:
            stage = self._stage = Stage(
                self._make_world(),
                self._pulse,
                self._wished_devices,
                emit=self._emit,
                later=lambda call: self._orders.put(lambda _: call()),
                seed=self._seed,
                linger_seconds=self._linger_seconds,
            )
            stage.load(*self._wished_models)
            while not (self._closing or stage.over):
                self._obey(stage)
                if not self._closing:
                    stage.tick()
            stage.leave()
            stage.world.close()
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
        if self._stage:
            self._stage.drop_devices()
        self._emit(Failed(error, fatal=True))

    def _obey(self, stage: Stage) -> None:
        """Carry out what was ordered. Without a talk, wait for one; not long where something may ring."""
        try:
            wait = LOOK_SECONDS if stage.watches else None
            order = self._orders.get(block=stage.talk is None, timeout=wait)
            while True:
                try:
                    order(stage)
                except PalukuError as error:
                    self._emit(Failed(error))
                order = self._orders.get_nowait()
        except queue.Empty:
            return


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
