"""Soak: a long talk, several times as fast as life, through the real engine, with devices that come and go.

    python -m tests.core.soak --minutes 120 --speed 4

Prints JSON: turns, losses, memory. Minutes are those of the talk.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import psutil

from core.cards import Registry
from core.cast import Cast
from core.engine import Engine
from core.events import DeviceBack, DeviceLost, Event, Failed, Finished, Hearing, ModeChanged, Stopped
from core.history import History, Turn
from tests import tiny
from tests.fakes import FakeWorld

_FRAME = 0.02
_LOUD = (0.3 * np.sin(np.arange(320) * 0.2)).astype(np.float32)
_SILENCE = np.zeros(320, np.float32)
_SPEAK, _PAUSE, _REST = 0.4, 0.2, 1.2  # seconds of a turn
_LOSE_EVERY = 12.0  # seconds between losses, about
_LOST_FOR = 0.6
_MOST_WAITING = 100  # frames
_STUCK_SECONDS = 60.0


class SoakWorld(FakeWorld):
    """Fake devices, real models, real conversations on the disk."""

    def __init__(self, registry: Registry, history: History) -> None:
        super().__init__(registry)
        self._history = history
        self._conversation = history.begin("tiny", "tiny")
        self.kept = 0

    def keep(self, cast: Cast, turn: Turn) -> None:
        self._history.add(self._conversation, turn)
        self.kept += 1


class Account:
    """What the engine told, counted."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []

    def hear(self, event: Event) -> None:
        self.counts[type(event).__name__] += 1
        if isinstance(event, Failed):
            self.errors.append(str(event.error))


def soak(seconds: float, speed: float, seed: int = 0) -> dict[str, object]:
    """So many seconds of talk, and what came of it."""
    dice = random.Random(seed)
    account = Account()
    with tempfile.TemporaryDirectory(prefix="paluku-soak-") as folder:
        registry = Registry(tiny.make_all(Path(folder) / "models"), Path(folder) / "own")
        history = History(Path(folder) / "data")
        world = SoakWorld(registry, history)
        world.sink.room = 5
        engine = Engine(lambda: world, account.hear, model=tiny.TURN, seed=7)
        engine.start()
        engine.set_mode("hands_free")
        _wait(account, ModeChanged.__name__)
        memory = _talk(world, seconds, speed, dice)
        world.source.broken = world.sink.broken = False
        began = time.monotonic()
        ended = engine.close(timeout=30)
        closing = time.monotonic() - began
        on_disk = sum(row.turns for row in history.conversations())
        history.close()
    quarter = max(1, len(memory) // 4)
    first, last = (
        statistics.median(memory[quarter : 2 * quarter] or memory),
        statistics.median(memory[-quarter:]),
    )
    return {
        "what": "soak",
        "talk_seconds": round(seconds),
        "speed": speed,
        "heard": account.counts[Hearing.__name__],
        "finished": account.counts[Finished.__name__],
        "kept": on_disk,
        "lost_devices": account.counts[DeviceLost.__name__],
        "devices_back": account.counts[DeviceBack.__name__],
        "stopped": account.counts[Stopped.__name__],
        "errors": account.errors[:3],
        "ended": ended,
        "closing_seconds": round(closing, 2),
        "memory_mb": [round(first / 1e6, 1), round(last / 1e6, 1)],
        "memory_growth": round(last / first - 1, 4),
    }


def _talk(world: SoakWorld, seconds: float, speed: float, dice: random.Random) -> list[int]:
    """Feed the microphone and empty the speaker, frame by frame; the memory on the way."""
    process = psutil.Process()
    memory: list[int] = []
    begun = time.monotonic()
    turn = _SPEAK + _PAUSE + _REST
    loss = dice.expovariate(1 / _LOSE_EVERY)
    mended = 0.0
    frames = int(seconds / _FRAME)
    sample = max(1, frames // 200)
    for number in range(frames):
        at = number * _FRAME
        world.source.frames.put(_LOUD if at % turn < _SPEAK else _SILENCE)
        if world.sink.frames:
            world.sink.frames.pop(0)
        if at > loss:
            victim = dice.choice((world.source, world.sink))
            victim.broken = True
            mended = at + _LOST_FOR
            loss = mended + dice.expovariate(1 / _LOSE_EVERY)
        elif mended and at > mended:
            world.source.broken = world.sink.broken = False
            mended = 0.0
        if number % sample == 0:
            memory.append(process.memory_info().rss)
        late = begun + (number + 1) * _FRAME / speed - time.monotonic()
        if late > 0:
            time.sleep(late)
        _let_catch_up(world)
    return memory


def _let_catch_up(world: SoakWorld) -> None:
    """On a busy machine the engine may be behind; one that never comes back is stuck."""
    until = time.monotonic() + _STUCK_SECONDS
    while world.source.frames.qsize() > _MOST_WAITING and not world.source.broken and not world.sink.broken:
        if world.sink.frames:
            world.sink.frames.pop(0)
        if time.monotonic() > until:
            raise TimeoutError("the engine does not read the microphone any more")
        time.sleep(0.005)


def _wait(account: Account, what: str, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not account.counts[what]:
        if time.monotonic() > until:
            raise TimeoutError(f"no {what}; told: {account.counts}")
        time.sleep(0.01)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--speed", type=float, default=4.0)
    wishes = parser.parse_args()
    print(json.dumps(soak(60 * wishes.minutes, wishes.speed)))
