"""A screen that exists only for these tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sound.virtual_sound import VirtualSound, demand_pulseaudio
from tests.window.phrases import spoken_phrases
from tests.window.sitting import ROOT, Sitting
from tests.window.virtual_screen import VirtualScreen, demand_xvfb


@pytest.fixture(scope="session")
def screen() -> Iterator[dict[str, str]]:
    """The environment of a screen on which nothing else is shown."""
    demand_xvfb()
    with VirtualScreen(2880, 2000) as screen:
        yield screen.environment


@pytest.fixture(scope="module")
def sound() -> Iterator[VirtualSound]:
    """A sound card that exists only for these tests."""
    demand_pulseaudio()
    with VirtualSound() as sound:
        yield sound


@pytest.fixture(scope="session")
def phrases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What may be said, as sound files."""
    return spoken_phrases(tmp_path_factory.mktemp("said"))


@pytest.fixture
def by_voice(
    screen: dict[str, str], sound: VirtualSound, tmp_path: Path, phrases: dict[str, Path]
) -> Sitting:
    """A sitting with the models that ship, in which every phrase can be said, and nothing is held."""
    sitting = Sitting(screen, sound, tmp_path)
    sitting.welcomed("hands_free")
    for name, path in phrases.items():
        sitting.deeds[f"say {name}"] = lambda path=path: sound.play(path).wait()
    return sitting


@pytest.fixture
def environment(screen: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """What a program needs to show itself there, with folders of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND_"))}
    return {**kept, **screen, "PALUKU_DATA": str(tmp_path / "data")}


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run python so, in the root of the repository."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
