"""Generation: a speech decoder at work: frames heard go in, frames spoken come out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.codecs.base import Codes
from core.errors import ModelError
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.prompt import Prompt, StoredVoice
from core.nn.s2s.script import Script
from core.nn.s2s.step import StepInputs, StepResult
from core.nn.s2s.streams import FREE, NOTHING
from core.nn.s2s.voice import VoiceTokens
from core.nn.streaming import State
from core.s2s.sampling import Noise

Tokens = NDArray[np.int64]
Step = Callable[[StepInputs, State], tuple[StepResult, State]]


@dataclass(frozen=True, slots=True)
class Made:
    """One frame of the model's own, whole."""

    codes: Codes  # [K, 1]
    text: int = NOTHING
    """The piece that begins in this frame."""
    heard_text: int = NOTHING
    """The piece of the user's words that became clear."""
    extra: NDArray[np.float32] | None = None  # [heads, classes]


class VoiceNumbers(NamedTuple):
    """A voice as a model's tables number it; NOTHING leaves a trait open."""

    speaker: int = NOTHING
    emotion: int = NOTHING
    language: int = NOTHING
    strength: float = 1.0

    def tokens(self, device: torch.device) -> VoiceTokens:
        speaker, emotion, language, strength = (torch.tensor([[value]], device=device) for value in self)
        return VoiceTokens(speaker, emotion, language, strength)


