"""Microphone: the sound card as a source. PortAudio's own thread records; no Python runs in its callback."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol, Self

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.devices import Device, Presence, choose, close_stream, list_devices, open_stream, shared_mode
from core.audio.resample import Resampler
from core.audio.ring import HISTORY_SECONDS, Ring
from core.errors import DeviceError

_DEVICE_SECONDS = 0.02  # of sound that the device may collect before it hands them over
_RING_SECONDS = 4.0  # at least: how long the engine may be away without losing sound
_GONE_SECONDS = 1.0  # without a sample, and the device is gone
_START_SECONDS = 4.0  # that a device may take to begin: Bluetooth wakes up slowly
_SHORTEST_NAP, _LONGEST_NAP = 0.001, 0.02  # between two looks at the ring


class InputStream(Protocol):
    """An open input: samples at the device's own rate, waiting to be drained."""

    rate: int
    latency_seconds: float

    @property
    def alive(self) -> bool: ...

    @property
    def overruns(self) -> int:
        """How often sound was lost because nobody drained in time."""

    def waiting(self) -> int:
        """Samples that can be drained now."""

    def drain(self) -> Pcm:
        """All that came since the last time. Never waits."""

    def close(self) -> None: ...


class NativeInput:
    """PortAudio recording into its own lock-free ring."""

    def __init__(self, device: Device, follow_default: bool) -> None:
        import rtmixer

        def open_at(index: int, rate: int) -> Any:
            return rtmixer.Recorder(
                device=index,
                channels=1,
                samplerate=rate,
                latency=_DEVICE_SECONDS,
                extra_settings=shared_mode(device),
            )

        self._stream = open_stream(device, follow_default, open_at)
        self.rate = round(self._stream.samplerate)
        size = 1 << int(np.ceil(np.log2(_RING_SECONDS * self.rate)))  # PortAudio wants a power of two
        self._ring = rtmixer.RingBuffer(np.dtype(np.float32).itemsize, size)
        self._presence = Presence(device, follow_default)
        self._overruns_before = 0
        self._action = self._stream.record_ringbuffer(self._ring)
        self.latency_seconds = float(self._stream.latency)

    @property
    def alive(self) -> bool:
        return bool(self._stream.active) and self._presence.holds()

    @property
    def overruns(self) -> int:
        return self._overruns_before + int(self._action.stats.input_overflows)

    def waiting(self) -> int:
        return int(self._ring.read_available)

    def drain(self) -> Pcm:
        pcm = np.empty(self.waiting(), np.float32)
        self._ring.readinto(pcm)
        if self._action not in self._stream.actions:  # rtmixer stops recording into a ring that is full
            self._overruns_before = self.overruns + 1
            self._action = self._stream.record_ringbuffer(self._ring)
        return pcm

    def close(self) -> None:
        close_stream(self._stream)


def _find(name: str | None) -> Device:
    return choose(list_devices(), "microphone", name)


class Microphone:
    """The sound card as a source: frames at the wanted rate, whatever rate the device has."""

    def __init__(
        self,
        format: AudioFormat,
        name: str | None = None,
        *,
        find: Callable[[str | None], Device] = _find,
        open_input: Callable[[Device, bool], InputStream] = NativeInput,
    ) -> None:
        """Without a `name` it is the system's default one, and follows it where the system can do that."""
        self.format = format
        self._wanted = name
        self._find = find
        self._open_input = open_input
        self._history = Ring(HISTORY_SECONDS * format.sample_rate, history=True)
        self._name = name or ""
        self._input: InputStream | None = None
        self._overruns = 0
        self.hands_free = False
        """Whether what is open is a Bluetooth headset in telephone quality."""

    @property
    def name(self) -> str:
        """Of the device that is open; it is another than the wanted one while that is away."""
        return self._name

    def __enter__(self) -> Self:
        device = self._find(self._wanted)
        self._name = device.name
        self.hands_free = device.bluetooth_hands_free
        self._input = self._open_input(device, device.name != self._wanted)
        self._resampler = Resampler(self._input.rate, self.format.sample_rate)
        self._waiting: Pcm = np.zeros(0, np.float32)
        self._last_sound = time.monotonic() + _START_SECONDS - _GONE_SECONDS
        self._overruns_at_start: int | None = None
        return self

    def __exit__(self, *exc: object) -> None:
        if self._input is not None:
            self._overruns = self.overruns
            stream, self._input = self._input, None
            self._overruns_at_start = None
            stream.close()

    @property
    def latency_seconds(self) -> float:
        stream = self._opened()
        queued = stream.waiting() / stream.rate + len(self._waiting) / self.format.sample_rate
        return stream.latency_seconds + self._resampler.delay_seconds + queued

    @property
    def overruns(self) -> int:
        """How often sound was lost since the first frame."""
        if self._input is None or self._overruns_at_start is None:
            return self._overruns
        return self._overruns + self._input.overruns - self._overruns_at_start

    def read(self) -> Pcm | None:
        frame_size = self.format.frame_size
        deadline = time.monotonic() + self.format.frame_seconds
        self._drain()
        while len(self._waiting) < frame_size:
            now = time.monotonic()
            if now >= deadline:
                return np.zeros(0, np.float32)
            missing = (frame_size - len(self._waiting)) / self.format.sample_rate
            time.sleep(min(max(missing / 2, _SHORTEST_NAP), _LONGEST_NAP, deadline - now))
            self._drain()
        frame, self._waiting = self._waiting[:frame_size], self._waiting[frame_size:]
        return frame

    def peek(self, since: int) -> tuple[Pcm, int]:
        return self._history.peek(since)

    def _opened(self) -> InputStream:
        if self._input is None:
            raise DeviceError("The microphone is not open.", "Open it first.")
        return self._input

    def _drain(self) -> None:
        stream = self._opened()
        sound = stream.drain()
        now = time.monotonic()
        if len(sound) > 0:
            self._last_sound = now
            if self._overruns_at_start is None:  # what was lost while opening was not listened to
                self._overruns_at_start = stream.overruns
            pcm = self._resampler.push(sound)
            self._history.write(pcm)
            self._waiting = np.concatenate((self._waiting, pcm))
        gone = not stream.alive or now - self._last_sound > _GONE_SECONDS
        if gone and len(self._waiting) < self.format.frame_size:
            hint = "Connect it again, or choose another one."
            raise DeviceError(f"The microphone “{self.name}” gives no sound any more.", hint)
