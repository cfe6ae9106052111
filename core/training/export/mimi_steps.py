"""Mimi's encoder and decoder as step graphs: one frame of sound to its codes, and back."""

from __future__ import annotations

import numpy as np

from core.errors import ModelError
from core.nn.codecs.mimi import Mimi, MimiDecoder, MimiEncoder
from core.nn.conv import fold_weight_norm
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.quantize.residual import ResidualVQ
from core.nn.quantize.split import SplitVQ
from core.training.export.frame_graph import FrameGraph, Rows
from core.training.export.frame_transformer import transform
from core.training.export.int8 import Floats, Form
from core.training.export.seanet_steps import run_seanet
from core.training.export.torch_weights import floats


class MimiSteps:
    """The two step graphs of a Mimi that speaks with its first codebooks; its weight norm is folded."""

    def __init__(self, mimi: Mimi, n_codebooks: int, *, int8: Form | None = None) -> None:
        if not 1 <= n_codebooks <= mimi.spec.n_codebooks:
            raise ModelError(f"{n_codebooks} codebooks were asked of a codec with {mimi.spec.n_codebooks}.")
        if mimi.config.seanet.channels != 1:
            raise ModelError("Only codecs for one channel of sound can be made graphs.")
        self._config = mimi.config
        fold_weight_norm(mimi.eval())
        encoder, decoder = mimi.encoder, mimi.decoder
        assert isinstance(encoder, MimiEncoder) and isinstance(decoder, MimiDecoder)
        self._encoder, self._decoder, self._quantizer = encoder, decoder, mimi.quantizer
        self._n_codebooks = n_codebooks
        self._int8 = int8

    def encoder(self) -> FrameGraph:
        """`pcm` [1, frame_size] -> `codes` [K, 1]."""
        graph, frame_size = FrameGraph("encoder", int8=self._int8), self._config.frame_size
        pcm = graph.input("pcm", (1, frame_size))
        x = Rows(graph.reshape(pcm, frame_size, 1), frame_size, 1)
        x = run_seanet(graph, x, self._encoder.seanet, "seanet")
        x, position = transform(graph, x, self._encoder.transformer, "transformer")
        codes = []
        for (books, _), latent in zip(self._levels(), self._latents(graph, x, position), strict=True):
            codes += _search(graph, latent, books)
        found = graph.reshape(graph.call("Concat", *codes, axis=0), self._n_codebooks, 1)
        graph.output("codes", found, (self._n_codebooks, 1), np.int64)
        return graph

    def decoder(self) -> FrameGraph:
        """`codes` [K, 1] -> `pcm` [1, frame_size]; the code -1 stands for a codebook that is left out."""
        graph = FrameGraph("decoder", int8=self._int8)
        x = self._look_up(graph, graph.input("codes", (self._n_codebooks, 1), np.int64))
        x = self._upsample(graph, x)
        x, _ = transform(graph, x, self._decoder.transformer, "transformer")
        x = run_seanet(graph, x, self._decoder.seanet, "seanet")
        graph.output("pcm", graph.reshape(x.name, 1, x.length), (1, x.length))
        return graph

    def _levels(self) -> list[tuple[list[Floats], ResidualVQ]]:
        """The codebooks in use, by the quantizer they belong to."""
        quantizer, left = self._quantizer, self._n_codebooks
        found = []
        for part in (
            (quantizer.semantic, quantizer.acoustic) if isinstance(quantizer, SplitVQ) else (quantizer,)
        ):
            assert isinstance(part, ResidualVQ)
            tables = [
                floats(book.embedding) for book in part.codebooks if isinstance(book, EuclideanCodebook)
            ]
            if left > 0:
                found.append((tables[:left], part))
            left -= len(tables)
        return found

    def _latents(self, graph: FrameGraph, x: Rows, position: str) -> list[str]:
        """The frame [1, codebook_dim] as each quantizer sees it: resampled and projected in one product."""
        down = self._encoder.downsample
        factor, weight = down.stride, floats(down.conv.weight).astype(np.float64)  # [D, D, 2 * factor]
        if down.overlap != factor or x.length != factor:
            raise ModelError("A codec that resamples its frames in this way cannot be made a graph yet.")
        matrix = weight.transpose(2, 1, 0).reshape(-1, x.width)  # [2 * factor * D, D]
        inward = [floats(part.input_proj.weight)[..., 0].T for _, part in self._levels()]
        folded = (matrix @ np.concatenate(inward, axis=1)).astype(np.float32)
        # before the first frame lies its first row, again and again
        fresh = graph.call("Equal", position, graph.numbers(0))
        past = graph.state("downsample.past", x[1:])
        past = graph.call("Where", fresh, graph.rows(x.name, 0, 1), past)
        graph.remember("downsample.past", x.name)
        window = graph.call("Concat", past, x.name, axis=0)
        latent = graph.product(graph.reshape(window, 1, -1), folded)
        if len(inward) == 1:
            return [latent]
        return graph.calls("Split", 2, latent, graph.numbers(*(w.shape[1] for w in inward)), axis=1)

    def _look_up(self, graph: FrameGraph, codes: str) -> Rows:
        """The sum of the vectors behind the codes, each already projected out of its quantizer."""
        tables = []
        for books, part in self._levels():
            outward = floats(part.output_proj.weight)[..., 0].T.astype(np.float64)
            tables += [(book @ outward).astype(np.float32) for book in books]
        width = tables[0].shape[1]
        starts = np.cumsum([0, *map(len, tables)])
        silence = np.zeros((1, width), np.float32)  # what a codebook that is left out adds
        row = graph.call("Add", codes, graph.weight(starts[:-1, None].astype(np.int64)))
        unused = graph.call("Less", codes, graph.numbers(0))
        row = graph.call("Where", unused, graph.numbers(int(starts[-1])), row)
        vectors = graph.call("Gather", graph.weight(np.concatenate([*tables, silence])), row)  # [K, 1, D]
        return Rows(graph.call("ReduceSum", vectors, graph.numbers(0), keepdims=0), 1, width)

    def _upsample(self, graph: FrameGraph, x: Rows) -> Rows:
        """One frame as tokens of the Transformer: each channel spread over this frame and the next."""
        up = self._decoder.upsample
        factor, weight = up.stride, floats(up.conv.weight)[:, 0].T  # [2 * factor, D]
        if up.overlap != factor:
            raise ModelError("A codec that resamples its frames in this way cannot be made a graph yet.")
        before = graph.state("upsample.past", (1, x.width))
        graph.remember("upsample.past", x.name)
        now = graph.call("Mul", x.name, graph.weight(weight[:factor]))
        late = graph.call("Mul", before, graph.weight(weight[factor:]))
        return Rows(graph.call("Add", now, late), factor, x.width)


def _search(graph: FrameGraph, latent: str, books: list[Floats]) -> list[str]:
    """The nearest code of each codebook [1], each for what the ones before left over."""
    codes = []
    for level, book in enumerate(books):
        half = np.square(book.astype(np.float64)).sum(axis=1).astype(np.float32) / 2
        scores = graph.exact_product(latent, book.T, -half)  # [1, size]
        codes.append(graph.call("ArgMax", scores, axis=1, keepdims=0))
        if level + 1 < len(books):
            chosen = graph.call("Gather", graph.weight(book), codes[-1])
            latent = graph.call("Sub", latent, chosen)
    return codes
