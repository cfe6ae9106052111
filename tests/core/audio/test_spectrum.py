"""Spectrogram columns: right, the same in pieces, and cheap."""

from __future__ import annotations

import time

import numpy as np
import pytest

from core.audio.spectrum import Spectrum, SpectrumConfig

RATE = 24_000


def tone(hertz: float, seconds: float = 1.0) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(int(RATE * seconds)) / RATE).astype(np.float32)


@pytest.mark.parametrize("scale", ["linear", "mel"])
@pytest.mark.parametrize("hertz", [200, 1000, 4000, 9000])
def test_a_full_scale_tone_stands_at_its_place_near_zero_db(scale: str, hertz: float) -> None:
    spectrum = Spectrum(SpectrumConfig(RATE, scale=scale))
    columns = spectrum.push(tone(hertz))
    frequencies = spectrum.frequencies()
    assert columns.shape[1] == spectrum.bins == len(frequencies)
    loudest = columns[10].argmax()
    step = np.gradient(frequencies)[loudest]
    assert abs(frequencies[loudest] - hertz) <= max(step, RATE / 512)
    assert -3 < columns[10].max() < 4


@pytest.mark.parametrize("scale", ["linear", "mel"])
def test_pieces_equal_whole(scale: str) -> None:
    dice = np.random.default_rng(0)
    pcm = dice.standard_normal(RATE).astype(np.float32)
    whole = Spectrum(SpectrumConfig(RATE, scale=scale, hop=200)).push(pcm)
    spectrum, pieces, at = Spectrum(SpectrumConfig(RATE, scale=scale, hop=200)), [], 0
    while at < len(pcm):
        count = int(dice.integers(0, 900))
        pieces.append(spectrum.push(pcm[at : at + count]))
        at += count
    np.testing.assert_allclose(np.concatenate(pieces), whole, atol=1e-3)
    assert len(whole) == (RATE - 512) // 200 + 1


def test_silence_lies_on_the_floor() -> None:
    columns = Spectrum(SpectrumConfig(RATE, floor_db=-90)).push(np.zeros(RATE, np.float32))
    assert np.all(columns == -90)


def test_every_mel_bin_hears_something() -> None:
    noise = np.random.default_rng(0).standard_normal(RATE).astype(np.float32)
    columns = Spectrum(SpectrumConfig(RATE, bins=128)).push(noise)
    assert columns.mean(axis=0).min() > -60


@pytest.mark.parametrize("scale", ["linear", "mel"])
def test_80_ms_cost_under_1_ms(scale: str) -> None:
    spectrum, pcm = Spectrum(SpectrumConfig(RATE, scale=scale)), tone(440, 0.08)
    costs = []
    for _ in range(100):
        started = time.perf_counter()
        spectrum.push(pcm)
        costs.append(time.perf_counter() - started)
    assert np.median(costs) < 1e-3


def test_a_hop_longer_than_the_window_is_refused() -> None:
    with pytest.raises(ValueError, match="hop"):
        SpectrumConfig(RATE, hop=1024)
