"""A virtual sound card: a private PulseAudio with a speaker to record and a microphone to play into."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
import pytest
import soundfile

from core.audio import sound_server

RATE = 48_000
SPEAKER, SPEAKER_NAME = "paluku_speaker", "Virtual speaker"
MICROPHONE, MICROPHONE_NAME = "paluku_microphone", "Virtual microphone"

STARVED_SECONDS = 0.02  # a quiet machine stays below 5 ms
OVERLOAD = 1.5  # processes that want to run, for each core

_FEED = "paluku_mic_feed"  # what is played into it comes out of the microphone
_START_SECONDS = 10.0
_QUICK_SECONDS = 0.05
_ALSA = """
pcm.pulse { type pulse hint { show on description "PulseAudio" } }
ctl.pulse { type pulse }
pcm.default { type pulse hint { show on description "Default" } }
ctl.default { type pulse }
"""


class VirtualSound:
    """A PulseAudio of our own, in a folder of its own; a child process hears it by `environment`."""

    def __init__(self) -> None:
        self._modules: dict[str, str] = {}
        self._listeners: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="paluku-sound-"))
        socket, alsa = self._folder / "native", self._folder / "asound.conf"
        alsa.write_text(_ALSA)
        self.environment = {
            "ALSA_CONFIG_PATH": str(alsa),
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_COOKIE": str(self._folder / "cookie"),
            "XDG_RUNTIME_DIR": str(self._folder),
        }
        self._log = (self._folder / "log").open("wb")
        self._daemon = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("--disable-shm=yes", "--realtime=yes", "--high-priority=yes"),
                f"--load=module-native-protocol-unix auth-anonymous=1 socket={socket}",
            ],
            env={**os.environ, **self.environment, "HOME": str(self._folder)},
            stdout=self._log,
            stderr=self._log,
        )
        try:
            self._wait_for_server()
            self._load_speaker()
            self._load_microphone()
            self._settle()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop_listening()
        self._daemon.terminate()
        self._daemon.wait()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def in_this_process(self) -> Iterator[Self]:
        """Let this process's PortAudio hear the virtual sound card."""
        before = {name: os.environ.get(name) for name in self.environment}
        os.environ.update(self.environment)
        _restart_portaudio()
        try:
            yield self
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name)
                else:
                    os.environ[name] = value
            _restart_portaudio()

    def plug_in_speaker(self) -> None:
        self._load_speaker()
        self._settle()

    def plug_in_microphone(self) -> None:
        self._load_microphone()
        self._settle()

    @contextmanager
    def echo(self, delay_ms: int, loudness: float) -> Iterator[None]:
        """Let what the speaker plays come back into the microphone, later and quieter."""
        self._load(
            "echo",
            *("module-loopback", f"source={SPEAKER}.monitor", f"sink={_FEED}", f"latency_msec={delay_ms}"),
            *("source_dont_move=true", "sink_dont_move=true"),
        )
        rows = json.loads(self._pactl("--format=json", "list", "sink-inputs"))
        (index,) = [row["index"] for row in rows if row["owner_module"] == self._modules["echo"]]
        self._pactl("set-sink-input-volume", str(index), f"{round(100 * loudness ** (1 / 3))}%")
        try:
            yield
        finally:
            self._unload("echo")

    def unplug_speaker(self) -> None:
        self._unload(SPEAKER)

    def unplug_microphone(self) -> None:
        self._unload(MICROPHONE)
        self._unload(_FEED)

    def play(self, path: Path | str) -> subprocess.Popen[bytes]:
        """Say a sound file into the microphone; wait for the child to know when it was said."""
        return subprocess.Popen(
            ["paplay", f"--device={_FEED}", "--latency-msec=100", str(path)],
            env={**os.environ, **self.environment},
        )

    def recording(self) -> Recording:
        """Record what the speaker plays."""
        return Recording(self._record(f"{SPEAKER}.monitor", subprocess.PIPE))

    def recording_of_microphone(self) -> Recording:
        """Record what is said into the microphone."""
        return Recording(self._record(f"{_FEED}.monitor", subprocess.PIPE))

    def _record(self, source: str, output: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                *("parec", f"--device={source}", "--raw", "--format=float32le", "--channels=1"),
                *(f"--rate={RATE}", "--latency-msec=10"),
            ],
            env={**os.environ, **self.environment},
            stdout=output,
        )

    def _settle(self) -> None:
        """Make the sound card quick: a null sink works in blocks of two seconds unless somebody listens.

        The listeners begin anew each time, for a new default device draws listeners to itself.
        """
        self._pactl("set-default-source", MICROPHONE)
        self._pactl("set-default-sink", SPEAKER)
        self._stop_listening()
        self._listeners = [self._record(f"{sink}.monitor", subprocess.DEVNULL) for sink in (SPEAKER, _FEED)]
        deadline = time.monotonic() + _START_SECONDS
        while max(self._delays()) > _QUICK_SECONDS:
            if time.monotonic() > deadline:
                raise RuntimeError("the virtual sound card did not become quick")
            time.sleep(0.05)

    def _stop_listening(self) -> None:
        for listener in self._listeners:
            listener.kill()
            listener.wait()
        self._listeners = []

    def _delays(self) -> list[float]:
        """How much sound the sinks work on at a time, and how much of it waits now, in seconds."""
        rows = json.loads(self._pactl("--format=json", "list", "sinks"))
        return [row["latency"][what] / 1e6 for row in rows for what in ("configured", "actual")]

    def _load_speaker(self) -> None:
        self._load(
            SPEAKER, "module-null-sink", f"sink_name={SPEAKER}", f"rate={RATE}", _named("sink", SPEAKER_NAME)
        )

    def _load_microphone(self) -> None:
        self._load(_FEED, "module-null-sink", f"sink_name={_FEED}", f"rate={RATE}", "channels=1")
        source = (f"source_name={MICROPHONE}", f"master={_FEED}.monitor", _named("source", MICROPHONE_NAME))
        self._load(MICROPHONE, "module-remap-source", *source)

    def _load(self, name: str, *module: str) -> None:
        self._modules[name] = self._pactl("load-module", *module)

    def _unload(self, name: str) -> None:
        self._pactl("unload-module", self._modules.pop(name))

    def _pactl(self, *order: str) -> str:
        done = subprocess.run(
            ["pactl", *order],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=10,
        )
        if done.returncode != 0:
            raise RuntimeError(f"pactl {' '.join(order)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def _wait_for_server(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                self._pactl("info")
                return
            except RuntimeError:
                if self._daemon.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self._folder / "log").read_text()) from None
                time.sleep(0.05)


