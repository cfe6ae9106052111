"""Tries a frozen program as a person would: its checks, a codec, a talk from a file, then the window itself.

    python packaging/smoke_test.py dist/paluku/paluku [--windows 5] [--models DIR]

The window is shown on the screen of DISPLAY. Where PULSE_SERVER names a PulseAudio, a sound is said into its
microphone and the speaker must answer: the speech model that ships, or the mirror while none does.
The last line is JSON with sizes and times; the exit status is 1 if anything failed, named on stderr.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import wave
from pathlib import Path
from typing import Any

_FAULTS = (
    "Traceback",
    "ModuleNotFoundError",
    "ImportError",
    "cannot open shared object",
    "Could not load the Qt",
)
_RATE = 48_000
QUESTION = "question.wav"
_START_SECONDS = 120.0
_ANSWER_SECONDS = 60.0
_AUDIBLE = 100  # of 32768


class Failure(Exception):
    """Something that a frozen program must do and did not."""


class Frozen:
    """The program that is tried, with folders of its own."""

    def __init__(self, program: Path, room: Path, models: Path | None) -> None:
        self.program = program
        self.room = room
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        self.environment = {**kept, "PALUKU_DATA": str(room / "data")}
        if models is not None:
            self.environment["PALUKU_MODELS"] = str(models)

    def run(self, *order: str | Path, status: int = 0) -> str:
        """What a verb prints. A fault in what it says is a failure, whatever its status."""
        done = subprocess.run(
            [self.program, *order],
            cwd=self.room,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        said = done.stdout + done.stderr
        if done.returncode != status or any(fault in said for fault in _FAULTS):
            raise Failure(f"`{' '.join(map(str, order))}` ended with {done.returncode}:\n{said[-2000:]}")
        return done.stdout

    def folder(self) -> Path:
        return self.program.resolve().parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("--windows", type=int, default=3, help="starts of the window that are measured")
    parser.add_argument("--models", type=Path, help="a speech model to talk with, as long as none ships")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paluku-smoke-") as room:
        frozen = Frozen(wishes.program.resolve(), Path(room), None)
        try:
            figures = {"what": "smoke", "folder_mb": _size(frozen.folder()), **try_verbs(frozen)}
            figures |= try_talk(Frozen(frozen.program, frozen.room, wishes.models))
            if os.environ.get("DISPLAY"):
                figures |= try_window(frozen, wishes.windows)
        except (Failure, subprocess.TimeoutExpired) as failure:
            print(f"FAILED: {failure}", file=sys.stderr)
            return 1
    print(json.dumps(figures))
    return 0


def _size(folder: Path) -> float:
    files = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return round(sum(path.stat().st_size for path in files) / 1e6, 1)


def try_verbs(frozen: Frozen) -> dict[str, Any]:
    """The verbs that need neither a screen nor a sound card."""
    frozen.run("--help")
    told = _last(frozen.run("doctor", "--json", status=_any_status(frozen, "doctor", "--json")))
    checks = {check["name"]: check for check in told["checks"]}
    for name in ("system", "libraries", "data folder", "net", "models"):
        if name in checks and not checks[name]["ok"]:
            raise Failure(f"doctor: {name}: {checks[name]['message']}")
    models = _last(frozen.run("models", "--json"))
    shipped = sorted(m["id"] for m in models if m["shipped"] and m["installed"])
    if not shipped:
        raise Failure("no model with weights is in the bundle")
    codecs = [m["id"] for m in models if m["id"] in shipped and m["kind"] == "codec"]
    _say(frozen.room / "in.wav", 1.0)
    figures = {}
    for codec in codecs:
        coded = _last(frozen.run("codec", "roundtrip", "in.wav", "-o", "out.wav", "--codec", codec, "--json"))
        figures[codec] = coded["real_time_factor"]
    return {"shipped": shipped, "real_time_factors": figures}


def try_talk(frozen: Frozen) -> dict[str, Any]:
    """One turn from a file, with the speech model that ships or the one that was given."""
    models = _last(frozen.run("models", "--json"))
    speech = [m["id"] for m in models if m["kind"] == "speech" and m["installed"]]
    if not speech:
        return {"talk": None}
    if any(m["shipped"] and m["id"] == speech[0] for m in models):  # what it says itself, it is then asked
        frozen.run("talk", "--text", "what is your name", "-o", QUESTION, "--model", speech[0])
    else:
        (frozen.room / "in.wav").replace(frozen.room / QUESTION)
    turn = _last(frozen.run("talk", QUESTION, "-o", "answer.wav", "--model", speech[0], "--json"))
    if turn["seconds"] <= 0 or (frozen.room / "answer.wav").stat().st_size < 1000:
        raise Failure(f"{speech[0]} answered nothing")
    return {"talk": speech[0], "first_sound_ms": turn["first_sound_ms"]}


def try_window(frozen: Frozen, starts: int) -> dict[str, Any]:
    """The window, several times; the last time somebody speaks."""
    # somebody who has been here before: the first steps would stand before the conversation
    settings = Path(frozen.environment["PALUKU_DATA"]) / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[look]\nwelcomed = true\n", encoding="utf-8")
    windows, readies = [], []
    answered: float | None = None
    for number in range(starts):
        listens = number == starts - 1 and bool(os.environ.get("PULSE_SERVER"))
        told, answered = _one_window(frozen, listens)
        windows.append(told["window"])
        readies.append(told["ready"])
    return {
        "window_s": round(statistics.median(windows), 3),
        "window_first_s": round(windows[0], 3),
        "ready_s": round(statistics.median(readies), 3),
        "ready_first_s": round(readies[0], 3),
        "starts": starts,
        "answered_db": answered,
    }


def _one_window(frozen: Frozen, listens: bool) -> tuple[dict[str, float], float | None]:
    child = subprocess.Popen(
        [frozen.program, "--report"],
        cwd=frozen.room,
        env=frozen.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watchdog = threading.Timer(_START_SECONDS, child.kill)
    watchdog.start()
    told: dict[str, float] = {}
    answered = None
    try:
        assert child.stdout is not None
        for line in child.stdout:
            report = json.loads(line)
            told[report["what"]] = report["seconds"]
            if "ready" in told:
                break
        watchdog.cancel()
        if "ready" in told and listens:
            answered = _converse(frozen, has_model=report["model"] is not None)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=60)
    finally:
        watchdog.cancel()
        child.kill()
    if "ready" not in told or child.returncode != 0 or any(fault in said for fault in _FAULTS):
        raise Failure(f"the window told {told} and ended with {child.returncode}:\n{said[-2000:]}")
    log = Path(frozen.environment["PALUKU_DATA"]) / "log" / "paluku.log"
    if log.is_file() and any(fault in log.read_text(encoding="utf-8") for fault in _FAULTS):
        raise Failure(f"the log tells of a fault:\n{log.read_text(encoding='utf-8')[-2000:]}")
    return told, answered


def _converse(frozen: Frozen, *, has_model: bool) -> float:
    """Speak into the microphone by the keys of the window; how loud the speaker became, in dB."""
    _press(frozen, "space", "keydown" if has_model else "key")  # without a model the key opens the mirror
    time.sleep(1.5)
    if has_model:
        shutil.copy(frozen.room / QUESTION, frozen.room / "said.wav")
    else:
        _say(frozen.room / "said.wav", 3.0)
    recorder = subprocess.Popen(
        ["parec", "--device=@DEFAULT_MONITOR@", "--raw", "--format=s16le", "--channels=1", f"--rate={_RATE}"],
        stdout=subprocess.PIPE,
    )
    loudest = [0]
    listener = threading.Thread(target=_listen, args=(recorder, loudest))
    listener.start()
    feed = os.environ.get("PALUKU_SMOKE_MICROPHONE", "paluku_mic_feed")
    until = time.monotonic() + _ANSWER_SECONDS
    said = False
    while loudest[0] < _AUDIBLE and time.monotonic() < until:  # a busy machine may miss the first words
        if not (has_model and said):
            subprocess.run(
                ["paplay", f"--device={feed}", str(frozen.room / "said.wav")], check=True, timeout=60
            )
            said = True
        if has_model:
            _press(frozen, "space", "keyup")
        time.sleep(1.0)
    recorder.terminate()
    listener.join()
    recorder.wait()
    if shutil.which("import") and (picture := os.environ.get("PALUKU_SMOKE_PICTURE")):
        subprocess.run(["import", "-window", "root", picture], check=True)
    if loudest[0] < _AUDIBLE:
        raise Failure("somebody spoke into the microphone, and the speaker stayed silent")
    return round(20 * math.log10(loudest[0] / 32768), 1)


def _listen(recorder: subprocess.Popen[bytes], loudest: list[int]) -> None:
    """Follow what the speaker plays; `loudest` holds the greatest sample so far."""
    assert recorder.stdout is not None
    while sound := recorder.stdout.read(4800):
        pcm = struct.unpack(f"<{len(sound) // 2}h", sound[: len(sound) // 2 * 2])
        loudest[0] = max(loudest[0], max(map(abs, pcm)))


def _press(frozen: Frozen, key: str, how: str) -> None:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "Paluku"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    if not found:
        raise Failure("there is no window on the screen")
    subprocess.run(["xdotool", "windowfocus", "--sync", found[-1], how, key], check=True, timeout=20)


def _any_status(frozen: Frozen, *order: str) -> int:
    """doctor fails where there is no sound card; what else it says is looked at one by one."""
    done = subprocess.run(
        [frozen.program, *order], cwd=frozen.room, env=frozen.environment, capture_output=True, check=False
    )
    return done.returncode if done.returncode in (0, 1) else 0


def _last(said: str) -> Any:
    return json.loads(said.strip().splitlines()[-1])


def _say(path: Path, seconds: float) -> None:
    """A sound that is as uneven as speech: a gliding tone in syllables."""
    count = int(seconds * _RATE)
    phase, values = 0.0, []
    for index in range(count):
        at = index / _RATE
        phase += 2 * math.pi * (300 + 150 * math.sin(2 * math.pi * 1.5 * at)) / _RATE
        values.append(int(9000 * (0.5 + 0.5 * math.sin(2 * math.pi * 4 * at)) * math.sin(phase)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(struct.pack(f"<{count}h", *values))


if __name__ == "__main__":
    sys.exit(main())
