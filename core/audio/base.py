"""The words of sound: Pcm, AudioFormat, and what a source and a sink can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.float32]  # mono, [-1, 1]


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """The rate of a stream of sound and the samples in one codec frame."""

    sample_rate: int
    frame_size: int

    def __post_init__(self) -> None:
        if self.sample_rate <= 0 or self.frame_size <= 0:
            raise ValueError(f"an audio format needs a positive rate and frame, not {self}")

    @property
    def frame_rate(self) -> float:
        """Frames per second."""
        return self.sample_rate / self.frame_size

    @property
    def frame_seconds(self) -> float:
        return self.frame_size / self.sample_rate


class AudioSource(Protocol):
    """Where sound comes from: a microphone, a file, a fake."""

    @property
    def format(self) -> AudioFormat: ...

    @property
    def latency_seconds(self) -> float:
        """From the membrane to `read`, without the frame itself."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def read(self) -> Pcm | None:
        """The next frame; waits at most about one frame. None when there will be no more.

        An empty array means that nothing has arrived yet: ask again.
        """

    def peek(self, since: int) -> tuple[Pcm, int]:
        """For meters and spectrograms: what came after position `since`, and the position now.

        Positions count samples from the start of the stream. What is too old to be held any more is left
        out. Never waits; any number of onlookers, each with a position of its own.
        """


class AudioSink(Protocol):
    """Where sound goes: a speaker, a file, a fake."""

    @property
    def format(self) -> AudioFormat: ...

    @property
    def latency_seconds(self) -> float:
        """From the end of the queue to the ear: the device's own delay, without what is pending."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def has_room(self) -> bool:
        """Whether one more frame fits without making the listener wait longer than planned."""

    def write(self, pcm: Pcm) -> None:
        """Queue a frame to be heard. Never blocks."""

    def drop(self) -> None:
        """Forget everything that has not been heard yet (barge-in)."""

    def pending(self) -> int:
        """Samples that were written and have not been heard."""

    def peek(self, since: int) -> tuple[Pcm, int]:
        """For meters and spectrograms: what was heard after position `since`, and the position now."""


@runtime_checkable
class Scalable(Protocol):
    """A sink that can make what it has not yet played quieter or louder."""

    def scale(self, gain: float) -> None: ...
