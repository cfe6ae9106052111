"""Speech models as step graphs, against the same weights in torch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from core.codecs.base import Codes
from core.errors import ModelError
from core.graph import Graph
from core.loading import load_speech
from core.new_card import write_card
from core.nn.s2s import generation
from core.nn.s2s.conformer import Conformer, ConformerConfig
from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.runtime import SpeechSettings
from core.nn.s2s.stored import DUPLEX_READER
from core.nn.s2s.torch_duplex import TorchDuplexModel
from core.nn.s2s.torch_turns import TorchTurnModel
from core.s2s.base import SpeechSpec, Voice
from core.s2s.onnx import SHORTENED, OnnxDuplexModel, OnnxTurnModel
from core.s2s.sampling import ALL_GREEDY, Noise, Sampling, SpeechSampling
from core.s2s.vocabulary import Vocabulary
from core.training.export.frame_graph import FrameGraph
from core.training.export.installed import export_installed
from core.training.export.speech import write_speech
from core.workbench.speed import time_speech
from tests.core.nn.s2s.tiny_speech import CONFORMER, DEEP, DUPLEX, WORDY

FRAMES = 200  # far past the windows of the tiny models, which hold ten
PIECES = ("<pad>", "<end>", "<next>", *(f"▁w{n}" for n in range(10)), *(f"x{n}" for n in range(7)))
WORDS = Vocabulary(PIECES)
BOLD = SpeechSampling(
    text=Sampling(temperature=0.9, top_k=8),
    codes=Sampling(temperature=1.0, top_k=0, top_p=0.9),
    heard_text=Sampling(temperature=0.7, top_k=5),
)
LIKE_MOSHI = replace(
    DUPLEX,
    streams=replace(
        DUPLEX.streams, start_rows=True, heard_text_size=0, delays=DUPLEX.streams.delays[:-1], text_pad_end=0
    ),
    temporal=replace(
        DUPLEX.temporal,
        norm="rms",
        feed_forward="gated_silu",
        rope="interleaved",
        bias=False,
        sinks=0,
        n_kv_heads=2,
    ),
    silence=(3, 4, 5),
)
WIDE = replace(DUPLEX, temporal=replace(DUPLEX.temporal, context=600))  # looked at only as far as filled
DUPLEXES = {"ours": DUPLEX, "like moshi": LIKE_MOSHI, "a long memory": WIDE}
TURNS = {"described": CONFORMER, "with words": WORDY, "with depth": DEEP}


class LateNoise(Noise):
    """The chance as a graph has it: what comes before the first frame is drawn from the first noise."""

    lead = 1

    def __init__(self, seed: int, tokens_per_step: int) -> None:
        super().__init__(seed, tokens_per_step)
        self._first = super().step()
        self._steps = 0

    def step(self) -> np.ndarray:
        early = max(self.lead - self._steps, 0)
        self._steps += 1
        if self._steps > self.lead + 1:
            return super().step()
        moved: np.ndarray = self._first + np.float32(early) * np.float32(0.618034)
        return moved % np.float32(1)


def shaken(model: nn.Module) -> nn.Module:
    """Nothing at zero or one, where a mistake would hide."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            if value.dim() == 1:
                value.normal_(0.7 if "norm" in name and "weight" in name else 0.1, 0.2)
            elif "head" in name:
                value.mul_(3)
    return model.eval()


def duplex_of(config: DecoderConfig) -> SpeechDecoder:
    torch.manual_seed(1)
    model = shaken(SpeechDecoder(config))
    assert isinstance(model, SpeechDecoder)
    return model


def conformer_of(config: ConformerConfig) -> Conformer:
    torch.manual_seed(1)
    model = shaken(Conformer(config))
    assert isinstance(model, Conformer)
    return model


def spec_of(decoder: DecoderConfig, *, duplex: bool, seconds: float = 10.0) -> SpeechSpec:
    return SpeechSpec(
        codec="tiny",
        codebook_sizes=decoder.streams.own_sizes,
        frame_rate=12.5,
        speakers=("a", "b", "c", "d"),
        emotions=tuple("123456789"),
        duplex=duplex,
        max_seconds=seconds,
    )


def heard_frames(sizes: tuple[int, ...], count: int) -> Iterator[Codes]:
    random = np.random.default_rng(5)
    for _ in range(count):
        yield np.array([[random.integers(size)] for size in sizes])


