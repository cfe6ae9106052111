"""A speech model of ear, pronouncer and mouth is trained, killed, resumed, refused, and exported."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.cards import read_card
from core.commands.main import main
from core.errors import PalukuError, StorageError
from core.loading import load_speech
from core.nn.reader import read_model
from core.nn.s2s.pronouncer import Pronouncer, PronouncerConfig
from core.s2s.base import Voice
from core.training import course
from core.training.config_file import read_as, written
from core.training.corpus.espeak import Espeak
from core.training.learning import CHECKPOINT, Training
from core.training.speech.hearing import EAR
from core.training.speech.letters import LETTERS
from core.training.speech.pronouncing import PRONOUNCER, Pronouncing, pairs_heard
from core.training.speech.sounds import SOUNDS
from core.training.speech.talk_config import STAGES, TrainTalkConfig
from core.training.speech.train_speech import recipes
from core.training.speech.train_talk import TalkMaterial, TalkTraining
from tests.core.training.speech_fakes import (
    ANSWERED,
    ASKED,
    TINY_TALK,
    codec_file,
    entry_of,
    talk_corpus,
    voiced,
)
from tests.core.training.test_train_codec import Clock, Killed

needs_espeak = pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng is not installed")


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> TalkMaterial:
    folder = tmp_path_factory.mktemp("material")
    return TalkMaterial(
        [talk_corpus(folder / "asked", ASKED, named=False)],
        [talk_corpus(folder / "answered", ANSWERED, named=True)],
        str(codec_file(folder)),
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(course, "monotonic", clock.monotonic)
    return clock


@pytest.fixture
def begun(material: TalkMaterial, tmp_path: Path, clock: Clock) -> Callable[..., Training]:
    """The training of a stage in a folder, as often as it is asked for."""

    def begin(stage: str, folder: str = "run", config: TrainTalkConfig = TINY_TALK) -> Training:
        return TalkTraining(config, material, tmp_path / folder).training(stage)

    return begin


@pytest.mark.parametrize(("stage", "figure"), [("hear", "letters"), ("speak", "envelopes")])
def test_a_stage_learns(begun: Callable[..., Training], stage: str, figure: str) -> None:
    learned = begun(stage)
    learned.run()
    rows = learned.curves.rows()
    assert learned.spent == 1 and len(rows) > 10
    assert np.mean([row[figure] for row in rows[-3:]]) < 0.9 * rows[0][figure]
    assert np.mean([row["total"] for row in rows[-3:]]) < 0.8 * rows[0]["total"]
    assert learned.weights.exists()


def test_a_pronouncer_learns(clock: Clock, tmp_path: Path) -> None:
    spoken = [voiced(text, 120) for text in ASKED]
    entries = [replace(entry_of(""), phonemes=sounds, words=words) for _, sounds, words in spoken]
    shape = PronouncerConfig(n_letters=len(LETTERS), n_sounds=len(SOUNDS), dim=16, n_layers=1)
    lesson = Pronouncing(pairs_heard(entries), words=8, config=shape)
    learned = Training(lesson, replace(TINY_TALK.learning("hear"), learning_rate=1e-2), tmp_path)
    learned.run()
    rows = learned.curves.rows()
    assert np.mean([row["sounds"] for row in rows[-3:]]) < 0.8 * rows[0]["sounds"]
    assert isinstance(read_model(learned.weights, [PRONOUNCER]), Pronouncer)


@pytest.mark.parametrize("stage", ["hear", "speak"])
def test_killed_and_resumed_it_ends_as_if_it_had_not_been(
    begun: Callable[..., Training], clock: Clock, stage: str
) -> None:
    straight = begun(stage, "straight")
    straight.run()
    rng, kills = np.random.default_rng(5), 0
    while True:
        clock.kill_at = clock.now + rng.integers(17, 26) if kills < 3 else float("inf")
        often = begun(stage, "killed")
        try:
            often.run()
            break
        except Killed:
            kills += 1
    assert kills >= 2 and often.steps == straight.steps
    for name, value in straight.average.weights.items():
        torch.testing.assert_close(often.average.weights[name], value, atol=1e-5, rtol=1e-4)
    numbers = [row["step"] for row in often.curves.rows()]
    assert numbers == sorted(set(numbers))


def test_a_training_begins_where_another_ended(
    begun: Callable[..., Training], material: TalkMaterial, tmp_path: Path, clock: Clock
) -> None:
    first = begun("hear", "first")
    first.run()
    said: list[str] = []
    later = replace(material, start=tmp_path / "first")
    second = TalkTraining(TINY_TALK, later, tmp_path / "second", say=said.append)
    hearing, speaking = second.training("hear"), second.training("speak")
    for name, value in first.average.weights.items():
        torch.testing.assert_close(hearing.model.state_dict()[name], value)
    assert hearing.steps == 0 and speaking.steps == 0
    assert any("mouth begins anew" in line for line in said)
    wider = replace(TINY_TALK, ear=replace(TINY_TALK.ear, hidden=64))
    with pytest.raises(PalukuError, match="does not fit this config"):
        TalkTraining(wider, later, tmp_path / "third").training("hear")


def test_not_a_number(
    begun: Callable[..., Training], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = begun("hear")
    heard = broken.lesson.losses

    def poisoned(batch):
        losses = heard(batch)
        return {n: v * float("nan") for n, v in losses.items()} if broken.steps == 4 else losses

    monkeypatch.setattr(broken.lesson, "losses", poisoned)
    with pytest.raises(PalukuError, match=r"step 4.*no longer a number"):
        broken.run()
    assert begun("hear").steps == 4
    assert read_model(tmp_path / "run/hear/ear.safetensors", [EAR]).config.stack == TINY_TALK.ear


def test_a_full_disk(begun: Callable[..., Training], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    begun("hear", config=replace(TINY_TALK, minutes=0.4)).run()
    path = tmp_path / "run/hear" / CHECKPOINT
    before = path.read_bytes()

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.nn.checkpoint.save_file", full)
    with pytest.raises(StorageError, match="could not be saved") as error:
        begun("hear").run()
    assert "make room" in error.value.hint
    assert path.read_bytes() == before
    monkeypatch.setattr("core.training.speech.coding.np.savez", full)
    with pytest.raises(StorageError, match="could not be saved"):
        begun("hear", "elsewhere")
    assert not list((tmp_path / "elsewhere").rglob("*.part*"))


@pytest.mark.parametrize("harm", ["cut", "gone", "rate"])
def test_a_damaged_shard(material: TalkMaterial, tmp_path: Path, clock: Clock, harm: str) -> None:
    import soundfile

    corpus = talk_corpus(tmp_path / "corpus", ASKED[:2], named=False)
    shard = sorted((corpus / "shards").glob("*.wav"))[1]
    pcm, rate = soundfile.read(shard)
    if harm == "cut":
        soundfile.write(shard, pcm[:9000], rate)
    elif harm == "gone":
        shard.unlink()
    else:
        soundfile.write(shard, pcm, 24_000)
    with pytest.raises(PalukuError) as error:
        TalkTraining(TINY_TALK, replace(material, asked=[corpus]), tmp_path / "run").training("hear")
    assert shard.name in error.value.message and error.value.hint


def test_damaged_codes_are_made_anew(material: TalkMaterial, tmp_path: Path, clock: Clock) -> None:
    training = TalkTraining(TINY_TALK, material, tmp_path)
    one = training.training("hear").lesson.batch(0)
    for kept in (tmp_path / "codes").rglob("*.npz"):
        kept.write_bytes(kept.read_bytes()[:100])
    again = TalkTraining(TINY_TALK, material, tmp_path).training("hear").lesson.batch(0)
    assert torch.equal(again.frames, one.frames)


def test_held_out_phrasings_are_not_heard(material: TalkMaterial, tmp_path: Path, clock: Clock) -> None:
    lesson = TalkTraining(TINY_TALK, material, tmp_path).training("hear").lesson
    lesson.take_in()
    everything = len(lesson.turns)
    lesson._left_out = lambda text: text == ASKED[0]
    lesson.turns, lesson._seen = [], set()
    lesson.take_in()
    assert len(lesson.turns) == everything - 4  # twice in each of two shards


@needs_espeak
def test_the_command(
    clock: Clock, material: TalkMaterial, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, words = tmp_path / "config.toml", tmp_path / "words.txt"
    config.write_text(written(TINY_TALK), encoding="utf-8")
    words.write_text("salmon\nOslo\nmoonlit\nx9\n", encoding="utf-8")
    corpora = ["--asked", str(material.asked[0]), "--answered", str(material.answered[0])]
    arguments = ["train", "speech", "--config", str(config), *corpora, "--words", str(words)]
    arguments += ["--codec", str(material.codec), "-o", str(tmp_path / "run"), "--json"]
    assert main([*arguments, "--only", "hear"]) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["model"] is None and set(report["stages"]) == {"hear"}
    assert main(arguments) == 0
    told = capsys.readouterr()
    report = json.loads(told.out.splitlines()[-1])
    assert "hear: learned before" in told.err
    assert set(report["stages"]) == set(STAGES) and report["stages"]["speak"]["losses"]["lasting"] > 0
    assert main([*arguments, "--only", "sing"]) == 1
    assert "pronounce, hear, speak" in capsys.readouterr().err
    card = read_card(Path(report["model"]) / "model.toml")
    assert card.speech is not None and card.speech.answers == "domain"
    model, rng = load_speech(card), np.random.default_rng(0)
    listener = model.listen()
    listener.push(np.stack([rng.integers(0, n, 30) for n in card.speech.codebook_sizes]))
    assert all(isinstance(words, str) for words in listener.last_words())
    said = list(model.say("soon, నాన్న.", listener, Voice("arjun", "sad", "te"), seed=0))
    assert 2 < len(said) < 1500 and "".join(frame.text for frame in said) == " soon, నాన్న."
    again = json.loads((tmp_path / "run/pronounce/words.json").read_text(encoding="utf-8"))
    assert len({tuple(letters) for letters, _ in again}) > 12


def test_what_is_asked_for_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "speech"]) == 1
    assert "--asked" in capsys.readouterr().err
    assert main(["train", "speech", "--recipe", "paluku-tolk"]) == 1
    assert "conformer-mini" in capsys.readouterr().err
    bad = tmp_path / "bad.toml"
    bad.write_text("[hearing]\nframse = 3\n", encoding="utf-8")
    assert main(["train", "speech", "--config", str(bad), "--show-config"]) == 1
    assert "framse" in capsys.readouterr().err
    nowhere = ["--asked", str(tmp_path), "--answered", str(tmp_path), "-o", str(tmp_path / "run")]
    assert main(["train", "speech", *nowhere, "--codec", str(tmp_path / "none.safetensors")]) == 1
    assert "none.safetensors" in capsys.readouterr().err
    assert main(["train", "speech", *nowhere, "--codec", str(codec_file(tmp_path)), "--only", "hear"]) == 1
    assert "is not a corpus" in capsys.readouterr().err


def test_every_recipe_survives_its_file(tmp_path: Path) -> None:
    assert {"paluku-talk", "conformer-mini", "duplex-26m"} <= recipes().keys()
    for recipe in recipes().values():
        (tmp_path / "c.toml").write_text(written(recipe.start), encoding="utf-8")
        assert read_as(type(recipe.start), tmp_path / "c.toml") == recipe.start
        assert recipe.config(tmp_path / "c.toml", minutes=3, seed=None).minutes == 3


def test_shares_must_sum_to_one() -> None:
    with pytest.raises(PalukuError, match="sum to one"):
        replace(TINY_TALK, hear=TINY_TALK.speak)
