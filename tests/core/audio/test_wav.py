"""Sound files: every usable one is read, every other one is refused in a sentence."""

from __future__ import annotations

import errno
import io
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.audio.base import AudioFormat
from core.audio.wav import WavSink, WavSource, read_pcm
from core.errors import AudioFileError, StorageError

FORMAT = AudioFormat(16_000, 1280)


def tone(rate: int, seconds: float = 1.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)


def read_all(path: Path, format: AudioFormat = FORMAT) -> np.ndarray:
    frames = []
    with WavSource(path, format) as source:
        while (frame := source.read()) is not None:
            assert len(frame) == format.frame_size
            frames.append(frame)
    return np.concatenate(frames)


@pytest.mark.parametrize(
    ("suffix", "subtype", "rate", "channels", "tolerance"),
    [
        ("wav", "PCM_U8", 44_100, 2, 0.01),
        ("wav", "PCM_16", 44_100, 2, 1e-3),
        ("wav", "PCM_24", 48_000, 6, 1e-3),
        ("wav", "FLOAT", 8_000, 1, 1e-3),
        ("wav", "DOUBLE", 96_000, 1, 1e-3),
        ("wav", "ULAW", 8_000, 1, 0.02),
        ("aiff", "PCM_S8", 22_050, 1, 0.01),
        ("flac", "PCM_16", 16_000, 1, 1e-3),
        ("ogg", "VORBIS", 44_100, 2, 0.05),
        ("wav", "PCM_16", 11_025, 2, 1e-3),
    ],
)
def test_any_rate_depth_and_channels(
    tmp_path: Path, suffix: str, subtype: str, rate: int, channels: int, tolerance: float
) -> None:
    path = tmp_path / f"in.{suffix}"
    soundfile.write(path, np.stack([tone(rate)] * channels, 1), rate, subtype=subtype)
    expected = tone(16_000)
    for got in (read_all(path), read_pcm(path, 16_000)):
        middle = slice(800, 15_000)
        np.testing.assert_allclose(got[middle], expected[middle], atol=tolerance)
    assert len(read_pcm(path, 16_000)) == 16_000


def test_the_last_frame_is_filled_with_silence(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "in.wav", tone(16_000, 0.1), 16_000, subtype="FLOAT")
    got = read_all(tmp_path / "in.wav")
    assert len(got) == 2 * 1280
    assert np.all(got[1600:] == 0)


def test_onlookers_see_what_was_read(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "in.wav", tone(16_000), 16_000)
    with WavSource(tmp_path / "in.wav", FORMAT) as source:
        first = source.read()
        pcm, position = source.peek(0)
        assert position == 1280
        np.testing.assert_array_equal(pcm, first)


def test_two_hours_need_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with soundfile.SoundFile(path, "w", 8_000, 1, "PCM_U8") as file:
        for _ in range(120):
            file.write(np.zeros(60 * 8_000, np.float32))
    with WavSource(path, AudioFormat(8_000, 8_000)) as source:
        assert source.seconds == 7200
        source.read()
        tracemalloc.start()
        frames = 1
        while source.read() is not None:
            frames += 1
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert frames == 7200
    assert most < 2_000_000


def _write(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def _sound(samples: np.ndarray, **how: str) -> Callable[[Path], None]:
    return lambda path: soundfile.write(path, samples, 16_000, format="WAV", **how)


def _strange_rate(path: Path) -> None:
    soundfile.write(path, tone(16_000), 16_000, format="WAV")
    content = bytearray(path.read_bytes())
    content[24:28] = (2_000_000_000).to_bytes(4, "little")
    path.write_bytes(content)


BAD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "no file"),
    "folder": (Path.mkdir, "folder"),
    "0 bytes": (Path.touch, "empty"),
    "no sound": (_sound(np.zeros(0)), "no sound"),
    "text": (_write("వచనం, not sound".encode()), "not a sound file"),
    "header only": (_write(b"RIFF\x24\x00\x00\x00WAVE"), "not a sound file"),
    "noise": (_write(bytes(range(256)) * 64), "not a sound file"),
    "NaN": (_sound(np.array([0.1, np.nan, 0.2]), subtype="FLOAT"), "NaN"),
    "infinity": (_sound(np.array([0.1, -np.inf, 0.2]), subtype="FLOAT"), "NaN or infinity"),
    "strange rate": (_strange_rate, "2000000000 samples a second"),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("read", [read_all, lambda path: read_pcm(path, 16_000)], ids=["stream", "whole"])
def test_bad_files_end_in_a_sentence(tmp_path: Path, name: str, read: Callable[[Path], object]) -> None:
    make, says = BAD_FILES[name]
    path = tmp_path / "bad.wav"
    make(path)
    with pytest.raises(AudioFileError, match=says) as caught:
        read(path)
    assert caught.value.hint
    assert "bad.wav" in caught.value.message


def test_a_file_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "cut.wav"
    soundfile.write(path, tone(16_000), 16_000)
    path.write_bytes(path.read_bytes()[: 44 + 16_000])
    assert len(read_pcm(path, 16_000)) == 8_000


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    pcm = np.random.default_rng(0).uniform(-1.2, 1.2, 1280 * 40).astype(np.float32)
    with WavSink(tmp_path / "out.wav", FORMAT) as sink:
        for at in range(0, len(pcm), 1280):
            assert sink.has_room()
            sink.write(pcm[at : at + 1280])
            assert not (tmp_path / "out.wav").exists()
        assert sink.pending() == 0
    got = read_pcm(tmp_path / "out.wav", 16_000)
    np.testing.assert_allclose(got, np.clip(pcm, -1, 1), atol=1e-4)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.wav"]


def test_a_growing_file_is_good_at_any_moment(tmp_path: Path) -> None:
    with WavSink(tmp_path / "out.wav", FORMAT) as sink:
        for _ in range(30):
            sink.write(np.full(1280, 0.25, np.float32))
        grown = read_pcm(next(tmp_path.glob(".*")), 16_000)
        assert len(grown) >= 16_000


class SmallDisk(io.FileIO):
    """A file on a disk with room for the header and two and a half thousand samples, the last one cut."""

    def write(self, content: bytes) -> int:
        room = 44 + 5001 - self.tell()
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(content[:room])


def test_a_full_disk_keeps_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.wav"
    with monkeypatch.context() as small:
        small.setattr(Path, "open", lambda path, *_, **__: SmallDisk(path, "w"))
        sink = WavSink(path, FORMAT)
    with pytest.raises(StorageError, match="disk is full") as caught, sink:
        for _ in range(10):
            sink.write(np.full(1280, 0.5, np.float32))
    assert caught.value.hint
    got = read_pcm(path, 16_000)
    assert len(got) == 2500
    np.testing.assert_allclose(got, 0.5, atol=1e-4)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_was_full_from_the_start(tmp_path: Path) -> None:
    (tmp_path / ".out.wav.part").symlink_to("/dev/full")
    with pytest.raises(StorageError, match="disk is full"):
        WavSink(tmp_path / "out.wav", FORMAT)


@pytest.mark.parametrize(("name", "says"), [("none/out.wav", "no such folder"), ("", "folder")])
def test_places_that_cannot_be_written(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(StorageError, match=says) as caught:
        WavSink(tmp_path / name, FORMAT)
    assert caught.value.hint