class Recording:
    """What is recorded while the `with` lasts, and when it began by `time.monotonic()`."""

    pcm: np.ndarray
    began: float

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        self._thread = threading.Thread(target=self._collect)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        time.sleep(0.2)
        self._child.terminate()
        self._child.wait()
        self._thread.join()

    def _collect(self) -> None:
        assert self._child.stdout is not None
        sound, began = bytearray(), float("inf")
        with self._child.stdout as pipe:
            while piece := os.read(pipe.fileno(), 1 << 16):
                sound += piece
                # The piece that was held up least tells best when the recording began.
                began = min(began, time.monotonic() - len(sound) / 4 / RATE)
        self.pcm = np.frombuffer(bytes(sound[: len(sound) // 4 * 4]), np.float32)
        self.began = began


def demand_pulseaudio() -> None:
    """Skip where there is no PulseAudio; where everything has to be tested, fail."""
    missing = [program for program in ("pulseaudio", "pactl", "paplay", "parec") if not shutil.which(program)]
    if missing:
        reason = f"{', '.join(missing)} is not installed (packages pulseaudio, pulseaudio-utils)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def starvation() -> Iterator[list[float]]:
    """Fills the list with the longest time, in seconds, that the machine let a ready process wait."""
    watch = (
        "import sys, threading, time; worst = 0.0; ended = threading.Event()\n"
        "threading.Thread(target=lambda: (sys.stdin.read(), ended.set())).start()\n"
        "while not ended.is_set():\n"
        "    at = time.monotonic(); time.sleep(0.005); worst = max(worst, time.monotonic() - at - 0.005)\n"
        "print(worst)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", watch], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    worst: list[float] = []
    try:
        yield worst
    finally:
        worst.append(float(child.communicate()[0]))


def demand(good: bool, what: str, starved: list[float]) -> None:
    """An assertion, unless the machine was so busy meanwhile that a failure proves nothing."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    if not good and (starved[0] > STARVED_SECONDS or load > OVERLOAD):
        busy = f"the machine stood still for {starved[0] * 1e3:.0f} ms, with a load of {load:.1f} a core"
        pytest.skip(f"{what}, but {busy}")
    assert good, what


def find_delay(sent: np.ndarray, heard: np.ndarray) -> tuple[float, float]:
    """Where in `heard` the sound that was `sent` begins, in seconds, and how well it correlates there."""
    size = 1 << (len(sent) + len(heard)).bit_length()
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sent, size)), size)
    at = int(np.argmax(match[: max(1, len(heard) - len(sent) + 1)]))
    found = heard[at : at + len(sent)]
    return at / RATE, float(np.corrcoef(sent[: len(found)], found)[0, 1])


def write_speechlike(path: Path, seconds: float, seed: int = 0) -> np.ndarray:
    """Noise as wide and as uneven as speech, written to a file: it is like itself at one delay only."""
    dice = np.random.default_rng(seed)
    count = int(seconds * RATE)
    spectrum = np.fft.rfft(dice.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum[(hertz < 150) | (hertz > 4000)] = 0
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * np.arange(count) / RATE)
    pcm = np.fft.irfft(spectrum, count) * syllables
    pcm = (0.5 * pcm / np.abs(pcm).max()).astype(np.float32)
    soundfile.write(path, pcm, RATE, subtype="FLOAT")
    return pcm


def _named(what: str, name: str) -> str:
    return f"{what}_properties=\"device.description='{name}'\""


def _restart_portaudio() -> None:
    """PortAudio looks for devices when it starts, and only then; our listener clings to its server too."""
    sound_server.changes.close()
    if "sounddevice" in sys.modules:
        import sounddevice

        sounddevice._terminate()
        sounddevice._initialize()
