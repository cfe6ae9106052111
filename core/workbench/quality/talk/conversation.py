"""Conversation: a speech model and its codec, asked by sound and by text without an engine."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.audio.base import Pcm
from core.codecs.base import Codec
from core.s2s.base import LateListener, Listener, Reading, TurnModel, UnsureListener, Voice

LEAD_SECONDS, TRAIL_SECONDS = 0.3, 0.6
_FLOOR = 10 ** (-65 / 20)  # of the noise before and after a turn


@dataclass(frozen=True, slots=True)
class Uttered:
    """Something the model said, and how long it took until it could be heard."""

    pcm: Pcm
    first_sound_ms: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A turn model, and the codec that it speaks in."""

    codec: Codec
    model: TurnModel

    def hear(
        self, pcm: Pcm, choose: Callable[[Sequence[Reading]], int] | None = None
    ) -> tuple[str, Listener]:
        """The words in a sound, and the listener that heard them; who knows what is meant may choose."""
        size, rate = self.codec.spec.format.frame_size, self.codec.spec.format.sample_rate
        lead, trail = round(LEAD_SECONDS * rate), round(TRAIL_SECONDS * rate)
        around = np.random.default_rng(len(pcm)).standard_normal(lead + len(pcm) + trail + size) * _FLOOR
        around[lead : lead + len(pcm)] += pcm
        encoder, listener, words = self.codec.encoder(), self.model.listen(), ""
        if choose is not None and isinstance(listener, UnsureListener):
            listener.prefer(choose)
        for frame in around[: len(around) // size * size].astype(np.float32).reshape(-1, size):
            words += listener.push(encoder.push(frame))
        if isinstance(listener, LateListener):
            words += "".join(listener.last_words())
        return " ".join(words.split()), listener

    def say(self, text: str, voice: Voice) -> Uttered:
        """A text in the model's voice."""
        began = time.perf_counter()
        decoder, pieces, first = self.codec.decoder(), [], 0.0
        for spoken in self.model.say(text, self.model.listen(), voice, seed=0):
            pieces.append(decoder.push(spoken.codes))
            first = first or 1000 * (time.perf_counter() - began)
        return Uttered(np.concatenate(pieces) if pieces else np.zeros(0, np.float32), first)
