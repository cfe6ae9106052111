"""The desk at which skills work: clock, rings, memory, voice, chance and written replies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from core.domain.book import Domain
from core.domain.talk import Memory, Replies
from core.skills.rings import Rings


@dataclass(slots=True)
class VoiceNow:
    """The voice as it is now: who speaks, how, how loud (0.1 to 1) and how fast (1 is normal)."""

    speaker: str = "vennela"
    emotion: str = "neutral"
    volume: float = 0.7
    pace: float = 1.0


@dataclass(slots=True)
class Desk:
    """Everything a skill may use."""

    domain: Domain
    clock: Callable[[], datetime]
    rings: Rings
    random: Random
    replies: Replies
    memory: Memory = field(default_factory=Memory)
    voice: VoiceNow = field(default_factory=VoiceNow)
