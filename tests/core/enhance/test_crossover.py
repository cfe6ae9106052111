"""The crossover leaves the low band alone."""

from __future__ import annotations

import numpy as np
import pytest

from core.enhance.crossover import HALF_WIDTH_HZ, TAPS, Crossover, high_pass
from core.enhance.low_band import replace_low_band


@pytest.mark.parametrize("crossover", [3_760.0, 7_520.0, 11_280.0, 16_000.0])
def test_the_filter_is_80_db_down_below(crossover: float) -> None:
    hertz = np.fft.rfftfreq(1 << 16, 1 / 48_000)
    response = 20 * np.log10(np.abs(np.fft.rfft(high_pass(crossover), 1 << 16)) + 1e-12)
    assert response[hertz < crossover - HALF_WIDTH_HZ].max() < -79
    assert np.abs(response[hertz > crossover + HALF_WIDTH_HZ]).max() < 0.1


@pytest.mark.parametrize("sizes", [[9600], [480] * 20, [1, 4000, 17, 5582]])
def test_pieces_equal_whole_and_the_delay_is_as_promised(sizes: list[int]) -> None:
    rng = np.random.default_rng(0)
    sound, added = rng.normal(0, 0.1, (2, 9600)).astype(np.float32)
    late = 480
    crossover = Crossover(7_520.0, late)
    cuts = np.cumsum(sizes)[:-1]
    pieces = zip(np.split(sound, cuts), np.split(added, cuts), strict=True)
    out = np.concatenate([crossover.push(*piece) for piece in pieces])
    filtered = np.convolve(added, high_pass(7_520.0))[:9600]
    expected = np.pad(sound, (late + TAPS // 2, 0))[:9600] + filtered
    np.testing.assert_allclose(out, expected, atol=1e-5)


def test_replacing_takes_only_the_upper_band() -> None:
    rng = np.random.default_rng(1)
    heard, made = rng.normal(0, 0.1, (2, 48_000)).astype(np.float32)
    out = replace_low_band(heard, made, 8_000.0)
    hertz = np.fft.rfftfreq(48_000, 1 / 48_000)
    change, sound = np.abs(np.fft.rfft(out - heard)) ** 2, np.abs(np.fft.rfft(heard)) ** 2
    low = hertz < 8_000 - HALF_WIDTH_HZ
    assert 10 * np.log10(sound[low].sum() / change[low].sum()) > 60
    assert change[hertz > 9_000].sum() > 0.5 * (np.abs(np.fft.rfft(made)) ** 2)[hertz > 9_000].sum()
