"""Windows: joined without a seam, as long as asked, however the sound is cut."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio.base import Pcm
from core.audio.resample import Resampler
from core.enhance.base import OUT_RATE
from core.enhance.windows import WindowedEnhancement, window_count
from tests.core.enhance.sounds import voice

WINDOW, OVERLAP = 4_800, 960


def through(pcm: Pcm, rate: int, block: int, polish: object = None) -> tuple[Pcm, int]:
    """The sound through windows that change nothing, and how many there were."""
    numbers: list[int] = []

    def unchanged(window: Pcm, number: int) -> Pcm:
        assert len(window) == WINDOW
        numbers.append(number)
        return window

    stream = WindowedEnhancement(rate, WINDOW, OVERLAP, unchanged)
    parts = [stream.push(pcm[start : start + block]) for start in range(0, len(pcm), block)]
    out = np.concatenate([*parts, stream.finish()])
    assert numbers == list(range(len(numbers)))
    return out, len(numbers)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 48_000])
@pytest.mark.parametrize("seconds", [0.0001, 0.05, 0.1, 0.2, 0.5])
def test_what_no_window_changes_comes_out_as_it_was(rate: int, seconds: float) -> None:
    pcm = voice(seconds, rate)
    resampler = Resampler(rate, OUT_RATE)
    expected = np.concatenate((resampler.push(pcm), resampler.finish()))
    for block in (100, 3_333, 10**6):
        out, count = through(pcm, rate, block)
        assert len(out) == len(expected)
        np.testing.assert_allclose(out, expected, atol=1e-6)
        assert abs(count - window_count(len(pcm) / rate, WINDOW, OVERLAP)) <= 1


def test_a_window_fades_into_the_next() -> None:
    def numbered(window: Pcm, number: int) -> Pcm:
        return np.full(WINDOW, float(number), np.float32)

    stream = WindowedEnhancement(48_000, WINDOW, OVERLAP, numbered)
    out = np.concatenate((stream.push(np.zeros(3 * WINDOW, np.float32)), stream.finish()))
    assert float(np.abs(np.diff(out)).max()) < 0.01


def test_only_about_a_window_is_held() -> None:
    stream = WindowedEnhancement(48_000, WINDOW, OVERLAP, lambda window, number: window)
    for _ in range(50):
        stream.push(np.zeros(10_000, np.float32))
        assert len(stream._held) < WINDOW
