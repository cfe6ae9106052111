"""Checkup: the machine, the devices, the folders and the models, each looked at once."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec

import numpy as np
import psutil

from core.audio.base import AudioFormat
from core.errors import CardError, PalukuError
from core.folders import data_folder, make_private
from core.offline import guarded, self_test

_LIBRARIES = (
    "PySide6-Essentials",
    "onnxruntime",
    "sounddevice",
    "rtmixer",
    "soxr",
    "soundfile",
    "numpy",
    "torch",
)
_LEAST_FREE_BYTES = 500_000_000
_LISTEN_SECONDS = 2.2  # longer than the meter needs to call a silence dead


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is well, and what was seen."""

    name: str
    ok: bool
    message: str


def check_all() -> Iterator[Check]:
    """Every check in turn. A check that fails says so; it never stops the others."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("system", _system),
        ("memory", _memory),
        ("libraries", _libraries),
        ("accelerators", _accelerators),
        ("screen", _screen),
        ("data folder", _data),
        ("net", _net),
        ("microphones", lambda: _devices("microphone")),
        ("speakers", lambda: _devices("speaker")),
        ("microphone level", _microphone_level),
        ("models", _models),
        ("codec", _codec),
    )
    for name, look in checks:
        try:
            yield Check(name, True, look())
        except PalukuError as error:
            yield Check(name, False, str(error))


def _system() -> str:
    from core import __version__

    return f"Paluku {__version__}, Python {platform.python_version()}, {platform.platform()}"


def _memory() -> str:
    memory = psutil.virtual_memory()
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    return f"{cores} cores, {memory.total / 2**30:.0f} GiB, {memory.available / 2**30:.0f} GiB free"


def _libraries() -> str:
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            if name != "torch":  # an extra: its absence is no fault
                raise PalukuError(f"The library {name} is missing.", "Run ./run.sh again.") from None
    return ", ".join(found)


def accelerators() -> tuple[str, ...]:
    """What the installed onnxruntime can compute on besides the processor."""
    return tuple(name for name in _runtimes() if name != "CPU")


def _runtimes() -> list[str]:
    from core.graph import providers

    return [name.removesuffix("ExecutionProvider") for name in providers()]


def _accelerators() -> str:
    names = _runtimes()
    cards = "an NVIDIA card" if shutil.which("nvidia-smi") else "no NVIDIA card"
    torch = "torch is installed" if find_spec("torch") else "without torch"
    return f"onnxruntime can use {', '.join(names)}; {cards}; {torch}"


def _screen() -> str:
    if platform.system() == "Linux":
        for variable in ("WAYLAND_DISPLAY", "DISPLAY"):
            if os.environ.get(variable):
                return f"{variable} is set"
        return "none (the command line works without)"
    return "there"


def _data() -> str:
    folder = data_folder()
    try:
        make_private(folder)
        probe = folder / ".probe"
        probe.write_bytes(b"paluku")
        probe.unlink()
    except OSError as error:
        raise PalukuError(f"{folder} cannot be written to: {error.strerror}.") from error
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE_BYTES:
        raise PalukuError(f"Only {free / 1e6:.0f} MB are free in {folder}.", "Make room for conversations.")
    return f"{folder}, {free / 1e9:.0f} GB free"


def _net() -> str:
    if not guarded():
        return "not guarded in this process"
    trials = self_test()
    if free := [trial.way for trial in trials if not trial.refused]:
        raise PalukuError(f"The net is within reach by {', '.join(free)}.", "Please report this as a fault.")
    return f"out of reach unless you fetch something ({', '.join(trial.way for trial in trials)} refused)"


def _devices(kind: str) -> str:
    from core.audio.devices import list_devices

    rows = [device for device in list_devices() if device.kind == kind]
    if not rows:
        raise PalukuError(f"No {kind} was found.", f"Connect a {kind}; files can be used without.")
    return ", ".join(f"{d.name}{' (default)' if d.is_default else ''} at {d.default_rate} Hz" for d in rows)


def _microphone_level() -> str:
    from core.audio.level import LevelMeter, Verdict
    from core.audio.microphone import Microphone

    sound = AudioFormat(16_000, 320)
    meter = LevelMeter(sound.sample_rate)
    loudest = -200.0
    with Microphone(sound, None) as microphone:
        until = time.monotonic() + _LISTEN_SECONDS
        while time.monotonic() < until:
            frame = microphone.read()
            if frame is not None and frame.size:
                loudest = max(loudest, meter.push(frame).peak_db)
    if meter.push(np.zeros(0, np.float32)).verdict is Verdict.DEAD:
        raise PalukuError(
            "The microphone gives nothing but zeros.",
            "Check that the system permits its use, and its mute button.",
        )
    return f"loudest {loudest:.0f} dB of full scale in {_LISTEN_SECONDS:g} s"


def _models() -> str:
    from core.loading import open_registry

    names = []
    for card in open_registry().cards():
        if isinstance(card, CardError):
            raise card
        if card.installed:
            for role in card.files:
                card.file(role)
            names.append(card.id)
    return f"{', '.join(names)}: whole" if names else "none yet; the mirror works without one"


def _codec() -> str:
    from core.loading import load_codec, open_registry

    card = open_registry().default("codec")
    if card is None:
        return "none yet"
    codec = load_codec(card)
    frames = round(codec.spec.frame_rate)
    noise = np.random.default_rng(0).normal(0, 0.1, (frames, codec.spec.format.frame_size)).astype(np.float32)
    encoder, decoder = codec.encoder(), codec.decoder()
    started = time.perf_counter()
    for frame in noise:
        decoder.push(encoder.push(frame))
    factor = (time.perf_counter() - started) / (frames * codec.spec.format.frame_seconds)
    if factor > 1:
        raise PalukuError(f"{card.id} takes {factor:.1f} s for a second of sound: too slow here.")
    return f"{card.id} runs {1 / factor:.0f} times faster than speech"
