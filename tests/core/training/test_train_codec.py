from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from core.commands.main import main
from core.errors import PalukuError, StorageError
from core.nn.codecs.presets import CODEC_PRESETS
from core.nn.runtime import load_codec
from core.training import course
from core.training.codec_mix import codec_mix
from core.training.samples import FOLDER, SENTENCES
from core.training.teachers import PhonemeTeacher
from core.training.train_codec import CHECKPOINT, WEIGHTS, CodecTraining
from tests.core.training.codec_fakes import PRESET, QUICK, TINY, tiny_corpus


class Killed(BaseException):
    """What a kill looks like from inside: nothing is saved any more."""


class Clock:
    """Time that goes on by a second at each look; kills after so many looks."""

    def __init__(self) -> None:
        self.now = 0.0
        self.kill_at = float("inf")

    def monotonic(self) -> float:
        self.now += 1.0
        if self.now >= self.kill_at:
            self.kill_at = float("inf")
            raise Killed
        return self.now


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setitem(CODEC_PRESETS, "tiny", PRESET)
    monkeypatch.setattr(course, "monotonic", clock.monotonic)  # its own clock only
    return clock


def training(folder: Path, config=QUICK) -> CodecTraining:
    teacher = PhonemeTeacher(50.0, config.semantic_delay_frames)
    return CodecTraining(config, folder, teacher=teacher)


def mix(corpus: Path, config=QUICK):
    return codec_mix([str(corpus)], config, PRESET.build().spec)


def test_learns_and_leaves_a_codec(clock: Clock, corpus: Path, tmp_path: Path) -> None:
    learned = training(tmp_path)
    learned.run(mix(corpus))
    rows = learned.curves.rows()
    assert learned.spent == 1 and len(rows) > 5
    assert {"mel", "spectrum", "commitment", "semantic", "total"} <= rows[0].keys()
    assert np.mean([r["mel"] for r in rows[-3:]]) < rows[0]["mel"]
    codec = load_codec("tiny", tmp_path / WEIGHTS)
    codes = codec.encoder().push(np.zeros(320 * 4, np.float32))
    assert codec.decoder().push(codes).shape == (1280,)


def test_sentences_are_kept_on_the_way(clock: Clock, corpus: Path, tmp_path: Path) -> None:
    learned = training(tmp_path, replace(QUICK, save_seconds=4.0, sample_minutes=0.1))
    learned.run(mix(corpus))
    folder = tmp_path / FOLDER
    names = sorted(path.stem for path in folder.glob("*.wav"))
    assert names == sorted(path.stem for path in folder.glob("*.png"))
    steps = sorted({int(name.split("-")[1]) for name in names if name.startswith("step")})
    assert len(steps) >= 3 and steps[-1] == learned.steps
    assert len(names) == SENTENCES * (len(steps) + 1)
    for number in range(1, SENTENCES + 1):
        original, rate = soundfile.read(folder / f"original-{number}.wav", dtype="float32")
        first, last = (
            soundfile.read(folder / f"step-{step:07d}-{number}.wav", dtype="float32")[0]
            for step in (steps[0], steps[-1])
        )
        assert rate == learned.model.spec.format.sample_rate and len(original) == len(first) == len(last)
        assert np.abs(original).max() > 0.01 and not np.array_equal(first, last)


def test_killed_five_times_it_ends_like_one_that_was_not(clock: Clock, corpus: Path, tmp_path: Path) -> None:
    config = replace(QUICK, minutes=0.8)
    straight = training(tmp_path / "straight", config)
    straight.run(mix(corpus, config))
    rng, kills, steps = np.random.default_rng(5), 0, 0
    while True:
        clock.kill_at = clock.now + rng.integers(9, 16) if kills < 5 else float("inf")
        often = training(tmp_path / "killed", config)
        assert often.steps >= steps  # what was saved is not lost
        steps = often.steps
        try:
            often.run(mix(corpus, config))
            break
        except Killed:
            kills += 1
    assert kills == 5 and often.spent == 1
    ends = [np.mean([row["mel"] for row in t.curves.rows()[-3:]]) for t in (straight, often)]
    assert ends[1] == pytest.approx(ends[0], rel=0.15)
    numbers = [row["step"] for row in often.curves.rows()]
    assert numbers == sorted(set(numbers))


