from __future__ import annotations

import torch

from core.nn.backbone import BackboneConfig
from core.nn.fourier import FourierConfig
from core.nn.source_filter import SourceFilterConfig, SourceFilterDecoder
from core.nn.state import total_bytes
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole, whole

CONFIG = SourceFilterConfig(
    sample_rate=16_000,
    backbone=BackboneConfig(in_dim=6, dim=16, hidden=24, slow_blocks=1, upsample=2, fast_blocks=2),
    fourier=FourierConfig(n_fft=640, hop=160),
)


def test_decoder() -> None:
    decoder = SourceFilterDecoder(CONFIG).eval()
    x = torch.randn(2, 6, 12)
    assert whole(decoder, x).shape == (2, 1, 12 * 320)
    assert decoder.delay_samples == 480
    assert_pieces_equal_whole(decoder, x, [[1] * 12, [5, 1, 3]], atol=1e-4)
    assert_causal(decoder, x)


def test_state_stays_small_and_of_one_size() -> None:
    decoder = SourceFilterDecoder(CONFIG).eval()
    state = decoder.initial_state(1)
    size = total_bytes(state)
    assert size < 20_000
    with torch.no_grad():
        for _ in range(50):
            _, state = decoder(torch.randn(1, 6, 1), state)
    assert total_bytes(state) == size


def test_a_given_pitch_is_sung() -> None:
    decoder = SourceFilterDecoder(CONFIG).eval()
    x, pitch = torch.randn(1, 6, 100), torch.full((1, 200), 150.0)
    with torch.no_grad():
        decoder.envelope_proj.bias[CONFIG.fourier.bins :] = -20  # no breath
        voiced, _ = decoder.voice(x, decoder.initial_state(1), pitch)
        silent, _ = decoder.voice(x, decoder.initial_state(1), torch.zeros_like(pitch))
    assert silent.pcm.abs().max() < 1e-3
    power = torch.fft.rfft(voiced.pcm[0, 0, 16_000:]).abs().square()  # a bin is 1 Hz wide
    harmonics = power[torch.arange(150, 8_000, 150)].sum()
    assert harmonics > 0.8 * power.sum()
    assert voiced.pitch.shape == voiced.voicing.shape == (1, 200)
    assert bool(((voiced.pitch >= 60) & (voiced.pitch <= 500)).all())


def test_training_reaches_every_weight() -> None:
    decoder = SourceFilterDecoder(CONFIG).train()
    voiced, _ = decoder.voice(torch.randn(2, 6, 8), decoder.initial_state(2))
    (voiced.pcm.square().mean() + voiced.pitch.log().mean() + voiced.voicing.mean()).backward()
    assert all(weight.grad is not None and bool(weight.grad.any()) for weight in decoder.parameters())
    assert all(bool(weight.grad.isfinite().all()) for weight in decoder.parameters())
