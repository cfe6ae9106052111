"""TurnReply: the answer to one turn while it is being made."""

from __future__ import annotations

import time

from core.audio.base import Pcm
from core.codecs.base import Codes, Decoder
from core.events import Speaking
from core.s2s.base import Reply, Voice
from core.talks.base import Emit, Voiced
from core.talks.floor import Spoken
from core.talks.heard_turn import HeardTurn
from core.talks.rounds import SpokenRounds


class TurnReply:
    """The answer to one turn while it is being made."""

    def __init__(
        self,
        heard: HeardTurn,
        frames: Reply,
        decoder: Decoder,
        voice: Voice,
        started: float,
        number: int,
        emit: Emit,
        sound: Spoken,
    ) -> None:
        self.sound = sound
        self.silenced = False  # it was stopped, and what was not heard is to be said again
        self.heard = heard
        self.voice = frames.voice if isinstance(frames, Voiced) else voice
        self.number = number
        self.codes: list[Codes] = []
        self.text = ""
        self.first_sound_ms = 0.0
        self.rounds = SpokenRounds(frames, decoder, sound.frame_seconds)
        self._frames = frames
        self._started = started
        self._emit = emit

    def next_frame(self, codebooks: int | None, lead_seconds: float) -> Pcm | None:
        """The sound of the next frame; None at the end of the answer."""
        made = self.rounds.next(codebooks, lead_seconds)
        if made is None:
            return None
        spoken, pcm = made
        if not self.codes:
            self.first_sound_ms = (time.perf_counter() - self._started) * 1000
            self._emit(Speaking(self.number, ""))
        self.codes.append(spoken.codes)
        if spoken.text:
            self.text += spoken.text
            self._emit(Speaking(self.number, spoken.text))
        return pcm

    def set_voice(self, voice: Voice) -> None:
        self._frames.set_voice(voice)
        self.voice = self._frames.voice if isinstance(self._frames, Voiced) else voice

    def close(self) -> None:
        self._frames.close()

    @property
    def asks(self) -> bool:
        """Whether it may be a question: without words, nobody knows."""
        return "?" in self.text or not self.text.strip()
