"""The level meter measures in dBFS and says what is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio.level import QUIETEST_DB, LevelMeter, Verdict

RATE = 16_000


def tone(amplitude: float, seconds: float = 0.08) -> np.ndarray:
    pcm = amplitude * np.sin(2 * np.pi * 440 * np.arange(int(RATE * seconds)) / RATE)
    return np.clip(pcm, -1, 1).astype(np.float32)


def verdict_after(amplitude: float, seconds: float) -> Verdict:
    meter = LevelMeter(RATE)
    for _ in range(round(seconds / 0.08)):
        reading = meter.push(tone(amplitude))
    return reading.verdict


def test_a_sine_is_3_db_below_its_peak() -> None:
    reading = LevelMeter(RATE).push(tone(0.5, 1.0))
    assert reading.peak_db == pytest.approx(-6.02, abs=0.02)
    assert reading.rms_db == pytest.approx(-9.03, abs=0.02)
    assert reading.verdict is Verdict.GOOD


def test_silence_is_the_quietest_level_and_no_error_at_once() -> None:
    reading = LevelMeter(RATE).push(np.zeros(100, np.float32))
    assert (reading.rms_db, reading.peak_db) == (QUIETEST_DB, QUIETEST_DB)
    assert reading.verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("amplitude", "seconds", "verdict"),
    [
        (0.3, 10, Verdict.GOOD),
        (1.5, 0.08, Verdict.CLIPPING),
        (0.001, 2, Verdict.GOOD),  # not speaking for a while is no fault
        (0.001, 4, Verdict.TOO_QUIET),
        (0.0, 1.5, Verdict.GOOD),
        (0.0, 2.5, Verdict.DEAD),
    ],
)
def test_verdicts(amplitude: float, seconds: float, verdict: Verdict) -> None:
    assert verdict_after(amplitude, seconds) is verdict


def test_clipping_stays_in_sight_for_a_moment() -> None:
    meter = LevelMeter(RATE)
    meter.push(tone(2.0))
    assert meter.push(tone(0.1, 1.0)).verdict is Verdict.CLIPPING
    assert meter.push(tone(0.1, 1.0)).verdict is Verdict.GOOD


def test_one_sample_of_sound_shows_that_the_microphone_lives() -> None:
    meter = LevelMeter(RATE)
    meter.push(np.zeros(3 * RATE, np.float32))
    assert meter.push(tone(0.1)).verdict is not Verdict.DEAD


def test_no_sound_changes_nothing() -> None:
    meter = LevelMeter(RATE)
    latest = meter.push(tone(0.5))
    assert meter.push(np.zeros(0, np.float32)) == latest
