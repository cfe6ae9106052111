from __future__ import annotations

import numpy as np
import pytest
import torch

from core.nn.s2s.sampling import draw as draw_tensor
from core.s2s.sampling import GREEDY, Noise, Sampling, draw

WISHES = [
    GREEDY,
    Sampling(top_k=1),
    Sampling(),
    Sampling(temperature=1.5, top_k=0),
    Sampling(top_k=5),
    Sampling(top_p=0.6, top_k=0),
    Sampling(top_p=0.9, top_k=12),
    Sampling(top_k=10_000),
]


@pytest.mark.parametrize("sampling", WISHES)
def test_both_forms_draw_the_same(sampling: Sampling) -> None:
    random = np.random.default_rng(0)
    logits = random.normal(0, 2, (300, 40)).astype(np.float32)
    noise = random.random(300, np.float32)
    found = draw_tensor(torch.tensor(logits), torch.tensor(noise), sampling).tolist()
    assert found == [draw(row, float(chance), sampling) for row, chance in zip(logits, noise, strict=True)]


@pytest.mark.parametrize("sampling", WISHES[2:])
def test_tokens_come_as_often_as_they_are_likely(sampling: Sampling) -> None:
    logits = np.array([0.1, 2.0, -1.0, 1.5, 0.0, 0.7], np.float32)
    noise = np.linspace(0, 1, 20_000, endpoint=False).astype(np.float32)
    drawn = draw_tensor(torch.tensor(logits).expand(20_000, -1), torch.tensor(noise), sampling)
    found = np.bincount(drawn.numpy(), minlength=6) / 20_000
    likely = np.exp(logits.astype(np.float64) / sampling.temperature)
    order = np.argsort(-likely)
    likely[order[sampling.top_k or 6 :]] = 0
    likely /= likely.sum()
    kept = np.cumsum(likely[order]) - likely[order] < sampling.top_p
    likely[order[~kept]] = 0
    np.testing.assert_allclose(found, likely / likely.sum(), atol=2e-3)


def test_the_edges_of_chance() -> None:
    logits = np.array([5.0, -30.0, -80.0], np.float32)
    for chance in (0.0, float(np.nextafter(np.float32(1), np.float32(0)))):
        for sampling in WISHES:
            assert draw(logits, chance, sampling) == 0


def test_chance_is_the_same_for_the_same_seed() -> None:
    one, two, other = Noise(7, 9), Noise(7, 9), Noise(8, 9)
    first = one.step()
    assert np.array_equal(first, two.step())
    assert not np.array_equal(first, other.step())
    assert not np.array_equal(one.step(), first)
    assert first.dtype == np.float32
    assert first.min() >= 0 and first.max() < 1


@pytest.mark.parametrize("wrong", [{"temperature": -1}, {"top_k": -1}, {"top_p": 0}, {"top_p": 1.1}])
def test_impossible_wishes_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="drawn"):
        Sampling(**wrong)
