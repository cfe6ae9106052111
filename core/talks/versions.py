"""Versions and Recording: sound files side by side, one of them heard; and a moment kept as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.audio.base import AudioFormat, AudioSink, Pcm
from core.audio.wav import WavSink, read_pcm
from core.errors import StorageError
from core.events import Failed, Recorded
from core.talks.base import FRAMES_AHEAD, Emit
from core.talks.replay import Replay

FORMAT = AudioFormat(48_000, 960)
"""Of what is compared: the widest that any version has."""

Sounds = NDArray[np.float32]  # [version, T], whole frames


class Versions(Replay):
    """Files that run side by side. One is heard; turning to another goes on at the same moment."""

    def __init__(self, sounds: Sounds, heard: int, *, emit: Emit, done: Callable[[], None]) -> None:
        self._sounds = sounds
        self._heard = self._before = heard
        self._at = 0  # samples that were written
        super().__init__(iter(()), emit=emit, done=done)

    def turn_to(self, version: int) -> None:
        """Let this one be heard from here on."""
        if 0 <= version < len(self._sounds):
            self._heard = version

    def speak(self, sink: AudioSink) -> None:
        if self._heard != self._before and not self._dropping:
            self._at = max(0, self._at - sink.pending())  # what waits was never heard
            sink.drop()
        for _ in range(FRAMES_AHEAD):
            if self._dropping or self._at >= self._sounds.shape[1] or not sink.has_room():
                break
            sink.write(self._next_frame())
        if self._dropping or self._at >= self._sounds.shape[1]:
            super().speak(sink)  # waits for the end, or makes one

    def _next_frame(self) -> Pcm:
        whole = self._sounds[:, self._at : self._at + FORMAT.frame_size]
        self._at += FORMAT.frame_size
        frame: Pcm = whole[self._heard]
        if self._heard != self._before:  # a cut would click
            rising = np.linspace(0, 1, len(frame), dtype=np.float32)
            frame = (1 - rising) * whole[self._before] + rising * frame
            self._before = self._heard
        return frame


class Recording(Replay):
    """A moment of the microphone that becomes a file."""

    def __init__(
        self, path: Path, seconds: float, format: AudioFormat, *, emit: Emit, done: Callable[[], None]
    ) -> None:
        super().__init__(iter(()), emit=emit, done=done, doing="recording")
        self._path = path
        self._format = format
        self._heard: list[Pcm] = []
        self._missing = round(seconds * format.frame_rate)

    def hear(self, pcm: Pcm) -> None:
        if self._missing > 0:
            self._missing -= 1
            self._heard.append(pcm)
            if self._missing == 0:
                self._keep()

    def speak(self, sink: AudioSink) -> None:
        if self._missing == 0 or self._dropping:
            super().speak(sink)

    def _keep(self) -> None:
        try:
            with WavSink(self._path, self._format) as file:
                file.write(np.concatenate(self._heard))
            self._emit(Recorded(str(self._path)))
        except StorageError as error:
            self._emit(Failed(error))


def side_by_side(paths: Sequence[Path]) -> Sounds:
    """These files as they are played together, the shorter ones ending in silence."""
    sounds = [read_pcm(path, FORMAT.sample_rate) for path in paths]
    longest = max((len(sound) for sound in sounds), default=0)
    longest += -longest % FORMAT.frame_size
    return np.stack([np.pad(sound, (0, longest - len(sound))) for sound in sounds])
