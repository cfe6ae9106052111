"""Report: every figure of a speech model's quality."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psutil

from core.cards import ModelCard, Registry
from core.errors import ModelError
from core.loading import load_codec, load_speech
from core.s2s.base import DuplexModel
from core.workbench.quality.talk.bystanders import bystanders
from core.workbench.quality.talk.conversation import Pair
from core.workbench.quality.talk.replies import replies
from core.workbench.quality.talk.understanding import understanding
from core.workbench.quality.talk.voices import voices_told

Say = Callable[[str], None]
_SENTENCES = 2  # a language, that teach the classifier of voices


def talk_quality(registry: Registry, model: str | None, utterances: int, say: Say) -> dict[str, Any]:
    """Understanding, refusals, replies, voices and bystanders of one speech model."""
    card = speech_card(registry, model)
    began = time.perf_counter()
    pair = open_pair(registry, card)
    loaded = time.perf_counter() - began
    return {
        "model": card.id,
        "load_seconds": round(loaded, 2),
        "memory_mb": round(psutil.Process().memory_info().rss / 2**20),
        "understanding": understanding(pair, utterances, say),
        "replies": replies(pair, max(9, utterances // 2), say),
        "voices": voices_told(pair, _SENTENCES, say),
        "bystanders": bystanders(pair, max(5, utterances // 5), say),
    }


def speech_card(registry: Registry, model: str | None) -> ModelCard:
    """The card of the model to measure: the named one, else the one that is used by default."""
    card = registry.find(model) if model else registry.default("speech")
    if card is None:
        raise ModelError("There is no speech model here to measure.", "See: paluku models")
    return card


def open_pair(registry: Registry, card: ModelCard) -> Pair:
    """A model that takes turns, with its codec."""
    model = load_speech(card)
    if isinstance(model, DuplexModel):
        raise ModelError(f"{card.id} talks and listens at once: only models that take turns are measured.")
    codec = registry.find(model.spec.codec)
    if codec is None:
        raise ModelError(f"{card.id} speaks codes of {model.spec.codec}, which is not here.")
    return Pair(load_codec(codec), model)
