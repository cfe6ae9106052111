"""Casting: which talk a cast holds in a mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from core.audio.endpoint import TurnDetector
from core.cast import Cast
from core.codecs.base import Codec
from core.errors import ModelError
from core.events import Mode
from core.line import Line
from core.s2s.base import Voice
from core.talks.aside import Aside
from core.talks.base import Emit, Keep, Talk
from core.talks.duplex import DuplexTalk
from core.talks.mirror import Mirror
from core.talks.turns import TurnTalk


class Detectors(Protocol):
    """Where detectors of turns come from."""

    def detector(self, sample_rate: int, pause_seconds: float) -> TurnDetector: ...


def cast_talk(
    mode: Mode,
    cast: Cast,
    codec: Codec | None,
    voice: Voice | None,
    detectors: Detectors,
    pause_seconds: float,
    line: Line,
    *,
    emit: Emit,
    keep: Keep,
    seed: int,
) -> Talk:
    """The talk of this mode; `codec` is that of the cast, or one in its place."""
    if mode == "mirror":
        return Mirror(codec, cast.format, emit=emit, capture_seconds=lambda: line.capture_seconds)
    if codec is None or cast.model is None or voice is None:
        raise _no_model()
    if cast.duplex_model:
        return DuplexTalk(codec, cast.duplex_model, voice, emit=emit, keep=keep, seed=seed)
    if mode == "duplex" or cast.turn_model is None:
        raise ModelError(f"{cast.model_id} talks in turns; it cannot listen while it speaks.")
    detector = None
    if mode == "hands_free":
        detector = detectors.detector(cast.format.sample_rate, pause_seconds)
    return TurnTalk(codec, cast.turn_model, detector, voice, emit=emit, keep=keep, seed=seed, ears=line)


def cast_aside(
    cast: Cast,
    codec: Codec | None,
    voice: Voice | None,
    *,
    emit: Emit,
    keep: Keep,
    seed: int,
    done: Callable[[], None],
) -> Aside:
    """A turn with only the speaker open."""
    if codec is None or voice is None or cast.model is None:
        raise _no_model()
    if cast.turn_model is None:
        raise ModelError(f"{cast.model_id} talks while it listens.", "Begin a talk with it first.")
    return Aside(codec, cast.turn_model, voice, emit=emit, keep=keep, seed=seed, done=done)


def _no_model() -> ModelError:
    return ModelError(
        "There is no speech model here to talk with.",
        "Try the mirror, or fetch a model on the models page.",
    )
