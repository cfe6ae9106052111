"""Sound devices: one row for each microphone and speaker, chosen by name, and a watch over them."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.audio import sound_server
from core.audio.sound_server import Kind, Node
from core.errors import DeviceError

_BEST_HOST_APIS = ("Windows WASAPI", "Core Audio", "ALSA")
_SERVER_PCMS = ("pipewire", "pulse", "default")  # ALSA names that lead to the sound server, best first
_AIMS = ("PULSE_SOURCE", "PULSE_SINK", "PIPEWIRE_NODE")
_AIMING = threading.Lock()  # the environment is one for the whole process
_LOOK_SECONDS = 1.0  # between two looks where no server tells of changes
_TELEPHONE_RATE = 24_000  # a Bluetooth microphone gives no more

_open_streams: weakref.WeakSet[Any] = weakref.WeakSet()  # PortAudio is one for the whole process, too


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or speaker as a person knows it, and how PortAudio reaches it."""

    name: str
    kind: Kind
    host_api: str
    index: int  # of PortAudio
    default_rate: int
    channels: int
    is_default: bool = False
    bluetooth_hands_free: bool = False
    server_name: str = ""  # the sound server's own name, where it is reached through one
    monitor: bool = False  # hears what a speaker plays: never taken unless asked for by name


def list_devices() -> tuple[Device, ...]:
    """Every microphone and speaker once, under the name a person knows it by."""
    import sounddevice

    try:
        rows, host_apis = list(sounddevice.query_devices()), list(sounddevice.query_hostapis())
    except sounddevice.PortAudioError as error:
        raise DeviceError(
            "The sound system does not answer.", "Restart the computer's sound service."
        ) from error
    defaults = {api[key] for api in host_apis for key in ("default_input_device", "default_output_device")}
    all_devices = [
        device
        for row in rows
        for kind in _kinds_of(row)
        for device in [_from_portaudio(row, kind, host_apis, is_default=row["index"] in defaults)]
    ]
    gate = _server_gate(all_devices)
    nodes = sound_server.nodes() if gate else None
    if gate and nodes:
        return tuple(_named_apart(_from_server(nodes, gate)))
    return tuple(_named_apart(_on_best_host_api(all_devices)))


def choose(devices: Sequence[Device], kind: Kind, name: str | None = None) -> Device:
    """The device of that name; without one, or while it is away, the system's default."""
    candidates = [device for device in devices if device.kind == kind]
    for device in candidates:
        if device.name == name:
            return device
    candidates = [device for device in candidates if not device.monitor]
    if not candidates:
        raise DeviceError(
            f"No {kind} was found.", f"Connect a {kind}, or check that the system allows its use."
        )
    return next((device for device in candidates if device.is_default), candidates[0])


def device_name(kind: Kind, name: str | None = None) -> str:
    """The name of the device that `choose` would take now; empty while there is none."""
    try:
        return choose(list_devices(), kind, name).name
    except DeviceError:
        return ""


def open_stream(device: Device, follow_default: bool, open_at: Callable[[int, int], Any]) -> Any:
    """Start a stream made by `open_at(index, rate)` at the device's own rate, or at another it takes.

    With `follow_default` the sound server may carry the stream along when its default changes.
    """
    import sounddevice

    refusal: Exception | None = None
    for rate in dict.fromkeys((device.default_rate, 48_000, 44_100, 16_000)):
        stream = None
        try:
            with _aimed_at(None if follow_default else device):
                stream = open_at(device.index, rate)
                _open_streams.add(stream)
                _hurry(stream)
                stream.start()
            return stream
        except (sounddevice.PortAudioError, ValueError) as error:
            refusal = error
        if stream is not None:
            close_stream(stream)
    raise DeviceError(
        f"The {device.kind} “{device.name}” cannot be opened.",
        "Another program may be using it, or it may not be permitted: check the system's sound settings.",
    ) from refusal


def close_stream(stream: Any) -> None:
    """Close quickly, and without complaint when the device is gone."""
    stream.abort(ignore_errors=True)
    stream.close(ignore_errors=True)
    _open_streams.discard(stream)


def shared_mode(device: Device) -> Any:
    """What a stream needs besides: Windows converts rates and channels for us only when asked to."""
    import sounddevice

    return sounddevice.WasapiSettings(auto_convert=True) if device.host_api == "Windows WASAPI" else None


def _hurry(stream: Any) -> None:
    """Ask for a real-time thread, which PortAudio on Linux has only on request and as far as permitted."""
    import sounddevice

    if sys.platform == "linux":
        hurry = getattr(ctypes.CDLL(sounddevice._libname), "PaAlsa_EnableRealtimeScheduling", None)
        if hurry:
            hurry(ctypes.c_void_p(int(sounddevice._ffi.cast("uintptr_t", stream._ptr))), 1)


@contextmanager
def _aimed_at(device: Device | None) -> Iterator[None]:
    """The sound server's ALSA plug-ins read from the environment which device a new stream is for."""
    if device is None or not device.server_name:
        yield
        return
    with _AIMING:
        before = {name: os.environ.get(name) for name in _AIMS}
        os.environ.update(dict.fromkeys(_AIMS, device.server_name))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def _kinds_of(row: dict[str, Any]) -> list[Kind]:
    kinds: list[Kind] = []
    if row["max_input_channels"] > 0:
        kinds.append("microphone")
    if row["max_output_channels"] > 0:
        kinds.append("speaker")
    return kinds


