"""The laboratory: a codec examined in a child process, and what is kept of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.cards import Registry
from core.errors import AudioFileError, ModelError, StorageError
from core.folders import MODELS_VARIABLE
from core.laboratory import Laboratory
from core.workbench.spoken import can_speak
from tests import tiny


@pytest.fixture
def laboratory(
    registry: Registry, tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Laboratory:
    monkeypatch.setenv(MODELS_VARIABLE, str(tiny_models))  # for the child
    return Laboratory(tmp_path / "workbench", registry)


def sound(path: Path, seconds: float = 1.5) -> Path:
    t = np.arange(round(seconds * 16_000)) / 16_000
    voice = sum(0.1 / k * np.sin(2 * np.pi * 140 * k * t) for k in range(1, 20)) * (1 + np.sin(8 * t)) / 2
    soundfile.write(path, voice.astype(np.float32), 16_000)
    return path


def test_the_codecs_that_are_here_can_be_examined(laboratory: Laboratory) -> None:
    assert [each.id for each in laboratory.candidates()] == [tiny.CODEC]
    assert laboratory.examined(tiny.CODEC) is None


@pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")
@pytest.mark.timeout(600)
def test_a_diagnosis_is_kept_and_found_again(laboratory: Laboratory, tmp_path: Path) -> None:
    told: list[str] = []
    speech = sound(tmp_path / "speech.wav")
    diagnosis = laboratory.diagnosis(tiny.CODEC, (speech,), lambda words, share: told.append(words))
    assert diagnosis.run() is not None
    assert told[0] == "loading" and "measuring" in told
    found = laboratory.examined(tiny.CODEC)
    assert found is not None and found.verdict in ("good", "fair", "poor")
    named = {finding.what for finding in found.findings}
    assert {"STOI", "silence", "streaming"} <= named
    contrasts = ("retroflex / dental", "aspirated / plain", "long / short vowel", "geminate / single")
    assert {f"{each} ({language})" for each in contrasts for language in ("te", "hi")} <= named
    assert all(path.stat().st_size > 100 for path in (*found.sounds, *found.pictures, found.page))
    laboratory.save(tiny.CODEC, tmp_path / "copy")
    assert (tmp_path / "copy" / "diagnosis.html").is_file()
    with pytest.raises(StorageError, match="already there"):
        laboratory.save(tiny.CODEC, tmp_path / "copy")


def test_bad_input_is_one_sentence(laboratory: Laboratory, tmp_path: Path) -> None:
    short = sound(tmp_path / "short.wav", seconds=0.01)
    with pytest.raises(AudioFileError, match="10 ms"):
        laboratory.diagnosis(tiny.CODEC, (short,)).run()
    with pytest.raises(ModelError, match="no model 'nothing'"):
        laboratory.diagnosis("nothing", (sound(tmp_path / "speech.wav"),)).run()
    assert not list((tmp_path / "workbench").rglob("*.partial"))


def test_called_back_it_leaves_nothing(laboratory: Laboratory, tmp_path: Path) -> None:
    diagnosis = laboratory.diagnosis(
        tiny.CODEC, (sound(tmp_path / "speech.wav"),), lambda words, share: diagnosis.stop()
    )
    assert diagnosis.run() is None and laboratory.examined(tiny.CODEC) is None
    assert not list((tmp_path / "workbench").rglob("*.wav"))
