"""Files in, files out: odd ones, broken ones, and a change of mind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.audio.base import Pcm
from core.enhance.base import Progress
from core.enhance.files import enhance_file, is_enhanced
from core.errors import AudioFileError, PalukuError, StorageError
from tests.core.enhance.sounds import live, voice

NOISE = np.random.default_rng(0).normal(0, 0.2, 48_000).astype(np.float32)

# name: sound [T] or [T, channels], rate, whether anything is to be added
ODD_FILES: dict[str, tuple[Pcm, int, bool]] = {
    "full band already": (NOISE, 48_000, False),
    "silence": (np.zeros(16_000, np.float32), 16_000, True),
    "10 ms": (voice(0.01, 16_000), 16_000, True),
    "one sample": (voice(1, 8_000)[:1], 8_000, True),
    "long": (np.tile(voice(1, 8_000), 20), 8_000, True),
    "stereo": (np.stack([voice(1, 16_000), voice(1, 16_000, seed=1)], axis=1), 16_000, True),
    "six channels": (np.stack([voice(0.2, 16_000)] * 6, axis=1), 16_000, True),
    "clipped": (np.clip(20 * voice(1, 16_000), -1, 1), 16_000, True),
    "odd rate": (voice(0.5, 11_025), 11_025, True),
    "a constant": (np.full(8_000, 0.5, np.float32), 16_000, True),
}


@pytest.mark.parametrize("name", ODD_FILES)
def test_odd_files(name: str, tmp_path: Path) -> None:
    sound, rate, adds = ODD_FILES[name]
    soundfile.write(tmp_path / "in.wav", sound, rate, subtype="PCM_16")
    done = enhance_file(tmp_path / "in.wav", tmp_path / "out.wav", live())
    made, out_rate = soundfile.read(tmp_path / "out.wav", always_2d=True)
    assert out_rate == 48_000
    assert made.shape == (-(-len(sound) * 48_000 // rate), 1 if sound.ndim == 1 else sound.shape[1])
    assert np.isfinite(made).all() and np.abs(made).max() <= 1
    assert done.added == adds == is_enhanced(tmp_path / "out.wav")
    assert done.seconds == pytest.approx(len(sound) / rate)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.wav", "out.wav"]


def test_channels_are_enhanced_each_for_itself(tmp_path: Path) -> None:
    left, right = voice(1, 16_000), np.zeros(16_000, np.float32)
    soundfile.write(tmp_path / "in.wav", np.stack([left, right], axis=1), 16_000)
    enhance_file(tmp_path / "in.wav", tmp_path / "out.wav", live())
    made, _ = soundfile.read(tmp_path / "out.wav")
    assert np.abs(made[:, 1]).max() < 1e-3 < np.abs(made[:, 0]).max()


def test_an_hour_is_never_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In short: what is handed on at a time does not grow with the file."""
    soundfile.write(tmp_path / "in.wav", np.tile(voice(1, 8_000), 12), 8_000)
    sizes: list[int] = []
    write = soundfile.SoundFile.write
    monkeypatch.setattr(
        soundfile.SoundFile, "write", lambda self, data: (sizes.append(len(data)), write(self, data))[1]
    )
    enhance_file(tmp_path / "in.wav", tmp_path / "out.wav", live())
    assert len(sizes) >= 12 and max(sizes) <= 50_000


def test_broken_files_are_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("this is no sound")
    (tmp_path / "empty.wav").write_bytes(b"")
    soundfile.write(tmp_path / "nothing.wav", np.zeros(0), 16_000)
    soundfile.write(tmp_path / "nan.wav", np.array([0.0, np.nan, 0.0]), 16_000, subtype="FLOAT")
    for name in ("text.wav", "empty.wav", "nothing.wav", "nan.wav", "absent.wav", "."):
        with pytest.raises(AudioFileError) as caught:
            enhance_file(tmp_path / name, tmp_path / "out.wav", live())
        assert caught.value.message.endswith(".") and caught.value.hint
        assert not (tmp_path / "out.wav").exists() and not list(tmp_path.glob(".*"))


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "in.wav", voice(0.1, 8_000), 8_000)
    for target in (tmp_path, tmp_path / "absent" / "out.wav", tmp_path / "in.wav"):
        with pytest.raises(StorageError):
            enhance_file(tmp_path / "in.wav", target, live())
    assert soundfile.info(tmp_path / "in.wav").samplerate == 8_000


def test_a_change_of_mind_leaves_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "in.wav", voice(3, 8_000), 8_000)
    (tmp_path / "out.wav").write_text("an older file")

    def cancel(progress: Progress) -> None:
        if progress.done > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enhance_file(tmp_path / "in.wav", tmp_path / "out.wav", live(), cancel)
    assert (tmp_path / "out.wav").read_text() == "an older file"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.wav", "out.wav"]


def test_a_failing_engine_leaves_nothing(tmp_path: Path) -> None:
    class Failing:
        name = "failing"

        def begin(self, *args: object) -> object:
            raise PalukuError("It does not work.")

    soundfile.write(tmp_path / "in.wav", voice(0.1, 8_000), 8_000)
    with pytest.raises(PalukuError):
        enhance_file(tmp_path / "in.wav", tmp_path / "out.wav", Failing())  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["in.wav"]


def test_progress_goes_up_to_the_end(tmp_path: Path) -> None:
    seen: list[float] = []
    soundfile.write(tmp_path / "in.wav", np.stack([voice(2, 8_000)] * 2, axis=1), 8_000)
    enhance_file(
        tmp_path / "in.wav", tmp_path / "out.wav", live(), lambda progress: seen.append(progress.done)
    )
    assert seen == sorted(seen) and seen[-1] == 1.0
