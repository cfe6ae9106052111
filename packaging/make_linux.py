"""Makes the .tar.gz and the .deb of a frozen program: python packaging/make_linux.py paluku.

The same input gives the same bytes: times are those of the last change, owners are root, names are sorted.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bundle_parts import ICONS, NOTICES, ROOT, VERSION, moment
from tidy_archive import tidy_archive, write_digest

HERE = Path(__file__).parent / "linux"
DIST = ROOT / "dist"

# The libraries of the system that the program stands on, as Debian calls them.
_NEEDS = (
    "libc6 (>= 2.34), libstdc++6, libasound2 | libasound2t64, libegl1, libgl1, libdbus-1-3, libfontconfig1, "
    "libfreetype6, libglib2.0-0 | libglib2.0-0t64, libjack-jackd2-0 | libjack0, libxkbcommon-x11-0, "
    "libxcb-randr0, libxcb-shape0, libxcb-shm0, libxcb-sync1, libxcb-xfixes0, libxcb-xkb1, libx11-xcb1"
)
_ABOUT = "org.paluku.Paluku.metainfo.xml"
_SUGGESTS = "libasound2-plugins, pulseaudio | pipewire-pulse"


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else "paluku"
    machine = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
    for make in (_make_tar, _make_deb):
        began = time.monotonic()
        made = make(name, machine)
        write_digest(made)
        print(f"dist/{made.name}: {made.stat().st_size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s")
    return 0


def _make_tar(name: str, machine: str) -> Path:
    target = DIST / f"{name}-{VERSION}-linux-{machine}.tar.gz"
    with tidy_archive(target) as add:
        root = f"{name}-{VERSION}"
        for path in sorted((DIST / name).rglob("*")):
            add(path, f"{root}/{path.relative_to(DIST / name)}")
        for extra in (HERE / "paluku.desktop", HERE / "README", ICONS / "paluku.png"):
            add(extra, f"{root}/{extra.name}")
    return target


def _make_deb(name: str, machine: str) -> Path:
    target = DIST / f"{name}_{VERSION}_{machine}.deb"
    with tempfile.TemporaryDirectory(prefix="paluku-deb-") as scratch:
        root = Path(scratch) / "root"
        shutil.copytree(DIST / name, root / "opt" / "paluku", symlinks=True)
        share = root / "usr" / "share"
        _place(HERE / "paluku.desktop", share / "applications" / "paluku.desktop")
        _place(HERE / _ABOUT, share / "metainfo" / _ABOUT)
        _place(
            ROOT / "assets" / "paluku.svg", share / "icons" / "hicolor" / "scalable" / "apps" / "paluku.svg"
        )
        _place(ICONS / "paluku.png", share / "icons" / "hicolor" / "256x256" / "apps" / "paluku.png")
        _place(NOTICES / "THIRD-PARTY.txt", share / "doc" / name / "THIRD-PARTY.txt")
        _place(ROOT / "LICENSE", share / "doc" / name / "copyright")
        program = root / "usr" / "bin" / "paluku"
        program.parent.mkdir(parents=True)
        program.symlink_to("/opt/paluku/paluku")
        _write_control(root, name, machine)
        _settle(root)
        pack = [
            "dpkg-deb",
            "--root-owner-group",
            "-Zxz",
            "-z6",
            "--build",
            str(root),
            str(target),
        ]
        done = subprocess.run(
            pack,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(moment())},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"dpkg-deb: {done.stderr.strip()}")
    return target


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write_control(root: Path, name: str, machine: str) -> None:
    size = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        f"Package: {name}\nVersion: {VERSION}\nArchitecture: {machine}\nMaintainer: The Paluku authors\n"
        f"Installed-Size: {size}\nDepends: {_NEEDS}\nRecommends: {_SUGGESTS}\n"
        "Section: sound\nPriority: optional\n"
        "Description: talk with a speech model on your own computer, offline\n"
        " Paluku listens to the microphone, answers with a speech model and plays the answer.\n"
        " Nothing leaves the computer. Telugu first.\n",
        encoding="utf-8",
    )


def _settle(root: Path) -> None:
    """Modes that do not depend on who builds."""
    for path in root.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
    root.chmod(0o755)


if __name__ == "__main__":
    sys.exit(main())
