"""Aside: a turn with only the speaker open: a ring, or what was typed, while no talk is on."""

from __future__ import annotations

from collections.abc import Callable

from core.audio.base import AudioSink
from core.codecs.base import Codec
from core.s2s.base import TurnModel, Voice
from core.talks.base import Emit, Keep
from core.talks.turns import TurnTalk


class Aside(TurnTalk):
    """A talk that is over once what it has to say was heard; `done` is called then."""

    def __init__(
        self,
        codec: Codec,
        model: TurnModel,
        voice: Voice,
        *,
        emit: Emit,
        keep: Keep,
        seed: int,
        done: Callable[[], None],
    ) -> None:
        super().__init__(codec, model, None, voice, emit=emit, keep=keep, seed=seed)
        self._done = done
        self._over = False

    def speak(self, sink: AudioSink) -> None:
        super().speak(sink)
        if not self.busy and sink.pending() == 0 and not self._over:
            self._over = True
            self._done()
