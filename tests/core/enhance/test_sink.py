"""The reply made wide on its way to the speaker."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.audio.base import AudioFormat
from core.audio.wav import WavSink
from core.enhance.sink import WideSink, widened
from tests.core.enhance.sounds import live, voice


def wide_sink(path: Path, rate: int) -> WideSink:
    return WideSink(WavSink(path, AudioFormat(48_000, 960)), rate, live())


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000])
def test_what_is_written_is_heard_wide(rate: int, tmp_path: Path) -> None:
    pcm = voice(1, rate)
    with wide_sink(tmp_path / "out.wav", rate) as sink:
        assert sink.format == AudioFormat(rate, rate // 50)
        for start in range(0, len(pcm), sink.format.frame_size):
            assert sink.has_room()
            sink.write(pcm[start : start + sink.format.frame_size])
        seen, position = sink.peek(0)
        assert len(seen) == position and abs(position + sink.pending() - len(pcm)) <= 1
        assert sink.latency_seconds < 0.03
        sink.drop()
        assert sink.pending() == 0
    wide, out_rate = soundfile.read(tmp_path / "out.wav")
    assert out_rate == 48_000 and len(wide) >= 0.97 * 48_000
    hertz, power = np.fft.rfftfreq(len(wide), 1 / 48_000), np.abs(np.fft.rfft(wide)) ** 2
    assert power[hertz > 0.55 * rate].sum() > 1e-6 * power.sum()


def test_rates_that_do_not_divide_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be made wide"):
        wide_sink(tmp_path / "out.wav", 22_050)


def test_only_what_lacks_a_band_is_widened(tmp_path: Path) -> None:
    opened: list[AudioFormat] = []

    def open(format: AudioFormat) -> WavSink:
        opened.append(format)
        return WavSink(tmp_path / f"{len(opened)}.wav", format)

    assert isinstance(widened(live(), AudioFormat(16_000, 320), open), WideSink)
    for rate in (48_000, 44_100):  # the one is wide already, the other cannot be made so frame by frame
        assert isinstance(widened(live(), AudioFormat(rate, rate // 50), open), WavSink)
    assert opened == [AudioFormat(48_000, 960), AudioFormat(48_000, 960), AudioFormat(44_100, 882)]


def test_a_frame_is_made_wide_faster_than_it_lasts(tmp_path: Path) -> None:
    with wide_sink(tmp_path / "out.wav", 16_000) as sink:
        spent = []
        for frame in voice(3, 16_000)[: 3 * 16_000 // 320 * 320].reshape(-1, 320):
            began = time.thread_time()
            sink.write(frame)
            spent.append(time.thread_time() - began)
    assert np.median(spent) < 0.01  # of the 20 ms that it lasts
