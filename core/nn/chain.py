"""Chain: modules one after another, streaming or not."""

from __future__ import annotations

from torch import Tensor, nn

from core.nn.state import part
from core.nn.streaming import State, Streaming


class Chain(Streaming):
    """A sequence of modules in which those with a memory find it under their number."""

    def __init__(self, *links: nn.Module) -> None:
        super().__init__()
        for number, link in enumerate(links):
            self.add_module(str(number), link)

    def initial_state(self, batch: int) -> State:
        return {
            name: link.initial_state(batch)
            for name, link in self.named_children()
            if isinstance(link, Streaming)
        }

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        after: State = {}
        for name, link in self.named_children():
            if isinstance(link, Streaming):
                x, after[name] = link(x, part(state, name))
            else:
                x = link(x)
        return x, after
