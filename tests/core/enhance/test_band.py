"""Where a sound's band ends, whatever its rate claims."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from core.enhance.band import BandMeter
from tests.core.enhance.sounds import voice


def measured(pcm: np.ndarray, rate: int, block: int = 7_001) -> float:
    meter = BandMeter(rate)
    for start in range(0, len(pcm), block):
        meter.push(pcm[start : start + block])
    return meter.limit_hz()


@pytest.mark.parametrize("inner", [8_000, 16_000, 24_000])
def test_a_low_rate_in_a_high_one(inner: int) -> None:
    pcm = soxr.resample(voice(2, inner), inner, 48_000).astype(np.float32)
    assert 0.92 * inner / 2 < measured(pcm, 48_000) < 1.1 * inner / 2


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_a_full_band_has_no_edge(rate: int) -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, rate).astype(np.float32)
    assert measured(noise, rate) == rate / 2


@pytest.mark.parametrize("samples", [0, 1, 100, 5_000])
def test_silence_and_next_to_nothing(samples: int) -> None:
    assert measured(np.zeros(samples, np.float32), 16_000) == 8_000
