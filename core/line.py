"""Line: the open microphone and speaker of a talk, opened again when they come back."""

from __future__ import annotations

import time
from typing import Protocol, Self

import numpy as np

from core.audio.base import AudioFormat, AudioSink, AudioSource, Pcm, Scalable
from core.audio.ear import Ear
from core.audio.echo import EchoConfig
from core.audio.evidence import NearEnd
from core.audio.far_end import Played
from core.audio.input_watch import InputWatch
from core.audio.loudness import louder
from core.errors import DeviceError
from core.events import DeviceBack, DeviceKind, DeviceLost, MicrophoneTrouble, Opened
from core.talks.base import Emit, Relievable

RETRY_SECONDS = 0.5

_HINT = "Connect it again, or choose another one: Paluku goes on as soon as there is one."
_KINDS: tuple[DeviceKind, ...] = ("microphone", "speaker")
_NOTHING = np.zeros(0, np.float32)


class Devices(Protocol):
    """Where sources and sinks come from: the sound card, files, fakes."""

    def microphone(self, format: AudioFormat, name: str | None) -> AudioSource | None:
        """An unopened source, by name (None: the system's default). None when there will be no more sound."""

    def speaker(self, format: AudioFormat, name: str | None) -> AudioSink: ...

    def name_of(self, kind: DeviceKind, name: str | None) -> str:
        """The name that a person knows the device by."""

    def changed(self) -> bool:
        """Whether devices came or went since the last call. Cheap."""


