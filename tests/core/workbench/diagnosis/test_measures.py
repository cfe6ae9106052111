"""Measures: right where the answer is known."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
import torch

from core.audio.png import resized, shaded, to_png
from core.nn.pitch import PitchConfig, PitchTracker
from core.workbench.diagnosis.bands import band_of, judge, worst
from core.workbench.diagnosis.behaviour import Behaviour
from core.workbench.diagnosis.code_use import code_use
from core.workbench.diagnosis.pitch import pitch_of
from core.workbench.diagnosis.waveform import (
    clicks,
    log_spectral_distance,
    loudness_drift,
    multi_resolution_distance,
    segmental_snr,
    si_sdr,
    snr,
)

RATE = 16_000


def noise(seed: int = 0, seconds: float = 1.0) -> np.ndarray:
    return (0.1 * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).astype(np.float32)


def test_a_copy_has_no_error() -> None:
    x = noise()
    assert si_sdr(x, x) == 100 and snr(x, x) == 100 and segmental_snr(x, x, RATE) == 35
    assert log_spectral_distance(x, x) == 0 and multi_resolution_distance(x, x) == 0
    assert clicks(x, RATE) == 0 and loudness_drift(x, x) == 0


def test_noise_of_a_known_level() -> None:
    x, error = noise(0), noise(1)
    y = x + np.float32(0.1) * error
    assert snr(x, y) == pytest.approx(20, abs=0.3)
    assert si_sdr(x, y) == pytest.approx(20, abs=0.3)
    assert segmental_snr(x, y, RATE) == pytest.approx(20, abs=0.5)
    assert si_sdr(x, 0.5 * y) == pytest.approx(si_sdr(x, y), abs=0.01)
    assert snr(x, 0.5 * x) == pytest.approx(6.02, abs=0.01)
    assert loudness_drift(x, 2 * x) == pytest.approx(6.02, abs=0.01)
    assert log_spectral_distance(x, 2 * x) == pytest.approx(6.02, abs=0.05)


def test_a_click_is_found() -> None:
    t = np.arange(RATE) / RATE
    x = (0.3 * np.sin(2 * np.pi * 200 * t)).astype(np.float32)
    broken = x.copy()
    broken[8000] += 0.5
    assert clicks(x, RATE) == 0 and clicks(broken, RATE) >= 1


def test_code_use() -> None:
    even = np.tile(np.arange(8), 100)
    stuck = np.zeros(800, np.int64)
    first, second = code_use(np.stack([even, stuck]), (8, 16), 50.0)
    assert (first.used, first.dead) == (8, 0) and first.perplexity == pytest.approx(8)
    assert first.entropy_bits_per_second == pytest.approx(150)
    assert first.transition_bits == pytest.approx(0, abs=0.01)  # each code tells the next
    assert (second.used, second.dead, second.entropy_bits) == (1, 15, 0.0)
    assert code_use(even[None, :20], (1024,), 50.0)[0].dead is None  # too little to say


CALM = Behaviour(-90.0, 0.0, -90.0, 0.0, 20.0, 0.0)


def test_the_same_figures_mean_other_things_at_another_bitrate() -> None:
    def level(bitrate: float) -> dict[str, str]:
        judged = judge(
            band_of(bitrate), stoi=0.91, pesq=2.3, si_sdr=3.0, books=[], behaviour=CALM, contrasts=[]
        )
        return {each.what: each.level for each in judged}

    assert level(1_100)["STOI"] == "good" and level(1_100)["SI-SDR"] == "not judged"
    assert level(4_000)["STOI"] == "fair" and level(4_000)["PESQ"] == "fair"
    assert level(16_000)["STOI"] == "poor" and level(16_000)["SI-SDR"] == "poor"


def test_what_cannot_be_measured_is_not_judged() -> None:
    judged = judge(band_of(1_000), stoi=None, pesq=None, si_sdr=0.0, books=[], behaviour=CALM, contrasts=[])
    assert worst(judged) == "good" and judged[0].level == "not judged"
    assert worst([]) == "not judged"


def test_a_picture_is_a_png() -> None:
    pixels = shaded(np.linspace(0, 1, 12).reshape(3, 4), ((0, 0, 0), (255, 255, 255)))
    file = to_png(pixels)
    assert file.startswith(b"\x89PNG\r\n\x1a\n") and file[16:24] == b"\0\0\0\x04\0\0\0\x03"
    at = file.index(b"IDAT") + 4
    raw = zlib.decompress(file[at:-16])
    assert len(raw) == 3 * (1 + 4 * 3) and raw[-3:] == b"\xff\xff\xff"
    assert resized(np.arange(8.0).reshape(2, 4), 1, 2).tolist() == [[2.5, 4.5]]
    assert resized(np.ones((2, 2)), 5, 3).shape == (5, 3)


def test_the_pitch_is_the_one_that_the_codecs_hear() -> None:
    seconds = np.arange(2 * RATE) / RATE
    glide = 2 * np.pi * np.cumsum(120 + 60 * seconds) / RATE  # a voice that rises from 120 to 240 Hz
    x = sum(0.2 / k * np.sin(k * glide) for k in range(1, 8)) + 0.02 * noise(seconds=2.0)
    x[RATE // 2 : RATE] = 0.1 * noise(3, seconds=0.5)  # and is gone for a while
    tracker = PitchTracker(PitchConfig())
    with torch.inference_mode():
        told, _ = tracker(torch.from_numpy(x.astype(np.float32))[None, None], tracker.initial_state(1))
    found = pitch_of(x.astype(np.float32))
    assert found == pytest.approx(told[0, 0].numpy(), abs=0.05)
    assert np.all(found[60:98] == 0) and found[190] == pytest.approx(120 + 60 * 1.88, rel=0.01)
    assert len(pitch_of(np.zeros(0, np.float32))) == 0 and not pitch_of(np.zeros(RATE, np.float32)).any()
