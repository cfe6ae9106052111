from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.errors import ModelError
from core.nn.s2s.device import Device
from core.nn.s2s.loading import load_speech
from core.nn.s2s.prompt import MIMI_SINE, PAUSE_SECONDS, persona, persona_text, read_voice
from core.nn.s2s.runtime import Persona, SpeechSettings
from core.nn.s2s.torch_duplex import TorchDuplexModel
from core.nn.s2s.torch_turns import TorchTurnModel
from core.s2s.base import DuplexModel, SpeechSpec, Voice
from core.s2s.sampling import ALL_GREEDY, GREEDY, Sampling, SpeechSampling
from core.s2s.vocabulary import Vocabulary
from tests.core.nn.s2s.tiny_moshi import PERSONAPLEX, publish, random_weights
from tests.core.nn.s2s.tiny_speech import CONFORMER, DEEP, DUPLEX, WORDY, conformer, duplex
from tests.core.nn.s2s.tiny_text import make_tokenizer

CPU = Device("cpu", torch.float32, 1 << 40)
PIECES = Vocabulary(["<pad>", "<end>", "<soon>", *(f"▁w{number}" for number in range(15)), "x", "▁y"])
EMOTIONS = ("neutral", "happy", "sad", "angry", "calm", "proud", "shy", "tired", "warm")
SPEC = SpeechSpec(
    codec="tiny",
    codebook_sizes=(24, 16),
    frame_rate=12.5,
    speakers=("asha", "ravi", "kala", "mani"),
    emotions=EMOTIONS,
    languages=("auto", "te"),
    max_seconds=2.0,
)
ASHA, RAVI = Voice("asha"), Voice("ravi", "happy", "te", 0.5)
BOLD = SpeechSettings(SpeechSampling(text=Sampling(temperature=1.5), codes=Sampling(temperature=1.5)))


def turns(config: Any = WORDY, settings: SpeechSettings = BOLD) -> TorchTurnModel:
    return TorchTurnModel(conformer(config), SPEC, PIECES, settings)


def talks(settings: SpeechSettings = BOLD) -> TorchDuplexModel:
    spec = replace(SPEC, codebook_sizes=(24, 16, 16), duplex=True)
    return TorchDuplexModel(duplex(DUPLEX), spec, PIECES, settings)


def codes(frames: int, books: int = 2) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 16, (books, frames))


@pytest.mark.parametrize("config", [CONFORMER, WORDY, DEEP])
def test_a_turn(config: Any) -> None:
    model = turns(config)
    listener = model.listen()
    words = "".join(listener.push(codes(9)[:, at : at + 3]) for at in (0, 3, 6))
    assert isinstance(words, str) and (bool(words) is (config is not CONFORMER) or words == "")
    answer = list(model.reply(listener, ASHA, seed=1))
    assert 1 <= len(answer) <= 25
    for spoken in answer:
        assert spoken.codes.shape == (2, 1) and spoken.codes.dtype == np.int64
        assert (spoken.codes[:, 0] < (24, 16)).all() and (spoken.codes >= 0).all()
    again = list(model.reply(listener, ASHA, seed=1))
    assert [(s.codes.tolist(), s.text) for s in again] == [(s.codes.tolist(), s.text) for s in answer]


def test_pieces_of_a_turn_are_heard_as_one() -> None:
    model = turns()
    whole, cut = model.listen(), model.listen()
    words = whole.push(codes(9))
    assert "".join(cut.push(codes(9)[:, at : at + 1]) for at in range(9)) == words
    torch.testing.assert_close(cut.memory, whole.memory, atol=1e-5, rtol=1e-4)
    assert cut.push(codes(0)) == ""


def test_an_answer_to_nothing() -> None:
    model = turns()
    with pytest.raises(ModelError, match="Nothing was heard"):
        model.reply(model.listen(), ASHA, seed=0)


def test_an_answer_can_be_stopped_and_its_voice_changed() -> None:
    model = turns(CONFORMER)
    listener = model.listen()
    listener.push(codes(9))
    steady, changing = (model.reply(listener, ASHA, seed=1) for _ in range(2))
    assert [next(steady).codes.tolist() for _ in range(5)] == [
        next(changing).codes.tolist() for _ in range(5)
    ]
    changing.set_voice(RAVI)
    assert [next(steady).codes.tolist() for _ in range(9)] != [
        next(changing).codes.tolist() for _ in range(9)
    ]
    steady.close()
    assert list(steady) == []


@pytest.mark.parametrize("config", [WORDY, DEEP])
def test_given_words_in_a_turn(config: Any) -> None:
    model = turns(config)
    listener = model.listen()
    listener.push(codes(4))
    said = "".join(spoken.text for spoken in model.say("w3 w1x w7", listener, ASHA, seed=2))
    assert said.strip() == "w3 w1x w7"
    with pytest.raises(ModelError, match="no text of its own"):
        silent = turns(CONFORMER)
        heard = silent.listen()
        heard.push(codes(2))
        silent.say("w1", heard, ASHA, seed=0)


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (Voice("nobody"), "no speaker “nobody”"),
        (Voice("asha", "furious"), "no emotion “furious”"),
        (Voice("asha", language="xx"), "no language “xx”"),
    ],
)
def test_voices_that_the_model_does_not_have(voice: Voice, said: str) -> None:
    with pytest.raises(ModelError, match=said) as error:
        talks().converse(voice, seed=0)
    assert "It has" in error.value.hint