class Line:
    """A microphone and a speaker that survive being unplugged. Is itself the sink of a talk."""

    def __init__(
        self,
        devices: Devices,
        format: AudioFormat,
        microphone: str | None,
        speaker: str | None,
        emit: Emit,
        *,
        listens: bool = True,
        echo: EchoConfig | None = None,
    ) -> None:
        """Without `listens` only the speaker is opened; without `echo` the microphone is taken as it is."""
        self.format = format
        self._devices = devices
        self._wishes: dict[DeviceKind, str | None] = {"microphone": microphone, "speaker": speaker}
        self._emit = emit
        self._source: AudioSource | None = None
        self._sink: AudioSink | None = None
        self._echo = echo
        self._ear: Ear | None = None
        self._watch = InputWatch(format.sample_rate)
        self._kinds = _KINDS if listens else _KINDS[1:]
        self._lost: set[DeviceKind] = set()
        self._next_try = 0.0
        self.exhausted = False
        self.gain = 1.0
        """How much louder than it comes the sound is played."""
        self.overruns = 0
        self.underruns = 0
        self.work_seconds = 0.0
        """What the last read computed, its waiting left out."""
        self._relief = 0

    def __enter__(self) -> Self:
        """Open both. A device that is missing is reported as lost and waited for."""
        for kind in self._kinds:
            try:
                self._open(kind)
            except DeviceError as error:
                self._lose(kind, error)
        self._tell_opened()
        return self

    def __exit__(self, *exc: object) -> None:
        self._close("microphone")
        self._close("speaker")

    def read(self) -> Pcm:
        """The next frame heard; empty while nothing came. Sets `exhausted` at the end of all sound."""
        self.work_seconds = 0.0
        self._recover()
        if self._source is None:
            time.sleep(self.format.frame_seconds)
            return _NOTHING
        try:
            frame = self._source.read()
        except DeviceError as error:
            self._lose("microphone", error)
            return _NOTHING
        if frame is None:
            self.exhausted = True
            return _NOTHING
        if self._sink is not None and isinstance(self._sink, Played):
            started = time.perf_counter()
            if len(frame) and (trouble := self._watch.push(frame)):
                self._emit(MicrophoneTrouble(trouble.kind, trouble.message, trouble.hint))
            frame = self._heard(frame, self._sink)
            self.work_seconds = time.perf_counter() - started
        return frame

    def _heard(self, frame: Pcm, sink: Played) -> Pcm:
        """A frame of a real microphone, without what the speaker played."""
        if self._echo is None or len(frame) == 0:
            return frame
        if self._ear is None:
            self._ear = Ear(self.format.sample_rate, sink, self._echo)
        return self._ear.push(frame)

    def set_echo(self, echo: EchoConfig | None) -> None:
        """How the speaker is taken out of the microphone from now on; None: not at all."""
        if echo != self._echo:
            self._echo, self._ear = echo, None

    @property
    def near_end(self) -> NearEnd | None:
        """What is known of somebody who speaks over the speaker; None where that is not listened for."""
        return self._ear.near_end if self._ear else None

    @property
    def faithful(self) -> Pcm:
        """The latest frame, with some echo left rather than some voice lost."""
        return self._ear.faithful if self._ear else _NOTHING

    def next_source(self) -> bool:
        """Go on with the next source (the next file of a series). False when there is none."""
        self._close("microphone")
        self.exhausted = False
        self._open("microphone")
        return self._source is not None

    def wish(self, microphone: str | None, speaker: str | None) -> None:
        """Change over to these devices at once; what is not there is waited for."""
        self._wishes = {"microphone": microphone, "speaker": speaker}
        self._move()
        self._next_try = 0.0

    def renew_speaker(self) -> None:
        """Open the speaker anew: what stands before it has changed."""
        if self._sink is None:
            return
        self._close("speaker")
        try:
            self._open("speaker")
        except DeviceError as error:
            self._lose("speaker", error)

    @property
    def capture_seconds(self) -> float:
        listening = self._ear.delay_seconds if self._ear else 0.0
        return self._source.latency_seconds + listening if self._source else 0.0

    @property
    def latency_seconds(self) -> float:
        return self._sink.latency_seconds if self._sink else 0.0

    @property
    def live(self) -> bool:
        """Whether somebody hears it now: then a late frame is a gap."""
        return isinstance(self._sink, Played)

    def relieve(self, step: int) -> bool:
        """Do with less work (see Relievable)."""
        self._relief = step
        sink: object = self._sink
        return isinstance(sink, Relievable) and sink.relieve(step)

    def has_room(self) -> bool:
        if self._sink is None:
            return False
        try:
            return self._sink.has_room()
        except DeviceError as error:
            self._lose("speaker", error)
            return False

    def write(self, pcm: Pcm) -> None:
        if self._sink is None:
            return
        try:
            self._sink.write(pcm if self.gain == 1.0 else louder(pcm, self.gain))
        except DeviceError as error:
            self._lose("speaker", error)

    def drop(self) -> None:
        if self._sink:
            self._sink.drop()

    def scale(self, gain: float) -> None:
        """Make what is not yet heard quieter or louder, where the speaker can do that."""
        sink: object = self._sink
        if isinstance(sink, Scalable):
            sink.scale(gain)

    def pending(self) -> int:
        return self._sink.pending() if self._sink else 0

    def peek(self, since: int) -> tuple[Pcm, int]:
        """What was played (see AudioSink)."""
        return self._sink.peek(since) if self._sink else (_NOTHING, since)

    def peek_heard(self, since: int) -> tuple[Pcm, int]:
        return self._source.peek(since) if self._source else (_NOTHING, since)

    def counts(self) -> tuple[int, int]:
        """Overruns of the microphone and underruns of the speaker since the line was opened."""
        overruns = self.overruns + getattr(self._source, "overruns", 0)
        underruns = self.underruns + getattr(self._sink, "underruns", 0)
        return overruns, underruns

    def _recover(self) -> None:
        """Open again what was lost; follow the devices when they change."""
        now = time.monotonic()
        if now < self._next_try:
            return
        self._next_try = now + RETRY_SECONDS
        if self._devices.changed():
            self._move()
        for kind in sorted(self._lost):
            try:
                self._open(kind)
            except DeviceError:
                continue  # still away; DeviceLost was said, DeviceBack will be
            self._lost.discard(kind)
            self._emit(DeviceBack(kind, self._name(kind) or ""))

    def _move(self) -> None:
        """Devices came or went: notice one that is gone, change over to the wished one when it is there."""
        moved = False
        for kind in self._kinds:
            opened = self._source if kind == "microphone" else self._sink
            name = getattr(opened, "name", None)
            if opened is None or name is None:
                continue
            try:
                gone = self._devices.name_of(kind, name) != name
                wished = self._devices.name_of(kind, self._wishes[kind])
                if gone:
                    raise DeviceError(f"The {kind} “{name}” was unplugged.", _HINT)
                if wished != name:
                    self._close(kind)
                    self._open(kind)
                    moved = True
            except DeviceError as error:
                self._lose(kind, error)
        if moved:
            self._tell_opened()

    def _tell_opened(self) -> None:
        if self._kinds == _KINDS:
            self._emit(Opened(self._name("microphone"), self._name("speaker")))

    def _open(self, kind: DeviceKind) -> None:
        self._ear = None  # other devices, another way of the echo
        if kind == "microphone":
            source = self._devices.microphone(self.format, self._wishes[kind])
            self._source = source.__enter__() if source else None
            self._watch = InputWatch(
                self.format.sample_rate, hands_free=getattr(self._source, "hands_free", False)
            )
            self.exhausted = source is None
        else:
            self._sink = self._devices.speaker(self.format, self._wishes[kind]).__enter__()
            self.relieve(self._relief)

    def _close(self, kind: DeviceKind) -> None:
        self._ear = None
        if kind == "microphone" and self._source:
            source, self._source = self._source, None
            self.overruns += getattr(source, "overruns", 0)
            source.__exit__(None, None, None)
        elif kind == "speaker" and self._sink:
            sink, self._sink = self._sink, None
            self.underruns += getattr(sink, "underruns", 0)
            sink.__exit__(None, None, None)

    def _lose(self, kind: DeviceKind, error: DeviceError) -> None:
        name = self._name(kind) or error.message
        self._close(kind)
        self._lost.add(kind)
        self._next_try = time.monotonic() + RETRY_SECONDS
        self._emit(DeviceLost(kind, name, error.hint))

    def _name(self, kind: DeviceKind) -> str | None:
        """The name of what is open."""
        opened = self._source if kind == "microphone" else self._sink
        if opened is None:
            return None
        return str(getattr(opened, "name", None) or self._devices.name_of(kind, self._wishes[kind]))
