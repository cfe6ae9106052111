"""Sitting: a scene played by a person in a child process, with us to speak and to pull plugs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.folders import DATA_VARIABLE, MODELS_VARIABLE
from tests.sound.virtual_sound import VirtualSound, write_speechlike

ROOT = Path(__file__).parents[2]


class Sitting:
    """The application in a child process, a person before it, and us to speak and to pull plugs."""

    def __init__(
        self, screen: dict[str, str], sound: VirtualSound, folder: Path, models: Path | None = None
    ) -> None:
        """With the models of this folder; without one with those that ship."""
        self.sound = sound
        self.data = folder / "data"
        self.said = folder / "said.wav"
        write_speechlike(self.said, 1.2)
        self.deeds: dict[str, Callable[[], object]] = {"say": self.say}
        """What the person may ask us to do."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND_"))}
        kept.pop(MODELS_VARIABLE, None)
        self.environment = {
            **kept,
            **screen,
            **sound.environment,
            **({MODELS_VARIABLE: str(models)} if models else {}),
            DATA_VARIABLE: str(self.data),
            "SAID": str(self.said),
            "PICTURES": os.environ.get("PALUKU_PICTURES", str(folder)),
            "PYTHONFAULTHANDLER": "1",
        }

    def welcomed(self, mode: str = "hold") -> None:
        """The first steps lie behind."""
        self.data.mkdir(exist_ok=True)
        (self.data / "settings.toml").write_text(
            f'[look]\nwelcomed = true\nlanguage = "en"\nappearance = "light"\n[talking]\nmode = "{mode}"\n'
        )

    def play(self, scene: str, **deeds: Callable[[], object]) -> dict[str, Any]:
        """The report of a scene that ended well, after 0 warnings and within a second of the last key."""
        done = {**self.deeds, **{name.replace("_", " "): deed for name, deed in deeds.items()}}
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.window.person", scene],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None and child.stdin is not None
        try:
            for line in child.stdout:
                if line.startswith("{"):
                    break
                done[line.strip()]()
                child.stdin.write("done\n")
                child.stdin.flush()
            else:
                ended = child.wait(20)
                pytest.fail(f"it ended with {ended}: {child.communicate(timeout=20)[1]}\n{self._log()}")
            report: dict[str, Any] = json.loads(line)
            _, errors = child.communicate(timeout=20)
        finally:
            child.kill()
        assert "failed" not in report, f"{report['failed']}\n{self._log()}"
        # a busy machine lets the sound card wait, and ALSA says so
        errors = "".join(line for line in errors.splitlines(True) if "underrun occurred" not in line)
        assert report["qt_warnings"] == [] and errors == "" and report["status"] == child.returncode == 0
        print(f"\n{scene}: left {report['ended'] - report['quit_at']:.2f} s after Ctrl+Q")
        return report

    def _log(self) -> str:
        """The end of what the application noted."""
        log = self.data / "log" / "paluku.log"
        return log.read_text(encoding="utf-8")[-4000:] if log.exists() else "no log"

    def say(self) -> None:
        self.sound.play(self.said).wait()

    @property
    def settings(self) -> dict[str, Any]:
        """What the application wrote down."""
        return tomllib.loads((self.data / "settings.toml").read_text(encoding="utf-8"))
