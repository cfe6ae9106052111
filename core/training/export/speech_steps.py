"""A speech decoder's step as a graph: from the frame heard to the frame spoken, depth and chance included.

The streams lag behind each other as in `Generation`: step t is given what belongs to the frames before t,
and makes frame t - delay of each own stream. What the graph gives out is the youngest whole frame.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import nn

from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.script import PATIENCE
from core.nn.s2s.streams import NOTHING
from core.s2s.sampling import SpeechSampling
from core.training.export.frame_attention import Clock
from core.training.export.frame_depth import make_codes
from core.training.export.frame_graph import FrameGraph, Rows
from core.training.export.frame_sampling import draw, spread
from core.training.export.frame_source import Source
from core.training.export.frame_tokens import LookUp
from core.training.export.frame_transformer import add_and_norm, affine, run_layers
from core.training.export.int8 import Form

_GOLDEN = 0.618034  # steps before the first frame must not be drawn alike


class DecoderSteps:
    """The graph of a decoder that talks, for models that hear meanwhile and models that do not."""

    def __init__(
        self,
        decoder: SpeechDecoder,
        sampling: SpeechSampling,
        begins: Sequence[bool] = (),
        *,
        int8: Form | None = None,
        source_frames: int = 0,
    ) -> None:
        """`begins` says of each piece of text whether a word begins with it."""
        self._decoder = decoder.eval()
        self._config = decoder.config
        self._streams = decoder.config.streams
        self._sampling = sampling
        self._begins = begins
        self._int8 = int8
        self._source_frames = source_frames

    def graph(self, name: str) -> FrameGraph:
        """`heard` [K, 1], voice, `forced` [1], `noise` [M] -> `codes` [K, 1], `text` [1], `took` [1] ..."""
        graph = FrameGraph(name, int8=self._int8, one_row=True)
        streams, rows = self._streams, self._streams.made
        hears = len(streams.heard_sizes) > 0
        # hearing, one step stands before all that is heard; else those that the last own code lags behind
        graph.lead = 1 if hears else streams.lead
        clock = Clock(graph, self._config.temporal.attention, 1, "temporal")
        chance = spread(graph, self._chance(graph, clock.position, len(rows)), len(rows))
        past = graph.state("made", (streams.lead + 1, len(rows)), np.int64)
        x = self._embed(graph, clock.position, past, self._heard(graph) if hears else None)
        source = Source(graph, self._source_frames) if self._source_frames else None
        open_sum = run_layers(graph, x, self._decoder.temporal, clock, "temporal", source)
        _, hidden = add_and_norm(graph, *open_sum, self._decoder.norm)
        made = []
        text = None
        if self._decoder.text_head is not None:
            text = self._text(graph, hidden, chance[0], clock.position)
            made.append(text)
        own = chance[len(made) : len(made) + len(streams.own_sizes)]
        made += self._codes(graph, hidden, text, own)
        if self._decoder.heard_text_head is not None:
            logits = _logits(graph, hidden, self._decoder.heard_text_head)
            size = streams.heard_text_size
            made.append(draw(graph, logits, size, chance[-1], self._sampling.heard_text))
            self._give_heard_text(graph, made[-1], clock.position)
        new = graph.reshape(graph.call("Concat", *made, axis=0), 1, len(rows))
        history = graph.call("Concat", past, new, axis=0)  # [lead + 2, M]
        history = graph.rows(history, 1, streams.lead + 2)
        graph.remember("made", history)
        self._give_frame(graph, history, clock.position, ends=not hears)
        return graph

    def _chance(self, graph: FrameGraph, position: str, count: int) -> str:
        noise = graph.input("noise", (count,))
        early = graph.call("Sub", graph.numbers(graph.lead), position)
        early = graph.call("Cast", graph.call("Max", early, graph.numbers(0)), to=1)
        moved = graph.call("Add", noise, graph.call("Mul", early, graph.scalar(_GOLDEN)))
        return graph.call("Mod", moved, graph.scalar(1.0), fmod=1)

    def _heard(self, graph: FrameGraph) -> str:
        """The codes heard [H], each from as many frames ago as its stream lags behind."""
        streams = self._streams
        count, delays = len(streams.heard_sizes), [streams.delay(row) for row in _rows(streams.heard)]
        longest = max(delays)
        heard = graph.reshape(graph.input("heard", (count, 1), np.int64), 1, count)
        if longest == 0:
            return graph.reshape(heard, count)
        joined = graph.call("Concat", graph.state("heard", (longest, count), np.int64), heard, axis=0)
        graph.remember("heard", graph.rows(joined, 1, longest + 1))
        at = [(longest - delay) * count + number for number, delay in enumerate(delays)]
        return graph.call("Gather", graph.reshape(joined, -1), graph.numbers(*at))

    def _embed(self, graph: FrameGraph, position: str, past: str, heard: str | None) -> Rows:
        """What the Transformer is given: all streams of the step before, and the voice."""
        decoder, streams = self._decoder, self._streams
        last = graph.reshape(graph.rows(past, streams.lead, streams.lead + 1), len(streams.made))
        tokens = last if heard is None else graph.call("Concat", last, heard, axis=0)
        found = [*streams.made, *_rows(streams.heard)]  # the rows in the order in which they lie here
        tables: dict[int, nn.Module] = dict(
            zip(_rows_between(streams.own, streams.heard), decoder.embeddings, strict=True)
        )
        if decoder.text_embedding is not None:
            tables[0] = decoder.text_embedding
        if decoder.heard_text_embedding is not None:
            tables[streams.rows - 1] = decoder.heard_text_embedding
        codes = _rows_between(streams.own, streams.heard)
        groups = [codes, [row for row in found if row not in codes]]
        if self._config.embedding == "sum":
            groups = [found]
        parts = []
        for group in filter(None, groups):
            chosen = graph.call("Gather", tokens, graph.numbers(*(found.index(row) for row in group)))
            begun = graph.call("Greater", position, graph.numbers(*map(streams.delay, group)))
            table = LookUp(graph, [tables[row] for row in group])
            vectors = table.vectors(graph, chosen, begun, start_rows=streams.start_rows)
            if self._config.embedding == "concat" and group is codes:
                parts.append(graph.reshape(vectors, 1, -1))
            else:
                parts.append(vectors)
        if (wished := self._voice(graph)) is not None:
            parts.append(wished)
        dim = self._config.temporal.dim
        every = graph.call("Concat", *parts, axis=0) if len(parts) > 1 else parts[0]
        return Rows(graph.call("ReduceSum", every, graph.numbers(0), keepdims=1), 1, dim)

    def _voice(self, graph: FrameGraph) -> str | None:
        """Speaker, emotion and language, the traits that the model knows: [N, D]."""
        voice = self._decoder.voice
        if not voice.traits:
            return None
        names = list(voice.traits)
        given = [graph.input(name, (1,), np.int64) for name in names]
        tokens = graph.call("Concat", *given, axis=0) if len(given) > 1 else given[0]
        vectors = LookUp(graph, list(voice.traits.values())).vectors(graph, tokens)
        if "emotion" in names:
            strength, one = graph.input("strength", (1,)), graph.weight(np.ones(1, np.float32))
            gains = [strength if name == "emotion" else one for name in names]
            gain = graph.call("Concat", *gains, axis=0) if len(gains) > 1 else gains[0]
            vectors = graph.call("Mul", vectors, graph.reshape(gain, -1, 1))
        return vectors

    def _text(self, graph: FrameGraph, hidden: str, noise: str, position: str) -> str:
        """The piece of text: the one that is to be said, when it fits, or what the model draws.

        As in `Script`: a word begins when the model would begin one, or when its patience is over.
        """
        streams, head = self._streams, self._decoder.text_head
        assert head is not None
        drawn = draw(graph, _logits(graph, hidden, head), head.out_features, noise, self._sampling.text)
        word = graph.input("forced", (1,), np.int64)
        script = graph.call("GreaterOrEqual", word, graph.numbers(0))
        begins = np.ones(streams.text_size, np.bool_)
        begins[: len(self._begins)] = self._begins
        if streams.text_end != NOTHING and not streams.heard_sizes:
            # a turn that was given its words ends after them
            said = graph.state("scripted", (1,), np.bool_)
            scripted = graph.call("Or", said, script)
            graph.remember("scripted", scripted)
            last = graph.call("And", said, graph.call("Not", script))
            word = graph.call("Where", last, graph.numbers(streams.text_end), word)
            begins[streams.text_end] = True
            wanted = graph.call("Or", script, last)
        else:
            wanted = script
        rests = graph.call("Equal", drawn, graph.numbers(streams.text_pad))
        if streams.text_pad_end != NOTHING:
            rests = graph.call("Or", rests, graph.call("Equal", drawn, graph.numbers(streams.text_pad_end)))
        rested = graph.state("rested", (1,), np.int64)
        announced = graph.state("announced", (1,), np.bool_)
        known = graph.call("Max", word, graph.numbers(0))
        patient = graph.call(
            "And", graph.call("Gather", graph.weight(begins), known), graph.call("Not", announced)
        )
        patient = graph.call("And", patient, graph.call("Less", rested, graph.numbers(PATIENCE)))
        ready = graph.call("Not", graph.call("And", patient, rests))
        early = graph.call("Less", position, graph.numbers(graph.lead))
        says = graph.call("And", graph.call("And", wanted, ready), graph.call("Not", early))
        text = graph.call("Where", says, word, drawn)
        # before the first frame a given text waits
        waits = graph.call("And", script, early)
        text = graph.call("Where", waits, graph.numbers(streams.text_pad), text)
        graph.output("took", graph.call("And", says, script), (1,), np.bool_)
        more = graph.call("Add", rested, graph.numbers(1))
        graph.remember("rested", graph.call("Where", says, graph.numbers(0), more))
        told = streams.text_pad_end if streams.text_pad_end != NOTHING else -3
        graph.remember("announced", graph.call("Equal", text, graph.numbers(told)))
        return text

    def _codes(self, graph: FrameGraph, hidden: str, text: str | None, noise: list[str]) -> list[str]:
        """The own codes [1] of this step."""
        decoder, sampling = self._decoder, self._sampling.codes
        if not noise:
            return []
        if decoder.depth is not None:
            return make_codes(graph, decoder.depth, hidden, text, noise, sampling)
        heads = [affine(head) for head in decoder.heads]
        biases = [head.bias for head in heads if head.bias is not None]
        joined = np.concatenate([head.weight for head in heads], axis=1)
        logits = graph.exact_product(hidden, joined, np.concatenate(biases) if biases else None)
        sizes = self._streams.own_sizes
        parts = graph.calls("Split", len(sizes), logits, graph.numbers(*sizes), axis=1)
        return [
            draw(graph, part, size, chance, sampling)
            for part, size, chance in zip(parts, sizes, noise, strict=True)
        ]

    def _give_heard_text(self, graph: FrameGraph, piece: str, position: str) -> None:
        streams = self._streams
        begun = graph.call("GreaterOrEqual", position, graph.numbers(streams.delay(streams.rows - 1)))
        told = graph.call("Where", begun, piece, graph.numbers(NOTHING))
        graph.output("heard_text", told, (1,), np.int64)

    def _give_frame(self, graph: FrameGraph, history: str, position: str, *, ends: bool) -> None:
        """The youngest frame of which all own streams are there; silence as long as there is none."""
        streams, width = self._streams, len(self._streams.made)
        own = range(streams.own.stop)
        flat = graph.reshape(history, -1)
        at = [streams.delay(row) * width + row for row in own]
        column = graph.call("Gather", flat, graph.numbers(*at))
        count = len(streams.own_sizes)
        silence = (self._config.silence or (0,) * count)[:count]
        resting = (NOTHING,) * streams.has_text + silence
        whole = graph.call("GreaterOrEqual", position, graph.numbers(streams.lead))
        column = graph.call("Where", whole, column, graph.numbers(*resting))
        codes = graph.rows(column, streams.own.start, streams.own.stop)
        graph.output("codes", graph.reshape(codes, count, 1), (count, 1), np.int64)
        piece = graph.rows(column, 0, 1) if streams.has_text else None
        if piece:
            graph.output("text", piece, (1,), np.int64)
        if ends:
            last = streams.text_end if piece and streams.text_end != NOTHING else -3
            graph.output(
                "end", graph.call("Equal", piece or graph.numbers(0), graph.numbers(last)), (1,), np.bool_
            )


def _rows(part: slice) -> list[int]:
    return list(range(part.start, part.stop))


def _rows_between(first: slice, last: slice) -> list[int]:
    """The rows of all codes."""
    return list(range(first.start, last.stop))


def _logits(graph: FrameGraph, hidden: str, head: nn.Linear) -> str:
    found = affine(head)
    return graph.exact_product(hidden, found.weight, found.bias)