class Generation:
    """One talk or one answer: the streams so far, the memory of the decoder, and its chance.

    Step t is given what belongs to the frames before t, and makes frame t - delay of each own stream. The
    memory is a ring: a talk of any length takes the same room.
    """

    def __init__(
        self, decoder: SpeechDecoder, step: Step, *, voice: VoiceNumbers, seed: int, state: State
    ) -> None:
        self._decoder = decoder
        self._streams = decoder.config.streams
        self._step = step
        self._state = state
        self._rows = self._streams.made
        self._noise = Noise(seed, len(self._rows))
        self._device = next(decoder.parameters()).device
        self._steps = 0
        self._frames_heard = 0
        delays = [self._streams.delay(row) for row in range(self._streams.rows)]
        self._made: deque[Tokens] = deque(maxlen=self._streams.lead + 1)  # each [M]
        self._heard: deque[Tokens] = deque(maxlen=max(delays) + 1)  # each [H]
        self._forced: dict[int, Tokens] = {}  # step -> [M]
        self._last: StepResult | None = None
        self.script = Script(self._streams)
        self.set_voice(voice)

    def set_voice(self, voice: VoiceNumbers) -> None:
        """Speak with another voice from the next frame on."""
        self._voice = voice.tokens(self._device)

    def begin_with(self, prompt: Prompt) -> None:
        """Take a prompt as if it had been said and heard. Only before the model made anything itself."""
        if self._steps + prompt.length > self._decoder.config.temporal.context:
            raise ModelError(
                f"The prompt is too long: {self._steps + prompt.length} frames, and the model "
                f"remembers {self._decoder.config.temporal.context}.",
                "Use a shorter voice sample or a shorter text.",
            )
        columns = []
        for frame in range(prompt.length):
            self._force(self._steps + frame, prompt.text[frame], prompt.own[:, frame])
        for frame in range(prompt.length):
            columns.append(self._tokens())
            self._made.append(self._forced.pop(self._steps))
            self._heard.append(prompt.heard[:, frame])
            self._frames_heard += 1
            self._steps += 1
        with torch.inference_mode():
            tokens = torch.tensor(np.stack(columns, axis=1)[None], device=self._device)  # [1, S, T]
            _, self._state = self._decoder(tokens, self._state, self._voice)

    def resume(self, stored: StoredVoice) -> None:
        """Take a prompt that was stored as what the Transformer was given, and its last tokens."""
        if self._steps:
            raise ValueError("a stored prompt comes first")
        streams, ring = self._streams, stored.ring
        room = ring.shape[1]
        if stored.embedded.shape[2] != self._decoder.config.temporal.dim or len(ring) != streams.rows:
            raise ModelError("The voice belongs to another model: its prompt has another shape.")
        weight = next(self._decoder.parameters())
        with torch.inference_mode():
            embedded = stored.embedded.to(weight.device, weight.dtype)
            _, self._state = self._decoder.attend(embedded, self._state)
        self._steps = self._frames_heard = steps = stored.embedded.shape[1]
        own = slice(0, streams.own.stop)
        for back in range(streams.lead, -1, -1):
            self._made.append(ring[own, (steps - back) % room])
        columns = range(streams.heard.start, streams.heard.stop)
        for back in range(max(streams.delays, default=0), -1, -1):
            # a row with a delay has its frame in a later column
            at = [(steps - back + streams.delay(row)) % room for row in columns]
            self._heard.append(ring[list(columns), at])
        for ahead in range(1, streams.lead + 1):
            known = [streams.delay(row) >= ahead for row in range(streams.own.stop)]
            self._forced[steps + ahead - 1] = np.where(known, ring[own, (steps + ahead) % room], FREE)

    def catch_up(self) -> None:
        """Make whatever can be made of what was heard."""
        while self._steps <= self._frames_heard:
            self._advance()

    def hear(self, codes: Tokens) -> Made | None:
        """One frame heard in, one frame spoken out; None as long as there is no whole frame."""
        self.catch_up()
        self._heard.append(codes)
        self._frames_heard += 1
        self._advance()
        return self._frame()

    def speak(self) -> Made:
        """The next frame, for a decoder that hears nothing meanwhile."""
        while True:
            self._advance()
            if (made := self._frame()) is not None:
                return made

    def _advance(self) -> None:
        forced = self._forced.pop(self._steps, None)
        if forced is None:
            forced = np.full(len(self._rows), FREE, np.int64)
        word, patient = self._script_word(forced)
        inputs = StepInputs(
            tokens=self._tensor(self._tokens()),
            forced=self._tensor(forced),
            word=torch.tensor([word], device=self._device),
            patient=torch.tensor([patient], device=self._device),
            noise=self._tensor(self._noise.step()),
            voice=self._voice,
        )
        with torch.inference_mode():
            result, self._state = self._step(inputs, self._state)
        if not bool(result.sane.all()):
            raise ModelError(
                "The model lost its way: it computed values that are not numbers.",
                "The answer was ended; the talk can go on. If it happens again, its weights may be damaged.",
            )
        # a copy: a graph writes its next result into the same place
        made = result.tokens[0].cpu().numpy().copy()
        if self._streams.has_text:
            self.script.told(int(made[0]), said=bool(result.word_said[0]))
        self._made.append(made)
        self._last = result
        self._steps += 1

    def _script_word(self, forced: Tokens) -> tuple[int, bool]:
        if not self._streams.has_text or forced[0] != FREE:
            return NOTHING, False
        return self.script.word, self.script.patient

    def _frame(self) -> Made | None:
        """The youngest frame of which all own streams are there."""
        streams, lead = self._streams, self._streams.lead
        assert self._last is not None
        if self._steps <= lead:
            return None
        column = [self._made[-1 - lead + streams.delay(row)][row] for row in range(streams.own.stop)]
        extra = self._last.extra[0]
        late = streams.has_heard_text and self._steps > streams.delay(streams.rows - 1)
        return Made(
            codes=np.array(column[streams.own], np.int64)[:, None],
            text=int(column[0]) if streams.has_text else NOTHING,
            heard_text=int(self._made[-1][-1]) if late else NOTHING,
            extra=extra.float().cpu().numpy() if len(extra) else None,
        )

    def _tokens(self) -> Tokens:  # [S]
        """What the next step is given: for every row the token of the step before it."""
        tokens = np.array(self._streams.starts, np.int64)
        for at, row in enumerate(self._rows):
            if self._steps > self._streams.delay(row):
                tokens[row] = self._made[-1][at]
        for at, row in enumerate(range(self._streams.heard.start, self._streams.heard.stop)):
            back = self._frames_heard - self._steps + 1 + self._streams.delay(row)
            if self._steps > self._streams.delay(row):
                tokens[row] = self._heard[-back][at]
        return tokens

    def _force(self, frame: int, text: int, own: Tokens) -> None:
        """Give the own streams of a frame, each at the step that its delay says."""
        streams = self._streams
        given = ([text] if streams.has_text else []) + own.tolist()
        for row, token in enumerate(given):
            at = self._forced.setdefault(frame + streams.delay(row), np.full(len(self._rows), FREE, np.int64))
            at[row] = token

    def _tensor(self, row: NDArray[np.int64] | NDArray[np.float32]) -> Tensor:  # [N] -> [1, N]
        return torch.tensor(row[None], device=self._device)
