"""A computer that becomes too slow: what is left out, and that nothing is torn meanwhile."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np
import pytest

from core.audio.base import AudioFormat, Pcm
from core.cards import Registry
from core.codecs.base import Codec, CodecSpec, Codes, Decoder, Encoder
from core.events import Event, Finished, Relieved
from core.line import Line
from core.relief import WINDOW_SECONDS, Relief
from core.s2s.base import Listener, SpeechSpec, Spoken, TurnModel, Voice
from core.talks.base import NARROW, TOGETHER, Emit
from core.talks.mirror import Mirror
from tests.fakes import FakeSink, FakeSource, FakeWorld, Listening
from tests.sound.virtual_sound import demand, starvation

FORMAT = AudioFormat(16_000, 320)
SPEC = CodecSpec(format=FORMAT, codebook_sizes=(16, 16))
LEAD_SECONDS = 0.12


class Machine:
    """A computer that works by sleeping; `slowness` makes all of its work longer."""

    slowness = 1.0

    def work(self, milliseconds: float) -> None:
        time.sleep(milliseconds * self.slowness / 1000)


class Coder(Encoder, Decoder):
    """A coder whose calls cost more than the frames in them, as those of step graphs do."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def push(self, given: Pcm | Codes) -> Pcm | Codes:  # type: ignore[override]
        frames = given.shape[1] if given.ndim == 2 else given.size // FORMAT.frame_size
        self._machine.work(5.5 + 1.0 * frames)
        if given.ndim == 2:
            return np.full(frames * FORMAT.frame_size, 0.1, np.float32)
        return np.zeros((2, frames), np.int64)


class SlowCodec(Codec):
    """A codec that computes on a machine."""

    spec = SPEC

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def encoder(self) -> Encoder:
        return Coder(self._machine)

    def decoder(self) -> Decoder:
        return Coder(self._machine)


class SlowReply(Iterator[Spoken]):
    """So many frames, each of which is work."""

    def __init__(self, machine: Machine, frames: int) -> None:
        self._machine = machine
        self._left = frames

    def __next__(self) -> Spoken:
        if self._left <= 0:
            raise StopIteration
        self._left -= 1
        self._machine.work(5.5)
        return Spoken(np.zeros((2, 1), np.int64), "")

    def set_voice(self, voice: Voice) -> None:
        """It has but one."""

    def close(self) -> None:
        self._left = 0


class Ears(Listener):
    """Hears whatever is said as the same word."""

    def push(self, codes: Codes) -> str:
        return "" if codes.shape[1] else "yes"


class SlowModel(TurnModel):
    """Answers everything for as long as it is told."""

    spec = SpeechSpec(codec="slow", codebook_sizes=(16, 16), frame_rate=50.0, speakers=("one",))

    def __init__(self, machine: Machine, seconds: float) -> None:
        self._machine = machine
        self._frames = round(seconds * 50)

    def listen(self) -> Ears:
        return Ears()

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> SlowReply:
        return SlowReply(self._machine, self._frames)

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> SlowReply:
        return self.reply(heard, voice, seed=seed)


class PacedSource(FakeSource):
    """A microphone that hears silence, a frame every 20 ms."""

    def __init__(self) -> None:
        super().__init__(FORMAT)
        self._next = time.monotonic()

    def read(self) -> Pcm:
        self._next += FORMAT.frame_seconds
        time.sleep(max(0.0, self._next - time.monotonic()))
        return np.zeros(FORMAT.frame_size, np.float32)


class PacedSink(FakeSink):
    """A speaker that plays in real time, and counts how often it had nothing to play in mid-reply."""

    def __init__(self) -> None:
        super().__init__(FORMAT)
        self._waiting: deque[Pcm] = deque()
        self._begun = time.monotonic()
        self._played = 0
        self._speaking = False
        self.heard_frames = 0
        self.still: int | None = None
        """What seems to wait, where a test has no time."""

    def has_room(self) -> bool:
        self._play()
        return len(self._waiting) * FORMAT.frame_seconds < LEAD_SECONDS

    def write(self, pcm: Pcm) -> None:
        self._play()
        if not self._speaking:  # as a real one does, it begins a little later than it could
            self._waiting.extend([np.zeros_like(pcm)] * round(LEAD_SECONDS / 2 / FORMAT.frame_seconds))
        elif not self._waiting:
            self.underruns += 1
        self._waiting.append(pcm)
        self._speaking = True

    def pending(self) -> int:
        if self.still is not None:
            return self.still
        self._play()
        return len(self._waiting) * FORMAT.frame_size

    def position(self) -> int:
        return self._played * FORMAT.frame_size

    def reference(self, start: int, count: int) -> Pcm:
        return np.zeros(count, np.float32)

    def _play(self) -> None:
        while self._played < (time.monotonic() - self._begun) / FORMAT.frame_seconds:
            self._played += 1
            if self._waiting:
                self._waiting.popleft()
                self.heard_frames += 1


class SlowWorld(FakeWorld):
    """A world whose machine can become slower."""

    def __init__(self, registry: Registry, seconds: float) -> None:
        super().__init__(registry)
        self.machine = Machine()
        self.speaker_ = PacedSink()
        self._model = SlowModel(self.machine, seconds)

    def codec(self, id: str | None) -> tuple[str, Codec]:
        return "slow", SlowCodec(self.machine)

    def speech(self, id: str | None) -> tuple[str, TurnModel]:
        return "slow", self._model

    def microphone(self, format: AudioFormat, name: str | None) -> PacedSource:
        return PacedSource()

    def speaker(self, format: AudioFormat, name: str | None) -> PacedSink:
        return self.speaker_


