"""The echo canceller takes the speaker out of the microphone and leaves the user in."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio.echo import EchoCanceller, EchoConfig


def bursts(rate: int, seconds: int, seed: int) -> np.ndarray:
    """Noise that comes and goes ten times a second, as syllables do."""
    dice = np.random.default_rng(seed)
    loud = np.repeat(dice.random(seconds * 10) > 0.4, rate // 10)
    sound = dice.standard_normal(len(loud)) * loud
    return (0.1 * np.convolve(sound, [0.5, 0.3, 0.1], "same")).astype(np.float32)


def room(far: np.ndarray, rate: int, delay: float, seed: int = 5) -> np.ndarray:
    """What comes back: later, quieter, smeared by walls."""
    dice = np.random.default_rng(seed)
    walls = dice.standard_normal(rate // 10) * np.exp(-np.arange(rate // 10) / (0.03 * rate))
    walls /= 2 * np.sqrt(np.sum(walls**2))
    size = 1 << (len(far) + len(walls)).bit_length()
    echo = np.fft.irfft(np.fft.rfft(far, size) * np.fft.rfft(walls, size), size)
    return np.concatenate([np.zeros(int(delay * rate)), echo])[: len(far)].astype(np.float32)


def cancel(
    near: np.ndarray, far: np.ndarray, rate: int, frame: int, config: EchoConfig | None = None
) -> np.ndarray:
    canceller = EchoCanceller(rate, config)
    out = []
    for at in range(0, len(near), frame):
        out.append(canceller.push(near[at : at + frame], far[at : at + frame]))
        assert len(out[-1]) == len(near[at : at + frame])
    return np.concatenate(out)


def decibel(before: np.ndarray, after: np.ndarray) -> float:
    return float(10 * np.log10(np.sum(before**2) / (np.sum(after**2) + 1e-12)))


@pytest.mark.parametrize(
    ("rate", "frame", "delay"),
    [
        (16_000, 1280, 0.04),
        (16_000, 777, 0.15),
        (24_000, 480, 0.12),
        (24_000, 1920, 0.3),
        (48_000, 960, 0.04),
    ],
)
def test_an_echo_falls_by_20_db(rate: int, frame: int, delay: float) -> None:
    far = bursts(rate, 10, seed=1)
    echo = room(far, rate, delay)
    rest = cancel(echo, far, rate, frame)
    settled = slice(6 * rate, None)
    assert decibel(echo[settled], rest[settled]) > 20


@pytest.mark.parametrize("rate", [16_000, 24_000])
def test_the_user_stays(rate: int) -> None:
    user = bursts(rate, 4, seed=2)
    silence = np.zeros_like(user)
    out = cancel(user, silence, rate, rate // 50)
    settled = slice(2 * rate, None)
    assert abs(decibel(user[settled], out[settled])) < 3


def test_the_delay_is_what_it_says() -> None:
    rate = 24_000
    user = bursts(rate, 4, seed=2)
    canceller = EchoCanceller(rate, EchoConfig(cancel_echo=False))
    out = np.concatenate(
        [canceller.push(user[at : at + 480], user[at : at + 480]) for at in range(0, len(user), 480)]
    )
    shift = round(canceller.delay_seconds * rate)
    late = [np.dot(user[rate:-rate], out[rate + lag : len(out) - rate + lag]) for lag in range(2 * shift)]
    assert abs(int(np.argmax(late)) - shift) <= 0.005 * rate


def test_reference_of_another_length_is_endured() -> None:
    rate = 16_000
    far = bursts(rate, 4, seed=1)
    canceller = EchoCanceller(rate)
    for at in range(0, len(far) - 400, 320):
        near = far[at : at + 320]
        assert len(canceller.push(near, far[at : at + 323])) == 320  # a speaker 1 % faster
    assert len(canceller._far) < rate // 5


def test_noise_suppression_is_a_switch() -> None:
    rate = 16_000
    noise = (0.02 * np.random.default_rng(0).standard_normal(4 * rate)).astype(np.float32)
    out = cancel(noise, np.zeros_like(noise), rate, 1280, EchoConfig(cancel_echo=False, suppress_noise=True))
    assert decibel(noise[2 * rate :], out[2 * rate :]) > 6
