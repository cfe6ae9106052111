"""TorchDuplexModel: a decoder as the run-time knows duplex models, with codes in numpy."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from core.codecs.base import Codes
from core.errors import ModelError
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.generation import Generation, VoiceNumbers
from core.nn.s2s.prompt import persona, persona_text, read_voice
from core.nn.s2s.runtime import Persona, SpeechSettings, make_step, voice_numbers
from core.nn.s2s.text import Text
from core.s2s.base import Conversation, DuplexModel, SpeechSpec, Spoken, Voice


class TorchConversation(Conversation):
    """One talk with a duplex decoder."""

    def __init__(self, model: TorchDuplexModel, voice: Voice, seed: int) -> None:
        self._model = model
        self._voice = voice
        self._seed = seed
        self._generation: Generation | None = model.begin(voice, seed)
        self._heard_text = ""
        self.extra: NDArray[np.float32] | None = None
        """What the extra heads said of the last frame, such as whether the user is done."""

    def push(self, codes: Codes) -> Spoken:
        expected = len(self._model.heard_sizes)
        if codes.ndim != 2 or codes.shape[1] != 1 or codes.shape[0] < expected:
            raise ValueError(f"a frame of {expected} codes was expected, not {codes.shape}")
        # until the frame is made the talk has no memory: what fails spoils it, and the next frame begins anew
        generation, self._generation = self._running, None
        made = generation.hear(codes[:expected, 0].astype(np.int64))
        self._generation = generation
        if made is None:
            return Spoken(self._model.silence)
        self._heard_text += self._model.printed(made.heard_text)
        self.extra = made.extra
        return Spoken(made.codes, self._model.printed(made.text))

    def set_voice(self, voice: Voice) -> None:
        """Speak with another voice from the next frame on."""
        self._running.set_voice(self._model.numbers(voice))
        self._voice = voice

    def say(self, words: str) -> None:
        """Make the model say these words in its own voice."""
        self._running.script.say(self._model.pieces(words))

    def shorten(self, on: bool) -> bool:
        """Its shapes are fixed: a step looks over the whole window, filled or not."""
        return False

    def stop_saying(self) -> None:
        self._running.script.clear()

    @property
    def _running(self) -> Generation:
        if self._generation is None:
            self._generation = self._model.begin(self._voice, self._seed)
        return self._generation

    def words_heard(self) -> str:
        """The user's words that became clear since this was last asked."""
        words, self._heard_text = self._heard_text, ""
        return words


class TorchDuplexModel(DuplexModel):
    """A decoder that listens while it speaks."""

    def __init__(
        self,
        decoder: SpeechDecoder,
        spec: SpeechSpec,
        text: Text | None,
        settings: SpeechSettings | None = None,
    ) -> None:
        self._decoder = decoder.eval()
        self._spec = spec
        self._text = text
        self._settings = settings or SpeechSettings()
        self._step = make_step(decoder, self._settings.sampling)
        self.heard_sizes = decoder.config.streams.heard_sizes
        own = decoder.config.streams.own_sizes
        self.silence: Codes = np.array((decoder.config.silence or (0,) * len(own))[: len(own)])[:, None]

    @property
    def spec(self) -> SpeechSpec:
        return self._spec

    def converse(self, voice: Voice, *, seed: int) -> TorchConversation:
        return TorchConversation(self, voice, seed)

    def begin(self, voice: Voice, seed: int) -> Generation:
        """A talk that has its prompts behind it."""
        with torch.inference_mode():
            state = self._decoder.initial_state(1)
        numbers = self.numbers(voice)
        generation = Generation(self._decoder, self._step, voice=numbers, seed=seed, state=state)
        if self._settings.persona:
            self._take_part(generation, self._settings.persona, voice)
        generation.catch_up()
        return generation

    def _take_part(self, generation: Generation, part: Persona, voice: Voice) -> None:
        stored = read_voice(part.voices / f"{voice.speaker}.pt")
        generation.resume(stored)
        pieces = [piece for piece, _ in self.pieces(persona_text(part.part))]
        prompt = persona(pieces, self._spec.frame_rate, pad=self._decoder.config.streams.text_pad)
        generation.begin_with(prompt)

    def numbers(self, voice: Voice) -> VoiceNumbers:
        return voice_numbers(voice, self._spec, self._decoder)

    def pieces(self, words: str) -> list[tuple[int, bool]]:
        if self._text is None or self._decoder.text_head is None:
            raise ModelError("This model has no text of its own, so it cannot say given words.")
        return self._text.pieces(words)

    def printed(self, piece: int) -> str:
        return self._text.printed(piece) if self._text and piece >= 0 else ""
