"""`paluku enhance` as a program uses it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest
import soundfile

from core.commands import enhance
from core.enhance.files import is_enhanced
from core.errors import PalukuError
from tests.core.enhance.sounds import voice


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


def test_without_weights_audiosr_says_how_to_get_them(call: Path) -> None:
    with pytest.raises(PalukuError, match=r"--import pytorch_model\.bin"):
        run(call, "-o", call.with_name("wide.wav"), "--engine", "audiosr")
    assert not call.with_name("wide.wav").exists()


def test_odd_weights_are_refused(call: Path) -> None:
    for file in (call, call.with_name("absent.bin")):
        with pytest.raises(PalukuError):
            run("--import", file, "--name", "mine")
    assert not (call.parent / "data" / "models" / "mine").exists()
