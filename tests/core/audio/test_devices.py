"""Devices: one row for each physical one, under a name that a person knows."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from core.audio import devices as devices_module
from core.audio import sound_server
from core.audio.devices import Device, DeviceWatch, Presence, choose, device_name, list_devices
from core.errors import DeviceError


def row(name: str, api: int, inputs: int, outputs: int, rate: float = 48_000.0) -> dict[str, Any]:
    return {
        "name": name,
        "hostapi": api,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": rate,
    }


def host_api(name: str, default_input: int = -1, default_output: int = -1) -> dict[str, Any]:
    return {"name": name, "default_input_device": default_input, "default_output_device": default_output}


def install(
    monkeypatch: pytest.MonkeyPatch,
    rows: list[dict[str, Any]],
    apis: list[dict[str, Any]],
    *,
    nodes: Any = None,
) -> None:
    """Let PortAudio and the sound server tell this."""
    import sounddevice

    numbered = [{**row, "index": number} for number, row in enumerate(rows)]
    monkeypatch.setattr(sounddevice, "query_devices", lambda: numbered)
    monkeypatch.setattr(sounddevice, "query_hostapis", lambda: apis)
    monkeypatch.setattr(sound_server, "nodes", lambda: nodes)


def names(kind: str) -> list[str]:
    return [device.name for device in list_devices() if device.kind == kind]


WINDOWS = [
    row("Headset (MME, cut at 31 chara", 0, 2, 0, 44_100),
    row("Headset Microphone", 1, 2, 0, 44_100),
    row("Headset Microphone", 2, 1, 0, 16_000),
    row("Microphone Array", 2, 4, 0),
    row("Headset Hands-Free AG Audio", 2, 0, 1, 16_000),
    row("Speakers", 2, 0, 2),
    row("Speakers", 1, 0, 2),
]
WINDOWS_APIS = [
    host_api("MME", 0, 6),
    host_api("Windows DirectSound", 1, 6),
    host_api("Windows WASAPI", 3, 5),
]


def test_windows_shows_wasapi_only(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, WINDOWS, WINDOWS_APIS)
    assert names("microphone") == ["Headset Microphone", "Microphone Array"]
    assert names("speaker") == ["Headset Hands-Free AG Audio", "Speakers"]
    assert choose(list_devices(), "microphone").name == "Microphone Array"
    assert choose(list_devices(), "speaker").name == "Speakers"
    marked = [device.name for device in list_devices() if device.bluetooth_hands_free]
    assert marked == ["Headset Hands-Free AG Audio"]


LINUX = [
    row("HDA Intel PCH: ALC257 Analog (hw:0,0)", 0, 2, 2, 44_100),
    row("HDA Intel PCH: HDMI 0 (hw:0,3)", 0, 0, 8, 44_100),
    row("sysdefault", 0, 128, 128),
    row("surround51", 0, 0, 6),
    row("pulse", 0, 32, 32, 44_100),
    row("default", 0, 32, 32, 44_100),
]
LINUX_APIS = [host_api("ALSA", 0, 0), host_api("OSS")]


def node(name: str, description: str, kind: str, **more: Any) -> sound_server.Node:
    facts = {
        "rate": 48_000,
        "channels": 2,
        "is_default": False,
        "monitor": False,
        "hands_free": False,
        **more,
    }
    return sound_server.Node(name, description, kind, **facts)


def test_linux_shows_the_servers_real_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [
        node("alsa_output.pci.monitor", "Monitor of Built-in Audio", "microphone", monitor=True),
        node("alsa_input.pci", "Built-in Audio", "microphone"),
        node("alsa_input.usb", "USB headset", "microphone", is_default=True, rate=44_100, channels=1),
        node("alsa_output.pci", "Built-in Audio", "speaker", is_default=True),
    ]
    install(monkeypatch, LINUX, LINUX_APIS, nodes=nodes)
    assert names("microphone") == ["Built-in Audio", "USB headset"]
    assert names("speaker") == ["Built-in Audio"]
    headset = choose(list_devices(), "microphone")
    assert (headset.name, headset.server_name, headset.default_rate) == (
        "USB headset",
        "alsa_input.usb",
        44_100,
    )
    assert LINUX[headset.index]["name"] == "pulse"


def test_a_monitor_can_be_asked_for_where_there_is_no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [node("out.monitor", "Monitor of Out", "microphone", monitor=True), node("out", "Out", "speaker")]
    install(monkeypatch, LINUX, LINUX_APIS, nodes=nodes)
    assert names("microphone") == ["Monitor of Out"]
    assert choose(list_devices(), "microphone", "Monitor of Out").server_name == "out.monitor"
    with pytest.raises(DeviceError):  # but nobody listens to the speaker unasked
        choose(list_devices(), "microphone")


def test_linux_without_pactl_offers_the_server_before_raw_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, LINUX, LINUX_APIS)
    assert names("microphone") == ["pulse", "HDA Intel PCH: ALC257 Analog (hw:0,0)"]
    assert choose(list_devices(), "speaker").name == "pulse"


def test_linux_without_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, LINUX[:2], LINUX_APIS)
    assert names("speaker") == ["HDA Intel PCH: ALC257 Analog (hw:0,0)", "HDA Intel PCH: HDMI 0 (hw:0,3)"]


def test_twins_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [node("a", "USB Audio", "speaker"), node("b", "USB Audio", "speaker")]
    install(monkeypatch, LINUX, LINUX_APIS, nodes=nodes)
    assert names("speaker") == ["USB Audio", "USB Audio (2)"]
    assert choose(list_devices(), "speaker", "USB Audio (2)").server_name == "b"


def test_a_wish_is_kept_while_the_device_is_away() -> None:
    built_in = Device("Built-in", "microphone", "ALSA", 0, 48_000, 2, is_default=True)
    headset = Device("Headset", "microphone", "ALSA", 1, 48_000, 1)
    assert choose([built_in, headset], "microphone", "Headset") is headset
    assert choose([built_in], "microphone", "Headset") is built_in
    assert choose([headset], "microphone", None) is headset


def test_no_device_is_a_sentence_and_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, [], [])
    with pytest.raises(DeviceError, match="No microphone was found") as caught:
        choose(list_devices(), "microphone")
    assert caught.value.hint
    assert device_name("speaker") == ""


PACTL = {
    "info": {"default_source_name": "mic", "default_sink_name": "bluez_output.11_22"},
    "sources": [
        {
            "name": "mic",
            "description": "మైక్",
            "sample_specification": "s16le 1ch 44100Hz",
            "monitor_source": "",
            "properties": {"device.class": "sound"},
        },
        {
            "name": "bluez_input.11_22",
            "description": "Headset",
            "sample_specification": "s16le 1ch 16000Hz",
            "properties": {},
        },
        {
            "name": "bluez_output.11_22.monitor",
            "description": "Monitor of Headset",
            "sample_specification": "s16le 2ch 48000Hz",
            "monitor_source": "bluez_output.11_22",
            "properties": {"device.class": "monitor"},
        },
    ],
    "sinks": [
        {
            "name": "bluez_output.11_22",
            "description": "Headset",
            "sample_specification": "s16le 1ch 16000Hz",
            "monitor_source": "bluez_output.11_22.monitor",
            "properties": {"device.bus": "bluetooth", "api.bluez5.profile": "headset-head-unit"},
        },
        {
            "name": "bluez_output.33",
            "description": "Music box",
            "sample_specification": "s16le 2ch 48000Hz",
            "monitor_source": "bluez_output.33.monitor",
            "properties": {"device.bus": "bluetooth", "api.bluez5.profile": "a2dp-sink"},
        },
    ],
}


def say(answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **_: Any) -> SimpleNamespace:
        return SimpleNamespace(stdout=json.dumps(answers[command[-1]]).encode())

    monkeypatch.setattr(sound_server.subprocess, "run", run)


def test_what_pactl_says(monkeypatch: pytest.MonkeyPatch) -> None:
    say(PACTL, monkeypatch)
    found = {(node.kind, node.description): node for node in sound_server.nodes() or []}
    assert found["microphone", "మైక్"].is_default
    assert found["microphone", "మైక్"].rate == 44_100
    assert found["microphone", "Headset"].hands_free
    assert found["speaker", "Headset"].hands_free
    assert found["speaker", "Headset"].is_default
    assert not found["speaker", "Headset"].monitor
    assert not found["speaker", "Music box"].hands_free
    assert found["microphone", "Monitor of Headset"].monitor


@pytest.mark.parametrize("answer", ["nonsense", [{"name": "half"}], {}, None])
def test_a_server_that_speaks_otherwise_is_no_server(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    say({**PACTL, "sources": answer}, monkeypatch)
    assert sound_server.nodes() is None


def test_no_pactl_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert sound_server.nodes() is None
    changes = sound_server.ServerChanges()
    assert changes.count() == changes.count() == 0
    assert not changes.served


def test_without_a_server_the_watch_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    now, census, looked = 0.0, ["a"], []
    monkeypatch.setattr(sound_server, "changes", SimpleNamespace(count=lambda: 0, served=False))
    monkeypatch.setattr(devices_module.time, "monotonic", lambda: now)
    monkeypatch.setattr(devices_module, "_census", lambda: list(census))
    monkeypatch.setattr(devices_module, "_look_again", lambda: looked.append(now))
    watch = DeviceWatch()
    assert not watch.poll()
    census.append("b")
    assert not watch.poll()  # too early to look
    now += 1.1
    assert watch.poll()
    assert looked == [now]
    now += 1.1
    assert not watch.poll()


def test_an_open_stream_is_not_cut_off_to_look_for_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stream:
        """Something that is open."""

    now, census, looked = 0.0, ["a"], []
    monkeypatch.setattr(sound_server, "changes", SimpleNamespace(count=lambda: 0, served=False))
    monkeypatch.setattr(devices_module.time, "monotonic", lambda: now)
    monkeypatch.setattr(devices_module, "_census", lambda: list(census))
    monkeypatch.setattr(devices_module, "_look_again", lambda: looked.append(now))
    stream = Stream()
    devices_module._open_streams.add(stream)
    watch = DeviceWatch()
    watch.poll()
    census.append("b")
    now += 1.1
    assert watch.poll()
    assert looked == []
    devices_module._open_streams.discard(stream)
    now += 1.1
    assert watch.poll()
    assert looked == [now]


def test_a_stream_that_the_server_moved_has_lost_its_device(monkeypatch: pytest.MonkeyPatch) -> None:
    usb, built_in = node("usb", "USB headset", "microphone"), node("pci", "Built-in Audio", "microphone")
    monitor = node("out.monitor", "Monitor of Out", "microphone", monitor=True)
    server = SimpleNamespace(changed=0, nodes=[usb, built_in, monitor])
    monkeypatch.setattr(sound_server, "changes", SimpleNamespace(count=lambda: server.changed))
    monkeypatch.setattr(sound_server, "nodes", lambda: server.nodes)
    headset = Device("USB headset", "microphone", "ALSA", 0, 48_000, 1, server_name="usb")
    by_name, by_default = Presence(headset, follow_default=False), Presence(headset, follow_default=True)
    for left, named_holds, default_holds in (
        ([usb, built_in, monitor], True, True),
        ([built_in, monitor], False, True),
        ([monitor], False, False),
        ([usb], True, True),
    ):
        server.nodes = left
        server.changed += 1
        assert (by_name.holds(), by_default.holds()) == (named_holds, default_holds)