def test_a_resumed_step_is_the_step_that_would_have_been(clock: Clock, corpus: Path, tmp_path: Path) -> None:
    one = training(tmp_path)
    one.run(mix(corpus, replace(QUICK, minutes=0.2)))
    again = training(tmp_path)
    assert (again.steps, again.seconds) == (one.steps, one.seconds)
    for value, same in zip(again.model.parameters(), one.model.parameters(), strict=True):
        assert torch.equal(value, same)
    states = [t.optimizer.state_dict()["state"][0]["exp_avg"] for t in (one, again)]
    assert torch.equal(*states)


def test_not_a_number(clock: Clock, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = training(tmp_path)
    heard = broken.spectral.forward

    def poisoned(a, b):
        losses = heard(a, b)
        return {n: v * float("nan") for n, v in losses.items()} if broken.steps == 7 else losses

    monkeypatch.setattr(broken.spectral, "forward", poisoned)
    with pytest.raises(PalukuError, match=r"step 7.*no longer a number"):
        broken.run(mix(corpus))
    assert training(tmp_path).steps == 7
    weights = load_codec("tiny", tmp_path / WEIGHTS)
    assert weights.spec == PRESET.build().spec


def test_a_corrupt_corpus(clock: Clock, tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path / "corpus")
    (shard,) = (corpus / "shards").glob("*.wav")
    shard.write_bytes(shard.read_bytes()[:5000])
    with pytest.raises(PalukuError) as error:
        training(tmp_path / "run").run(mix(corpus))
    assert shard.name in error.value.message and error.value.hint


def test_a_full_disk(clock: Clock, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learned = training(tmp_path, replace(QUICK, minutes=0.2))
    learned.run(mix(corpus))
    before = (tmp_path / CHECKPOINT).read_bytes()

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.nn.checkpoint.save_file", full)
    with pytest.raises(StorageError, match="could not be saved") as error:
        training(tmp_path).run(mix(corpus))
    assert "make room" in error.value.hint
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def test_discriminators_leave_the_codebooks_alone(clock: Clock, corpus: Path, tmp_path: Path) -> None:
    config = replace(QUICK, adversarial_from=0.5)
    learned = training(tmp_path, config)
    learned.run(mix(corpus, config))
    rows = learned.curves.rows()
    assert "discriminator" not in rows[0] and "features" in rows[-1]
    assert "semantic" not in rows[-1]
    again = training(tmp_path, config)
    assert again.adversary.updates == learned.adversary.updates > 0
    before = {n: v.clone() for n, v in again.model.quantizer.state_dict().items()}
    again.seconds = 0.9 * 24
    again.step(mix(corpus, config).batch(1))
    for name, value in again.model.quantizer.state_dict().items():
        assert torch.equal(value, before[name]), name


def test_another_training_begins_with_the_weights(clock: Clock, corpus: Path, tmp_path: Path) -> None:
    first = training(tmp_path / "first")
    first.run(mix(corpus))
    teacher = PhonemeTeacher(50.0, QUICK.semantic_delay_frames)
    second = CodecTraining(QUICK, tmp_path / "second", teacher=teacher, start=tmp_path / "first" / CHECKPOINT)
    assert second.steps == 0
    for name, value in second.model.state_dict().items():
        assert torch.equal(value, first.average.weights[name])


def test_the_command(clock: Clock, corpus: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    shown = main(["train", "codec", "--codec", "tiny", "--minutes", "1", "--show-config"])
    config = tmp_path / "config.toml"
    config.write_text(QUICK.to_toml(), encoding="utf-8")
    assert shown == 0 and 'codec = "tiny"' in capsys.readouterr().out
    arguments = ["train", "codec", "--config", str(config), "--corpus", str(corpus)]
    assert main([*arguments, "-o", str(tmp_path / "run"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["steps"] > 0 and report["losses"]["mel"] > 0
    config.write_text("minuets = 3\n", encoding="utf-8")
    assert main([*arguments, "-o", str(tmp_path / "run")]) == 1
    assert "minuets" in capsys.readouterr().err


def test_only_with_a_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "codec"]) == 1
    assert "--corpus" in capsys.readouterr().err


def test_a_config_survives_its_file(tmp_path: Path) -> None:
    from core.training.codec_config import RECIPES, read_config

    for config in (*RECIPES.values(), QUICK):
        (tmp_path / "c.toml").write_text(config.to_toml(), encoding="utf-8")
        assert read_config(tmp_path / "c.toml") == config
    assert TINY.dim == 32
