"""An envelope codec's encoder and decoder as step graphs, for one, two or four frames at a time.

Spectra go down, channels lie side by side: [S, C]. The channels of the spectra in a frame lie one spectrum
after the other here, where torch lays one channel after the other: weights are turned accordingly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from torch import nn

from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.envelope_layers import FLOOR, MIDDLE, SILENCE, SPREAD
from core.nn.codecs.pitch_code import MIDDLE as MIDDLE_PITCH
from core.nn.codecs.pitch_code import OCTAVE
from core.nn.conv import CausalConv1d
from core.nn.convnext import ConvNeXtBlock
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.source_filter import LOUDEST, TYPICAL_PITCH
from core.training.export.frame_attention import FUSED
from core.training.export.frame_graph import FrameGraph
from core.training.export.frame_transformer import affine, with_scale
from core.training.export.int8 import Floats
from core.training.export.pitch_steps import track
from core.training.export.source_steps import noise, pulses
from core.training.export.spectrum_steps import END, SpectrumSteps, columns
from core.training.export.torch_weights import floats

FRAMES = (1, 2, 4)
_FLOAT = 1

Places = NDArray[np.int64]


class EnvelopeSteps:
    """The two step graphs of an envelope codec."""

    def __init__(self, codec: EnvelopeCodec) -> None:
        self._codec = codec.eval()
        self._config = codec.config
        self._spectrum = SpectrumSteps(codec.config.fourier)
        envelopes = self._turn(codec.config.n_mels)
        self._latent = np.concatenate([envelopes, np.arange(len(envelopes), codec.config.dim)])
        """Where torch keeps each channel of a latent."""

    def encoder(self) -> FrameGraph:
        """`pcm` [1, frames * frame_size] -> `codes` [K, frames]."""
        config, encoder = self._config, self._codec.encoder
        graph = self._graph("encoder", {"samples": config.hop_length, "frames": 1})
        pcm = graph.input("pcm", (1, "samples"))
        hops = graph.reshape(pcm, -1, config.feature_hop)  # [S, hop]
        spectra = graph.call("Shape", hops, start=0, end=1)
        frames = graph.call("Div", spectra, graph.numbers(config.steps))
        pitch, strength = track(graph, pcm, encoder.tracker, "tracker", frames, config.steps)
        real, imaginary = self._spectrum.forward(graph, self._spectrum.windows(graph, hops, "spectrum"))
        squares = (graph.call("Mul", part, part) for part in (real, imaginary))
        bands = graph.call("MatMul", graph.call("Add", *squares), graph.weight(floats(encoder.mel).T))
        loud = graph.call("Log", graph.call("Add", bands, graph.scalar(FLOOR)))
        loud = graph.call("Div", graph.call("Sub", loud, graph.scalar(MIDDLE)), graph.scalar(SPREAD))
        envelope = graph.reshape(loud, -1, config.envelope_dim)  # [T, n_mels * steps]
        voiced, height = self._contour(graph, pitch)
        melody = graph.call("Concat", voiced, height, strength, axis=1)
        given = graph.call("Concat", envelope, graph.reshape(melody, -1, 3 * config.steps), axis=1)
        order = np.concatenate([self._turn(config.n_mels), config.envelope_dim + self._turn(3)])
        context = self._context(graph, given, order, frames)
        latent = graph.call("Concat", envelope, context, axis=1)  # [T, D]
        contours = graph.call("Concat", voiced, height, axis=1)
        codes = self._search(graph, latent, graph.reshape(contours, -1, 2 * config.steps), frames)
        graph.output("codes", codes, (self._codec.spec.n_codebooks, "frames"), np.int64)
        return graph

    def decoder(self) -> FrameGraph:
        """`codes` [K, frames], -1 where a codebook is not used -> `pcm` [1, frames * frame_size]."""
        config, decoder = self._config, self._codec.decoder
        graph = self._graph("decoder", {"frames": 1})
        codes = graph.input("codes", (self._codec.spec.n_codebooks, "frames"), np.int64)
        frames = graph.call("Shape", codes, start=1, end=2)
        spectra = graph.call("Mul", frames, graph.numbers(config.steps))
        latent = self._look_up(graph, codes, frames)
        pitch = self._pitch(graph, codes)  # [S, 1]
        learned = self._learned(graph, latent, pitch, frames)
        bands = graph.reshape(columns(graph, latent, 0, config.envelope_dim), -1, config.n_mels)
        known = self._known(graph, bands)
        gate = graph.call("Cast", graph.call("Greater", pitch, graph.scalar(0.0)), to=_FLOAT)
        colour = graph.call("Mul", gate, graph.weight(floats(decoder.voiced_colour)[None]))
        loudness = graph.call("Add", graph.call("Add", learned, known), colour)
        gains = graph.call("Exp", graph.call("Min", loudness, graph.scalar(LOUDEST)))  # [S, 2 * bins]
        has_pitch = graph.call("Greater", pitch, graph.scalar(0.0))
        used = graph.call("Where", has_pitch, pitch, graph.scalar(TYPICAL_PITCH))
        sounds = [
            pulses(graph, used, gate, decoder.pulses, "pulses"),
            noise(graph, spectra, decoder.noise, "noise"),
        ]
        windows = self._spectrum.windows(graph, graph.call("Concat", *sounds, axis=1), "sources", sources=2)
        parts = self._spectrum.forward(graph, windows)  # [2 * S, bins] each
        halves = graph.calls("Split", 2, gains, axis=1, num_outputs=2)
        gain = graph.call("Concat", *halves, axis=0)
        mixed = []
        for part in parts:
            both = graph.calls("Split", 2, graph.call("Mul", part, gain), axis=0, num_outputs=2)
            mixed.append(graph.call("Add", *both))
        sound = self._spectrum.inverse(graph, mixed[0], mixed[1], "inverse")
        graph.output("pcm", graph.reshape(sound, 1, -1), (1, "samples"))
        return graph

    def _graph(self, name: str, open: dict[str, int]) -> FrameGraph:
        graph = FrameGraph(name)
        graph.frames, graph.open = FRAMES, open
        return graph

    def _turn(self, channels: int) -> Places:
        """Where torch keeps each of these channels of the spectra in a frame."""
        return np.arange(channels * self._config.steps).reshape(channels, -1).T.reshape(-1)

    def _contour(self, graph: FrameGraph, pitch: str) -> tuple[str, str]:
        """Pitch in Hz [S, 1] as voiced or not, and height, both [S, 1]."""
        has = graph.call("Greater", pitch, graph.scalar(0.0))
        known = graph.call("Where", has, pitch, graph.scalar(MIDDLE_PITCH))
        octaves = graph.call("Log", graph.call("Div", known, graph.scalar(MIDDLE_PITCH)))
        height = graph.call("Mul", octaves, graph.scalar(OCTAVE / float(np.log(2))))
        return graph.call("Cast", has, to=_FLOAT), height

    def _context(self, graph: FrameGraph, given: str, order: Places, frames: str) -> str:
        first, *blocks, last = self._codec.encoder.context.children()
        assert isinstance(first, CausalConv1d) and isinstance(last, CausalConv1d)
        x = _convolve(graph, given, first, "context.first", order)
        for number, block in enumerate(blocks):
            assert isinstance(block, ConvNeXtBlock)
            x = _block(graph, x, block, f"context.{number}", frames)
        return _convolve(graph, x, last, "context.last")

    def _search(self, graph: FrameGraph, latent: str, contours: str, frames: str) -> str:
        """The codes [K, T] of latent frames [T, D] and pitch contours [T, 2 * steps]."""
        config, quantizer = self._config, self._codec.quantizer
        acoustic = quantizer.acoustic
        projections = [floats(part.input_proj.weight)[..., 0].T for part in (quantizer.semantic, acoustic)]
        narrow = graph.call("MatMul", latent, graph.weight(np.concatenate(projections, axis=1)[self._latent]))
        words, envelopes = (
            columns(graph, narrow, 0, config.semantic_dim),
            columns(graph, narrow, config.semantic_dim, END),
        )
        (book,) = quantizer.semantic.codebooks
        assert isinstance(book, EuclideanCodebook)
        tunes = floats(self._codec.pitch_code.contours.embedding)[:, self._turn(2)]
        found = [
            _nearest(graph, words, floats(book.embedding)),
            _nearest(graph, contours, tunes),
        ]
        middle = graph.weight(floats(acoustic.middle)[None])
        leaked = graph.weight((acoustic.config.leak * floats(acoustic.prediction)).astype(np.float32))
        books = [floats(b.embedding) for b in acoustic.codebooks if isinstance(b, EuclideanCodebook)]
        tables = [graph.weight(table) for table in books]
        centred = graph.call("Sub", envelopes, middle)
        past = graph.state("envelopes.decoded", (1, config.acoustic_dim))

        def of(count: int) -> list[str]:
            decoded, rows = past, []
            for frame in range(count):
                now = centred if count == 1 else columns(graph, centred, frame, frame + 1, axis=0)
                rest = graph.call("Sub", now, graph.call("MatMul", decoded, leaked))
                chosen = []
                for table, values in zip(tables, books, strict=True):
                    code = _nearest(graph, rest, values, flat=True)
                    rest = graph.call("Sub", rest, graph.call("Gather", table, code))
                    chosen.append(graph.reshape(code, 1, 1))
                decoded = graph.call("Sub", now, rest)
                rows.append(graph.call("Concat", *chosen, axis=1))
            return [graph.call("Concat", *rows, axis=0), decoded]

        levels, decoded = graph.by_frames(frames, of, np.int64, np.float32)
        graph.remember("envelopes.decoded", decoded)
        return graph.call("Transpose", graph.call("Concat", *found, levels, axis=1), perm=[1, 0])

    def _look_up(self, graph: FrameGraph, codes: str, frames: str) -> str:
        """Latent frames [T, D] behind codes [K, T]."""
        config, quantizer = self._config, self._codec.quantizer
        (book,) = quantizer.semantic.codebooks
        assert isinstance(book, EuclideanCodebook)
        acoustic = quantizer.acoustic
        words = _entries(graph, columns(graph, codes, 0, 1, axis=0), [floats(book.embedding)])
        books = [floats(b.embedding) for b in acoustic.codebooks if isinstance(b, EuclideanCodebook)]
        said = _entries(graph, columns(graph, codes, 2, END, axis=0), books)  # [T, D']
        leaked = graph.weight((acoustic.config.leak * floats(acoustic.prediction)).astype(np.float32))
        past = graph.state("envelopes.decoded", (1, config.acoustic_dim))

        def of(count: int) -> list[str]:
            decoded, rows = past, []
            for frame in range(count):
                now = said if count == 1 else columns(graph, said, frame, frame + 1, axis=0)
                decoded = graph.call("Gemm", decoded, leaked, now)
                rows.append(decoded)
            return [graph.call("Concat", *rows, axis=0), graph.call("Identity", decoded)]

        envelopes, last = graph.by_frames(frames, of, np.float32, np.float32)
        graph.remember("envelopes.decoded", last)
        envelopes = graph.call("Add", envelopes, graph.weight(floats(acoustic.middle)[None]))
        outward = [floats(part.output_proj.weight)[..., 0].T for part in (quantizer.semantic, acoustic)]
        both = graph.call("Concat", words, envelopes, axis=1)
        return graph.call("MatMul", both, graph.weight(np.concatenate(outward, axis=0)[:, self._latent]))

    def _pitch(self, graph: FrameGraph, codes: str) -> str:
        """Pitch in Hz [S, 1], 0 for no voice or no code."""
        table = floats(self._codec.pitches)
        table = np.concatenate([np.zeros((1, table.shape[1]), np.float32), table])
        places = graph.call("Add", columns(graph, codes, 1, 2, axis=0), graph.numbers(1))
        return graph.reshape(graph.call("Gather", graph.weight(table), places), -1, 1)

    def _learned(self, graph: FrameGraph, latent: str, pitch: str, frames: str) -> str:
        """The corrections [S, 2 * bins] of what the envelopes tell."""
        config, decoder = self._config, self._codec.decoder
        h = _convolve(graph, latent, decoder.latent_proj, "latent_proj", self._latent)
        embed = decoder.pitch_embed
        assert embed.bias is not None
        tune = graph.reshape(graph.call("Concat", *self._contour(graph, pitch), axis=1), -1, 2 * config.steps)
        weight = graph.weight(floats(embed.weight)[..., 0].T[self._turn(2)])
        h = graph.call("Add", h, graph.call("Gemm", tune, weight, graph.weight(floats(embed.bias))))
        for number, block in enumerate(decoder.blocks.children()):
            assert isinstance(block, ConvNeXtBlock)
            h = _block(graph, h, block, f"blocks.{number}", frames)
        made = affine(decoder.correction)(graph, _norm(graph, h, decoder.norm))
        return graph.reshape(made, -1, 2 * config.fourier.bins)

    def _known(self, graph: FrameGraph, bands: str) -> str:
        """Log amplitudes that the envelopes tell, in time with the sources, twice: [S, 2 * bins]."""
        config, decoder = self._config, self._codec.decoder
        ahead = graph.call("Sub", bands, graph.scalar(SILENCE))
        held = (config.look_ahead, config.n_mels)
        joined = graph.call("Concat", graph.state("envelopes.ahead", held), ahead, axis=0)
        graph.remember("envelopes.ahead", columns(graph, joined, -config.look_ahead, END, axis=0))
        now = columns(graph, joined, 0, -config.look_ahead, axis=0)
        spread = floats(decoder.spread)
        silent = 0.5 * (SILENCE * SPREAD + MIDDLE) * spread.astype(np.float64).sum(axis=0) + floats(
            decoder.lift
        )
        matrix, shift = (0.5 * SPREAD * spread), silent.astype(np.float32)
        known = graph.call("Gemm", now, graph.weight(matrix.astype(np.float32)), graph.weight(shift))
        return graph.call("Concat", known, known, axis=1)


def _convolve(
    graph: FrameGraph, x: str, conv: CausalConv1d, state: str, order: Places | None = None
) -> str:  # [T, C] -> [T, C']
    """A convolution as one product; `order` says where torch keeps each channel of the input."""
    weight = floats(conv.conv.weight)  # [C', C, K]
    assert conv.conv.bias is not None
    if order is not None:
        weight = weight[:, order]
    kernel = weight.shape[2]
    if kernel > 1:
        joined = graph.call("Concat", graph.state(state, (kernel - 1, weight.shape[1])), x, axis=0)
        graph.remember(state, columns(graph, joined, 1 - kernel, END, axis=0))
        taps = [columns(graph, joined, k, k + 1 - kernel or END, axis=0) for k in range(kernel)]
        x = graph.call("Concat", *taps, axis=1)
    matrix = weight.transpose(2, 1, 0).reshape(-1, weight.shape[0])
    return graph.call("Gemm", x, graph.weight(matrix), graph.weight(floats(conv.conv.bias)))


def _block(graph: FrameGraph, x: str, block: ConvNeXtBlock, state: str, frames: str) -> str:
    """A ConvNeXt block [T, C] -> [T, C]."""
    conv = block.depthwise.conv
    weight = floats(conv.weight)[:, 0].T  # [K, C]
    kernel, channels = weight.shape
    assert conv.bias is not None and conv.dilation == (1,)
    joined = graph.call("Concat", graph.state(state, (kernel - 1, channels)), x, axis=0)
    graph.remember(state, columns(graph, joined, 1 - kernel, END, axis=0))
    most = max(graph.frames)
    every = graph.weight(np.arange(most)[:, None] + np.arange(kernel))
    places = graph.call("Slice", every, graph.numbers(0), frames, graph.numbers(0))
    windows = graph.call("Gather", joined, places)  # [T, K, C]
    weighed = graph.call("Mul", windows, graph.weight(weight))
    y = graph.call("ReduceSum", weighed, graph.numbers(1), keepdims=0)
    y = graph.call("Add", y, graph.weight(floats(conv.bias)))
    inner = graph.call("Gelu", affine(block.expand)(graph, _norm(graph, y, block.norm)), domain=FUSED)
    return graph.call("Add", x, with_scale(affine(block.contract), block.layer_scale)(graph, inner))


def _norm(graph: FrameGraph, x: str, norm: nn.LayerNorm) -> str:
    weights = (graph.weight(floats(part)) for part in (norm.weight, norm.bias))
    return graph.call("LayerNormalization", x, *weights, epsilon=norm.eps)


def _nearest(graph: FrameGraph, x: str, table: Floats, *, flat: bool = False) -> str:
    """The row of the table closest to each row of x: [T, D] -> [T, 1], or [T]."""
    # from the table as it is stored: what is rounded there must be rounded here
    square = graph.call("ReduceSumSquare", graph.weight(table), graph.numbers(1), keepdims=0)
    shift = graph.call("Mul", square, graph.scalar(-0.5))
    scores = graph.call("Gemm", x, graph.weight(table.T), shift)
    return graph.call("ArgMax", scores, axis=1, keepdims=int(not flat))


def _entries(graph: FrameGraph, codes: str, books: list[Floats]) -> str:
    """The sum of what codes [K, T] stand for in their books, nothing for the code -1: [T, D]."""
    starts = np.cumsum([0, *map(len, books)])
    silence = np.zeros((1, books[0].shape[1]), np.float32)
    table = graph.weight(np.concatenate([*books, silence]))
    rows = graph.call("Add", codes, graph.weight(starts[:-1, None].astype(np.int64)))
    unused = graph.call("Less", codes, graph.numbers(0))
    rows = graph.call("Where", unused, graph.numbers(int(starts[-1])), rows)
    vectors = graph.call("Gather", table, rows)  # [K, T, D]
    return graph.call("ReduceSum", vectors, graph.numbers(0), keepdims=0)
