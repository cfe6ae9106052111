"""Speaker: the sound card as a sink. PortAudio's own thread plays; no Python runs in its callback."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from core.audio.base import AudioFormat, Pcm
from core.audio.devices import Device, Presence, choose, close_stream, list_devices, open_stream, shared_mode
from core.audio.resample import Resampler
from core.audio.ring import HISTORY_SECONDS, Ring
from core.errors import DeviceError

LEAD_SECONDS = 0.12  # sound that waits beyond one frame, against the unevenness of ticks and other threads
_LONGEST_LEAD_SECONDS = 0.2  # each torn word lengthens the lead a little, up to this
_LEAD_STEP_SECONDS = 0.02
_DEVICE_SECONDS = 0.03  # that the device may hold; what it holds cannot be taken back
_LOOP_SECONDS = 4.0  # at least: how long the engine may be away before the loop stands still
_GONE_SECONDS = 1.0  # without progress, and the device is gone
_START_SECONDS = 4.0  # that a device may take to begin: Bluetooth wakes up slowly
_SPEECH_GAP_SECONDS = 0.6  # a shorter silence between two writes was not meant
_TOO_LATE_SECONDS = 0.002  # so close to the device there is no writing any more
_FADE_SECONDS = 0.004  # a cut without a fade clicks
_DUCK_SECONDS = 0.02


class OutputStream(Protocol):
    """An open output: a loop of memory that the device plays round and round."""

    rate: int
    latency_seconds: float
    loop: NDArray[np.float32]  # [samples, channels]

    @property
    def alive(self) -> bool: ...

    @property
    def late_blocks(self) -> int:
        """How often the device wanted sound earlier than the system gave it."""

    def played(self) -> int:
        """Samples that the device has taken since the stream began. Any thread may ask."""

    def tend(self) -> None:
        """Make what was played silent again. From one thread, more often than the loop is long."""

    def close(self) -> None: ...


class NativeOutput:
    """PortAudio playing a ring that is always full: we write into its memory ahead of the device.

    So silence adds no delay, what is not yet played can be taken back, rtmixer never sees an empty
    ring (it would stop playing), and the ring's read index is an exact clock.
    """

    def __init__(self, device: Device, follow_default: bool) -> None:
        import rtmixer

        def open_at(index: int, rate: int) -> Any:
            return rtmixer.Mixer(
                device=index,
                channels=min(2, max(1, device.channels)),
                samplerate=rate,
                latency=_DEVICE_SECONDS,
                extra_settings=shared_mode(device),
            )

        self._stream = open_stream(device, follow_default, open_at)
        self.rate = round(self._stream.samplerate)
        self._size = 1 << int(np.ceil(np.log2(_LOOP_SECONDS * self.rate)))  # PortAudio wants a power of two
        self.loop = np.zeros((self._size, self._stream.channels), np.float32)
        self._ring = rtmixer.RingBuffer(self.loop.strides[0], buffer=self.loop)
        self._ring.advance_write_index(self._size)
        self._given = self._size
        self._played = 0
        self._late_before = 0
        self._presence = Presence(device, follow_default)
        self._action = self._stream.play_ringbuffer(self._ring)
        self.latency_seconds = float(self._stream.latency)

    @property
    def alive(self) -> bool:
        return bool(self._stream.active) and self._presence.holds()

    @property
    def late_blocks(self) -> int:
        return self._late_before + int(self._action.stats.output_underflows)

    def played(self) -> int:
        # An onlooker may ask while `tend` is half done; the clock shall not step back for it.
        return max(self._played, int(self._given - self._ring.read_available))

    def tend(self) -> None:
        silent_until = self._given - self._size
        self._played = self.played()
        count = self._played - silent_until
        at = silent_until % self._size
        self.loop[at : at + count] = 0
        self.loop[: max(0, at + count - self._size)] = 0
        self._ring.advance_write_index(count)
        self._given += count
        if self._action not in self._stream.actions:  # nobody tended for a whole loop: it stood still
            self._late_before = self.late_blocks
            self._action = self._stream.play_ringbuffer(self._ring)

    def close(self) -> None:
        close_stream(self._stream)


def _find(name: str | None) -> Device:
    return choose(list_devices(), "speaker", name)


class Speaker:
    """The sound card as a sink: frames are queued a short lead ahead of what is heard.

    Its positions count everything that sounded, silence included, so they run with the device's clock.
    """

    def __init__(
        self,
        format: AudioFormat,
        name: str | None = None,
        *,
        lead_seconds: float = LEAD_SECONDS,
        find: Callable[[str | None], Device] = _find,
        open_output: Callable[[Device, bool], OutputStream] = NativeOutput,
    ) -> None:
        """Without a `name` it is the system's default one, and follows it where the system can do that."""
        self.format = format
        self.underruns = 0  # times that speech was torn because the next frame came too late
        self.overruns = 0  # samples that were written beyond the loop's length
        self._wanted = name
        self._find = find
        self._lead_seconds = lead_seconds
        self._open_output = open_output
        self._history = Ring(HISTORY_SECONDS * format.sample_rate, history=True)
        self._name = name or ""
        self._output: OutputStream | None = None

    @property
    def name(self) -> str:
        """Of the device that is open; it is another than the wanted one while that is away."""
        return self._name

    def __enter__(self) -> Self:
        device = self._find(self._wanted)
        self._name = device.name
        output = self._output = self._open_output(device, device.name != self._wanted)
        self._rate = output.rate
        self._cursor: int | None = (
            None  # where the next sample goes, in the loop's count; None: nothing queued
        )
        self._spoke_until = 0  # the end of the latest speech, in the same count
        self._progress = (0, time.monotonic() + _START_SECONDS - _GONE_SECONDS)
        self._late_seen = output.late_blocks
        self._resampler = Resampler(self.format.sample_rate, self._rate)
        return self

    def __exit__(self, *exc: object) -> None:
        if self._output is not None:
            output, self._output = self._output, None
            output.close()

    @property
    def latency_seconds(self) -> float:
        return self._opened().latency_seconds

    def has_room(self) -> bool:
        """Also true when the device is gone, so that `write` is called and says so."""
        played = self._tend()
        lead = self._lead_seconds + self.format.frame_seconds
        return self._is_gone(played) or self._queued() <= lead * self._rate

    def write(self, pcm: Pcm) -> None:
        output = self._opened()
        played = self._tend()
        if self._is_gone(played):
            raise DeviceError(
                f"The speaker “{self.name}” does not play any more.",
                "Connect it again, or choose another one.",
            )
        if self._cursor is None:
            self._begin(played)
        assert self._cursor is not None
        sound = self._resampler.push(pcm)
        fitting = max(0, min(len(sound), played + len(output.loop) - self._rate // 10 - self._cursor))
        self.overruns += len(sound) - fitting
        self._place(self._cursor, sound[:fitting])
        self._cursor += fitting
        # Should nothing follow, this is the end of the sound; the next frame overwrites it.
        self._place(self._cursor, self._resampler.tail())
        self._spoke_until = self._cursor
        self._history.write(pcm)

    def drop(self) -> None:
        output = self._opened()
        played = self._tend()
        if self._cursor is None:
            return
        count = self._cursor + self._rate // 100 - played  # with what the resampler still held
        fade = np.zeros((count, 1), np.float32)
        slope = min(count, round(_FADE_SECONDS * self._rate))
        fade[:slope, 0] = np.linspace(1, 0, slope, dtype=np.float32)
        places = np.arange(played, played + count) % len(output.loop)
        output.loop[places] *= fade
        self._history.retract(self._in_format(played + slope))
        self._cursor = None
        self._spoke_until = -self._rate  # this silence is meant

    def scale(self, gain: float) -> None:
        """Make what has not been heard yet quieter or louder, without a click."""
        output = self._opened()
        played = self._tend()
        if self._cursor is None:
            return
        count = self._cursor + self._rate // 100 - played
        self._slope(output, played, count, gain)
        # The canceller must know what is really played.
        position = self._in_format(played)
        queued, _ = self._history.peek(position)
        self._history.retract(position)
        slope = np.full(len(queued), gain, np.float32)
        fade = min(len(queued), round(_DUCK_SECONDS * self.format.sample_rate))
        slope[:fade] = np.linspace(1, gain, fade, dtype=np.float32)
        self._history.write(queued * slope)

    def _slope(self, output: OutputStream, start: int, count: int, gain: float) -> None:
        fade = np.full((count, 1), gain, np.float32)
        slope = min(count, round(_DUCK_SECONDS * self._rate))
        fade[:slope, 0] = np.linspace(1, gain, slope, dtype=np.float32)
        output.loop[np.arange(start, start + count) % len(output.loop)] *= fade

    def position(self) -> int:
        """The samples that left for the device since it was opened."""
        return self._in_format(self._opened().played())

    def reference(self, start: int, count: int) -> Pcm:
        """What leaves for the device at these positions, as far as it is written; silence elsewhere."""
        out = np.zeros(count, np.float32)
        begin = max(0, start)
        found, reached = self._history.peek(begin, until=start + count)
        if len(found) > 0:
            at = reached - len(found) - start
            out[at : at + len(found)] = found
        return out

    def pending(self) -> int:
        played = self._tend()
        return 0 if self._is_gone(played) else self._in_format(self._queued())

    def peek(self, since: int) -> tuple[Pcm, int]:
        output = self._output
        if output is None:
            return self._history.peek(since)
        heard = max(0, self._in_format(output.played() - round(output.latency_seconds * output.rate)))
        pcm, reached = self._history.peek(since, until=heard)
        silence = min(heard - max(since, reached), self._history.capacity)
        return (np.pad(pcm, (0, silence)) if silence > 0 else pcm), heard

    def _opened(self) -> OutputStream:
        if self._output is None:
            raise DeviceError("The speaker is not open.", "Open it first.")
        return self._output

    def _tend(self) -> int:
        """Keep the loop running; notice the end of the queue. Returns what was played."""
        output = self._opened()
        output.tend()
        played = output.played()
        late = output.late_blocks
        if self._cursor is not None:
            self.underruns += late - self._late_seen
            if self._cursor < played + _TOO_LATE_SECONDS * self._rate:
                self._cursor = None
        self._late_seen = late
        return played

    def _queued(self) -> int:
        """Samples of the device that wait in the loop."""
        return 0 if self._cursor is None else max(0, self._cursor - self._opened().played())

    def _begin(self, played: int) -> None:
        """Speech begins, a lead away from the device, or goes on after it was torn."""
        if self._spoke_until > 0 and played - self._spoke_until < _SPEECH_GAP_SECONDS * self._rate:
            self.underruns += 1
            if self._lead_seconds < _LONGEST_LEAD_SECONDS:
                self._lead_seconds += _LEAD_STEP_SECONDS
        self._cursor = played + round(self._lead_seconds * self._rate)
        self._resampler = Resampler(self.format.sample_rate, self._rate)
        position = self._in_format(self._cursor)
        self._history.retract(position)
        self._history.write(np.zeros(position - self._history.written, np.float32))

    def _place(self, start: int, sound: Pcm) -> None:
        loop = self._opened().loop
        at = start % len(loop)
        first = min(len(sound), len(loop) - at)
        loop[at : at + first] = sound[:first, None]
        loop[: len(sound) - first] = sound[first:, None]

    def _is_gone(self, played: int) -> bool:
        now = time.monotonic()
        before, since = self._progress
        if played != before:
            self._progress = (played, now)
        return not self._opened().alive or (played == before and now - since > _GONE_SECONDS)

    def _in_format(self, device_samples: int) -> int:
        return device_samples * self.format.sample_rate // self._rate
