"""Sound devices: one row for each microphone and speaker, chosen by name."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from core.audio import sound_server
from core.audio.sound_server import Kind, Node
from core.errors import DeviceError

_BEST_HOST_APIS = ("Windows WASAPI", "Core Audio", "ALSA")
_SERVER_PCMS = ("pipewire", "pulse", "default")  # ALSA names that lead to the sound server, best first
_AIMS = ("PULSE_SOURCE", "PULSE_SINK", "PIPEWIRE_NODE")
_AIMING = threading.Lock()  # the environment is one for the whole process
_TELEPHONE_RATE = 24_000  # a Bluetooth microphone gives no more

_Stream = TypeVar("_Stream")


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
    if not candidates:
        raise DeviceError(
            f"No {kind} was found.", f"Connect a {kind}, or check that the system allows its use."
        )
    for device in candidates:
        if device.name == name:
            return device
    return next((device for device in candidates if device.is_default), candidates[0])


def open_stream(device: Device, follow_default: bool, open_at: Callable[[int, int], _Stream]) -> _Stream:
    """Open a stream by `open_at(index, rate)` at the device's own rate, or at another it takes.

    With `follow_default` the sound server may carry the stream along when its default changes.
    """
    import sounddevice

    refusal: Exception | None = None
    for rate in dict.fromkeys((device.default_rate, 48_000, 44_100, 16_000)):
        try:
            with _aimed_at(None if follow_default else device):
                return open_at(device.index, rate)
        except (sounddevice.PortAudioError, ValueError) as error:
            refusal = error
    raise DeviceError(
        f"The {device.kind} “{device.name}” cannot be opened.",
        "Another program may be using it, or it may not be permitted: check the system's sound settings.",
    ) from refusal


def refresh() -> None:
    """Let PortAudio look for devices again. Only while no stream is open: it would be cut off."""
    import sounddevice

    sounddevice._terminate()
    sounddevice._initialize()


def shared_mode(device: Device) -> Any:
    """What a stream needs besides: Windows converts rates and channels for us only when asked to."""
    import sounddevice

    return sounddevice.WasapiSettings(auto_convert=True) if device.host_api == "Windows WASAPI" else None


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
