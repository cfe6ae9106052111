"""What of the user's earlier choices fits the models that are here now."""

from __future__ import annotations

from app.settings import Answering, Settings
from core.events import Mode, Ready
from core.s2s.base import Voice


def remembered_mode(settings: Settings, ready: Ready) -> Mode:
    """The mode to begin in."""
    mode = settings.talking.mode
    if mode in ("idle", "mirror"):
        return "hold"  # a mirror howls without headphones: it never opens by itself
    return "hands_free" if mode == "duplex" and not ready.duplex else mode


def remembered_voice(asked: Answering, ready: Ready) -> Voice:
    """The remembered voice, as far as this model has it."""
    return Voice(
        speaker=asked.speaker if asked.speaker in ready.speakers else ready.speakers[0],
        emotion=asked.emotion if asked.emotion in ready.emotions else "neutral",
        language=asked.language if asked.language in ready.languages else "auto",
        strength=asked.strength,
    )
