"""DuplexTalk: a talk in which both may speak at once."""

from __future__ import annotations

import time

import numpy as np

from core.audio.base import AudioSink, Pcm
from core.codecs.base import Codec, Codes
from core.events import Finished, Heard, Listening, Speaking
from core.history import Turn
from core.s2s.base import DuplexModel, Voice
from core.talks.base import SHORT, Emit, Keep

QUIET_SECONDS = 2.0  # without a word of its own, the model's utterance is over and can be saved


class DuplexTalk:
    """A talk with a duplex model: every frame heard is answered by a frame spoken."""

    def __init__(
        self, codec: Codec, model: DuplexModel, voice: Voice, *, emit: Emit, keep: Keep, seed: int
    ) -> None:
        self._codec = codec
        self._voice = voice
        self._emit = emit
        self._keep = keep
        self._seed = seed
        self._codebooks: int | None = None
        self._quiet_limit = round(QUIET_SECONDS * codec.spec.frame_rate)
        self._number = 0
        self._ready: list[Pcm] = []
        self._dropping = False
        self._muted = False
        self._encoder = codec.encoder()
        self._decoder = codec.decoder()
        self._conversation = model.converse(voice, seed=seed)
        self._heard: list[Codes] = []
        self._spoken: list[Codes] = []
        self._words_heard = ""
        self._text = ""
        self._held = self._awaited = False
        self._quiet = 0
        self._short = False
        emit(Listening())

    @property
    def busy(self) -> bool:
        return bool(self._text) or self._awaited

    def hear(self, pcm: Pcm) -> None:
        codes = self._encoder.push(pcm)
        spoken = self._conversation.push(codes)
        self._heard.append(codes)
        self._spoken.append(spoken.codes)
        if words := self._conversation.words_heard():
            self._words_heard += words
            self._emit(Heard(self._number + (not self._text), words))
        if spoken.text:
            self._muted = False
            if not self._text:
                self._number += 1
            self._text += spoken.text
            self._quiet = 0
            self._emit(Speaking(self._number, spoken.text))
        else:
            self._quiet += 1
            self._awaited = self._awaited and self._quiet < self._quiet_limit
        sound = self._decoder.push(spoken.codes[: self._codebooks])
        self._ready.append(np.zeros_like(sound) if self._muted else sound)
        if self._text and self._quiet >= self._quiet_limit:
            self._finish(interrupted=False)
        elif not self._text:
            # Nothing was said: keep only as much as may belong to the next utterance.
            del self._heard[: -self._quiet_limit], self._spoken[: -self._quiet_limit]

    def speak(self, sink: AudioSink) -> None:
        if self._dropping:
            sink.drop()
            self._ready.clear()
            self._dropping = False
        for pcm in self._ready:
            if sink.has_room():
                sink.write(pcm)
        self._ready.clear()

    def hold(self, down: bool) -> None:
        """A duplex talk hears all the time; once the button is let go, an answer is waited for."""
        if self._held and not down:
            self._awaited, self._quiet = True, 0
        self._held = down

    def interrupt(self) -> None:
        """Silence until the model begins a new word."""
        self._dropping = self._muted = True
        if self._text:
            self._finish(interrupted=True)

    def set_voice(self, voice: Voice) -> None:
        self._voice = voice
        self._conversation.set_voice(voice)

    def set_codebooks(self, count: int | None) -> None:
        self._codebooks = count

    def set_pause(self, seconds: float) -> None:
        """A duplex model decides by itself when to speak."""

    def set_barge_in(self, by_voice: bool) -> None:
        """A duplex model decides by itself when to stop."""

    def relieve(self, step: int) -> bool:
        """With a shorter memory a step costs less, late in a long talk; it grows long again afterwards."""
        before, self._short = self._short, step >= SHORT
        return self._short != before and self._conversation.shorten(self._short)

    def close(self) -> None:
        if self._text:
            self._finish(interrupted=True)

    def _finish(self, *, interrupted: bool) -> None:
        text = self._text.strip()
        seconds = len(self._spoken) / self._codec.spec.frame_rate
        heard = self._words_heard.strip()
        self._emit(Finished(self._number, heard, text, 0.0, seconds, interrupted))
        self._keep(
            Turn(
                number=self._number,
                heard=heard,
                reply=text,
                heard_codes=np.concatenate(self._heard, axis=1),
                reply_codes=np.concatenate(self._spoken, axis=1),
                speaker=self._voice.speaker,
                emotion=self._voice.emotion,
                language=self._voice.language,
                seed=self._seed,
                first_sound_ms=0.0,
                interrupted=interrupted,
                at=time.time(),
            )
        )
        self._heard, self._spoken, self._text, self._words_heard = [], [], "", ""
        self._emit(Listening())
