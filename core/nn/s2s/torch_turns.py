"""TorchTurnModel: a Conformer as the run-time knows turn models, with codes in numpy."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from core.codecs.base import Codes
from core.errors import ModelError
from core.nn.s2s.conformer import Conformer
from core.nn.s2s.generation import Generation, Made, VoiceNumbers
from core.nn.s2s.runtime import SpeechSettings, make_step, voice_numbers
from core.nn.s2s.streams import NOTHING
from core.nn.s2s.text import Text
from core.s2s.base import Listener, SpeechSpec, Spoken, TurnModel, Voice


class TorchListener(Listener):
    """One user turn being heard by a Conformer."""

    def __init__(self, model: Conformer, text: Text | None) -> None:
        self._model = model
        self._text = text
        self._state = model.encoder.initial_state(1)
        self._memory: list[torch.Tensor] = []
        self._before = model.config.blank

    def push(self, codes: Codes) -> str:
        if not codes.shape[1]:
            return ""
        with torch.inference_mode():
            device = next(self._model.parameters()).device
            frames = torch.tensor(codes, dtype=torch.long, device=device)[None]  # [1, K, T]
            heard, self._state = self._model.hear(frames, self._state)
        self._memory.append(heard.memory)
        if heard.words is None or self._text is None:
            return ""
        words = []
        for piece in heard.words[0].argmax(dim=-1).tolist():
            if piece not in (self._before, self._model.config.blank):
                words.append(self._text.printed(piece))
            self._before = piece
        return "".join(words)

    @property
    def memory(self) -> torch.Tensor:  # [1, T, D]
        """All that was heard, for the answer to look back at."""
        if not self._memory:
            raise ModelError("Nothing was heard that could be answered.")
        return torch.cat(self._memory, dim=1)


class TorchReply(Iterator[Spoken]):
    """An answer while it is being made; its voice can change between two frames."""

    def __init__(self, model: TorchTurnModel, generation: Generation) -> None:
        self._model = model
        self._generation = generation
        self._left = int(model.spec.max_seconds * model.spec.frame_rate)

    def __next__(self) -> Spoken:
        if self._left <= 0:
            raise StopIteration
        made = self._generation.speak()
        self._left -= 1
        if made.text == self._model.end != NOTHING:
            self._left = 0
            raise StopIteration
        return self._model.spoken(made)

    def set_voice(self, voice: Voice) -> None:
        self._generation.set_voice(self._model.numbers(voice))

    def close(self) -> None:
        """Make nothing more."""
        self._left = 0


class TorchTurnModel(TurnModel):
    """A Conformer that hears a whole turn, then answers."""

    def __init__(
        self, model: Conformer, spec: SpeechSpec, text: Text | None, settings: SpeechSettings | None = None
    ) -> None:
        self._model = model.eval()
        self._spec = spec
        self._text = text
        self._step = make_step(model.decoder, (settings or SpeechSettings()).sampling)
        self.end = model.config.decoder.streams.text_end

    @property
    def spec(self) -> SpeechSpec:
        return self._spec

    def listen(self) -> TorchListener:
        return TorchListener(self._model, self._text)

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> TorchReply:
        assert isinstance(heard, TorchListener), "a model answers what its own listener heard"
        return TorchReply(self, self._generation(heard, voice, seed))

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> TorchReply:
        """These words, in the model's own voice, in place of its answer."""
        assert isinstance(heard, TorchListener), "a model answers what its own listener heard"
        if self._text is None or self._model.decoder.text_head is None:
            raise ModelError("This model has no text of its own, so it cannot say given words.")
        generation = self._generation(heard, voice, seed)
        generation.script.say(self._text.pieces(words))
        if self.end != NOTHING:
            generation.script.say([(self.end, True)])
        return TorchReply(self, generation)

    def numbers(self, voice: Voice) -> VoiceNumbers:
        return voice_numbers(voice, self._spec, self._model.decoder)

    def spoken(self, made: Made) -> Spoken:
        return Spoken(made.codes, self._text.printed(made.text) if self._text else "")

    def _generation(self, heard: TorchListener, voice: Voice, seed: int) -> Generation:
        decoder = self._model.decoder
        with torch.inference_mode():
            state = decoder.initial_state(1, heard.memory)
        return Generation(decoder, self._step, voice=self.numbers(voice), seed=seed, state=state)
