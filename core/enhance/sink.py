"""WideSink: a speaker of 48 kHz behind a model of a lower rate, the missing band filled in live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np

from core.audio.base import AudioFormat, AudioSink, Pcm
from core.audio.speaker import Speaker
from core.enhance.base import OUT_RATE
from core.enhance.live import LiveEnhancement, LiveEnhancer


def widened(
    enhancer: LiveEnhancer, format: AudioFormat, open: Callable[[AudioFormat], AudioSink]
) -> AudioSink:
    """A sink of this format that is heard at 48 kHz; where nothing can be added, the plain one."""
    rate = format.sample_rate
    if rate >= OUT_RATE or OUT_RATE % rate:
        return open(format)
    return WideSink(open(AudioFormat(OUT_RATE, OUT_RATE // rate * format.frame_size)), rate, enhancer)


class WideSink:
    """A sink that enhances on the way: what is written at the model's rate is heard at 48 kHz.

    To those who write and look on, it is a sink of the model's rate; it only adds its delay.
    """

    def __init__(self, inner: AudioSink, rate: int, enhancer: LiveEnhancer) -> None:
        if inner.format.sample_rate != OUT_RATE or OUT_RATE % rate:
            raise ValueError(f"{rate} Hz cannot be made wide for a sink of {inner.format.sample_rate} Hz")
        self._factor = OUT_RATE // rate
        self.format = AudioFormat(rate, inner.format.frame_size // self._factor)
        self._inner = inner
        self._enhancer = enhancer
        self._narrow = False
        self._stream = self._fresh()
        self._held = 0  # samples written that have not come out of the stream

    @property
    def name(self) -> str | None:
        """The name of the device, as far as it has one."""
        found: str | None = getattr(self._inner, "name", None)
        return found

    @property
    def latency_seconds(self) -> float:
        return self._inner.latency_seconds + self._stream.delay_seconds

    @property
    def underruns(self) -> int:
        return int(getattr(self._inner, "underruns", 0))

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        self._inner.__exit__(*exc)

    def has_room(self) -> bool:
        return self._inner.has_room()

    def write(self, pcm: Pcm) -> None:
        wide = self._stream.stream(pcm)
        self._held += len(pcm) - len(wide) // self._factor
        if len(wide):
            self._inner.write(np.clip(wide, -1, 1))

    def drop(self) -> None:
        self._inner.drop()
        self._stream = self._fresh()
        self._held = 0

    def scale(self, gain: float) -> None:
        """Make what is not yet heard quieter or louder (see Speaker)."""
        if isinstance(self._inner, Speaker):
            self._inner.scale(gain)

    def relieve(self, step: int) -> bool:
        """Leave the upper band empty while the computer is too slow for it; the delay stays what it is."""
        changed, self._narrow = self._narrow != (step > 0), step > 0
        self._stream.narrow = self._narrow
        return changed

    def position(self) -> int:
        """What left for the device, at the model's rate (see Speaker)."""
        return self._inner.position() // self._factor if isinstance(self._inner, Speaker) else 0

    def reference(self, start: int, count: int) -> Pcm:
        """What leaves for the device at these positions, at the model's rate (see Speaker)."""
        if not isinstance(self._inner, Speaker):
            return np.zeros(count, np.float32)
        wide = self._inner.reference(start * self._factor, count * self._factor)
        narrow: Pcm = wide.reshape(-1, self._factor).mean(axis=1)
        return narrow

    def pending(self) -> int:
        return self._held + -(-self._inner.pending() // self._factor)

    def peek(self, since: int) -> tuple[Pcm, int]:
        """Means of neighbours bring it back to the model's rate: good enough for what looks on."""
        wide, position = self._inner.peek(since * self._factor)
        extra = position % self._factor  # of a sample that is not whole yet
        whole = (len(wide) - extra) // self._factor * self._factor
        narrow = wide[len(wide) - extra - whole : len(wide) - extra].reshape(-1, self._factor).mean(axis=1)
        return narrow.astype(np.float32), position // self._factor

    def _fresh(self) -> LiveEnhancement:
        stream = self._enhancer.begin(self.format.sample_rate, self.format.sample_rate / 2)
        stream.narrow = self._narrow
        return stream
