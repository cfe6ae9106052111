"""Tokens of a frame as vectors: one look-up for all streams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import nn

from core.nn.s2s.tokens import TokenEmbedding
from core.training.export.frame_graph import FrameGraph
from core.training.export.int8 import Floats
from core.training.export.torch_weights import floats


def table_of(embedding: nn.Module) -> Floats:
    """All vectors of a table, a narrow one widened."""
    assert isinstance(embedding, TokenEmbedding)
    table = floats(embedding.table.weight)
    if isinstance(embedding.project, nn.Linear):
        return (table.astype(np.float64) @ floats(embedding.project.weight).T).astype(np.float32)
    return table


class LookUp:
    """Several tables as one, with a row of zeros for a token that says nothing."""

    def __init__(self, graph: FrameGraph, embeddings: Sequence[nn.Module]) -> None:
        tables = [table_of(embedding) for embedding in embeddings]
        self._starts = np.cumsum([0, *map(len, tables)])
        self._sizes = [len(table) for table in tables]
        self.width = tables[0].shape[1]
        silence = np.zeros((1, self.width), np.float32)
        self._table = graph.weight(np.concatenate([*tables, silence]))
        self._count = len(tables)

    def vectors(
        self, graph: FrameGraph, tokens: str, begun: str | None = None, *, start_rows: bool = False
    ) -> str:  # [N], [N] of bool -> [N, D]
        """The vector of each token; of a stream that has not begun its start, or nothing."""
        silent = int(self._starts[-1])
        row = graph.call("Add", tokens, graph.numbers(*self._starts[:-1]))
        row = graph.call("Where", graph.call("Less", tokens, graph.numbers(0)), graph.numbers(silent), row)
        if begun is not None:
            ends = [start + size - 1 for start, size in zip(self._starts, self._sizes, strict=False)]
            before = ends if start_rows else [silent] * self._count
            row = graph.call("Where", begun, row, graph.numbers(*before))
        return graph.call("Gather", self._table, row)
