"""What a reply costs at each step of relief, measured in turns on the models that are here."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any, Self

import numpy as np

from core.audio.base import AudioFormat, AudioSink, Pcm
from core.codecs.base import Codec
from core.s2s.base import TurnModel, Voice
from core.talks.base import NARROW, TOGETHER, Relievable
from core.talks.rounds import SpokenRounds

NAMES = {0: "everything", NARROW: "no upper band", TOGETHER: "several frames at once"}
WORDS = "one two three four five six seven eight nine ten " * 4

OpenSink = Callable[[AudioFormat, Callable[[AudioFormat], AudioSink]], AudioSink]


class SilentSink(AudioSink):
    """A speaker that nobody hears."""

    latency_seconds = 0.0

    def __init__(self, format: AudioFormat) -> None:
        self._format = format

    @property
    def format(self) -> AudioFormat:
        return self._format

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is open."""

    def has_room(self) -> bool:
        return True

    def write(self, pcm: Pcm) -> None:
        """It is gone at once."""

    def drop(self) -> None:
        """Nothing waits."""

    def pending(self) -> int:
        return 0

    def peek(self, since: int) -> tuple[Pcm, int]:
        return np.zeros(0, np.float32), since


def relief_costs(
    codec: Codec, model: TurnModel, open_sink: OpenSink | None, frames: int, rounds: int
) -> Iterator[dict[str, Any]]:
    """For each step what a frame of a reply takes of the processor, and the first step's share of that."""
    taken: dict[int, list[float]] = {step: [] for step in NAMES}
    for _ in range(rounds):
        for step in NAMES:
            taken[step].append(_one_reply(codec, model, open_sink, frames, step))
    whole = statistics.median(taken[0])
    for step, name in NAMES.items():
        typical = statistics.median(taken[step])
        yield {
            "what": f"relief {step}: {name}",
            "cpu_ms_a_frame": round(typical, 3),
            "min_ms": round(min(taken[step]), 3),
            "real_time_factor": round(typical / 1000 * codec.spec.frame_rate, 4),
            "ratio": round(whole / typical, 2),
            "rounds": rounds,
        }


def _one_reply(codec: Codec, model: TurnModel, open_sink: OpenSink | None, frames: int, step: int) -> float:
    """Milliseconds of the processor for each frame that is made, decoded and written."""
    spec, format = model.spec, codec.spec.format
    voice = Voice(spec.speakers[0], spec.emotions[0], spec.languages[-1])
    reply = model.say(WORDS, model.listen(), voice, seed=1)
    sink = open_sink(format, SilentSink) if open_sink else SilentSink(format)
    made = SpokenRounds(reply, codec.decoder(), format.frame_seconds)
    made.relieve(step)
    part: object = sink
    if isinstance(part, Relievable):
        part.relieve(step)
    count, started = 0, 0.0
    while count < frames and (found := made.next(None, lead_seconds=1.0)) is not None:
        sink.write(found[1])
        count += 1
        started = (
            started or time.thread_time()
        )  # the first frame, for which words are looked up, is no measure
    return 1000 * (time.thread_time() - started) / max(1, count - 1)
