from __future__ import annotations

import math

import pytest
import torch

from core.nn.rope import Rope, interleaved_to_split_half, split_half_to_interleaved


@pytest.mark.parametrize("style", ["interleaved", "split_half"])
def test_products_depend_on_the_distance_only(style: str) -> None:
    rope = Rope(style, 16)
    q, k = torch.randn(16), torch.randn(16)

    def product(at: int, distance: int) -> float:
        cos, sin = rope.angles(torch.tensor([at, at - distance]))
        return float(rope.rotate(q, cos[0], sin[0]) @ rope.rotate(k, cos[1], sin[1]))

    near = product(7, 5)
    assert product(500, 5) == pytest.approx(near, abs=1e-4)
    assert product(2_000_000, 5) == pytest.approx(near, abs=5e-3)  # a day and night at 25 Hz


def test_angles_stay_exact_for_hours() -> None:
    position = 25 * 3600 * 3 + 17
    cos, _ = Rope("split_half", 64).angles(torch.tensor([position]))
    exact = [math.cos(math.fmod(position * 10_000 ** (-2 * i / 64), math.tau)) for i in range(32)]
    torch.testing.assert_close(cos[0], torch.tensor(exact), atol=2e-4, rtol=0)


def test_styles_are_one_up_to_a_permutation() -> None:
    weight, x = torch.randn(2 * 8, 5), torch.randn(3, 5)
    moved = interleaved_to_split_half(weight, 2)
    torch.testing.assert_close(split_half_to_interleaved(moved, 2), weight)
    pairs, halves = Rope("interleaved", 8), Rope("split_half", 8)
    cos, sin = pairs.angles(torch.arange(3)[:, None])
    a = pairs.rotate((x @ weight.T).reshape(3, 2, 8), cos, sin)
    b = halves.rotate((x @ moved.T).reshape(3, 2, 8), cos, sin)
    torch.testing.assert_close(a @ a.transpose(1, 2), b @ b.transpose(1, 2))


def test_half_precision_keeps_exact_angles() -> None:
    positions = torch.tensor([1000])
    expected = Rope("split_half", 16).angles(positions)
    torch.testing.assert_close(Rope("split_half", 16).to(torch.bfloat16).angles(positions), expected)


def test_a_model_made_without_memory_gets_its_angles() -> None:
    with torch.device("meta"):
        rope = Rope("split_half", 8)
    rope = rope.to_empty(device="cpu")
    torch.testing.assert_close(rope.angles(torch.arange(3)), Rope("split_half", 8).angles(torch.arange(3)))
