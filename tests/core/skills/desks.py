"""A desk for tests: a clock that is set by hand, a fixed source of chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from core.domain.book import Domain
from core.domain.dialogue import Dialogue
from core.domain.talk import Replies
from core.domain.understand import Understander
from core.skills.desk import Desk
from core.skills.registry import Registry
from core.skills.rings import Rings


@dataclass
class HandClock:
    """A clock that moves only when told."""

    now: datetime = datetime(2026, 11, 21, 10, 30)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@cache
def domain() -> Domain:
    return Domain.load()


@cache
def understander() -> Understander:
    return Understander.load(domain())


def make_desk(clock: HandClock | None = None, path: Path | None = None, seed: int = 1) -> Desk:
    clock = clock or HandClock()
    rng = Random(seed)
    return Desk(domain(), clock, Rings(clock, path), rng, Replies(domain(), rng))


def make_talk(
    clock: HandClock | None = None, path: Path | None = None, seed: int = 1
) -> tuple[Dialogue, Registry]:
    desk = make_desk(clock, path, seed)
    registry = Registry(desk)
    return Dialogue(understander(), desk.replies, desk.memory, registry), registry
