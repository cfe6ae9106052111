"""A world without a sound card: sources fed by the test, sinks that keep what they are given."""

from __future__ import annotations

import queue
import time
from pathlib import Path
from typing import Self, TypeVar

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.endpoint import Activity
from core.cards import Registry
from core.cast import Cast
from core.engine import Engine
from core.errors import DeviceError, StorageError
from core.events import DeviceKind, Event
from core.history import Turn
from core.loading import InstalledModels

E = TypeVar("E")


class FakeSource:
    """A microphone that hears what the test puts into it."""

    overruns = 0
    latency_seconds = 0.01

    def __init__(self, format: AudioFormat) -> None:
        self.format = format
        self.frames: queue.SimpleQueue[Pcm] = queue.SimpleQueue()
        self.broken = False

    def __enter__(self) -> Self:
        if self.broken:
            raise DeviceError("The microphone cannot be opened.", "Connect it again.")
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is open."""

    def say(self, seconds: float, level: float = 0.3) -> None:
        """Put a tone in (level 0 is silence)."""
        count = round(seconds * self.format.frame_rate)
        t = np.arange(count * self.format.frame_size) / self.format.sample_rate
        tone = (level * np.sin(2 * np.pi * 500 * t)).astype(np.float32)
        for frame in tone.reshape(count, -1):
            self.frames.put(frame)

    def read(self) -> Pcm:
        if self.broken:
            raise DeviceError("The microphone is gone.", "Connect it again.")
        try:
            return self.frames.get(timeout=0.002)
        except queue.Empty:
            return np.zeros(0, np.float32)

    def peek(self, since: int) -> tuple[Pcm, int]:
        return np.zeros(0, np.float32), since


class FakeSink:
    """A speaker that keeps what it is given; `room` frames fit before the test takes them out."""

    underruns = 0
    latency_seconds = 0.01

    def __init__(self, format: AudioFormat, room: int = 1_000_000) -> None:
        self.format = format
        self.room = room
        self.frames: list[Pcm] = []
        self.drops = 0
        self.broken = False

    def __enter__(self) -> Self:
        if self.broken:
            raise DeviceError("The speaker cannot be opened.", "Connect it again.")
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is open."""

    def has_room(self) -> bool:
        return len(self.frames) < self.room

    def write(self, pcm: Pcm) -> None:
        if self.broken:
            raise DeviceError("The speaker is gone.", "Connect it again.")
        self.frames.append(pcm)

    def drop(self) -> None:
        self.drops += 1

    def pending(self) -> int:
        return 0

    def peek(self, since: int) -> tuple[Pcm, int]:
        return np.zeros(0, np.float32), since

    @property
    def sound(self) -> Pcm:
        return np.concatenate(self.frames) if self.frames else np.zeros(0, np.float32)


class LoudnessDetector:
    """A turn detector that takes every loud frame for speech."""

    pause_seconds = 0.1
    foretold = 0.0

    def __init__(self, frame_seconds: float) -> None:
        self._frame_seconds = frame_seconds
        self._speaking = False
        self._quiet = 0.0

    @property
    def silence(self) -> float:
        return self._quiet

    @property
    def voiced(self) -> float:
        return 1.0 if self._speaking and self._quiet == 0 else 0.0

    def push(self, pcm: Pcm) -> Activity:
        loud = bool(np.abs(pcm).max() > 0.05)
        self._quiet = 0.0 if loud else self._quiet + self._frame_seconds
        if not self._speaking and loud:
            self._speaking = True
            return Activity.STARTED
        if self._speaking and self._quiet >= self.pause_seconds:
            self._speaking = False
            return Activity.ENDED
        return Activity.SPEAKING if self._speaking else Activity.SILENCE


class FakeWorld(InstalledModels):
    """Real models, fake devices, and a shelf in memory that may be full."""

    def __init__(self, registry: Registry, alarms: Path | None = None) -> None:
        super().__init__(registry, rings=alarms, seed=5)
        self.source = FakeSource(AudioFormat(16_000, 320))
        self.sink = FakeSink(self.source.format)
        self.turns: list[Turn] = []
        self.full = False
        self.closed = False
        self.wide = False
        self.opened_speakers = 0

    def microphone(self, format: AudioFormat, name: str | None) -> FakeSource:
        self.source.format = self.sink.format = format
        return self.source

    def speaker(self, format: AudioFormat, name: str | None) -> FakeSink:
        self.opened_speakers += 1
        return self.sink

    def name_of(self, kind: DeviceKind, name: str | None) -> str:
        return name or f"fake {kind}"

    def changed(self) -> bool:
        return False

    def set_wide(self, wide: bool) -> None:
        self.wide = wide

    def detector(self, sample_rate: int, pause_seconds: float) -> LoudnessDetector:
        return LoudnessDetector(320 / sample_rate)

    def keep(self, cast: Cast, turn: Turn) -> None:
        if self.full:
            raise StorageError("The disk is full.", "Make room.")
        self.turns.append(turn)

    def next_text(self) -> str | None:
        return None

    def new_conversation(self) -> None:
        self.turns.clear()

    def close(self) -> None:
        self.closed = True


class Listening:
    """An engine in a fake world, and all that it said."""

    def __init__(self, world: FakeWorld, **wishes: str | int | None) -> None:
        self.world = world
        self.events: list[Event] = []
        self.engine = Engine(lambda: world, self.events.append, seed=7, **wishes)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        self.engine.start()
        return self

    def __exit__(self, *exc: object) -> None:
        assert self.engine.close(timeout=5)

    def wait(self, kind: type[E], count: int = 1, timeout: float = 20.0) -> E:
        """The count-th event of a kind."""
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            found = [event for event in self.events if isinstance(event, kind)]
            if len(found) >= count:
                return found[count - 1]
            time.sleep(0.002)
        raise AssertionError(f"no {kind.__name__} (number {count}); said: {self.events}")
