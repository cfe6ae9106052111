"""Exchanges are laid out as people talk, both architectures learn from them, and what is learned can talk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from core.cards import read_card
from core.commands.main import main
from core.domain.book import Domain
from core.errors import ModelError, PalukuError
from core.folders import DATA_VARIABLE, MODELS_VARIABLE
from core.loading import load_speech
from core.new_card import write_card
from core.nn.runtime import TorchCodec
from core.nn.s2s.conformer import CONFORMER
from core.nn.s2s.duplex import DUPLEX, duplex_streams
from core.s2s.base import Voice
from core.training import course
from core.training.config_file import written
from core.training.learning import Training
from core.training.speech.exchange_config import ExchangeConfig, Mixture, TrainExchangeConfig
from core.training.speech.exchanges import Exchanges, Quiet, VoiceOf
from core.training.speech.fitting import fitted_conformer, fitted_duplex
from core.training.speech.partners import Partners, language_partners
from core.training.speech.pieces import END, PAD, PAD_END, laid, learned_text
from core.training.speech.stream_losses import CONVERSE, HEAR, SPEAK, delayed, rows_of, weights_of
from core.training.speech.train_exchanges import ExchangeMaterial, ExchangeTraining
from core.training.speech.utterances import SaidWord, Utterance
from tests.core.training.codec_fakes import RATE as RATE_HZ
from tests.core.training.codec_fakes import TINY
from tests.core.training.speech_fakes import (
    ANSWERED,
    ASKED,
    TINY_DELAYED,
    TINY_DUPLEX,
    TINY_EXCHANGES,
    TINY_TURNS,
    codec_file,
    entry_of,
    talk_corpus,
    tiny_codec,
    voiced,
)
from tests.core.training.test_train_codec import Clock, Killed

RATE = 50.0
STREAMS = duplex_streams(TINY.codebook_sizes, 200)
PLAIN = ExchangeConfig(
    pause_share=0, back_channel_share=0, interrupted_share=0, silent_share=0, noisy_share=0, auto_share=0
)
TINIES = {"conformer-tiny": TINY_TURNS, "conformer-late": TINY_DELAYED, "duplex-tiny": TINY_DUPLEX}


@pytest.fixture(scope="module")
def quiet() -> Quiet:
    return Quiet(TorchCodec(tiny_codec()))


def said(frames: int, words: int, code: int) -> Utterance:
    """An utterance all of one code, with words of two pieces each, evenly spread."""
    step = frames // words
    spoken = tuple(SaidWord((10 + 2 * n, 11 + 2 * n), n * step, (n + 1) * step) for n in range(words))
    return Utterance(entry_of("am i on"), np.full((4, frames), code, np.uint16), spoken)


def exchanges(quiet: Quiet, config: ExchangeConfig) -> Exchanges:
    answers = [(said(100, 5, 7), VoiceOf(1, 2, 2)), (said(90, 3, 6), VoiceOf(1, 2, 2))]
    asked = [said(60, 4, 5), said(30, 1, 4)]
    return Exchanges(asked, answers, [[0, 1], []], quiet, STREAMS, config, RATE)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_an_answer_comes_after_its_question(quiet: Quiet) -> None:
    for seed in range(20):
        talk = exchanges(quiet, PLAIN).talk(rng(seed))
        asking = np.flatnonzero((talk.heard == 5).all(axis=0))
        answering = np.flatnonzero(talk.speaking)
        assert len(asking) >= 60
        gap = (answering[0] - asking[-1] - 1) / RATE
        assert 0.2 - 0.02 <= gap <= 0.7 + 0.02
        assert talk.frames > answering[-1] + 1
        assert (talk.own[:, answering] == talk.own[:, answering[:1]]).all()
        assert not np.isin(talk.own[:, ~talk.speaking], [6]).all(axis=0).any()
        written = np.flatnonzero(talk.text == 10)
        assert written.tolist() == [answering[0]]
        assert talk.text[answering[-1] + 1] == END
        assert talk.heard_text[talk.heard_text != PAD].tolist() == [10, 11, 12, 13, 14, 15, 16, 17]
        heard_first = int(np.flatnonzero(talk.heard_text == 10)[0])
        assert asking[0] + 15 <= heard_first <= asking[0] + 15 + 0.1 * RATE
        assert talk.voice == VoiceOf(1, 2, 2)


def test_an_interruption_cuts_the_answer(quiet: Quiet) -> None:
    config = replace(PLAIN, interrupted_share=1.0)
    for seed in range(20):
        talk = exchanges(quiet, config).talk(rng(seed))
        runs = np.flatnonzero(np.diff(np.concatenate([[0], talk.speaking.view(np.int8), [0]])))
        first, cut, again = runs[0], runs[1], runs[2]
        asking = np.flatnonzero((talk.heard == 5).all(axis=0))
        second = asking[asking > first][0]
        assert cut - second <= 0.4 * RATE + 1
        if cut - first < 90:  # it was not over by itself before
            assert cut - second >= 0.2 * RATE - 1
        assert again > asking[-1]
        assert np.isin(talk.text[cut : cut + 4], [END]).any()


def test_a_back_channel_stops_nothing(quiet: Quiet) -> None:
    config = replace(PLAIN, back_channel_share=1.0)
    for seed in range(10):
        talk = exchanges(quiet, config).talk(rng(seed))
        speaking = np.flatnonzero(talk.speaking)
        assert len(speaking) == speaking[-1] - speaking[0] + 1 and len(speaking) in (90, 100)
        mumbled = np.flatnonzero((talk.heard == 4).all(axis=0))
        assert len(mumbled) >= 30 and speaking[0] < mumbled[0] < speaking[-1]


def test_a_question_may_rest_between_two_words(quiet: Quiet) -> None:
    config = replace(PLAIN, pause_share=1.0)
    talk = exchanges(quiet, config).talk(rng(3))
    asking = np.flatnonzero((talk.heard == 5).all(axis=0))
    rest = np.diff(asking).max() - 1
    assert 0.3 * RATE - 1 <= rest <= 0.9 * RATE + 1
    before = int(np.argmax(np.diff(asking))) + 1
    assert before in (15, 30, 45)


@pytest.mark.parametrize("noisy", [False, True])
def test_nothing_is_answered_to_silence_and_noise(quiet: Quiet, noisy: bool) -> None:
    config = replace(PLAIN, silent_share=float(not noisy), noisy_share=float(noisy))
    made = exchanges(quiet, config)
    talk, turn = made.talk(rng(1)), made.turn(rng(1))
    assert not talk.speaking.any() and (talk.text == PAD).all() and (talk.heard_text == PAD).all()
    assert turn.pieces == () and turn.answer.text[0] == END and not turn.answer.speaking.any()


def test_noise_is_not_silence(quiet: Quiet) -> None:
    silent, noisy = quiet.heard(rng(), 150), quiet.heard(rng(), 150, noisy=True)
    assert silent.shape == noisy.shape == (4, 150)
    assert not np.array_equal(silent, noisy)
    assert quiet.own(3).shape == (4, 3)


def test_a_turn_is_heard_whole_before_it_is_answered(quiet: Quiet) -> None:
    turn = exchanges(quiet, PLAIN).turn(rng(2))
    assert (turn.heard == 5).all(axis=0).sum() >= 60
    assert turn.pieces == (10, 11, 12, 13, 14, 15, 16, 17)
    answer = turn.answer
    length = int(answer.speaking.sum())
    assert answer.speaking[:length].all() and answer.text[length] == END
    assert answer.text[0] == 10 and answer.frames > length + max(STREAMS.delays)


def test_the_same_number_is_the_same_exchange(quiet: Quiet) -> None:
    made = exchanges(quiet, ExchangeConfig())
    for draw in (made.talk, made.spoken, made.listened):
        one, two = draw(rng(9)), draw(rng(9))
        assert np.array_equal(one.heard, two.heard) and np.array_equal(one.text, two.text)


def test_each_kind_of_example_teaches_its_own_streams(quiet: Quiet) -> None:
    made, scale = exchanges(quiet, PLAIN), TrainExchangeConfig().weights
    talk = made.talk(rng())
    rows = rows_of(talk, STREAMS)
    assert rows.shape == (10, talk.frames)
    speak, hear, converse = (weights_of(talk, kind, STREAMS, scale) for kind in (SPEAK, HEAR, CONVERSE))
    assert speak[1:5].any() and not speak[0].any() and not speak[9].any()
    assert hear[9].any() and not hear[:9].any()
    assert converse[0].all() and converse[1:5].all() and converse[9].all()
    assert not converse[5:9].any()  # what the user sounds like is never made
    assert (converse[1][talk.speaking] == 1).all() and (converse[1][~talk.speaking] < 0.5).all()
    late = delayed(torch.from_numpy(converse)[None], STREAMS)[0]
    assert torch.equal(late[1], torch.from_numpy(converse[1]))
    assert late[2, 0] == 0 and torch.equal(late[2, 1:], torch.from_numpy(converse[2, :-1]))


def test_words_are_laid_in_time() -> None:
    found = laid([(2, (20, 21, 22)), (3, (30,)), (9, (40, 41))], 10, STREAMS, announced=True)
    assert found.tolist() == [PAD, PAD_END, 20, 21, 22, 30, PAD, PAD, PAD_END, 40]
    plain = laid([(2, (20, 21))], 5, STREAMS, announced=False)
    assert plain.tolist() == [PAD, PAD, 20, 21, PAD]


def test_pieces_know_every_letter(tmp_path: Path) -> None:
    text = learned_text(tmp_path / "text.model", [*ASKED, *ANSWERED], 400)
    pieces = [piece for piece, _ in text.pieces("Zebra, నమస్తే!")]
    assert "".join(map(text.printed, pieces)).strip() == "zebra, నమస్తే!"
    before = (tmp_path / "text.model").read_bytes()
    learned_text(tmp_path / "text.model", ["something else"], 400)
    assert (tmp_path / "text.model").read_bytes() == before


def test_partners_are_those_of_the_domain() -> None:
    domain = Domain.load()
    thanks = next(iter(domain.intents["thanks"].phrasings["en"])).text
    reply = domain.intents["thanks"].replies["en"][0].text
    other = domain.intents["joke"].replies["en"][0].text
    asked = [entry_of("thank you"), entry_of("thank you", "te")]
    found = Partners(domain).of(asked, [entry_of(other), entry_of(reply), entry_of(reply)])
    assert found == [[1, 2], []], thanks
    assert language_partners(asked, [entry_of("x"), entry_of("y", "te")]) == [[0], [1]]


@pytest.mark.parametrize("sizes", [(16, 32, 8, 8), (2048, *(1024,) * 7)])
def test_presets_fit_a_codec(sizes: tuple[int, ...]) -> None:
    for preset in CONFORMER.values():
        fitted = fitted_conformer(preset, sizes, 300, 50.0)
        assert fitted.decoder.streams.own_sizes == fitted.heard_sizes == sizes
        assert fitted.n_words == fitted.decoder.streams.text_size == 300
        assert fitted.decoder.head_mode == preset.decoder.head_mode
        assert fitted.encoder.context == 4 * preset.encoder.context
    duplex = fitted_duplex(DUPLEX["duplex-26m"], sizes, 300, 12.5, (1,) * len(sizes))
    assert duplex.streams.delays == (0, *(0, *(1,) * (len(sizes) - 1)) * 2, 0)
    assert duplex.temporal.context == 750 and duplex.silence == (1,) * len(sizes)
    with pytest.raises(ModelError, match="7 codebooks"):
        fitted_conformer(CONFORMER["conformer-mini"], (8,) * 7, 300, 50.0)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> ExchangeMaterial:
    folder = tmp_path_factory.mktemp("corpora")
    asked = talk_corpus(folder / "asked", ASKED[:5], named=False, copies=1)
    answered = talk_corpus(folder / "answered", ANSWERED[:4], named=True, copies=1)
    return ExchangeMaterial([asked], [answered], TorchCodec(tiny_codec()), "tiny")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(course, "monotonic", clock.monotonic)
    for name, config in TINIES.items():
        presets: Mapping[str, object] = DUPLEX if name == "duplex-tiny" else CONFORMER
        monkeypatch.setitem(presets, name, config)  # type: ignore[arg-type]
    return clock


@pytest.fixture
def begun(corpora: ExchangeMaterial, tmp_path: Path, clock: Clock) -> Callable[..., Training]:
    def begin(preset: str, folder: str = "run", config: TrainExchangeConfig = TINY_EXCHANGES) -> Training:
        return ExchangeTraining(preset, config, corpora, tmp_path / folder).training()

    return begin


@pytest.mark.parametrize("preset", TINIES)
def test_it_learns(begun: Callable[..., Training], preset: str) -> None:
    learned = begun(preset)
    learned.run()
    rows = learned.curves.rows()
    spoken = [row for row in rows if row["text"] > 0]
    assert rows[0]["text"] == 0 and len(spoken) > 10  # own text only once it converses
    for figure in ("text", "words"):
        assert np.mean([row[figure] for row in spoken[-3:]]) < 0.9 * spoken[0][figure]
    assert np.mean([row["codes"] for row in rows[-5:]]) < 0.9 * rows[0]["codes"]


def test_killed_and_resumed_it_ends_as_if_it_had_not_been(
    begun: Callable[..., Training], clock: Clock
) -> None:
    config = replace(TINY_EXCHANGES, minutes=0.35)
    straight = begun("duplex-tiny", "straight", config)
    straight.run()
    clock.kill_at = clock.now + 24
    with pytest.raises(Killed):
        begun("duplex-tiny", "killed", config).run()
    again = begun("duplex-tiny", "killed", config)
    assert 0 < again.steps < straight.steps
    again.run()
    assert again.steps == straight.steps
    for name, value in straight.average.weights.items():
        torch.testing.assert_close(again.average.weights[name], value, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("preset", ["conformer-tiny", "duplex-tiny"])
def test_what_was_learned_can_talk(
    corpora: ExchangeMaterial,
    clock: Clock,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    preset: str,
) -> None:
    config = replace(TINY_EXCHANGES, minutes=0.1, codec_id="tiny")
    (tmp_path / "c.toml").write_text(written(config), encoding="utf-8")
    arguments = ["train", "speech", "--recipe", preset, "--config", str(tmp_path / "c.toml")]
    arguments += ["--asked", str(corpora.asked[0]), "--answered", str(corpora.answered[0])]
    arguments += ["--codec", str(codec_file(tmp_path)), "-o", str(tmp_path / "run")]
    assert main(arguments) == 0
    card = read_card(tmp_path / "run" / preset / "model.toml")
    assert str(card.folder) in capsys.readouterr().out
    assert card.speech is not None and card.speech.codec == "tiny" and card.runtime == "torch"
    model, voice = load_speech(card), Voice("meghana", "sad", "te")
    frames = np.zeros((4, 12), np.int64)
    if card.speech.duplex:
        talk = model.converse(voice, seed=0)
        talk.say("So I am!")
        made = [talk.push(frames[:, :1]) for _ in range(60)]
    else:
        listener = model.listen()
        listener.push(frames)
        made = list(model.say("So I am!", listener, voice, seed=0))
    assert "so i am!" in "".join(frame.text for frame in made)
    assert all((frame.codes[:, 0] < TINY.codebook_sizes).all() for frame in made)
    if not card.speech.duplex:  # one that was taught for six steps would talk on and on
        _answers_a_file(tmp_path, preset, monkeypatch, capsys)
    assert main([*arguments, "--only", "hear"]) == 1
    assert "--only" in capsys.readouterr().err


def _answers_a_file(
    folder: Path, model: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`paluku talk` with the model and its codec as installed ones."""
    _codec_card(folder / "run" / "tiny")
    monkeypatch.setenv(MODELS_VARIABLE, str(folder / "run"))
    monkeypatch.setenv(DATA_VARIABLE, str(folder / "data"))
    soundfile.write(folder / "asked.wav", voiced(ASKED[0], 120)[0], RATE_HZ)
    talk_to = ["talk", str(folder / "asked.wav"), "-o", str(folder / "answer.wav"), "--model", model]
    assert main([*talk_to, "--language", "en", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["language"] == "en"
    assert soundfile.info(folder / "answer.wav").samplerate == RATE_HZ


def _codec_card(folder: Path) -> None:
    """The tiny codec as an installed one."""
    weights = codec_file(folder)
    spec = tiny_codec().spec
    write_card(
        folder,
        id="tiny",
        kind="codec",
        title="Tiny",
        licence="MIT",
        runtime="torch",
        files={"weights": weights.name},
        codec=spec,
    )


def test_stages_follow_each_other() -> None:
    config = TrainExchangeConfig()
    assert config.mixture(0.0).converse == 0 and config.mixture(1.0).converse > 0.5
    with pytest.raises(PalukuError, match="stages"):
        TrainExchangeConfig(stages=(Mixture(until=0.5, speak=1),))
    with pytest.raises(PalukuError, match="times"):
        ExchangeConfig(gap=(700, 200))
