"""Training in small: it learns, stops, goes on, and refuses what cannot work."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from core.cards import Registry
from core.commands.main import main
from core.enhance.engines import live_enhancer
from core.enhance.features import HIGH_BINS, LOW_BINS, crossover_hz, loudness, phasors, told_limit
from core.enhance.frames import HOP, Analysis
from core.errors import ModelError, PalukuError
from core.nn.importing import import_weights
from core.nn.superres.audiosr_weights import global_part, with_global_part
from core.nn.superres.extender import ExtenderConfig
from core.training.enhance_baselines import BandReplication, resampled_only
from core.training.enhance_batches import Batches, band_limited
from core.training.enhance_global import GlobalTraining, TrainGlobalConfig, train_global
from core.training.enhance_losses import spectra
from core.training.enhance_material import Clip, MaterialConfig, gather
from core.training.enhance_report import log_spectral_distance
from core.training.train_enhance import TrainEnhanceConfig, Training, bent_phasors, shown
from tests.core.enhance.sounds import voice
from tests.core.nn.superres.tiny_nets import ENCODER, FRAMES, tiny_audiosr

SMALL = ExtenderConfig(dim=24, hidden=32, n_blocks=1, phase_dim=8, phase_hidden=12, n_phase_blocks=1)
CONFIG = TrainEnhanceConfig(minutes=0.02, items=2, frames=24, model=SMALL)


def clips() -> tuple[Clip, ...]:
    made = (np.round(voice(2, 48_000, seed=seed) * 32767).astype(np.int16) for seed in range(3))
    return tuple(Clip(f"speaker {number}", "real", samples, 20_000) for number, samples in enumerate(made))


@pytest.fixture(autouse=True)
def _steady() -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)


def test_training_sees_what_the_run_time_shows() -> None:
    low = voice(0.3, 48_000)[: 28 * HOP]
    crossover = crossover_hz(8_000)
    theirs = shown(spectra(torch.from_numpy(low)[None]), torch.tensor([crossover]))[0].numpy()
    np.testing.assert_allclose(theirs[:, :LOW_BINS], loudness(Analysis().push(low), crossover), atol=1e-3)
    np.testing.assert_allclose(theirs[:, LOW_BINS], told_limit(crossover), atol=1e-6)
    ours = phasors(Analysis().push(np.abs(low))).reshape(-1, 2, HIGH_BINS)
    bent = bent_phasors(torch.from_numpy(low)[None])[0].numpy().reshape(-1, 2, HIGH_BINS)
    assert float(np.mean((ours * bent).sum(axis=1))) > 0.999


def test_it_learns_and_goes_on_where_it_was(tmp_path: Path) -> None:
    batches = Batches(clips(), items=2, frames=24, seed=0)
    training = Training(replace(CONFIG, minutes=10), tmp_path)
    first = [training.step(batches.draw(0))["strength"] for _ in range(40)]
    assert first[-1] < 0.85 * first[0]
    training.seconds = 60.0
    training.save()
    again = Training(replace(CONFIG, minutes=10), tmp_path)
    assert (again.steps, again.seconds) == (40, 60.0)
    now, then = (run.step(batches.draw(1)) for run in (training, again))
    assert now == pytest.approx(then, rel=1e-4)


def test_its_minutes_are_kept(tmp_path: Path) -> None:
    said: list[str] = []
    training = Training(CONFIG, tmp_path)
    training.run(Batches(clips(), items=2, frames=24, seed=0), said.append)
    assert training.share == 1 and training.seconds < 20 and said
    assert (tmp_path / "extender.safetensors").exists() and (tmp_path / "losses.jsonl").exists()


def test_impossible_wishes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PalukuError, match="minutes above zero"):
        TrainEnhanceConfig(minutes=0)
    with pytest.raises(PalukuError, match="bins"):
        TrainEnhanceConfig(model=ExtenderConfig(high_bins=7))
    Training(CONFIG, tmp_path).save()
    with pytest.raises(PalukuError, match="another model"):
        Training(replace(CONFIG, model=ExtenderConfig()), tmp_path)
    (tmp_path / "checkpoint.pt").write_bytes(b"no checkpoint")
    with pytest.raises(PalukuError):
        Training(CONFIG, tmp_path)


def test_material(tmp_path: Path) -> None:
    for speaker in ("asha", "ravi", "low"):
        for number in range(2):
            (tmp_path / speaker).mkdir(exist_ok=True)
            rate = 8_000 if speaker == "low" else 48_000
            soundfile.write(tmp_path / speaker / f"{number}.wav", voice(2, rate, seed=number), rate)
    said: list[str] = []
    config = MaterialConfig(
        recordings=(str(tmp_path),), held_out=("ravi",), espeak_sentences=0, world_sentences=1
    )
    found = gather(config, said.append)
    assert {clip.speaker.split(":")[0] for clip in found.train} == {"asha", "world"}
    assert {clip.speaker for clip in found.held_out if clip.kind == "real"} == {"ravi"}
    assert all(clip.limit_hz > 12_000 for clip in found.train) and len(said) == 2
    with pytest.raises(PalukuError, match="no speaker called nobody"):
        gather(replace(config, held_out=("nobody",)), said.append)
    with pytest.raises(PalukuError, match="None of the recordings"):
        gather(replace(config, recordings=(str(tmp_path / "low"),)), said.append)


def test_band_limiting_takes_the_top_away() -> None:
    truth = torch.from_numpy(np.random.default_rng(0).normal(0, 0.1, (2, 24_000)).astype(np.float32))
    low = band_limited(truth, torch.tensor([4_000.0, 12_000.0]), torch.tensor([0.1, 0.1]))
    hertz = torch.fft.rfftfreq(24_000, 1 / 48_000)
    power, before = torch.fft.rfft(low).abs() ** 2, torch.fft.rfft(truth).abs() ** 2
    for row, limit in enumerate((4_000, 12_000)):
        assert power[row, hertz > limit].sum() < 1e-6 * before[row].sum()
        torch.testing.assert_close(
            power[row, hertz < 0.8 * limit], before[row, hertz < 0.8 * limit], atol=1e-3, rtol=1e-3
        )


def test_copies_of_the_low_band_are_better_than_nothing() -> None:
    truth = voice(2, 48_000, seed=9)
    low = truth[::3].copy()
    assert np.isfinite(low).all()
    replicate = BandReplication(8_000, clips())
    plain, copied = resampled_only(low, 16_000), replicate(low, 16_000)
    assert len(copied) == len(plain)
    distance = [log_spectral_distance(made, truth[: len(made)], 8_000, 18_000) for made in (plain, copied)]
    assert distance[1] < 0.7 * distance[0]


def test_only_the_global_part_learns(tmp_path: Path) -> None:
    base = tiny_audiosr()
    config = TrainGlobalConfig(items=2, frames=FRAMES, learning_rate=1e-2)
    training = GlobalTraining(with_global_part(base, "sequence", ENCODER), clips(), config)
    for _ in range(3):
        training.step()
    frozen = {
        name: value
        for name, value in training.model.state_dict().items()
        if name not in global_part(training.model)
    }
    for name, value in base.state_dict().items():
        assert torch.equal(frozen[name], value), name
    moved = with_global_part(base, "sequence", ENCODER)
    changed = [
        name
        for name, value in global_part(training.model).items()
        if name.endswith("out_proj.weight") and not torch.equal(value, global_part(moved)[name])
    ]
    assert changed


def test_a_global_part_is_kept_and_trained_further(tmp_path: Path) -> None:
    said: list[str] = []
    config = TrainGlobalConfig(minutes=0.002, items=2, frames=FRAMES)
    for _ in range(2):
        train_global(tiny_audiosr(), clips(), config, tmp_path, said.append, encoder=ENCODER)
    assert any("going on" in line for line in said)
    with pytest.raises(PalukuError, match="minutes above zero"):
        TrainGlobalConfig(minutes=0)


def test_the_verb_trains_goes_on_and_leaves_a_model_that_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for speaker in ("asha", "ravi"):
        (tmp_path / "speech" / speaker).mkdir(parents=True)
        soundfile.write(tmp_path / "speech" / speaker / "1.wav", voice(2, 48_000), 48_000)
    train = ["train", "enhance", "--recordings", str(tmp_path / "speech"), "--held-out", "ravi", "--json"]
    train += ["--spoken", "0", "--minutes", "0.05", "-o", str(tmp_path / "run"), "--id", "mine"]
    assert main(train) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["steps"] >= 1 and report["id"] == "mine"
    assert main(train) == 0  # its minutes are spent: it says the same, and trains no further
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["steps"] == report["steps"]

    registry = Registry(tmp_path / "nothing", tmp_path / "own")
    card = registry.add(Path(report["model"]))
    made = live_enhancer(registry).begin(16_000, 8_000)
    assert card.kind == "enhance" and len(made.push(voice(1, 16_000))) + len(made.finish()) == 48_000

    weights = tmp_path / "run" / "extender.safetensors"
    assert main(["analyze", str(weights), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["parameters"] == card.parameters
    with pytest.raises(ModelError, match="as it is trained"):
        import_weights(weights, tmp_path / "own")
    assert main([*train, "--global", str(weights)]) == 1
    assert "no converted AudioSR weights" in capsys.readouterr().err