def _from_portaudio(
    row: dict[str, Any], kind: Kind, host_apis: Sequence[dict[str, Any]], *, is_default: bool
) -> Device:
    rate = round(row["default_samplerate"])
    # macOS gives a headset's microphone the name of the headset, and only its rate away
    telephone = kind == "microphone" and rate <= _TELEPHONE_RATE and sys.platform == "darwin"
    return Device(
        name=row["name"],
        kind=kind,
        host_api=host_apis[row["hostapi"]]["name"],
        index=row["index"],
        default_rate=rate,
        channels=row[f"max_{'input' if kind == 'microphone' else 'output'}_channels"],
        is_default=is_default,
        bluetooth_hands_free=telephone or sound_server.is_hands_free(row["name"]),
    )


def _server_gate(devices: Sequence[Device]) -> Device | None:
    """The ALSA device behind which the sound server is."""
    by_name = {device.name: device for device in devices if device.host_api == "ALSA"}
    return next((by_name[name] for name in ("pulse", "pipewire") if name in by_name), None)


def _from_server(nodes: Sequence[Node], gate: Device) -> list[Device]:
    """The server's devices. What a speaker plays counts as a microphone only where there is no other."""
    microphones = [node for node in nodes if node.kind == "microphone"]
    real = [node for node in microphones if not node.monitor] or microphones
    chosen = real + [node for node in nodes if node.kind == "speaker"]
    return [
        Device(
            name=node.description,
            kind=node.kind,
            host_api=gate.host_api,
            index=gate.index,
            default_rate=node.rate,
            channels=node.channels,
            is_default=node.is_default,
            bluetooth_hands_free=node.hands_free,
            server_name=node.name,
            monitor=node.monitor,
        )
        for node in chosen
    ]


def _on_best_host_api(devices: Sequence[Device]) -> list[Device]:
    """PortAudio lists a device once for each way to reach it: keep the best way."""
    present = {device.host_api for device in devices}
    best = next((api for api in _BEST_HOST_APIS if api in present), None)
    kept = [device for device in devices if best is None or device.host_api == best]
    gates = [name for name in _SERVER_PCMS if best == "ALSA" and any(device.name == name for device in kept)]
    if not gates:
        return kept
    # Raw ALSA devices come after the way through the sound server, which is what everybody else uses.
    hardware = [replace(device, is_default=False) for device in kept if "(hw:" in device.name]
    return [replace(device, is_default=True) for device in kept if device.name == gates[0]] + hardware


def _named_apart(devices: Sequence[Device]) -> list[Device]:
    """Twins get numbers, so that a name chooses one device."""
    seen: dict[tuple[str, str], int] = {}
    named = []
    for device in devices:
        count = seen[(device.kind, device.name)] = seen.get((device.kind, device.name), 0) + 1
        named.append(device if count == 1 else replace(device, name=f"{device.name} ({count})"))
    return named


class Presence:
    """Whether the device of an open stream is still there.

    A sound server moves a stream whose device is gone to any other: a microphone would go on with what
    the speaker plays. Nobody is told but those who ask.
    """

    def __init__(self, device: Device, follow_default: bool) -> None:
        self._device = device
        self._follow_default = follow_default
        self._seen = sound_server.changes.count() if device.server_name else 0
        self._there = True

    def holds(self) -> bool:
        """Takes microseconds while nothing changes among the devices."""
        if not self._device.server_name:
            return True
        before, self._seen = self._seen, sound_server.changes.count()
        if self._seen != before:
            nodes = sound_server.nodes()
            self._there = nodes is None or any(map(self._fits, nodes))
        return self._there

    def _fits(self, node: Node) -> bool:
        if node.kind != self._device.kind:
            return False
        return node.name == self._device.server_name or (self._follow_default and not node.monitor)


class DeviceWatch:
    """A watch over the devices: says when some came, went, or became the default."""

    def __init__(self) -> None:
        self._seen: int | None = None
        self._next_look = 0.0
        self._census: object = None
        self._stale = False  # PortAudio has not looked since something changed

    def poll(self) -> bool:
        """Whether anything changed since the last call. Takes microseconds; call it as often as you like."""
        before, self._seen = self._seen, sound_server.changes.count()
        told = before is not None and self._seen != before
        now = time.monotonic()
        if told or sound_server.changes.served or now < self._next_look:
            return told
        self._next_look = now + _LOOK_SECONDS
        census, self._census = self._census, _census()
        changed = census is not None and self._census != census
        self._stale = self._stale or changed
        if self._stale and not _open_streams:
            self._stale = False
            _look_again()
            return True
        return changed


def _look_again() -> None:
    """PortAudio sees new devices only when it starts anew, which would cut open streams off."""
    import sounddevice

    sounddevice._terminate()
    sounddevice._initialize()


def _census() -> object:
    """Something cheap that differs when devices have come or gone, without asking PortAudio."""
    if sys.platform == "win32":
        return ctypes.windll.winmm.waveInGetNumDevs(), ctypes.windll.winmm.waveOutGetNumDevs()
    if sys.platform == "darwin":
        return _census_of_macos()
    try:
        return sorted(Path("/dev/snd").iterdir())
    except OSError:
        return []


def _census_of_macos() -> object:
    """Core Audio's list of devices and its two defaults, as they lie in memory."""
    core_audio = ctypes.CDLL("/System/Library/Frameworks/CoreAudio.framework/CoreAudio")
    system_object, answers = 1, []
    for selector in (b"dev#", b"dIn ", b"dOut"):
        address = (ctypes.c_uint32 * 3)(int.from_bytes(selector, "big"), int.from_bytes(b"glob", "big"), 0)
        answer, size = ctypes.create_string_buffer(1024), ctypes.c_uint32(1024)
        core_audio.AudioObjectGetPropertyData(
            system_object, ctypes.byref(address), 0, None, ctypes.byref(size), answer
        )
        answers.append(answer.raw[: size.value])
    return answers
