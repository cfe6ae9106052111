"""Resampling keeps every sample's place, in pieces as in one go."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio.resample import Resampler, resample

RATES = [
    (48_000, 16_000),
    (16_000, 48_000),
    (44_100, 24_000),
    (24_000, 44_100),
    (8_000, 24_000),
    (96_000, 16_000),
]


def sine(hertz: float, rate: int, seconds: float = 1.0) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate).astype(np.float32)


def in_pieces(resampler: Resampler, pcm: np.ndarray, seed: int = 0) -> np.ndarray:
    dice, out, at = np.random.default_rng(seed), [], 0
    while at < len(pcm):
        count = int(dice.integers(0, 3000))
        out.append(resampler.push(pcm[at : at + count]))
        at += count
    return np.concatenate([*out, resampler.finish()])


@pytest.mark.parametrize(("in_rate", "out_rate"), RATES)
def test_pieces_equal_whole_and_the_count_is_exact(in_rate: int, out_rate: int) -> None:
    pcm = np.random.default_rng(0).standard_normal(in_rate * 3 + 17).astype(np.float32)
    whole = Resampler(in_rate, out_rate)
    expected = np.concatenate([whole.push(pcm), whole.finish()])
    got = in_pieces(Resampler(in_rate, out_rate), pcm)
    assert len(got) == -(-len(pcm) * out_rate // in_rate)
    np.testing.assert_allclose(got, expected, atol=1e-6)


@pytest.mark.parametrize(("in_rate", "out_rate"), [*RATES, (47_999, 16_000)])
def test_a_tone_stays_that_tone(in_rate: int, out_rate: int) -> None:
    got = in_pieces(Resampler(in_rate, out_rate), sine(440, in_rate))
    middle = slice(out_rate // 50, -out_rate // 50)
    np.testing.assert_allclose(got[middle], sine(440, out_rate)[: len(got)][middle], atol=2e-4)


def test_what_the_lower_rate_cannot_hold_is_gone() -> None:
    got = in_pieces(Resampler(48_000, 16_000), sine(8_500, 48_000))
    assert np.abs(got[200:-200]).max() < 1e-4


@pytest.mark.parametrize(("in_rate", "out_rate"), RATES)
def test_the_delay_is_short_and_constant(in_rate: int, out_rate: int) -> None:
    resampler = Resampler(in_rate, out_rate)
    assert resampler.delay_seconds < 0.006
    taken = made = 0
    for _ in range(200):
        taken += in_rate // 100
        made += len(resampler.push(np.zeros(in_rate // 100, np.float32)))
        behind = taken / in_rate - made / out_rate
        assert behind == pytest.approx(resampler.delay_seconds, abs=1.5 / out_rate)


def test_the_tail_is_what_silence_would_bring() -> None:
    pcm = np.random.default_rng(0).standard_normal(1000).astype(np.float32)
    resampler, other = Resampler(16_000, 48_000), Resampler(16_000, 48_000)
    resampler.push(pcm)
    other.push(pcm)
    tail = resampler.tail()
    np.testing.assert_allclose(tail, other.push(np.zeros(200, np.float32))[: len(tail)], atol=1e-6)
    np.testing.assert_array_equal(tail, resampler.tail())


def test_equal_rates_pass_through() -> None:
    pcm = sine(440, 16_000)
    resampler = Resampler(16_000, 16_000)
    assert resampler.push(pcm) is pcm
    assert resampler.delay_seconds == 0
    assert len(resampler.finish()) == 0


@pytest.mark.parametrize(("in_rate", "out_rate"), [*RATES, (16_000, 16_000)])
def test_whole_sounds(in_rate: int, out_rate: int) -> None:
    got = resample(sine(440, in_rate), in_rate, out_rate)
    assert got.dtype == np.float32
    assert len(got) == out_rate
    np.testing.assert_allclose(got[500:-500], sine(440, out_rate)[500:-500], atol=1e-3)


def test_a_rate_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        Resampler(0, 16_000)
