"""Replay and SoundCheck: a sound played once, from memory or as it was just recorded, between two talks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np

from core.audio.base import AudioFormat, AudioSink, Pcm
from core.codecs.base import Codec, Codes
from core.events import Interlude
from core.s2s.base import Voice
from core.talks.base import FRAMES_AHEAD, Emit

CHECK_SECONDS = 3.0
_CHIME = ((660.0, 0.0), (880.0, 0.18), (1320.0, 0.36))  # pitch and beginning of each tone


class Replay:
    """Frames of sound on their way to the speaker; `done` is called once the last of them was heard."""

    def __init__(
        self,
        frames: Iterator[Pcm],
        *,
        emit: Emit,
        done: Callable[[], None],
        doing: Literal["recording", "playing"] = "playing",
    ) -> None:
        self._frames: Iterator[Pcm] | None = frames
        self._emit = emit
        self._done = done
        self._dropping = False
        self._over = False
        emit(Interlude(doing))

    @property
    def busy(self) -> bool:
        return not self._over

    def hear(self, pcm: Pcm) -> None:
        """Nobody is listened to."""

    def speak(self, sink: AudioSink) -> None:
        if self._dropping:
            sink.drop()
            self._dropping, self._frames = False, None
        for _ in range(FRAMES_AHEAD):
            if self._frames is None or not sink.has_room():
                break
            frame = next(self._frames, None)
            if frame is None:
                self._frames = None
                break
            sink.write(frame)
        if self._frames is None and sink.pending() == 0 and not self._over:
            self._over = True
            self._done()

    def hold(self, down: bool) -> None:
        """The talk button has to wait."""

    def interrupt(self) -> None:
        self._dropping = True

    def set_voice(self, voice: Voice) -> None:
        """What was said has its voice."""

    def set_codebooks(self, count: int | None) -> None:
        """What was said is played whole."""

    def set_pause(self, seconds: float) -> None:
        """There are no turns."""

    def set_barge_in(self, by_voice: bool) -> None:
        """Nobody is listened to."""

    def close(self) -> None:
        self._over = True
        self._emit(Interlude(None))


class SoundCheck(Replay):
    """A few seconds of the microphone, then the same from the speaker."""

    def __init__(self, format: AudioFormat, *, emit: Emit, done: Callable[[], None]) -> None:
        super().__init__(iter(()), emit=emit, done=done, doing="recording")
        self._recorded: list[Pcm] = []
        self._missing = round(CHECK_SECONDS * format.frame_rate)

    def hear(self, pcm: Pcm) -> None:
        if self._missing > 0:
            self._missing -= 1
            self._recorded.append(pcm)
            if self._missing == 0:
                self._frames = iter(self._recorded)
                self._emit(Interlude("playing"))

    def speak(self, sink: AudioSink) -> None:
        if self._missing == 0 or self._dropping:
            super().speak(sink)


def decoded(codec: Codec, codes: Codes) -> Iterator[Pcm]:
    """The sound of these codes, frame by frame, as it is needed."""
    decoder = codec.decoder()
    for frame in range(codes.shape[1]):
        yield decoder.push(codes[:, frame : frame + 1])


def chime(format: AudioFormat) -> Iterator[Pcm]:
    """Three soft tones, by which one knows the speaker."""
    rate, size = format.sample_rate, format.frame_size
    at = np.arange(-(-rate // size) * size) / rate  # a second, in whole frames
    sound = np.zeros_like(at)
    for pitch, begin in _CHIME:
        since = np.clip(at - begin, 0.0, None)
        sound += np.sin(2 * np.pi * pitch * since) * np.exp(-since / 0.12) * np.minimum(1.0, since / 0.005)
    yield from (0.2 * sound).astype(np.float32).reshape(-1, size)
