from __future__ import annotations

import torch

from core.nn.snake import Snake


def test_snake() -> None:
    snake = Snake(3)
    with torch.no_grad():
        snake.alpha.copy_(torch.tensor([[0.5], [1.0], [2.0]]))
    x = torch.randn(2, 3, 5)
    torch.testing.assert_close(snake(x), x + torch.sin(snake.alpha * x) ** 2 / snake.alpha)
