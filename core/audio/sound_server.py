"""The sound server of Linux, PulseAudio or PipeWire: `pactl` knows the devices behind ALSA's `pulse`."""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["microphone", "speaker"]

_PATIENCE_SECONDS = 2.0
_LOOK_SECONDS = 1.0  # between two looks whether the server is there
_HANDS_FREE = re.compile(r"hands?[-_ ]?free|head[-_ ]?unit|\bhfp\b|\bhsp\b", re.IGNORECASE)
_MATTERS = re.compile(rb"'(new|remove)' on (sink|source|card) #|'change' on (server|card)")


@dataclass(frozen=True, slots=True)
class Node:
    """A source or sink of the sound server."""

    name: str
    description: str
    kind: Kind
    rate: int
    channels: int
    is_default: bool
    monitor: bool
    hands_free: bool


def nodes() -> list[Node] | None:
    """All sources and sinks; None where there is no such server, or no `pactl` to ask it."""
    server = _ask("info")
    sources, sinks = _ask("list", "sources"), _ask("list", "sinks")
    if not isinstance(server, dict) or not isinstance(sources, list) or not isinstance(sinks, list):
        return None
    default_source, default_sink = server.get("default_source_name"), server.get("default_sink_name")
    try:
        return [_node(row, "microphone", default_source) for row in sources] + [
            _node(row, "speaker", default_sink) for row in sinks
        ]
    except (KeyError, TypeError, ValueError):
        return None


def is_hands_free(text: str) -> bool:
    """Whether a device's name says that it is a Bluetooth headset in telephone quality."""
    return _HANDS_FREE.search(text) is not None


class ServerChanges:
    """A count of changes among the sound devices, told by a child process; compare it with before."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._count = 0
        self._next_look = 0.0
        self._served = False

    def count(self) -> int:
        """Never waits, and takes microseconds."""
        if self._child is not None and self._child.stdout is not None:
            said = self._child.stdout.read()
            if said and _MATTERS.search(said):
                self._count += 1
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + _LOOK_SECONDS
            was_served, self._served = self._served, self._child is not None and self._child.poll() is None
            if self._served != was_served:
                self._count += 1  # the server came or went
            if not self._served:
                self._listen()  # without a server the child ends at once, and is tried again at the next look
        return self._count

    @property
    def served(self) -> bool:
        """Whether there is a server that tells."""
        return self._served

    def close(self) -> None:
        """Stop listening; the next `count` begins anew."""
        self._next_look = 0.0
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            if self._child.stdout is not None:
                self._child.stdout.close()
            self._child = None

    def _listen(self) -> None:
        if sys.platform != "linux":
            return
        if self._child is None:
            atexit.register(self.close)
        next_look = self._next_look
        self.close()
        self._next_look = next_look
        try:
            self._child = subprocess.Popen(
                ["pactl", "subscribe"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                bufsize=0,
            )
        except OSError:
            return
        assert self._child.stdout is not None
        os.set_blocking(self._child.stdout.fileno(), False)


changes = ServerChanges()  # one child is enough for a process; it starts at the first question


def _ask(*question: str) -> Any:
    try:
        answer = subprocess.run(
            ["pactl", "--format=json", *question],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            env=_environment(),
            check=True,
        )
        return json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _environment() -> dict[str, str]:
    """Under other locales pactl writes decimal commas, which are no JSON, and translates its events."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _node(row: dict[str, Any], kind: Kind, default: str | None) -> Node:
    properties = row.get("properties") or {}
    _, channels, rate = row["sample_specification"].split()  # "s16le 2ch 48000Hz"
    bluetooth = properties.get("device.bus") == "bluetooth" or row["name"].startswith("bluez")
    profile = " ".join(str(properties.get(key, "")) for key in ("bluetooth.protocol", "api.bluez5.profile"))
    monitor_of = row.get("monitor_source") if kind == "microphone" else ""
    return Node(
        name=row["name"],
        description=row.get("description") or row["name"],
        kind=kind,
        rate=int(rate.removesuffix("Hz")),
        channels=int(channels.removesuffix("ch")),
        is_default=row["name"] == default,
        monitor=properties.get("device.class") == "monitor" or bool(monitor_of),
        # a Bluetooth microphone exists in telephone mode only
        hands_free=bluetooth and (kind == "microphone" or is_hands_free(f"{row['name']} {profile}")),
    )
