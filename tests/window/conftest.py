"""A screen that exists only for these tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sound.virtual_sound import VirtualSound, demand_pulseaudio
from tests.window.virtual_screen import VirtualScreen, demand_xvfb

ROOT = Path(__file__).parents[2]


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
