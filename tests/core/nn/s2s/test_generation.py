from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from core.errors import ModelError
from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.generation import Generation, Made, VoiceNumbers
from core.nn.s2s.prompt import Prompt, StoredVoice
from core.nn.s2s.script import PATIENCE, Script
from core.nn.s2s.step import FrameStep, StepInputs, StepResult
from core.nn.s2s.streams import inputs_of, steps_of
from core.nn.state import total_bytes
from core.nn.streaming import State
from core.s2s.sampling import ALL_GREEDY, Sampling, SpeechSampling
from tests.core.nn.s2s.tiny_speech import CONFORMER, DEEP, DUPLEX, WORDY, duplex

BOLD = SpeechSampling(text=Sampling(temperature=1.5), codes=Sampling(temperature=1.5, top_p=0.95))
ASHA = VoiceNumbers(0, 0, 0)
WITHOUT_HEARD_TEXT = replace(
    DUPLEX, streams=replace(DUPLEX.streams, heard_text_size=0, delays=DUPLEX.streams.delays[:-1])
)


def delayed(acoustic: int, words: int = 0) -> DecoderConfig:
    own = (words, *(words + acoustic,) * 2)
    return replace(DUPLEX, streams=replace(DUPLEX.streams, delays=(0, *own, 0, acoustic, acoustic, 0)))


def talk(
    model: SpeechDecoder, seed: int = 0, sampling: SpeechSampling = BOLD, voice: VoiceNumbers = ASHA
) -> Generation:
    state = model.initial_state(1, source(model.config))
    return Generation(model, FrameStep(model, sampling), voice=voice, seed=seed, state=state)


def source(config: DecoderConfig) -> torch.Tensor | None:
    width = config.temporal.source_dim
    return None if width is None else torch.randn(1, 5, width, generator=torch.Generator().manual_seed(2))


def heard(frames: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 16, (3, frames))


def said(generation: Generation, codes: np.ndarray) -> list[Made | None]:
    return [generation.hear(codes[:, frame]) for frame in range(codes.shape[1])]


def listed(made: list[Made | None]) -> list[list[int] | None]:
    return [m and [m.text, m.heard_text, *m.codes[:, 0].tolist()] for m in made]


class Witness:
    """A step that remembers what it was given and what it made."""

    def __init__(self, model: SpeechDecoder, sampling: SpeechSampling) -> None:
        self._step = FrameStep(model, sampling)
        self.given: list[torch.Tensor] = []
        self.made: list[torch.Tensor] = []

    def __call__(self, inputs: StepInputs, state: State) -> tuple[StepResult, State]:
        result, after = self._step(inputs, state)
        self.given.append(inputs.tokens)
        self.made.append(result.tokens)
        return result, after


@pytest.mark.parametrize("config", [DUPLEX, delayed(0), delayed(2), delayed(1, words=1)])
def test_a_talk_is_what_training_sees(config: DecoderConfig) -> None:
    """Frames heard and spoken, laid out as a recording, give the very inputs of the talk."""
    model, streams, codes = duplex(config), config.streams, heard(24)
    witness = Witness(model, BOLD)
    generation = Generation(model, witness, voice=ASHA, seed=0, state=model.initial_state(1))
    made = said(generation, codes)
    late = max(streams.lead - 1, 0)  # frames until the first whole one
    assert [m is None for m in made] == [True] * late + [False] * (24 - late)
    # the youngest whole frame: one ahead of what was heard if there is no delay, behind it with a long one
    first, frames = (1 if streams.lead == 0 else 0), 24 - late
    recorded = torch.zeros(1, streams.rows, 25, dtype=torch.long)
    recorded[0, streams.heard, :24] = torch.tensor(codes)
    for frame, one in enumerate((m for m in made if m), first):
        recorded[0, 0, frame] = one.text
        recorded[0, streams.own, frame] = torch.tensor(one.codes[:, 0])
    given = torch.stack(witness.given, dim=-1)  # [1, S, T]
    recorded[0, -1, : given.shape[-1]] = torch.stack(witness.made, dim=-1)[0, -1]
    expected = inputs_of(steps_of(recorded, streams)[0], streams)
    for row in range(streams.rows):
        start = 2 if first and row < streams.own.stop else 0  # frame 0 is never heard without a delay
        known = slice(start, min(frames + first, 24) + 1)
        assert given[0, row, known].tolist() == expected[0, row, known].tolist(), f"row {row}"


@pytest.mark.parametrize("config", [DUPLEX, *(c.decoder for c in (CONFORMER, WORDY, DEEP))])
def test_the_same_seed_says_the_same(config: DecoderConfig) -> None:
    model = duplex(config)

    def answer(seed: int) -> list[list[int] | None]:
        generation = talk(model, seed)
        return listed(said(generation, heard(15)) if config.streams.heard_sizes else spoken(generation, 15))

    assert answer(3) == answer(3)
    assert answer(3) != answer(4)