def test_a_talk() -> None:
    model = talks()
    assert isinstance(model, DuplexModel)
    heard = codes(30, 3)
    one, two = (model.converse(ASHA, seed=3) for _ in range(2))
    for frame in range(30):
        spoken, other = (talk.push(heard[:, frame : frame + 1]) for talk in (one, two))
        assert spoken.codes.shape == (3, 1)
        assert np.array_equal(spoken.codes, other.codes) and spoken.text == other.text
    assert one.words_heard() == two.words_heard() != ""
    assert one.words_heard() == ""
    for wrong in (codes(2, 3), codes(1, 2), codes(1, 3)[:, 0]):
        with pytest.raises(ValueError, match="frame of 3 codes"):
            one.push(wrong)


def test_words_given_to_a_talk() -> None:
    talk = talks(SpeechSettings(ALL_GREEDY)).converse(RAVI, seed=0)
    talk.say("w2 w9x")
    said = "".join(talk.push(codes(1, 3)).text for _ in range(12))
    assert "w2 w9x" in said
    talk.say("w4 w5 w6")
    talk.stop_saying()
    assert "w4 w5" not in "".join(talk.push(codes(1, 3)).text for _ in range(12))


def test_a_talk_survives_a_model_that_lost_its_way() -> None:
    model = talks()
    talk = model.converse(ASHA, seed=0)
    first = talk.push(codes(1, 3))
    head = model._decoder.depth.heads[1].weight
    with torch.inference_mode():
        kept = head.clone()
        head.fill_(torch.nan)
        with pytest.raises(ModelError, match="lost its way"):
            talk.push(codes(1, 3))
        head.copy_(kept)
    assert np.array_equal(talk.push(codes(1, 3)).codes, first.codes)


def test_a_persona(tmp_path: Path) -> None:
    """A PersonaPlex takes its voice and its part before the talk begins."""
    published = {**PERSONAPLEX, "context": 200, "card": 2048}
    path = publish(tmp_path, random_weights(published), published)
    voices = tmp_path / "voices"
    voices.mkdir()
    for number, name in enumerate(("NATF0", "NATM1")):
        generator = torch.Generator().manual_seed(number)
        stored = {
            "embeddings": torch.randn(6, 1, 1, 64, generator=generator),
            "cache": torch.randint(40, (1, 17, 4), generator=generator),
        }
        torch.save(stored, voices / f"{name}.pt")
    tokenizer = make_tokenizer(tmp_path / "tokenizer.model")

    def first_frames(voice: str, part: str) -> list[list[int]]:
        settings = SpeechSettings(ALL_GREEDY, Persona(voices, part))
        model = load_speech(path, text=tokenizer, device=CPU, settings=settings)
        assert isinstance(model, TorchDuplexModel)
        assert model.spec.speakers == ("NATF0", "NATM1")
        talk = model.converse(Voice(voice), seed=0)
        return [talk.push(codes(1, 8)).codes[:, 0].tolist() for _ in range(4)]

    teacher = first_frames("NATF0", "you are a wise teacher")
    assert teacher == first_frames("NATF0", "you are a wise teacher")
    assert len(teacher[0]) == 8  # of the sixteen codes that it could make
    assert teacher != first_frames("NATM1", "you are a wise teacher")
    assert teacher != first_frames("NATF0", "hello there")
    with pytest.raises(ModelError, match="too long"):
        first_frames("NATF0", "hello " * 200)


def test_the_order_of_prompts() -> None:
    voice = np.arange(16).reshape(8, 2)
    prompt = persona([7, 8, 9], 12.5, pad=3, voice=voice)
    rest = round(PAUSE_SECONDS * 12.5)
    assert prompt.text.tolist() == [3] * (2 + rest) + [7, 8, 9] + [3] * rest
    assert np.array_equal(prompt.own[:, :2], voice)
    assert len(np.unique(prompt.own[:, 2:], axis=1).T) == 1
    assert np.array_equal(prompt.heard, np.tile(np.array(MIMI_SINE)[:, None], (1, prompt.length)))
    assert (
        persona_text(" be kind ") == "<system> be kind <system>" == persona_text("<system> be kind <system>")
    )


def test_voices_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        read_voice(tmp_path / "NATF9.pt")
    for bad in (b"", b"no tensors", b"PK\x03\x04"):
        (tmp_path / "bad.pt").write_bytes(bad)
        with pytest.raises(ModelError, match="cannot be read"):
            read_voice(tmp_path / "bad.pt")
    for wrong in ({"cache": torch.ones(1)}, torch.ones(3), {"embeddings": 1, "cache": 2}):
        torch.save(wrong, tmp_path / "wrong.pt")
        with pytest.raises(ModelError, match="not one of PersonaPlex"):
            read_voice(tmp_path / "wrong.pt")


def test_a_voice_runs_nothing(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.mkdir, (tmp_path / "sprung",)

    torch.save({"embeddings": torch.ones(1), "cache": Trap()}, tmp_path / "trap.pt")
    with pytest.raises(ModelError, match="nothing in it was run"):
        read_voice(tmp_path / "trap.pt")
    assert not (tmp_path / "sprung").exists()


def test_greedy_is_greedy() -> None:
    assert GREEDY.greedy and not Sampling().greedy
