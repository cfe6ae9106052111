from __future__ import annotations

import pytest
import torch

from core.nn.codecs.dac_layers import DacConvs, ResidualUnit
from core.nn.snake import Snake


def test_snake() -> None:
    snake = Snake(3)
    with torch.no_grad():
        snake.alpha.copy_(torch.tensor([[0.5], [1.0], [2.0]]))
    x = torch.randn(2, 3, 5)
    torch.testing.assert_close(snake(x), x + torch.sin(snake.alpha * x) ** 2 / snake.alpha)


def test_without_gradients_it_is_the_same_to_the_bit_and_leaves_its_input_alone() -> None:
    torch.manual_seed(1)
    snake, x = Snake(5), torch.randn(2, 5, 300)
    with torch.no_grad():
        snake.alpha.uniform_(0.2, 3.0)
    heard, recorded = x.clone(), snake(x).detach()
    with torch.no_grad():
        assert torch.equal(snake(x), recorded)
    assert torch.equal(x, heard)


@pytest.mark.parametrize("causal", [False, True])
def test_a_residual_unit_without_gradients_leaves_its_input_alone(causal: bool) -> None:
    torch.manual_seed(2)
    unit, x = ResidualUnit(4, 3, DacConvs(causal=causal)).eval(), torch.randn(1, 4, 90)
    heard = x.clone()
    recorded, _ = unit(x, unit.initial_state(1))
    with torch.no_grad():
        y, _ = unit(x, unit.initial_state(1))
    assert torch.equal(y, recorded.detach()) and torch.equal(x, heard)