def _talk(world: SlowWorld, slow_after: float, fast_after: float | None) -> list[Event]:
    """One reply in whose midst everything takes twice as long, and perhaps no more later."""
    with Listening(world) as talk:
        talk.engine.set_interruption("headphones")  # no echo is looked for: the machine alone sets the pace
        talk.engine.set_mode("hold")
        talk.engine.hold(True)
        time.sleep(0.3)
        talk.engine.hold(False)
        time.sleep(slow_after)
        world.machine.slowness = 2.0
        if fast_after is not None:
            time.sleep(fast_after)
            world.machine.slowness = 1.0
        talk.wait(Finished, timeout=40)
        return talk.events


@pytest.mark.sound
def test_nothing_is_torn_when_everything_takes_twice_as_long(registry: Registry) -> None:
    """60 % of the time becomes 120 %; several frames at once make it about 75 %."""
    world = SlowWorld(registry, seconds=6.0)
    with starvation() as starved:
        events = _talk(world, slow_after=1.0, fast_after=None)
    steps = [event.step for event in events if isinstance(event, Relieved)]
    demand(steps == [TOGETHER], f"relief went {steps}", starved)
    demand(world.speaker_.underruns == 0, f"{world.speaker_.underruns} gaps", starved)
    assert world.speaker_.heard_frames >= 6.0 * 50 - LEAD_SECONDS * 50 - 1


@pytest.mark.sound
def test_without_relief_the_same_slowness_tears_the_reply(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Relief, "beat", lambda *_: None)
    world = SlowWorld(registry, seconds=6.0)
    _talk(world, slow_after=1.0, fast_after=None)
    assert world.speaker_.underruns > 0


@pytest.mark.sound
def test_what_was_left_out_comes_back(registry: Registry) -> None:
    world = SlowWorld(registry, seconds=11.0)
    with starvation() as starved:
        events = _talk(world, slow_after=0.5, fast_after=1.5)
    steps = [event.step for event in events if isinstance(event, Relieved)]
    demand(steps == [TOGETHER, 0], f"relief went {steps}", starved)
    demand(world.speaker_.underruns == 0, f"{world.speaker_.underruns} gaps", starved)


class Patient(Mirror):
    """A talk that leaves out whatever it is asked to, and remembers it."""

    def __init__(self, emit: Emit, changes: set[int]) -> None:
        super().__init__(None, FORMAT, emit=emit, capture_seconds=lambda: 0.0)
        self.asked: list[int] = []
        self._changes = changes

    def relieve(self, step: int) -> bool:
        before = self.asked[-1] if self.asked else 0
        self.asked.append(step)
        return any(min(before, step) < change <= max(before, step) for change in self._changes)


class Watch:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Ward:
    """Relief, a talk and a line in which nothing is real but the judgement."""

    def __init__(self, changes: set[int]) -> None:
        self.events: list[Event] = []
        self.clock = Watch()
        self.world = SlowWorld(Registry(Path("nowhere"), Path("nowhere")), 1.0)
        self.line = Line(self.world, FORMAT, None, None, self.events.append)
        self.talk = Patient(self.events.append, changes)
        self.relief = Relief(self.events.append, self.clock)

    def __enter__(self) -> Self:
        self.line.__enter__()
        self.world.speaker_.still = FORMAT.frame_size
        self.relief.begin(self.talk, self.line)
        return self

    def __exit__(self, *exc: object) -> None:
        self.line.__exit__(None, None, None)

    def go(self, seconds: float, load: float, *, speaking: bool = True) -> None:
        for _ in range(max(1, round(seconds / (2 * WINDOW_SECONDS)))):
            self.world.speaker_.still = FORMAT.frame_size if speaking else 0
            self.clock.now += 2 * WINDOW_SECONDS
            self.relief.beat(self.talk, self.line, 2 * WINDOW_SECONDS * load)

    @property
    def steps(self) -> list[int]:
        return [event.step for event in self.events if isinstance(event, Relieved)]


def test_steps_that_change_nothing_are_passed_over() -> None:
    with Ward({TOGETHER}) as ward:
        ward.go(1.0, 1.0)
        assert ward.steps == [TOGETHER]
        ward.go(30.0, 0.3)
        assert ward.steps == [TOGETHER, 0]


def test_steps_are_taken_back_one_by_one() -> None:
    with Ward({NARROW, TOGETHER}) as ward:
        ward.go(1.0, 1.0)
        assert ward.steps == [NARROW, TOGETHER]
        ward.go(30.0, 0.3)
        assert ward.steps == [NARROW, TOGETHER, NARROW, 0]


def test_a_moment_of_work_without_speech_is_no_slowness() -> None:
    with Ward({NARROW}) as ward:
        ward.go(WINDOW_SECONDS, 1.0, speaking=False)
        ward.go(WINDOW_SECONDS, 0.2, speaking=False)
        assert ward.steps == []
        ward.go(4 * WINDOW_SECONDS, 1.0, speaking=False)
        assert ward.steps == [NARROW]


def test_a_step_that_is_needed_again_stays_longer() -> None:
    with Ward({NARROW}) as ward:
        for _ in range(2):
            ward.go(WINDOW_SECONDS, 1.0)
            ward.go(5.5, 0.3)
        assert ward.steps == [NARROW, 0, NARROW]
        ward.go(5.5, 0.3)
        assert ward.steps == [NARROW, 0, NARROW, 0]


def test_a_talk_that_begins_leaves_out_the_same() -> None:
    with Ward({NARROW}) as ward:
        ward.go(WINDOW_SECONDS, 1.0)
        other = Patient(ward.events.append, {NARROW})
        ward.relief.begin(other, ward.line)
        assert other.asked == [NARROW]
