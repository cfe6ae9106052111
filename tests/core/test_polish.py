"""Polish: a saved turn becomes a file of 48 kHz that says what it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.cards import Registry
from core.enhance.files import is_enhanced
from core.errors import ModelError
from core.folders import MODELS_VARIABLE
from core.history import Turn
from core.loading import load_codec
from core.polish import Polish
from tests import tiny

WIDE = Path(__file__).parents[2] / "models" / "paluku-wide"


@pytest.fixture
def polish(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Polish:
    models = tmp_path / "models"
    models.mkdir()
    for folder in (*tiny_models.iterdir(), WIDE):
        (models / folder.name).symlink_to(folder)
    monkeypatch.setenv(MODELS_VARIABLE, str(models))  # for the child
    return Polish(tmp_path / "enhanced")


def turn(registry: Registry, frames: int = 50) -> Turn:
    codec = load_codec(registry.find(tiny.CODEC))
    noise = np.random.default_rng(0).normal(0, 0.1, frames * tiny.FRAME).astype(np.float32)
    codes = codec.encoder().push(noise)
    return Turn(
        number=1,
        heard="hello",
        reply="hello there",
        heard_codes=codes,
        reply_codes=codes[:, : frames // 2],
        speaker="asha",
        emotion="neutral",
        language="en",
        seed=0,
        first_sound_ms=90.0,
        interrupted=False,
        at=1_700_000_000.0,
    )


def test_a_turn_becomes_wide_and_is_marked(polish: Polish, registry: Registry, tmp_path: Path) -> None:
    said, told = turn(registry), []
    assert polish.find(3, said, "heard") is None
    assert polish.enhance(tiny.CODEC, 3, said, "heard", lambda words, share: told.append(words)).run()
    found = polish.find(3, said, "heard")
    assert found is not None and polish.find(3, said, "reply") is None
    plain, wide = soundfile.info(found.plain), soundfile.info(found.wide)
    assert (plain.samplerate, wide.samplerate) == (tiny.RATE, 48_000)
    assert wide.frames == 3 * plain.frames == 3 * 50 * tiny.FRAME
    assert is_enhanced(found.wide) and not is_enhanced(found.plain)
    assert "enhancing" in told
    polish.save(found, tmp_path / "out.wav")
    assert is_enhanced(tmp_path / "out.wav")
    polish.forget(33)
    assert polish.find(3, said, "heard") is not None
    polish.forget(3)
    assert polish.find(3, said, "heard") is None


def test_called_back_it_leaves_nothing(polish: Polish, registry: Registry, tmp_path: Path) -> None:
    said = turn(registry, frames=3000)
    making = polish.enhance(tiny.CODEC, 1, said, "heard", lambda words, share: making.stop())
    assert making.run() is None and polish.find(1, said, "heard") is None
    assert list((tmp_path / "enhanced").iterdir()) == []


def test_a_codec_that_is_gone_is_a_sentence(polish: Polish, registry: Registry) -> None:
    with pytest.raises(ModelError):
        polish.enhance("gone", 1, turn(registry), "heard").run()
