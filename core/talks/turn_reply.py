"""TurnReply: the answer to one turn while it is being made."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from core.audio.base import Pcm
from core.codecs.base import Codes, Decoder
from core.events import Finished, Speaking
from core.history import Turn
from core.s2s.base import Preparable, Reply, Voice
from core.talks.base import Emit, Voiced
from core.talks.floor import Spoken
from core.talks.heard_turn import HeardTurn
from core.talks.rounds import SpokenRounds
from core.talks.share import Share


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
        self._preparing: Iterator[None] = frames.prepare() if isinstance(frames, Preparable) else iter(())
        self._started = started
        self._emit = emit

    def ready(self, share: Share) -> bool:
        """Prepare the first frame while there is time for it; whether that is done."""
        return all(share.left for _ in self._preparing)

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

    def finished(self, interrupted: bool) -> Finished:
        """What is told of it when it is over."""
        return Finished(
            turn=self.number,
            heard=self.heard.text.strip(),
            reply=self.text.strip(),
            first_sound_ms=self.first_sound_ms,
            seconds=len(self.codes) * self.sound.frame_seconds,
            interrupted=interrupted,
            language=self.voice.language,
        )

    def turn(self, n_codebooks: int, seed: int, interrupted: bool) -> Turn:
        """What is kept of it and of the turn that it answered."""
        return Turn(
            number=self.number,
            heard=self.heard.text.strip(),
            reply=self.text.strip(),
            heard_codes=_joined(self.heard.codes, n_codebooks),
            reply_codes=_joined(self.codes, n_codebooks),
            speaker=self.voice.speaker,
            emotion=self.voice.emotion,
            language=self.voice.language,
            seed=seed,
            first_sound_ms=self.first_sound_ms,
            interrupted=interrupted,
            at=time.time(),
        )


def _joined(codes: list[Codes], n_codebooks: int) -> Codes:
    return np.concatenate(codes, axis=1) if codes else np.zeros((n_codebooks, 0), np.int64)
