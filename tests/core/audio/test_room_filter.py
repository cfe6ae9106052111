"""The room is learned from what goes through it, and who talks over the echo is left as he is."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio.room_filter import RoomFilter

RATE, HOP = 16_000, 320


def played(seconds: float, seed: int) -> np.ndarray:
    """Noise in syllables."""
    dice = np.random.default_rng(seed)
    loud = np.repeat(dice.choice([0.1, 0.5, 1.0], round(seconds * 8)), RATE // 8)
    return (0.1 * dice.standard_normal(len(loud)) * loud).astype(np.float32)


def echo_of(far: np.ndarray) -> np.ndarray:
    dice = np.random.default_rng(7)
    walls = dice.standard_normal(2000) * np.exp(-np.arange(2000) / 400)
    return np.convolve(far, walls / np.sqrt(np.sum(walls**2)))[: len(far)].astype(np.float32)


def rest_of(near: np.ndarray, far: np.ndarray) -> np.ndarray:
    learned = RoomFilter(RATE, HOP)
    hops = range(0, len(far) - HOP + 1, HOP)
    return np.concatenate([learned.push(near[at : at + HOP], far[at : at + HOP]) for at in hops])


def decibel(before: np.ndarray, after: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(before**2) / (np.mean(after**2) + 1e-12)))


def test_an_echo_goes() -> None:
    far = played(6.0, 1)
    echo = echo_of(far)
    rest = rest_of(echo, far)
    assert decibel(echo[3 * RATE :], rest[3 * RATE :]) > 20


@pytest.mark.parametrize("over_db", [-10.0, 0.0, 10.0])
def test_a_voice_over_the_echo_stays(over_db: float) -> None:
    far, voice = played(8.0, 1), played(8.0, 2)
    voice[: 4 * RATE] = 0
    echo = echo_of(far)
    voice *= 10 ** (over_db / 20) * np.sqrt(np.mean(echo**2) / np.mean(voice[4 * RATE :] ** 2))
    rest = rest_of(echo + voice, far)
    talking = slice(4 * RATE, None)
    assert decibel(echo[talking], (rest - voice)[talking]) > 10
    assert np.corrcoef(voice[talking], rest[talking])[0, 1] > 0.7


def test_silence_of_the_speaker_touches_nothing() -> None:
    voice = played(2.0, 3)
    assert np.array_equal(rest_of(voice, np.zeros_like(voice)), voice)
