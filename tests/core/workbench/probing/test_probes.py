"""Probes: they find what is there, and chance where nothing is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.commands.main import main
from core.errors import PalukuError
from core.nn.codecs.telugu import TeluguCodec
from core.nn.readers import TELUGU
from core.training.corpus.manifest import MANIFEST_NAME, Entry, read_entries, write_entries
from core.training.corpus.shards import Shard, manifest_of
from core.training.corpus.take import Mark
from core.workbench.analysis.subject import Subject
from core.workbench.probing.abx import draw_triples
from core.workbench.probing.alike import compare, gram, picture
from core.workbench.probing.answers import BEST, DEEPER, TRANSFORMER, paired_change, rank_correlation
from core.workbench.probing.bootstrap import Estimate, estimate
from core.workbench.probing.dtw import distances
from core.workbench.probing.held import Held, Questions, held_by
from core.workbench.probing.linear import accuracy, classify, explained, regress
from core.workbench.probing.look import Look
from core.workbench.probing.material import Material, Token, Utterance, read_material
from core.workbench.probing.report import curves, to_text
from core.workbench.probing.separation import equal_error_rate, silhouette, similarities
from core.workbench.probing.sequence import edit_distance, phoneme_error_rate
from core.workbench.probing.study import StudyConfig, study
from tests.core.nn.codec_laws import random_weights
from tests.core.nn.test_telugu import tiny as tiny_telugu

SPEAKERS, EACH, MOMENTS, WIDTH = 6, 8, 20, 24


def material(rng: np.random.Generator) -> Material:
    utterances, tokens = [], []
    for number in range(SPEAKERS * EACH):
        speaker = number // EACH
        utterances.append(
            Utterance(
                pcm=np.zeros(100, np.float32),
                speaker=speaker,
                moments=np.arange(MOMENTS) / 100,
                phonemes=rng.integers(2, 6, MOMENTS),
                pitch=100 * 2 ** rng.uniform(0, 1, MOMENTS),
                voiced=np.ones(100, bool),
            )
        )
        tokens += [Token(phoneme, speaker, number, 0.1, 0.2) for phoneme in (2, 3, 4)]
    return Material(16_000, tuple(f"s{i}" for i in range(SPEAKERS)), tuple(utterances), tuple(tokens))


def look(made: Material, rng: np.random.Generator, *, speaker: float, content: float, pitch: float) -> Look:
    """A feature in which so much of each is planted."""
    voices, sounds = rng.standard_normal((SPEAKERS, WIDTH)), rng.standard_normal((10, WIDTH))
    height = rng.standard_normal(WIDTH)
    found = Look("planted", rate=100.0)
    for utterance in made.utterances:
        frames = (
            speaker * voices[utterance.speaker]
            + content * sounds[utterance.phonemes]
            + pitch * np.log2(utterance.pitch / 140)[:, None] * height
            + rng.standard_normal((MOMENTS, WIDTH))
        ).astype(np.float32)
        found.moments.append(frames)
        found.pooled.append(np.concatenate([frames.mean(0), frames.std(0)]))
    for token in made.tokens:
        frames = speaker * voices[token.speaker] + content * sounds[token.phoneme]
        found.tokens.append((frames + 0.5 * rng.standard_normal((5, WIDTH))).astype(np.float32))
    return found


def held(speaker: float, content: float, pitch: float) -> Held:
    rng = np.random.default_rng(0)
    made = material(rng)
    questions = Questions(made, draw_triples(made.tokens, 200, 0), rng.permutation(made.speaker_ids), 0)
    return held_by(look(made, rng, speaker=speaker, content=content, pitch=pitch), questions)


def test_what_is_planted_is_found() -> None:
    found = held(speaker=1.0, content=2.0, pitch=2.0)
    assert found.speaker.value > 0.95 and found.error_rate.value < 0.2
    assert found.silhouette > 0.2 and found.fisher > 0.5
    assert found.phoneme is not None and found.phoneme.value > 0.9
    assert found.abx_within is not None and found.abx_within.value > 0.9
    assert found.abx_across is not None and found.abx_across.value > 0.75
    assert found.pitch is not None and found.pitch.value > 0.7


def test_shuffled_names_are_chance_within_the_interval() -> None:
    for speaker in 0.0, 1.0:
        shuffled = held(speaker=speaker, content=0.0, pitch=0.0).shuffled
        assert shuffled.holds(1 / SPEAKERS)


def test_what_is_not_there_is_not_found() -> None:
    found = held(speaker=0.0, content=0.0, pitch=0.0)
    assert found.speaker.holds(1 / SPEAKERS) and abs(found.error_rate.value - 0.5) < 0.1
    assert found.phoneme is not None and found.phoneme.holds(0.25)
    assert found.abx_within is not None and found.abx_within.holds(0.5)
    assert found.pitch is not None and found.pitch.value < 0.05


def test_one_thing_is_not_taken_for_another() -> None:
    only_content = held(speaker=0.0, content=2.0, pitch=0.0)
    assert only_content.phoneme is not None and only_content.phoneme.value > 0.9
    assert only_content.speaker.value < 0.4
    only_speaker = held(speaker=1.0, content=0.0, pitch=0.0)
    assert only_speaker.speaker.value > 0.95
    assert only_speaker.phoneme is not None and only_speaker.phoneme.value < 0.4


def test_two_points_are_compared_utterance_by_utterance() -> None:
    nothing, much = held(speaker=0.0, content=0.0, pitch=0.0), held(speaker=1.0, content=0.0, pitch=0.0)
    gained = paired_change(nothing, much)
    assert gained.low > 0.5 and paired_change(much, nothing).value == -gained.value
    assert paired_change(much, much) == Estimate(0.0, 0.0, 0.0)


def test_linear_probes_never_see_what_they_are_asked() -> None:
    rng = np.random.default_rng(0)
    x, groups = rng.standard_normal((60, 200)), np.repeat(np.arange(20), 3)
    x += 5 * rng.standard_normal((20, 200))[groups]  # an utterance is like itself, and says nothing
    labels = rng.integers(0, 2, 20)[groups]
    assert 0.2 < accuracy(classify(x, labels, groups, 0)) < 0.8
    values = x @ rng.standard_normal(200) / 50
    assert explained(regress(x, values, np.arange(60), 0)) > 0.2


def test_separation_of_known_clouds() -> None:
    labels = np.repeat([0, 1], 10)
    apart = np.eye(2)[labels] + 0.01 * np.random.default_rng(0).standard_normal((20, 2))
    similar = similarities(apart)
    assert equal_error_rate(similar, labels) == 0 and silhouette(similar, labels) > 0.9
    assert equal_error_rate(similar, labels * 0) == 0.5  # one voice only: there is nothing to refuse


def test_time_may_be_stretched() -> None:
    rows = np.random.default_rng(0).standard_normal((6, 8))
    slow, other = np.repeat(rows, 2, axis=0), np.random.default_rng(1).standard_normal((9, 8))
    same, far, again = distances([(rows, slow), (rows, other), (slow, rows)])
    assert same == pytest.approx(0, abs=1e-6) and far > 0.2 and again == same
    assert distances([]).shape == (0,)


def test_intervals_and_ranks() -> None:
    values = np.random.default_rng(0).standard_normal(200) + 1
    found = estimate(lambda items: float(values[items].mean()), np.arange(200), 0)
    assert found.holds(1.0) and 0.1 < found.high - found.low < 0.5
    assert rank_correlation(np.arange(4), np.array([1, 2, 3, 9])) == pytest.approx(1)
    assert rank_correlation(np.arange(3), np.ones(3)) == 0


def corpus(path: Path, speakers: int = 3, each: int = 4, *, phonemes: bool = True) -> Path:
    """Voices that differ in pitch and colour, and phonemes that are tones."""
    rng, rate = np.random.default_rng(0), 16_000
    shard = Shard(path, "spoken-00000", rate)
    names = ("a", "i", "u", "m", "s")
    for number in range(speakers * each):
        speaker, pieces, marks = number // each, [], []
        for place in range(8):
            phoneme = int(rng.integers(len(names)))
            t = np.arange(round(0.15 * rate)) / rate
            voice = sum(np.sin(2 * np.pi * (110 + 30 * speaker) * k * t) / k**1.2 for k in range(1, 8))
            pieces.append(0.1 * voice * (1.2 + np.sin(2 * np.pi * 400 * (1 + phoneme) * t)))
            marks.append(Mark(names[phoneme], 0.15 * place, 0.15 * (place + 1)))
        pcm = np.concatenate(pieces).astype(np.float32)
        entry = Entry(
            id=shard.next_id(), file=shard.file, start=shard.length, samples=len(pcm), rate=rate,
            seconds=len(pcm) / rate, band=8000, text="", phonemes=tuple(marks) if phonemes else (), words=(),
            speaker=f"voice{speaker}", emotion="", language="te", source="test", licence="CC0-1.0",
            split="train",
        )  # fmt: skip
        shard.add(pcm, entry)
    shard.save()
    write_entries(path / MANIFEST_NAME, read_entries(manifest_of(path, shard.name)))
    return path


def hybrid() -> Subject:
    model = random_weights(TeluguCodec(tiny_telugu("telugu-hybrid-50hz")))
    return Subject("tiny", "codec", model, lambda: model, trained=True)


def read_whole(made: Material, content: float) -> Look:
    """Every utterance as eight phonemes of a tenth of a second, each held in the feature so strongly."""
    rng = np.random.default_rng(5)
    sounds = rng.standard_normal((10, WIDTH))
    found = Look("read", rate=50.0)
    for utterance in made.utterances:
        labels = utterance.track[::2]
        found.sequences.append(
            (content * sounds[labels] + rng.standard_normal((len(labels), WIDTH))).astype(np.float16)
        )
        at = (utterance.moments * 50).astype(int)
        found.moments.append(found.sequences[-1][at].astype(np.float32))
    return found


def whole_material() -> Material:
    rng = np.random.default_rng(4)
    utterances = []
    for number in range(12):
        phonemes = rng.permutation(np.repeat(np.arange(2, 8), 2))[:8]
        track = np.concatenate([np.zeros(20, np.int64), np.repeat(phonemes, 10), np.zeros(20, np.int64)])
        at = np.sort(rng.permutation(np.arange(20, 100))[:30])
        utterances.append(
            Utterance(
                *(np.zeros(100, np.float32), number % 3, at / 100, track[at]),
                *(np.full(30, 120.0), np.ones(120, bool)),
                track,
            )
        )
    return Material(16_000, ("a", "b", "c"), tuple(utterances), ())


def test_whole_utterances_are_read() -> None:
    made = whole_material()
    clear, nothing = (phoneme_error_rate(read_whole(made, content), made, 0) for content in (4.0, 0.0))
    assert clear is not None and clear.value < 0.1
    assert nothing is not None and nothing.low > 0.5  # by chance some of six are right
    assert phoneme_error_rate(Look("none"), made, 0) is None
    assert edit_distance(np.array([1, 2, 3]), np.array([1, 3])) == 1
    assert edit_distance(np.array([1, 2, 3]), np.array([4, 1, 2, 5, 3])) == 2
    assert edit_distance(np.array([], int), np.array([1, 2])) == 2
    assert edit_distance(np.array([1, 2, 3, 4]), np.array([5, 6])) == 4


def test_points_that_say_the_same_are_alike() -> None:
    rng = np.random.default_rng(0)
    x = rng.standard_normal((400, 16))
    turned = 3 * x @ np.linalg.qr(rng.standard_normal((16, 16)))[0] + 5
    half = np.concatenate([x[:, :8], rng.standard_normal((400, 8))], axis=1)
    wide = rng.standard_normal((400, 300))  # unrelated, and wide: without care it would seem alike
    grams = {"x": x, "turned": turned, "half": half, "wide": wide}
    found = compare({name: gram(rows, 0) for name, rows in grams.items()})
    assert found.between("x", "turned") == pytest.approx(1, abs=1e-3)
    assert 0.3 < found.between("x", "half") < 0.7 and found.between("x", "wide") < 0.05
    assert found.between("half", "x") == found.between("x", "half")
    assert gram(np.zeros((2000, 3)), 0).shape == (1500, 1500)
    assert picture(found, "title").count("<rect") == 17  # and the paper


def test_a_whole_study_says_the_same_twice(tmp_path: Path) -> None:
    path, subject, config = corpus(tmp_path), hybrid(), StudyConfig(questions=60, seed=1)
    one, other = (study(subject, path, config) for _ in range(2))
    assert json.dumps(one.to_json()) == json.dumps(other.to_json())
    assert [answer.question for answer in one.answers] == [BEST, DEEPER, TRANSFORMER]
    names = [point.name for point in one.points]
    assert names == [point.name for point in one.untrained]
    assert {"enc.block0", "enc.out", "enc.tr1", "pre_vq", "vq1", "sum", "dec.tr0"} <= set(names)
    assert one.averaged is not None and one.log_mel.speaker.value > one.chance
    page = to_text(one)
    assert "random weights" in page and "enc.out averaged" in page and "chance" in page
    assert one.alike.names == (*names, "log-mel")
    assert all(point.phoneme_errors is not None for point in (*one.points, one.log_mel))
    assert curves(one).count("<polyline") >= 10


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tiny_telugu("telugu-50hz")
    TELUGU.save(random_weights(TeluguCodec(config)), config, tmp_path / "mine.safetensors")
    words = [
        "analyze",
        str(tmp_path / "mine.safetensors"),
        "--probe",
        str(corpus(tmp_path / "corpus", each=3)),
    ]
    assert main([*words, "-o", str(tmp_path / "out"), "--plot", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["schema"] == "paluku/probes" and printed["speakers"] == 3
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        *("probes.txt", "probes.json"),
        *("curves.svg", "curves.png", "alike.svg", "alike.png"),
    }


def test_a_corpus_without_phonemes_still_tells_of_speakers(tmp_path: Path) -> None:
    found = study(hybrid(), corpus(tmp_path, phonemes=False), StudyConfig(questions=60, seed=1))
    assert found.log_mel.speaker.value > found.chance
    assert all(each.phoneme is None and each.phoneme_errors is None for each in found.points)
    assert all(each.abx_across is None for each in found.points) and "PER" in to_text(found)
    assert "no phonemes to ask" in found.answers[1].words


def test_bad_corpora_get_one_clear_sentence(tmp_path: Path) -> None:
    options = {"speakers": 4, "utterances": 4, "seed": 0}
    with pytest.raises(PalukuError, match="has 1 speaker with"):
        read_material(corpus(tmp_path / "one", speakers=1), 16_000, **options)
    with pytest.raises(PalukuError, match="has 0 speakers with"):
        read_material(corpus(tmp_path / "few", each=2), 16_000, **options)
    (tmp_path / "empty").mkdir()
    with pytest.raises(PalukuError, match="cannot be read"):
        read_material(tmp_path / "empty", 16_000, **options)
    (tmp_path / "text.txt").write_text("words")
    with pytest.raises(PalukuError, match="is a file, not a corpus"):
        read_material(tmp_path / "text.txt", 16_000, **options)
