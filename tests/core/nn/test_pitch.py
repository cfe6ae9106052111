"""The pitch tracker against tones of known pitch, in pieces, and without looking ahead."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.pitch import PitchConfig, PitchTracker


def voice(pitch: Tensor, rate: int = 16_000) -> Tensor:
    """A harmonic sound that follows `pitch` [T], with a falling spectrum and a little noise."""
    phase = torch.cumsum(pitch / rate, 0) * 2 * math.pi
    x = sum(torch.cos(k * phase) * (k * pitch < 0.45 * rate) / k**0.7 for k in range(1, 30))
    noise = torch.randn(len(pitch), generator=torch.Generator().manual_seed(0))
    return (0.1 * (x + 0.05 * noise))[None, None]


@pytest.mark.parametrize("rate,hop", [(16_000, 160), (24_000, 240), (16_000, 320), (8_000, 80)])
@pytest.mark.parametrize("hertz", [65.0, 98.0, 147.0, 220.0, 330.0, 470.0])
def test_steady_voices(rate: int, hop: int, hertz: float) -> None:
    tracker = PitchTracker(PitchConfig(sample_rate=rate, hop=hop))
    heard, _ = tracker(voice(torch.full((hop * 60,), hertz), rate), tracker.initial_state(1))
    torch.testing.assert_close(heard[0, 0, 12:], torch.full((48,), hertz), rtol=2e-3, atol=0)


def test_a_glide_is_followed_with_the_latency_it_states() -> None:
    config = PitchConfig()
    tracker = PitchTracker(config)
    pitch = torch.linspace(110, 220, 16_000)
    heard, _ = tracker(voice(pitch), tracker.initial_state(1))
    ends = (torch.arange(heard.shape[-1]) + 1) * config.hop - tracker.latency
    wanted = pitch[ends.clamp(min=0)]
    cents = 1200 * torch.log2(heard[0, 0, 15:] / wanted[15:])
    assert cents.abs().max() < 25 and cents.mean().abs() < 10


def test_noise_and_silence_have_no_pitch() -> None:
    tracker = PitchTracker(PitchConfig())
    for x in (torch.randn(1, 1, 16_000), torch.zeros(1, 1, 16_000), 1e-5 * torch.randn(1, 1, 16_000)):
        heard, _ = tracker(x, tracker.initial_state(1))
        assert (heard[0, 0] > 0).float().mean() < 0.02
        assert torch.isfinite(heard).all()


def test_pieces_make_the_whole_and_the_future_changes_nothing() -> None:
    tracker = PitchTracker(PitchConfig())
    x = voice(torch.linspace(90, 300, 160 * 50)).repeat(2, 1, 1)
    x[1] += torch.randn_like(x[1])
    whole, _ = tracker(x, tracker.initial_state(2))
    state, pieces, at = tracker.initial_state(2), [], 0
    for hops in (1, 2, 30, 1, 16):
        piece, state = tracker(x[..., at : at + 160 * hops], state)
        pieces.append(piece)
        at += 160 * hops
    torch.testing.assert_close(torch.cat(pieces, -1), whole, rtol=0, atol=1e-4)
    x[..., 160 * 30 :] = 0.5
    again, _ = tracker(x, tracker.initial_state(2))
    torch.testing.assert_close(again[..., :30], whole[..., :30], rtol=0, atol=1e-4)


def test_configs_that_cannot_work() -> None:
    with pytest.raises(ModelError, match="22050"):
        PitchConfig(sample_rate=22_050)
    with pytest.raises(ModelError, match="cannot be tracked"):
        PitchConfig(f0_min=500, f0_max=60)
    tracker = PitchTracker(PitchConfig())
    with pytest.raises(ModelError, match="whole hops"):
        tracker(torch.zeros(1, 1, 100), tracker.initial_state(1))
