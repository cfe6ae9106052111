from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from core.errors import PalukuError
from core.nn.codecs.presets import CODEC_PRESETS, CodecPreset
from core.nn.codecs.telugu import TeluguCodec
from core.training.average import WeightAverage
from core.training.codec_config import MIMI_PAPER
from core.training.codec_mix import codec_mix
from core.training.data import UNKNOWN, Batch
from core.training.losses import SpectralLoss, log_mel_distance
from core.training.precision import best_precision
from core.training.schedule import Schedule
from core.training.teachers import ClusterTeacher, FeatureTeacher, PhonemeTeacher, Teacher
from core.training.train_codec import CodecTraining
from tests.core.nn.test_telugu import tiny as tiny_telugu
from tests.core.training.codec_fakes import PRESET, QUICK, tiny_corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return tiny_corpus(tmp_path_factory.mktemp("corpus"))


def test_schedule() -> None:
    schedule = Schedule(warm_up=0.1, plateau=0.5)
    factors = [schedule.factor(spent) for spent in (0.0, 0.05, 0.1, 0.3, 0.5, 0.75, 1.0)]
    assert factors == pytest.approx([0.01, 0.5, 1, 1, 1, 0.5, 0])
    with pytest.raises(PalukuError):
        Schedule(warm_up=0.6, plateau=0.5)


def test_spectral_losses() -> None:
    loss, sound = SpectralLoss(16_000), 0.1 * torch.randn(2, 1, 8_000)
    same, other = loss(sound, sound), loss(0.5 * sound, sound)
    for name in ("mel", "spectrum"):
        assert float(same[name]) == 0 < float(other[name])
    assert float(same["convergence"]) < 1e-4 < float(other["convergence"])
    silence = torch.zeros(1, 1, 8_000, requires_grad=True)
    sum(loss(silence, torch.zeros(1, 1, 8_000)).values()).backward()
    assert torch.isfinite(silence.grad).all()
    assert log_mel_distance(sound[0, 0], sound[0, 0], 16_000) == 0


def test_average() -> None:
    layer = nn.Linear(1, 1, bias=False)
    average = WeightAverage(layer, 0.9)
    start = float(layer.weight.detach())
    layer.weight.data += 1
    average.follow(layer, 1_000)
    assert float(average.weights["weight"]) == pytest.approx(start + 0.1, abs=1e-5)


def test_precision() -> None:
    assert best_precision("auto", torch.device("cpu")) in ("float32", "bfloat16")
    assert best_precision("float32", torch.device("cpu")) == "float32"


def a_batch(frames: int = 25) -> Batch:
    pcm = 0.1 * torch.randn(2, frames * 320)
    known = torch.randint(5, (2, frames))
    known[1] = UNKNOWN
    return Batch(pcm, pcm, known, torch.zeros(2).long(), torch.zeros(2).long())


class Listener(nn.Module):
    """A teacher without education: features at 50 Hz."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv1d(1, 12, 320, stride=320)

    def forward(self, pcm: torch.Tensor) -> torch.Tensor:
        return self.conv(pcm)


TEACHERS: list[Teacher] = [
    PhonemeTeacher(50.0, 2),
    FeatureTeacher(Listener(), 50.0, 12),
    ClusterTeacher(Listener(), 50.0, torch.randn(7, 12)),
]


@pytest.mark.parametrize("teacher", TEACHERS, ids=["phonemes", "features", "clusters"])
def test_teachers(teacher: Teacher, tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(CODEC_PRESETS, "tiny", PRESET)
    training = CodecTraining(QUICK, tmp_path, teacher=teacher)
    training.model.settle(a_batch().pcm[:, None])
    first = training.step(a_batch())
    assert first["semantic"] > 0
    assert any(p.grad.abs().sum() > 0 for p in training.heads.parameters() if p.grad is not None)


def test_what_nobody_labelled_teaches_nothing() -> None:
    target = PhonemeTeacher(50.0, 2).target(a_batch())
    assert not target.valid()[1].any() and target.valid()[0, 2:].all() and not target.valid()[0, :2].any()


def test_another_codec_by_mimis_recipe(corpus, tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(CODEC_PRESETS, "other", CodecPreset(tiny_telugu("telugu-50hz"), TeluguCodec))
    config = replace(
        MIMI_PAPER,
        codec="other",
        items=2,
        seconds=0.5,
        adversary=replace(QUICK.adversary, freeze=False),
        minutes=1.0,
    )
    training = CodecTraining(config, tmp_path, teacher=FeatureTeacher(Listener(), 50.0, 12))
    batch = codec_mix([str(corpus)], config, training.model.spec).batch(0)
    for _ in range(4):
        figures = training.step(batch)
    assert {"adversarial", "features", "semantic", "discriminator"} <= figures.keys()
    assert "mel" not in figures
    decays = {group["weight_decay"] for group in training.optimizer.param_groups}
    assert 5e-2 in decays or decays == {0.0}


def test_no_such_codec(tmp_path) -> None:
    with pytest.raises(PalukuError, match="no codec 'nothing'"):
        CodecTraining(replace(QUICK, codec="nothing"), tmp_path)
