"""The frozen program works, is no larger than promised, and holds what it must and no more."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.sound.virtual_sound import VirtualSound, demand_pulseaudio
from tests.window.virtual_screen import VirtualScreen, demand_xvfb

pytestmark = [pytest.mark.bundle, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
MOST_MB = 220.0
# On two cores that have nothing else to do.
WINDOW_SECONDS, READY_SECONDS = 1.5, 3.0
QUIET = 0.5  # processes that want to run, for each core


def test_as_a_person_would(program: Path) -> None:
    demand_pulseaudio()
    demand_xvfb()
    quiet = os.getloadavg()[0] / (os.cpu_count() or 1) < QUIET
    with VirtualSound() as sound, VirtualScreen() as screen:
        done = subprocess.run(
            [sys.executable, "packaging/smoke_test.py", str(program)],
            cwd=ROOT,
            env={**os.environ, **sound.environment, **screen.environment},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    print(json.dumps(figures))
    assert figures["folder_mb"] <= MOST_MB
    assert figures["talk"] == "paluku-talk" and "paluku-voice" in figures["shipped"]
    assert figures["answered_db"] > -50
    if quiet:
        assert figures["window_s"] <= WINDOW_SECONDS and figures["ready_s"] <= READY_SECONDS


def test_no_net_is_missed(program: Path, tmp_path: Path) -> None:
    """The same program where there is no network at all, and where the kernel refuses it."""
    environment = {**os.environ, "PALUKU_DATA": str(tmp_path / "data"), "PALUKU_OFFLINE": "1"}
    unshare = [shutil.which("unshare") or "", "--user", "--map-root-user", "--net"]
    alone = not subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode
    done = subprocess.run(
        [*(unshare if alone else ()), str(program), "doctor", "--json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["net"]["ok"] and "native code" in checks["net"]["message"]
    assert checks["models"]["ok"] and "paluku-voice" in checks["models"]["message"]


def test_what_is_inside(program: Path) -> None:
    inside = program.parent / "_internal"
    assert not list(inside.glob("torch*")) and not list(inside.rglob("*Qt6Qml*"))
    assert not (inside / "packaging").exists()
    for card in sorted((ROOT / "models").glob("*/model.toml")):
        told = tomllib.loads(card.read_text(encoding="utf-8"))
        place = inside / "models" / told["id"]
        assert (place / "model.toml").is_file()
        for file in told.get("files", {}).values():
            assert hashlib.sha256((place / file["path"]).read_bytes()).hexdigest() == file["sha256"]


def test_licences_and_the_bill_of_materials(program: Path) -> None:
    inside = program.parent / "_internal"
    notices = (inside / "licences" / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    parts = json.loads((inside / "licences" / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
    named = {part["name"].lower().replace("_", "-") for part in parts}
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    wanted = {re.match(r"[\w.-]+", line).group().lower() for line in asked}  # type: ignore[union-attr]
    assert wanted <= named
    for words in ("GNU LESSER GENERAL PUBLIC LICENSE", "SIL OPEN FONT LICENSE", "Python Software Foundation"):
        texts = notices + (inside / "licences" / "LGPL-3.0.txt").read_text(encoding="utf-8")
        assert words.lower() in texts.lower()
    assert str(ROOT) not in notices + json.dumps(parts)
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "PortAudio.txt"} <= {
        p.name for p in (inside / "licences").iterdir()
    }


def test_icons(program: Path) -> None:
    """The icons of the other systems are made here as well, and begin as theirs do."""
    icons = ROOT / "build" / "icons"
    assert (icons / "paluku.ico").read_bytes()[:6] == b"\0\0\1\0\7\0"
    assert (icons / "paluku.icns").read_bytes()[:4] == b"icns"


@pytest.mark.slow
def test_archives_are_the_same_twice(program: Path) -> None:
    """The same input gives the same bytes."""
    found = []
    for _ in range(2):
        subprocess.run(
            [sys.executable, "packaging/make_linux.py", "paluku"], cwd=ROOT, check=True, timeout=900
        )
        found.append({p.name: p.read_text() for p in (ROOT / "dist").glob("*.sha256")})
    assert found[0] == found[1] and len(found[0]) >= 2
    deb = next((ROOT / "dist").glob("paluku_*.deb"))
    assert deb.stat().st_size <= 90e6
