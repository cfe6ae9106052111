"""A sounding model: its graphs equal torch, and any text becomes sounds, signs and what is printed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import torch

from core.errors import ModelError
from core.graph import Graph
from core.nn.s2s.code_space import CodeSpaceConfig
from core.nn.s2s.mouth import Mouth, MouthConfig, settled
from core.nn.s2s.pronouncer import Pronouncer, PronouncerConfig, sounded
from core.s2s.base import SpeechSpec, Voice
from core.s2s.sounding import Pronunciation, Script, SoundingReply
from core.s2s.vocabulary import Vocabulary
from core.training.export.shrink import name_constants, share_tables
from core.training.export.talk import pronounce_graph, speak_graph
from core.training.speech.letters import LETTERS, spelled
from core.training.speech.sounds import NUMBERS, SOUNDS

SIZES = (16, 32, 8, 8)
SPACE = CodeSpaceConfig(codebook_sizes=SIZES, semantic_dim=4, contour_dim=4, acoustic_dim=6)
SPEC = SpeechSpec(
    codec="tiny",
    codebook_sizes=SIZES,
    frame_rate=50.0,
    speakers=("asha", "ravi"),
    emotions=("neutral", "sad"),
    languages=("auto", "te", "en"),
    max_seconds=8.0,
    answers="domain",
)


@dataclass(frozen=True)
class World:
    """A pronouncer and a mouth in torch, and the same as graphs."""

    pronouncer: Pronouncer
    mouth: Mouth
    pronounce: Graph
    speak: Graph
    known: Pronunciation

    def script(self, words: str) -> Script:
        return Script(words, self.known)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    torch.manual_seed(6)
    pronouncer = Pronouncer(
        PronouncerConfig(n_letters=len(LETTERS), n_sounds=len(SOUNDS), dim=16, n_layers=2, longest=12)
    )
    shape = {"piece_dim": 16, "frame_dim": 16, "frame_blocks": 2}
    mouth = Mouth(MouthConfig(n_sounds=len(SOUNDS), n_speakers=2, n_emotions=2, space=SPACE, **shape))
    last = mouth.lasting[-1]
    for weight in (mouth.manner.weight, mouth.head.weight, last.weight):
        torch.nn.init.normal_(weight)
    torch.nn.init.constant_(last.bias, 1.2)  # frames that a sound lasts, as a logarithm
    space = mouth.space
    for values in (space.semantic, space.contours, space.acoustic, space.middle, space.mean):
        values.normal_()
    space.prediction.copy_(0.3 * torch.eye(6))
    space.spread.uniform_(0.5, 1.5)
    folder = tmp_path_factory.mktemp("sounding")
    graphs = {"pronounce": pronounce_graph(pronouncer.eval()), "speak": speak_graph(mouth.eval())}
    for name, graph in graphs.items():
        name_constants(graph)
        share_tables(graph)
        (folder / f"{name}.onnx").write_bytes(graph.SerializeToString())
    pronounce, speak = (Graph(folder / f"{name}.onnx") for name in graphs)
    return World(pronouncer, mouth, pronounce, speak, Pronunciation(pronounce, Vocabulary(LETTERS)))


def say(world: World, words: str, voice: Voice | None = None) -> list[tuple[np.ndarray, str]]:
    reply = SoundingReply(world.speak, SPEC, world.script(words), voice or Voice("asha"))
    return [(spoken.codes, spoken.text) for spoken in reply]


def printed(world: World, words: str) -> str:
    return "".join(text for _, text in say(world, words))


def test_the_pronouncing_graph_sounds_like_the_pronouncer(world: World) -> None:
    graph = world.pronounce
    for word in ("hello", "నమస్తే", "a"):
        letters = np.zeros((1, 12), np.int64)
        numbers = spelled(word)[1:]
        letters[0, : len(numbers)] = numbers
        with torch.no_grad():
            wanted = sounded(world.pronouncer(torch.from_numpy(letters))[0])
        out, _ = graph.step({"letters": letters}, graph.initial_state())
        assert out["sounds"].tolist() == wanted.tolist()


def test_the_speaking_graph_says_what_the_mouth_says(world: World) -> None:
    """100 frames, whose sounds take turns when the graph says that one is over."""
    mouth, graph, reach = world.mouth, world.speak, world.mouth.config.reach
    rng = np.random.default_rng(2)
    pieces = np.pad(rng.integers(1, 2 * len(SOUNDS), 120), reach)
    always = {name: np.array([1], np.int64) for name in ("speaker", "emotion", "language")}
    always |= {"strength": np.array([0.8], np.float32), "pace": np.array([1.3], np.float32)}
    state, at, found, lasted = graph.initial_state(), 0, [], [0]
    for _ in range(100):
        window = pieces[None, at : at + 2 * reach + 1]
        out, state = graph.step({**always, "pieces": window.copy()}, state)
        found.append(out["codes"])
        lasted[-1] += 1
        if out["over"][0]:
            at, lasted = at + 1, [*lasted, 0]
    lasted = [count for count in lasted if count]
    with torch.no_grad():
        one = torch.tensor([1])
        voice = mouth.voice(one, one, torch.tensor([0.8]), one)
        outlook = mouth.outlook(torch.from_numpy(pieces)[None], voice)[:, : len(lasted)]
        wanted = mouth.frames_of(outlook)[0] / 1.3
        owed, lengths = 0.0, []
        for length in wanted.tolist():
            whole = max(1.0, np.floor(length + owed + 0.5))
            owed = length + owed - whole
            lengths.append(int(whole))
        assert lasted[:-1] == lengths[:-1] and lasted[-1] <= lengths[-1]
        laid = outlook.repeat_interleave(torch.tensor(lasted), dim=1)
        place = torch.tensor(
            [[n, length] for length, count in zip(lengths, lasted, strict=True) for n in range(count)]
        )
        frames, _ = mouth.utter(laid, place[None].float(), voice, mouth.initial_state(1))
        said, _ = mouth.space.spoken(settled(frames, mouth.space), mouth.space.initial_state(1))
    assert np.array_equal(np.concatenate(found, axis=1), said[0].numpy())
    assert len(set(lasted)) > 3 and all(len(np.unique(book)) > 1 for book in said[0].numpy())


def test_every_letter_is_printed_once(world: World) -> None:
    for words in ("hello there", "hi, you. why? no!", "నమస్తే, hello!", "  two   spaces "):
        assert printed(world, words) == "".join(f" {word}" for word in words.split())


@pytest.mark.parametrize("words", ["", "   ", "123", "?!", "… — ☃"])
def test_what_has_no_letters_is_not_said(world: World, words: str) -> None:
    assert say(world, words) == []


def test_what_has_no_letters_is_printed_with_the_next_word(world: World) -> None:
    assert printed(world, "well 42 men") == " well 42 men"
    sounds = pieces(world, "well 42 men")
    assert sounds == pieces(world, "well men")


def test_a_very_long_word_is_said_to_its_end(world: World) -> None:
    longest = world.pronouncer.config.longest
    word = "ab" * (2 * longest)
    assert printed(world, word) == f" {word}"
    parts = [pieces(world, word[first : first + longest])[:-1] for first in range(0, len(word), longest)]
    whole = pieces(world, word)[:-1]
    assert [n % len(SOUNDS) for n in whole] == [n % len(SOUNDS) for part in parts for n in part]


def pieces(world: World, words: str) -> list[int]:
    script, found = world.script(words), []
    while (piece := script.piece(len(found))) is not None:
        found.append(piece[0])
    assert script.piece(-1) is None
    return found


def test_signs_become_pauses(world: World) -> None:
    plain = pieces(world, "hello there")
    assert plain[-1] == NUMBERS["."]  # every text has an end
    assert pieces(world, "hello there?")[:-1] == plain[:-1]
    assert pieces(world, "hello there?")[-1] == NUMBERS["?"]
    with_comma = pieces(world, "hello, there!")
    assert with_comma[-1] == NUMBERS["!"]
    assert with_comma.count(NUMBERS[","]) == plain.count(NUMBERS[","]) + 1
    assert pieces(world, "hello ,, there") == [*with_comma[:-1], NUMBERS["."]]
    assert pieces(world, "Hello THERE") == plain


def test_each_word_begins_with_its_first_sound(world: World) -> None:
    begins = [piece for piece in pieces(world, "hello నమస్తే a") if piece >= len(SOUNDS)]
    spoken = [word for word in ("hello", "నమస్తే", "a") if pieces(world, word)]
    assert len(begins) == len(spoken)


def test_the_language_is_that_of_the_letters(world: World) -> None:
    for words, language in (("hello there", "en"), ("hello నమస్తే", "te")):
        told = say(world, words, Voice("asha", language=language))
        alone = say(world, words, Voice("asha", language="auto"))
        assert _same(alone, told)
        other = say(world, words, Voice("asha", language="te" if language == "en" else "en"))
        assert not _same(alone, other)


def test_voices_differ_and_wrong_names_are_refused(world: World) -> None:
    neutral = say(world, "hello there")
    assert _same(neutral, say(world, "hello there"))
    assert not _same(neutral, say(world, "hello there", Voice("ravi")))
    assert not _same(neutral, say(world, "hello there", Voice("asha", "sad")))
    assert _same(neutral, say(world, "hello there", Voice("asha", "sad", strength=0.0)))
    for voice in (Voice("nobody"), Voice("asha", "angry"), Voice("asha", language="hi")):
        with pytest.raises(ModelError, match="has no"):
            say(world, "hello", voice)


def test_a_faster_pace_takes_fewer_frames(world: World) -> None:
    slow, fast = (len(say(world, "hello there", Voice("asha", pace=pace))) for pace in (0.6, 2.0))
    assert fast < slow


def test_a_reply_can_be_closed_and_is_never_too_long(world: World) -> None:
    reply = SoundingReply(world.speak, SPEC, world.script("hello there"), Voice("asha"))
    next(reply)
    reply.close()
    assert list(reply) == []
    endless = SoundingReply(world.speak, SPEC, world.script("hello there " * 200), Voice("asha"))
    assert sum(1 for _ in endless) == SPEC.max_seconds * SPEC.frame_rate


def test_a_voice_changes_between_two_frames(world: World) -> None:
    reply = SoundingReply(world.speak, SPEC, world.script("hello there"), Voice("asha"))
    same = SoundingReply(world.speak, SPEC, world.script("hello there"), Voice("asha"))
    assert np.array_equal(next(reply).codes, next(same).codes)
    reply.set_voice(Voice("ravi", "sad", pace=0.5))
    rest, other = [s.codes for s in reply], [s.codes for s in same]
    assert len(rest) != len(other) or not np.array_equal(rest, other)


def _same(one: list[tuple[np.ndarray, str]], other: list[tuple[np.ndarray, str]]) -> bool:
    if len(one) != len(other):
        return False
    return all(np.array_equal(a, b) and x == y for (a, x), (b, y) in zip(one, other, strict=True))
