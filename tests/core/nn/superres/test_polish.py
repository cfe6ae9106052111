"""The diffusion engine from file to file, on nets of a few thousand weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile
import torch

from core.audio.base import Pcm
from core.cards import read_card
from core.enhance.audiosr import AudioSrEnhancer, import_audiosr, open_audiosr
from core.enhance.base import Enhancer, Progress, enhanced_length
from core.enhance.files import enhance_file, is_enhanced
from core.errors import ModelError
from core.nn.superres.audiosr import AudioSr
from core.nn.superres.audiosr_weights import AUDIOSR
from core.nn.superres.polish import PolishConfig, Polisher, memory_needed
from tests.core.nn.superres.tiny_nets import CONFIG, FRAMES, tiny_audiosr

WINDOW = FRAMES * 480


@pytest.fixture(scope="module")
def model() -> AudioSr:
    torch.manual_seed(0)
    return tiny_audiosr()


def engine(model: AudioSr, seed: int = 0) -> AudioSrEnhancer:
    return AudioSrEnhancer(Polisher(model, PolishConfig(steps=10, seed=seed, frames=FRAMES)))


def speech_like(samples: int, rate: int) -> Pcm:
    time = np.arange(samples) / rate
    tone = sum(np.sin(2 * np.pi * 150 * k * time) / k for k in range(1, 12))
    return (0.1 * np.asarray(tone) * (1 + np.sin(2 * np.pi * 3 * time))).astype(np.float32)


def enhanced(engine: Enhancer, pcm: Pcm, rate: int, block: int = 5000) -> Pcm:
    stream = engine.begin(rate, rate / 2, len(pcm) / rate, lambda progress: None)
    parts = [stream.push(pcm[start : start + block]) for start in range(0, len(pcm), block)]
    return np.concatenate([*parts, stream.finish()])


@pytest.mark.parametrize("samples", [1, 80, 2_559, 2_560, 2_561, 5_000])
def test_exactly_as_many_samples_as_asked(model: AudioSr, samples: int) -> None:
    out = enhanced(engine(model), speech_like(samples, 8000), 8000)
    assert len(out) == enhanced_length(samples, 8000) == 6 * samples
    assert np.isfinite(out).all()


def test_the_same_seed_gives_the_same_sound(model: AudioSr) -> None:
    pcm = speech_like(3000, 8000)
    first, again, other = (enhanced(engine(model, seed), pcm, 8000) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)
    assert np.array_equal(first, enhanced(engine(model, 3), pcm, 8000, block=777)), "however it is cut"


def test_the_low_band_stays(model: AudioSr) -> None:
    pcm = speech_like(8000, 8000)
    out = enhanced(engine(model), pcm, 8000)
    heard = enhanced(AudioSrEnhancer(_Silent()), pcm, 8000)
    hertz = np.fft.rfftfreq(len(out), 1 / 48_000)
    change, sound = (np.abs(np.fft.rfft(x)) ** 2 for x in (out - heard, heard))
    assert change[hertz < 3_500].sum() < 1e-6 * sound[hertz < 3_500].sum()
    assert change[hertz > 4_000].sum() > 1e-3 * sound[hertz < 3_500].sum()


def test_silence_stays_silence(model: AudioSr) -> None:
    assert not enhanced(engine(model), np.zeros(6000, np.float32), 8000).any()


def test_progress_counts_every_step_and_says_what_is_left(model: AudioSr) -> None:
    seen: list[Progress] = []
    pcm = speech_like(2 * WINDOW // 6, 8000)
    stream = engine(model).begin(8000, 4000, len(pcm) / 8000, seen.append)
    stream.push(pcm)
    stream.finish()
    done = [progress.done for progress in seen]
    assert done == sorted(done) and done[-1] == 1.0 and len(done) == 33
    assert all(progress.seconds_left is not None for progress in seen) and seen[-1].seconds_left == 0


@pytest.mark.parametrize("at", [1, 7, 15])
def test_cancelled_at_any_step_it_leaves_no_file(model: AudioSr, at: int, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "in.wav", speech_like(5000, 8000), 8000)
    seen: list[Progress] = []

    def cancel(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enhance_file(tmp_path / "in.wav", tmp_path / "out.wav", engine(model), cancel)
    assert len(seen) == at
    assert [path.name for path in tmp_path.iterdir()] == ["in.wav"]


def test_from_released_weights_to_a_file(
    model: AudioSr, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = read_card(write_released(model, tmp_path) / "model.toml")
    assert card.kind == "enhance" and card.runtime == "torch" and card.installed
    assert card.parameters == sum(value.numel() for value in model.state_dict().values())
    opened = open_audiosr(card, steps=10, guidance=3.5, seed=0, frames=FRAMES)
    soundfile.write(tmp_path / "in.wav", speech_like(900, 8000), 8000)
    done = enhance_file(tmp_path / "in.wav", tmp_path / "out.wav", opened)
    assert done.engine == "audiosr" and done.added and is_enhanced(tmp_path / "out.wav")
    assert soundfile.info(tmp_path / "out.wav").frames == 5400
    with pytest.raises(ModelError, match="already here"):
        import_audiosr(tmp_path / "released.bin", "mine", tmp_path / "own")


def test_too_little_memory_is_said_before_anything_is_loaded(
    model: AudioSr, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = read_card(write_released(model, tmp_path) / "model.toml")
    free = psutil.virtual_memory()._replace(available=1_500_000_000)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    monkeypatch.setattr("core.nn.superres.polish.read_model", None)
    with pytest.raises(ModelError, match=r"AudioSR needs 2\.9 GB of memory, and 1\.5 GB are free"):
        open_audiosr(card, steps=10, guidance=3.5, seed=0)


def test_full_size_needs_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class File:
        metadata = {"paluku.model": "audiosr"}  # noqa: RUF012
        shapes = {"all": (672_012_546,)}  # noqa: RUF012

    monkeypatch.setattr("core.nn.superres.polish.open_weights", lambda path: File)
    assert 5.6e9 < memory_needed(tmp_path) < 6e9


@pytest.mark.parametrize("id", ["", "a/b", ".."])
def test_odd_names_are_refused(model: AudioSr, tmp_path: Path, id: str) -> None:
    write_released(model, tmp_path)
    with pytest.raises(ModelError, match="cannot be called"):
        import_audiosr(tmp_path / "released.bin", id, tmp_path / "own")


def test_weights_that_are_not_converted_are_refused(model: AudioSr, tmp_path: Path) -> None:
    write_released(model, tmp_path)
    with pytest.raises(ModelError, match="no converted"):
        memory_needed(tmp_path / "released.bin")


class _Silent:
    """A model that makes nothing up."""

    window, steps = WINDOW, 1

    def polish(self, pcm: Pcm, number: int, crossover_hz: float, on_step: object) -> Pcm:
        return np.zeros_like(pcm)


def write_released(model: AudioSr, folder: Path) -> Path:
    """The tiny nets in the layout of the release, brought in as a user would; the model's folder."""
    state = {"scale_factor": model.scale_factor}
    for name, value in model.state_dict().items():
        for ours, theirs in (
            ("unet.", "model.diffusion_model."),
            ("vae.", "first_stage_model."),
            ("vocoder.", "first_stage_model.vocoder."),
        ):
            if name.startswith(ours):
                state[theirs + name.removeprefix(ours)] = value
    torch.save({"state_dict": state}, folder / "released.bin")
    import_audiosr(folder / "released.bin", "mine", folder / "own")
    assert AUDIOSR.config is type(CONFIG)
    return folder / "own" / "mine"
