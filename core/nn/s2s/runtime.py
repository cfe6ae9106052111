"""Speech models in torch, as the run-time knows them: codes in numpy, answers that own their state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from core.codecs.base import Codes
from core.errors import ModelError
from core.nn.s2s.conformer import Conformer
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.generation import Generation, Made, Step, VoiceNumbers
from core.nn.s2s.graphed_step import GraphedStep
from core.nn.s2s.prompt import Prompt, persona, persona_text, read_voice
from core.nn.s2s.step import FrameStep
from core.nn.s2s.streams import NOTHING
from core.nn.s2s.text import Text
from core.s2s.base import Conversation, DuplexModel, Listener, SpeechSpec, Spoken, TurnModel, Voice
from core.s2s.sampling import SpeechSampling


def voice_numbers(voice: Voice, spec: SpeechSpec, decoder: SpeechDecoder) -> VoiceNumbers:
    """A voice by the numbers of a model's tables; a name that the model does not have is an error."""
    known = {
        "speaker": (spec.speakers, voice.speaker),
        "emotion": (spec.emotions, voice.emotion),
        "language": (spec.languages, voice.language),
    }
    numbers = {}
    for trait, (names, name) in known.items():
        if name not in names:
            raise ModelError(f"This model has no {trait} “{name}”.", f"It has: {', '.join(names)}.")
        size = decoder.config.voice.sizes.get(trait, 0)
        numbers[trait] = names.index(name) if size else NOTHING
        if numbers[trait] >= size > 0:
            raise ModelError(f"The card of this model names more {trait}s than its weights have ({size}).")
    return VoiceNumbers(**numbers, strength=voice.strength)


def make_step(decoder: SpeechDecoder, sampling: SpeechSampling) -> Step:
    """The step of a decoder; on CUDA as one graph."""
    step = FrameStep(decoder, sampling)
    return GraphedStep(step) if next(decoder.parameters()).is_cuda else step


@dataclass(frozen=True)
class Persona:
    """What a PersonaPlex is told before a talk: the folder of its voices, and the part it plays."""

    voices: Path
    part: str = "You are a wise and friendly teacher. Answer questions or provide advice in a clear way."


@dataclass(frozen=True)
class SpeechSettings:
    """How a torch speech model is run."""

    sampling: SpeechSampling = field(default_factory=SpeechSampling)
    persona: Persona | None = None
    """For models that learn their voice from a prompt."""


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


class TorchConversation(Conversation):
    """One talk with a duplex decoder."""

    def __init__(self, model: TorchDuplexModel, voice: Voice, seed: int) -> None:
        self._model = model
        self._voice = voice
        self._seed = seed
        self._generation: Generation | None = model.begin(voice, seed)
        self._heard_text = ""
        self.extra: np.ndarray[tuple[int, ...], np.dtype[np.float32]] | None = None
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
        prompt: Prompt = persona(pieces, self._spec.frame_rate, pad=self._decoder.config.streams.text_pad)
        generation.begin_with(prompt)

    def numbers(self, voice: Voice) -> VoiceNumbers:
        return voice_numbers(voice, self._spec, self._decoder)

    def pieces(self, words: str) -> list[tuple[int, bool]]:
        if self._text is None or self._decoder.text_head is None:
            raise ModelError("This model has no text of its own, so it cannot say given words.")
        return self._text.pieces(words)

    def printed(self, piece: int) -> str:
        return self._text.printed(piece) if self._text and piece >= 0 else ""