def spoken(generation: Generation, frames: int) -> list[Made | None]:
    return [generation.speak() for _ in range(frames)]


def test_the_voice_changes_between_two_frames() -> None:
    model, codes = duplex(), heard(20)
    steady, changing = talk(model), talk(model)
    before = listed(said(steady, codes[:, :10]))
    assert listed(said(changing, codes[:, :10])) == before
    changing.set_voice(VoiceNumbers(3, 5, 1))
    assert listed(said(changing, codes[:, 10:])) != listed(said(steady, codes[:, 10:]))


def test_any_length_takes_the_same_room() -> None:
    model = duplex()
    generation = talk(model)
    said(generation, heard(5))
    size = total_bytes(generation._state)
    said(generation, heard(60))
    assert total_bytes(generation._state) == size
    assert len(generation._made) + len(generation._heard) < 6
    assert not generation._forced


def test_given_words_are_said_in_order() -> None:
    generation = talk(duplex(), voice=VoiceNumbers())
    said(generation, heard(3))
    words = [(5, True), (6, False), (7, True), (8, False), (9, False)]
    generation.script.say(words)
    made = [m.text for m in said(generation, heard(5 * (PATIENCE + 1), 1)) if m]
    start = made.index(5)
    assert made[start : start + 2] == [5, 6]
    seven = made.index(7, start)
    assert made[seven : seven + 3] == [7, 8, 9]
    assert seven - start - 2 <= PATIENCE
    assert set(made[start + 2 : seven]) <= {DUPLEX.streams.text_pad, DUPLEX.streams.text_pad_end}
    assert not len(generation.script)


def test_a_script_waits_only_so_long() -> None:
    script = Script(DUPLEX.streams)
    script.say([(5, True), (6, True)])
    waited = 0
    while script.patient:
        script.told(DUPLEX.streams.text_pad, said=False)
        waited += 1
    assert waited == PATIENCE
    script.told(5, said=True)
    assert script.patient and script.word == 6
    script.told(DUPLEX.streams.text_pad_end, said=False)
    assert not script.patient
    script.clear()
    assert script.word < 0 and not script.patient


def test_a_model_that_lost_its_way_says_so() -> None:
    for spoilt in ("text_head.weight", "depth.heads.1.weight", "temporal.layers.0.norm1.weight"):
        model = duplex()
        with torch.no_grad():
            model.get_parameter(spoilt).fill_(torch.nan)
        with pytest.raises(ModelError, match="lost its way"):
            said(talk(model), heard(3))


def test_a_prompt_is_a_past() -> None:
    """A talk whose first frames are given goes on as if it had made and heard them itself."""
    model, codes = duplex(WITHOUT_HEARD_TEXT), heard(20)
    lived, given = talk(model, sampling=ALL_GREEDY), talk(model, sampling=ALL_GREEDY)
    made = [m for m in said(lived, codes) if m]
    text = np.array([m.text for m in made])
    own = np.concatenate([m.codes for m in made], axis=1)
    for frames in (slice(0, 2), slice(2, 8)):  # two prompts, one after the other; all within the window
        given.begin_with(Prompt(text[frames], own[:, frames], codes[:, frames]))
    assert listed(said(given, codes[:, 8:])) == listed(made[8:])


def test_a_stored_prompt_is_a_past() -> None:
    """A voice is stored as what the Transformer was given, and a ring of the last tokens."""
    model, codes = duplex(WITHOUT_HEARD_TEXT), heard(20)
    streams = model.config.streams
    lived, given = talk(model, sampling=ALL_GREEDY), talk(model, sampling=ALL_GREEDY)
    made = [m for m in said(lived, codes) if m]
    recorded = torch.zeros(1, streams.rows, 20, dtype=torch.long)
    recorded[0, 0] = torch.tensor([m.text for m in made])
    recorded[0, streams.own] = torch.tensor(np.concatenate([m.codes for m in made], axis=1))
    recorded[0, streams.heard] = torch.tensor(codes)
    steps = steps_of(recorded, streams)[0]  # column p of the ring is step p - 1
    with torch.no_grad():
        embedded = model.embed(inputs_of(steps, streams), ASHA.tokens(torch.device("cpu")))[:, :8]
    room = 4
    ring = np.zeros((streams.rows, room), np.int64)
    for position in range(6, 10):
        ring[:, position % room] = steps[0, :, position - 1]
    given.resume(StoredVoice(embedded, ring))
    assert listed(said(given, codes[:, 8:])) == listed(made[8:])


def test_a_prompt_longer_than_the_context_is_refused() -> None:
    long = 11
    with pytest.raises(ModelError, match="too long: 11 frames, and the model remembers 10"):
        talk(duplex()).begin_with(
            Prompt(np.zeros(long, int), np.zeros((3, long), int), np.zeros((3, long), int))
        )
