"""A talk by the clock: what the measuring devices do, and ten minutes without a late frame."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from core.audio.base import AudioFormat
from core.commands.main import main
from core.workbench.live_talk import ClockSink, ClockSource

FORMAT = AudioFormat(16_000, 320)


def test_a_speaker_by_the_clock_counts_gaps_in_a_reply_only() -> None:
    sink = ClockSink(FORMAT)
    frame = np.full(FORMAT.frame_size, 0.5, np.float32)
    while sink.has_room():
        sink.write(frame)
    waited = sink.pending() / FORMAT.sample_rate
    assert sink.underruns == 0 and 0.1 < waited < 0.3
    time.sleep(waited + 0.05)
    sink.write(frame)
    assert sink.underruns == 1  # it was too late by less than a pause
    time.sleep(sink.pending() / FORMAT.sample_rate + 0.7)
    sink.write(frame)
    assert sink.underruns == 1  # another reply
    at = sink.position() + sink.pending() - FORMAT.frame_size
    np.testing.assert_array_equal(sink.reference(at, FORMAT.frame_size), frame)


def test_a_microphone_by_the_clock_is_not_faster_than_life() -> None:
    turn = np.full(3 * FORMAT.frame_size, 0.25, np.float32)
    with ClockSource(FORMAT, [turn]) as source:
        begun = time.monotonic()
        heard = np.concatenate([source.read() for _ in range(60)])
        assert time.monotonic() - begun >= 60 * FORMAT.frame_seconds - 0.01
    assert np.count_nonzero(heard) == len(turn)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_ten_minutes_of_talk_without_a_late_frame(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "talk", "--minutes", "10", "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["replies"] >= 60
    assert told["late_frames"] == told["gaps"] == told["overruns"] == 0
    assert told["rss_mb"][1] - told["rss_mb"][0] < 20
