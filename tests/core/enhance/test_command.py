"""`paluku enhance` as a program uses it."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from core.commands import enhance
from core.enhance.files import is_enhanced
from core.errors import PalukuError
from tests.core.enhance.sounds import voice

ROOT = Path(__file__).parents[3]


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    enhance.add_parser(parser.add_subparsers())
    args = parser.parse_args(["enhance", *map(str, arguments)])
    return int(args.run(args))


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A telephone call; the user's own models are empty."""
    monkeypatch.setenv("PALUKU_DATA", str(tmp_path / "data"))
    soundfile.write(tmp_path / "call.wav", voice(1, 8_000), 8_000)
    return tmp_path / "call.wav"


def test_json(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(call, "-o", call.with_name("wide.wav"), "--json") == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["engine"] == "live" and said["seconds"] == 1.0 and said["real_time_factor"] > 0
    assert is_enhanced(call.with_name("wide.wav"))


def test_sentences(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(call, "-o", call.with_name("wide.wav")) == 0
    assert "enhanced above 4.0 kHz" in capsys.readouterr().out
    assert run(call.with_name("wide.wav"), "-o", call.with_name("wider.wav")) == 0
    assert "nothing was added" in capsys.readouterr().out


def test_something_is_missing(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(call) == run("-o", "out.wav") == 2
    assert "paluku enhance IN -o OUT.wav" in capsys.readouterr().err


def test_a_folder_is_no_sound_file(call: Path) -> None:
    with pytest.raises(PalukuError, match="is a folder, not a sound file"):
        run(call.parent, "-o", call.with_name("wide.wav"))


def test_without_weights_audiosr_says_how_to_get_them(call: Path) -> None:
    with pytest.raises(PalukuError, match=r"--import pytorch_model\.bin"):
        run(call, "-o", call.with_name("wide.wav"), "--engine", "audiosr")
    assert not call.with_name("wide.wav").exists()


def test_odd_weights_are_refused(call: Path) -> None:
    for file in (call, call.with_name("absent.bin")):
        with pytest.raises(PalukuError):
            run("--import", file, "--name", "mine")
    assert not (call.parent / "data" / "models" / "mine").exists()


def started(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "core.commands", "enhance", *words]
    return subprocess.Popen(
        command,
        text=True,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        preexec_fn=_hears_ctrl_c if sys.platform != "win32" else None,
    )


def _hears_ctrl_c() -> None:
    """Whoever runs the tests in the background has it ignored, and what is started inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_leaves_no_half_file(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "in.wav", np.tile(voice(10, 16_000), 60), 16_000)
    run = started(str(tmp_path / "in.wav"), "-o", str(tmp_path / "out.wav"))
    until = time.monotonic() + 120
    while not list(tmp_path.glob(".out.wav.part")) and run.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    assert list(tmp_path.glob(".out.wav.part"))  # it is in the middle of it
    run.send_signal(signal.SIGINT)
    assert run.wait(60) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["in.wav"]


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_an_hour_takes_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "in.wav", np.tile(voice(10, 16_000), 360), 16_000, "PCM_16")
    run = started(str(tmp_path / "in.wav"), "-o", str(tmp_path / "out.wav"), "--json")
    process, held = psutil.Process(run.pid), []
    while run.poll() is None:
        with contextlib.suppress(psutil.Error):
            held.append(process.memory_info().rss / 1e6)
        time.sleep(1)
    assert run.returncode == 0
    assert soundfile.info(tmp_path / "out.wav").frames == 3600 * 48_000
    early, late = held[len(held) // 10 : len(held) // 3], held[-len(held) // 3 :]
    assert max(late) < max(early) + 60 and max(held) < 400  # megabytes; the hour itself has 690 of them
