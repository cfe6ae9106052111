from __future__ import annotations

import math

import torch

from core.nn.harmonic import HarmonicSource, NoiseSource
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole, pieces, whole

RATE, HOP = 16_000, 160


def control(pitch: torch.Tensor, voiced: torch.Tensor | None = None) -> torch.Tensor:
    return torch.stack([pitch, torch.ones_like(pitch) if voiced is None else voiced], dim=1)


def test_pieces_and_causality() -> None:
    source = HarmonicSource(RATE, HOP)
    x = control(80 + 300 * torch.rand(2, 40), (torch.rand(2, 40) > 0.3).float())
    assert whole(source, x).shape == (2, 1, 40 * HOP)
    assert_pieces_equal_whole(source, x, [[1] * 40, [7, 1, 20]], atol=2e-3)
    assert_causal(source, x)


def test_the_closed_form_is_the_sum_of_cosines() -> None:
    source = HarmonicSource(RATE, HOP)
    frequency = 210.0
    found = whole(source, control(torch.full((1, 30), frequency)))[0, 0, HOP:].double()
    turns = torch.arange(HOP + 1, 30 * HOP + 1, dtype=torch.float64) * frequency / RATE
    harmonics = source.limit / frequency
    n = math.floor(harmonics)
    expected = sum(torch.cos(math.tau * k * turns) for k in range(1, n + 1))
    expected = expected + (harmonics - n) * torch.cos(math.tau * (n + 1) * turns)
    torch.testing.assert_close(found, expected * math.sqrt(2 / harmonics), atol=2e-2, rtol=0)


def test_pulses_come_at_the_pitch_and_have_unit_strength() -> None:
    sound = whole(HarmonicSource(RATE, HOP), control(torch.full((1, 100), 125.0)))[0, 0, HOP:]
    assert abs(float(sound.square().mean()) - 1) < 0.05
    spectrum = torch.fft.rfft(sound[: RATE // 2]).abs()  # a bin is 2 Hz wide
    assert abs(2 * int(spectrum[:100].argmax()) - 125) <= 2


def test_no_voice_no_sound_and_no_click() -> None:
    voiced = torch.zeros(1, 20)
    voiced[:, 5:10] = 1
    sound = whole(HarmonicSource(RATE, HOP), control(torch.full((1, 20), 200.0), voiced))[0, 0]
    assert not sound[: 5 * HOP].any()
    assert not sound[11 * HOP :].any()
    quarter = sound[5 * HOP : 5 * HOP + HOP // 8]
    assert quarter.abs().max() < 0.2 * sound.abs().max()


def test_a_voice_starts_at_its_pitch() -> None:
    voiced = torch.tensor([[0.0, 0, 1, 1, 0, 0]])
    low = torch.tensor([[50.0, 50, 200, 200, 50, 50]])
    same = torch.full((1, 6), 200.0)
    source = HarmonicSource(RATE, HOP)
    a, b = whole(source, control(low, voiced)), whole(source, control(same, voiced))

    # the phase before the voice differs, its course after the start does not
    def pulses(sound: torch.Tensor) -> list[int]:
        loud = sound[0, 0, 3 * HOP : 5 * HOP]
        return [i for i in range(1, len(loud) - 1) if loud[i] > 3 and loud[i - 1] <= loud[i] > loud[i + 1]]

    assert {j - i for i, j in zip(pulses(a), pulses(a)[1:], strict=False)} == {80}
    assert {j - i for i, j in zip(pulses(b), pulses(b)[1:], strict=False)} == {80}


def test_after_hours_the_phase_is_still_exact() -> None:
    source = HarmonicSource(RATE, HOP)
    state = source.initial_state(1)
    state["phase"] = torch.tensor([[0.25]], dtype=torch.float64)
    x = control(torch.full((1, 2000), 333.3))
    expected = whole(source, x, state=dict(state))
    heard = []
    with torch.no_grad():
        for t in range(2000):
            y, state = source(x[:, :, t : t + 1], state)
            heard.append(y)
    assert float((torch.cat(heard, -1) - expected).abs().max()) < 5e-3
    assert float(state["phase"].abs()) <= 0.5


def test_noise() -> None:
    noise = NoiseSource(HOP).eval()
    x = torch.zeros(2, 1, 450)  # past the end of the table
    sound = whole(noise, x)
    assert sound.shape == (2, 1, 450 * HOP)
    assert torch.equal(pieces(noise, x, [1, 400, 3]), sound)
    assert abs(float(sound.std()) - 1) < 0.02
    noise.train()
    assert not torch.equal(*noise.initial_state(2)["position"])