@pytest.mark.parametrize("sampling", [ALL_GREEDY, BOLD], ids=["greedy", "drawn"])
@pytest.mark.parametrize("name", DUPLEXES)
def test_a_duplex_model_says_what_torch_says(
    name: str, sampling: SpeechSampling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = DUPLEXES[name]
    monkeypatch.setattr(generation, "Noise", LateNoise)
    model, spec = duplex_of(config), spec_of(config, duplex=True)
    files = write_speech(model, spec, PIECES, tmp_path, sampling=sampling)
    ours = OnnxDuplexModel(spec, files["converse"], WORDS)
    theirs = TorchDuplexModel(model, spec, WORDS, SpeechSettings(sampling=sampling))
    voice = Voice("b", "3", strength=0.6)
    talks = ours.converse(voice, seed=4), theirs.converse(voice, seed=4)
    said = set()
    for frame, codes in enumerate(heard_frames(config.streams.heard_sizes, FRAMES)):
        spoken = [talk.push(codes) for talk in talks]
        assert np.array_equal(spoken[0].codes, spoken[1].codes), f"frame {frame}"
        assert spoken[0].text == spoken[1].text
        assert len({talk.words_heard() for talk in talks}) == 1
        said.add((spoken[0].text, *spoken[0].codes[:, 0]))
        if frame == 60:
            for talk in talks:
                talk.set_voice(Voice("c", "7"))
        if frame == 80:
            for talk in talks:
                talk.say("w1 w2x3 w4")
    assert len(said) > 5, "too much alike to compare"


def test_what_is_forgotten_was_never_heard(tmp_path: Path) -> None:
    """A long memory that forgets all but 39 tokens before each step says what a memory of 40 says."""
    said = []
    for context in (600, 40):
        temporal = replace(DUPLEX.temporal, context=context, sinks=0)
        config = replace(DUPLEX, temporal=temporal)
        folder = tmp_path / str(context)
        folder.mkdir()
        files = write_speech(duplex_of(config), spec_of(config, duplex=True), PIECES, folder)
        graph = Graph(files["converse"])
        assert graph.room == (600 if context == 600 else 0)
        state, codes = graph.initial_state(), []
        given = {name: np.zeros(graph.shape(name), np.int64) for name in ("speaker", "emotion", "language")}
        given |= {"strength": np.ones(1, np.float32), "forced": np.array([-1])}
        given["noise"] = np.full(graph.shape("noise"), 0.5, np.float32)
        for heard in heard_frames(config.streams.heard_sizes, 3 * 40):
            graph.forget(state, 39)
            given["heard"] = heard
            out, state = graph.step({name: given[name] for name in graph.inputs}, state)
            codes.append(out["codes"])
        assert graph.remembered(state) == (40 if context == 600 else 0)
        said.append(np.concatenate(codes, axis=1))
    assert np.array_equal(*said) and len(np.unique(said[0], axis=1).T) > 5


def test_a_shortened_talk_grows_long_again(tmp_path: Path) -> None:
    files = write_speech(duplex_of(WIDE), spec_of(WIDE, duplex=True), PIECES, tmp_path)
    model = OnnxDuplexModel(spec_of(WIDE, duplex=True), files["converse"], WORDS)
    talk = model.converse(Voice("b", "3"), seed=4)
    lengths = []
    for number, codes in enumerate(heard_frames(WIDE.streams.heard_sizes, 400)):
        if number in (200, 300):
            assert talk.shorten(number == 200)
        talk.push(codes)
        lengths.append(model._graph.remembered(talk._state))
    least, most = 600 // SHORTENED // 2, 600 // SHORTENED
    assert lengths[199] == 200 + 1, "its lead counts"
    assert least < min(lengths[200:300]) and max(lengths[200:300]) <= most
    assert lengths[399] == lengths[299] + 100


@pytest.mark.parametrize("sampling", [ALL_GREEDY, BOLD], ids=["greedy", "drawn"])
@pytest.mark.parametrize("name", TURNS)
def test_a_turn_model_says_what_torch_says(
    name: str, sampling: SpeechSampling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = TURNS[name]
    lead = config.decoder.streams.lead
    monkeypatch.setattr(LateNoise, "lead", lead)
    monkeypatch.setattr(generation, "Noise", LateNoise)
    model, spec = conformer_of(config), spec_of(config.decoder, duplex=False, seconds=FRAMES / 12.5)
    files = write_speech(model, spec, PIECES, tmp_path, sampling=sampling)
    ours = OnnxTurnModel(spec, files["listen"], files["speak"], WORDS)
    theirs = TorchTurnModel(model, spec, WORDS, SpeechSettings(sampling=sampling))
    listeners = ours.listen(), theirs.listen()
    for codes in heard_frames(config.heard_sizes, 60):
        assert listeners[0].push(codes) == listeners[1].push(codes)
    voice = Voice("b", "3")
    replies = ours.reply(listeners[0], voice, seed=3), theirs.reply(listeners[1], voice, seed=3)
    said = [[(spoken.text, *spoken.codes[:, 0]) for spoken in reply] for reply in replies]
    assert said[0] == said[1] and said[0]
    if name == "described":
        assert len(said[0]) == FRAMES


def test_given_words_end_the_turn(tmp_path: Path) -> None:
    model, spec = conformer_of(DEEP), spec_of(DEEP.decoder, duplex=False)
    files = write_speech(model, spec, PIECES, tmp_path, sampling=ALL_GREEDY)
    ours = OnnxTurnModel(spec, files["listen"], files["speak"], WORDS)
    listener = ours.listen()
    for codes in heard_frames(DEEP.heard_sizes, 5):
        listener.push(codes)
    spoken = list(ours.say("w1 w2x3 w4", listener, Voice("a", "1"), seed=1))
    assert "".join(frame.text for frame in spoken).strip() == "w1 w2x3 w4"
    assert len(spoken) < 60


def test_eight_bits_say_nearly_the_same(tmp_path: Path) -> None:
    """Only products of many weights are rounded, so the model is wider than the others here."""
    wide = replace(
        DUPLEX, temporal=replace(DUPLEX.temporal, dim=128, hidden=512), voice=replace(DUPLEX.voice)
    )
    model, spec = duplex_of(wide), spec_of(wide, duplex=True)
    sizes, talks = [], []
    for int8 in (False, True):
        folder = tmp_path / str(int8)
        folder.mkdir()
        files = write_speech(model, spec, PIECES, folder, sampling=ALL_GREEDY, int8=int8)
        sizes.append(files["converse"].stat().st_size)
        talks.append(OnnxDuplexModel(spec, files["converse"], WORDS).converse(Voice("a", "1"), seed=1))
    assert sizes[1] < 0.6 * sizes[0]
    same = [
        np.array_equal(talks[0].push(codes).codes, talks[1].push(codes).codes)
        for codes in heard_frames(wide.streams.heard_sizes, 3)
    ]
    assert any(same)


def test_a_stream_takes_its_lead_once(tmp_path: Path) -> None:
    counting = FrameGraph("count")
    counting.lead = 2
    count = counting.state("count", (1,), np.int64)
    counting.remember("count", counting.call("Add", count, counting.numbers(1)))
    counting.output("y", count, (1,), np.int64)
    counting.save(tmp_path / "count.onnx", {})
    graph = Graph(tmp_path / "count.onnx")
    state = graph.initial_state()
    for expected in (2, 3, 4):
        out, state = graph.step({}, state)
        assert out["y"].item() == expected


def test_only_one_way_of_a_branch_is_gone(tmp_path: Path) -> None:
    forking = FrameGraph("fork")
    x = forking.input("x", (1,))
    positive = forking.call("Greater", x, forking.scalar(0.0))
    chosen = forking.branch(
        positive,
        lambda: forking.call("Add", x, forking.scalar(1.0)),
        lambda: forking.call("Mul", x, forking.scalar(2.0)),
    )
    forking.output("y", chosen, (1,))
    forking.save(tmp_path / "fork.onnx", {})
    graph = Graph(tmp_path / "fork.onnx")
    for given, expected in ((3.0, 4.0), (-3.0, -6.0)):
        out, _ = graph.step({"x": np.array([given], np.float32)}, graph.initial_state())
        assert out["y"].item() == expected


def test_what_is_too_large_for_a_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.training.export.speech.LARGEST", 1000)
    with pytest.raises(ModelError, match="too large"):
        write_speech(duplex_of(DUPLEX), spec_of(DUPLEX, duplex=True), PIECES, tmp_path)


def test_an_installed_speech_model_is_exported_beside_itself(tmp_path: Path) -> None:
    own, spec = tmp_path / "own", spec_of(DUPLEX, duplex=True)
    folder = own / "small"
    folder.mkdir(parents=True)
    DUPLEX_READER.save(duplex_of(DUPLEX), DUPLEX, folder / "weights.safetensors")
    (folder / "words.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    files = {"weights": "weights.safetensors", "text": "words.txt"}
    card = write_card(
        folder,
        id="small",
        kind="speech",
        title="Small",
        licence="MIT",
        runtime="torch",
        files=files,
        speech=spec,
    )
    made = export_installed(card, own)
    assert made.id == "small-onnx" and made.speech == spec
    model = load_speech(made)
    assert isinstance(model, OnnxDuplexModel)
    talk = model.converse(Voice("a", "1"), seed=1)
    for codes in heard_frames(spec.codebook_sizes, 5):
        spoken = talk.push(codes).codes[:, 0]
        assert all(0 <= code < size for code, size in zip(spoken, spec.codebook_sizes, strict=True))
    times = time_speech(model, frames=4, warm=2)
    assert len(times.speak) == 4 and not times.listen and times.first > 0
