"""The shipped live extender: how long, how untouched, how late."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.audio.base import Pcm
from core.cards import read_card
from core.enhance.base import OUT_RATE, enhanced_length
from core.enhance.crossover import HALF_WIDTH_HZ
from core.enhance.features import crossover_hz
from core.enhance.frames import HOP
from core.enhance.live import LiveEnhancer
from core.errors import ModelError
from core.folders import shipped_models
from core.training.enhance_baselines import resampled_only
from core.training.enhance_report import low_band_snr_db
from tests import tiny
from tests.core.enhance.sounds import live, voice


def enhanced(pcm: Pcm, rate: int, block: int = 10**6) -> Pcm:
    stream = live().begin(rate, rate / 2)
    parts = [stream.push(pcm[start : start + block]) for start in range(0, len(pcm), block)]
    return np.concatenate([*parts, stream.finish()])


@pytest.mark.parametrize("rate", [6_000, 8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100])
@pytest.mark.parametrize("samples", [1, 80, 479, 480, 4_801])
def test_exactly_as_many_samples_as_asked(rate: int, samples: int) -> None:
    out = enhanced(voice(1, rate)[:samples], rate)
    assert len(out) == enhanced_length(samples, rate)
    assert np.isfinite(out).all()


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000])
def test_the_low_band_is_untouched_and_the_high_band_is_not_empty(rate: int) -> None:
    pcm = voice(2, rate)
    out, heard = enhanced(pcm, rate), resampled_only(pcm, rate)
    crossover = crossover_hz(rate / 2)
    assert low_band_snr_db(out, heard, crossover - HALF_WIDTH_HZ) > 60
    hertz = np.fft.rfftfreq(len(out), 1 / OUT_RATE)
    power = np.abs(np.fft.rfft(out)) ** 2
    high = power[(hertz > crossover + 500) & (hertz < 18_000)].sum()
    assert 1e-6 < high / power.sum() < 0.5


@pytest.mark.parametrize("block", [37, 160, 1_600, 4_001])
def test_pieces_equal_whole(block: int) -> None:
    pcm = voice(0.5, 16_000)
    np.testing.assert_allclose(enhanced(pcm, 16_000, block), enhanced(pcm, 16_000), atol=1e-4)


def test_a_live_stream_comes_in_whole_hops_as_late_as_it_says() -> None:
    pcm = voice(1, 16_000)
    stream = live().begin(16_000, 8_000)
    out = np.concatenate([stream.stream(pcm[start : start + 320]) for start in range(0, 16_000, 320)])
    assert len(out) % HOP == 0 and len(out) > 0.95 * OUT_RATE
    assert stream.delay_seconds < 0.025
    late = round((stream.delay_seconds - 43 / 16_000) * OUT_RATE)
    np.testing.assert_allclose(out[late:], enhanced(pcm, 16_000)[: len(out) - late], atol=1e-4)


def test_silence_adds_next_to_nothing() -> None:
    assert np.abs(enhanced(np.zeros(16_000, np.float32), 16_000)).max() < 1e-4


def test_what_ships_is_small_and_whole() -> None:
    card = read_card(Path(shipped_models()) / "paluku-wide" / "model.toml")
    assert card.kind == "enhance" and card.runtime == "onnx"
    assert card.file("extender").stat().st_size <= 4_000_000
    assert (card.folder / "README.md").is_file()


def test_another_graph_is_refused(tiny_models: Path) -> None:
    other = next(tiny_models.rglob("*.onnx"))
    assert tiny.make_all
    with pytest.raises(ModelError, match="no extender"):
        LiveEnhancer(other)
