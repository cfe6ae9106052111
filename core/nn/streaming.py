"""Streaming: a module whose output depends on what it heard before, with its memory in plain sight."""

from __future__ import annotations

from torch import Tensor, nn

# Mirrors the module tree: {"conv1": {"past": Tensor}, "attn": {"keys": Tensor, ...}}.
# Export flattens it to the graph inputs `state.conv1.past` and outputs `next.conv1.past`.
State = dict[str, "Tensor | State"]


class Streaming(nn.Module):
    """A module that takes its memory as an argument and returns the new one.

    `forward` is the only path: a whole file is one long chunk that starts from `initial_state`.
    """

    def initial_state(self, batch: int) -> State:
        """The memory before anything was heard (silence)."""
        raise TypeError(f"{type(self).__name__} does not say what its state is")

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        raise TypeError(f"{type(self).__name__} does not say what it computes")
