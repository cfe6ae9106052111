"""Manner: how talks are held, whichever they are: what the user set, given to each new talk."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.audio.echo import EchoConfig
from core.audio.loudness import USUAL_VOLUME
from core.talks.base import Talk


@dataclass(slots=True)
class Manner:
    """What the user set about talks."""

    pause_seconds: float = 0.8
    """How long a silence ends a turn."""
    codebooks: int | None = None
    """Decode with so many codebooks only (None: all)."""
    voice_stops: bool = True
    """Whether a voice stops an answer."""
    echo: EchoConfig | None = field(default_factory=EchoConfig)
    """How the speaker is taken out of the microphone (None: headphones are in use)."""
    volume: float = USUAL_VOLUME
    """How loud answers are played, from 0.1 to 1."""
    rest_seconds: float = 600.0
    """How long nobody talks before the microphone is closed (0: it stays open)."""
    pace: float = 1.0
    """How fast answers are spoken."""

    def tell(self, talk: Talk) -> None:
        """Let this talk be held so. (Its detector was made with the pause, and is told when it changes.)"""
        talk.set_codebooks(self.codebooks)
        talk.set_barge_in(self.voice_stops)
