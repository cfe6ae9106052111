"""Scene: a speaker, a room, somebody who talks in it and a microphone, played in a time of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.workbench.echo.room import Room

LEAD_SECONDS = 0.12  # as the real speaker's
_BLOCK_SECONDS = 0.01  # that the simulated device takes at a time


@dataclass(frozen=True)
class Stage:
    """What stands between the speaker and the microphone."""

    room: Room
    echo_db: float = -26.0
    """Level of the echo of a voice at -26 dB."""
    delay: float = 0.08
    """From what leaves for the device to the microphone's sample, in seconds, before the room."""
    drift_ppm: float = 0.0
    """By how much the speaker's clock is faster."""
    distortion: float = 0.0
    """How far the loudspeaker is driven into its limits: 0 not at all, 1 a little, 2 audibly."""
    noise_db: float = -65.0
    jump_at: float = 0.0
    """When the delay becomes longer by 0.2 s (0: never)."""
    script: Pcm = field(default_factory=lambda: np.zeros(0, np.float32), repr=False)
    """What is said at the microphone."""


class Scene:
    """Time, and the sound in it: reading the microphone lets it pass."""

    def __init__(self, format: AudioFormat, stage: Stage, seconds: float, seed: int = 0) -> None:
        self.format = format
        self.stage = stage
        count = round((seconds + 3) * format.sample_rate)
        self._mic_at = 0
        self.played = 0
        self._end = round(seconds * format.sample_rate)
        self.timeline: Pcm = np.zeros(count, np.float32)  # what the device plays, by its own clock
        self._echo = np.zeros(count + len(stage.room.response), np.float64)
        self._noise = np.random.default_rng(seed)
        # The echo's level is set by a voice-like sound: white noise through the room.
        probe = self._noise.standard_normal(format.sample_rate)
        wet = np.convolve(probe, stage.room.response[: format.sample_rate // 4])
        gain = np.sqrt(np.mean(np.square(probe)) / np.mean(np.square(wet)))
        self._response = stage.room.response * gain * 10 ** ((stage.echo_db + 26) / 20)
        self._spectrum = np.zeros(0, np.complex128)
        self.echo_heard: list[Pcm] = []
        self.microphone = SceneMicrophone(self)
        self.speaker = SceneSpeaker(self)

    @property
    def seconds(self) -> float:
        """The time by the microphone's clock."""
        return self._mic_at / self.format.sample_rate

    def pass_time(self, count: int) -> Pcm | None:
        """So many samples of the microphone; None when the scene is over."""
        if self._mic_at + count > self._end:
            return None
        rate = self.format.sample_rate
        clock = 1 + self.stage.drift_ppm * 1e-6
        self._play(int((self._mic_at + count) * clock))
        delay = self.stage.delay + (0.2 if 0 < self.stage.jump_at <= self._mic_at / rate else 0.0)
        places = (self._mic_at + np.arange(count)) * clock - delay * rate
        echo = _at(self._echo, places)
        said = self.stage.script[self._mic_at : self._mic_at + count]
        sound = echo + 10 ** (self.stage.noise_db / 20) * self._noise.standard_normal(count)
        sound[: len(said)] += said
        self._mic_at += count
        self.echo_heard.append(echo.astype(np.float32))
        return np.asarray(np.clip(sound, -1, 1), np.float32)

    def _play(self, until: int) -> None:
        """The device takes sound up to here, and the room answers."""
        sound = self.timeline[self.played : until].astype(np.float64)
        if self.stage.distortion and sound.any():
            drive = 2.0 * self.stage.distortion
            sound = (
                np.tanh(drive * sound) / drive + 0.05 * self.stage.distortion * np.tanh(drive * sound) ** 2
            )
        if sound.any():
            size = 1 << (len(sound) + len(self._response) - 1).bit_length()
            if len(self._spectrum) != size // 2 + 1:
                self._spectrum = np.fft.rfft(self._response, size)
            wet = np.fft.irfft(np.fft.rfft(sound, size) * self._spectrum, size)
            wet = wet[: len(sound) + len(self._response) - 1]
            room = self._echo[self.played : self.played + len(wet)]
            room += wet[: len(room)]
        self.played = until


class SceneMicrophone:
    """The microphone of a scene, as a source."""

    latency_seconds = 0.02
    overruns = 0
    name = "scene"

    def __init__(self, scene: Scene) -> None:
        self.format = scene.format
        self._scene = scene

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """A scene needs no closing."""

    def read(self) -> Pcm | None:
        return self._scene.pass_time(self.format.frame_size)

    def peek(self, since: int) -> tuple[Pcm, int]:
        return np.zeros(0, np.float32), since


class SceneSpeaker:
    """The speaker of a scene, as a sink that leads by as much as the real one."""

    latency_seconds = 0.03
    underruns = 0
    name = "scene"

    def __init__(self, scene: Scene) -> None:
        self.format = scene.format
        self._scene = scene
        self._cursor = 0
        self.stops: list[float] = []
        """When sound was dropped that had been written."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """A scene needs no closing."""

    def has_room(self) -> bool:
        lead = LEAD_SECONDS * self.format.sample_rate + self.format.frame_size
        return self._cursor - self._scene.played <= lead

    def write(self, pcm: Pcm) -> None:
        if self._cursor <= self._scene.played:
            self._cursor = self._scene.played + round(LEAD_SECONDS * self.format.sample_rate)
        room = self._scene.timeline[self._cursor : self._cursor + len(pcm)]
        room[:] = pcm[: len(room)]
        self._cursor += len(pcm)

    def drop(self) -> None:
        if self._cursor > self._scene.played:
            self.stops.append(self._scene.seconds)
        self._scene.timeline[self._scene.played : self._cursor] = 0
        self._cursor = self._scene.played

    def scale(self, gain: float) -> None:
        slope = min(self.pending(), round(0.02 * self.format.sample_rate))
        queued = self._scene.timeline[self._scene.played : self._cursor]
        queued[:slope] *= np.linspace(1, gain, slope, dtype=np.float32)
        queued[slope:] *= gain

    def pending(self) -> int:
        return max(0, self._cursor - self._scene.played)

    def peek(self, since: int) -> tuple[Pcm, int]:
        return self._scene.timeline[since : self._scene.played], self._scene.played

    def position(self) -> int:
        """What the device took: whole blocks, as a sound card does."""
        block = round(_BLOCK_SECONDS * self.format.sample_rate)
        return -(-self._scene.played // block) * block

    def reference(self, start: int, count: int) -> Pcm:
        found = self._scene.timeline[max(0, start) : max(0, start + count)]
        return np.concatenate((np.zeros(count - len(found), np.float32), found)) if start < 0 else found


def _at(sound: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The sound between its samples, by a cubic; silence before its beginning."""
    whole = np.floor(places).astype(np.int64)
    part = places - whole
    a, b, c, d = (np.where(whole + k >= 0, sound[np.maximum(whole + k, 0)], 0.0) for k in (-1, 0, 1, 2))
    between: np.ndarray = b + 0.5 * part * (
        c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a))
    )
    return between
