"""Makes the extra of the frozen program: torch and what else it does without, into dist/.

    python packaging/make_extra.py                    # dist/extra and dist/paluku-extra-....tar.gz
    python packaging/make_extra.py --folder-only

It copies from the Python that runs this, so that must be the one that the program was frozen with, and have
Paluku's extras torch and train.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import sys
import sysconfig
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from bundle_parts import ROOT, VERSION, is_needed
from packaging.requirements import Requirement
from tidy_archive import tidy_archive, write_digest

sys.path.insert(0, str(ROOT))
from core.extra import TOLD, write_told

DIST = ROOT / "dist"
FOLDER = DIST / "extra"
_EXTRAS = {"torch", "train"}
# In the program itself already, but not all of its modules: those that are missing are added.
_PARTLY = "numpy"
_NO_CODE = re.compile(r"(^|/)(__pycache__|tests?)/|\.(pyc|pyi|a|lib|h|hpp|cuh|cpp|pxd|pyx)$")
_TORCH_NEEDS_NOT = re.compile(r"torch/(test|include|share)/|torch/bin/(?!torch_shm_manager)")
_PYTHON_NEEDS_NOT = (
    *("site-packages", "dist-packages", "test", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3"),
    *("__pycache__", "config-*", "pydoc_data", "venv"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder-only", action="store_true", help="no archive")
    wishes = parser.parse_args()
    began = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name in distributions():
        for source, place in _files(name):
            target = FOLDER / "site" / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            target.chmod(0o755 if source.stat().st_mode & 0o100 else 0o644)
    left_out = shutil.ignore_patterns(*_PYTHON_NEEDS_NOT)
    shutil.copytree(sysconfig.get_path("stdlib"), FOLDER / "python", ignore=left_out)
    extra = write_told(FOLDER, metadata.version("torch"))
    print(f"dist/extra: {extra.bytes / 1e6:.1f} MB, {time.monotonic() - began:.0f} s")
    if not wishes.folder_only:
        made = _pack()
        print(f"dist/{made.name}: {made.stat().st_size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s")
    return 0


def distributions() -> list[str]:
    """What the extras ask for, and what that needs in turn."""
    asked = [Requirement(line) for line in metadata.requires("paluku") or ()]
    found: set[str] = set()
    for one in asked:
        marker = one.marker
        if marker is None or marker.evaluate({"extra": ""}):
            continue  # in the program itself
        if any(marker.evaluate({"extra": extra}) for extra in _EXTRAS):
            found |= _closure(one)
    return sorted(found - {"paluku"})


def _closure(asked: Requirement) -> set[str]:
    name = re.sub(r"[-_.]+", "-", asked.name).lower()
    found = {name}
    for line in metadata.requires(name) or () if name != "paluku" else ():
        needed = Requirement(line)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            found |= _closure(needed)
    return found


def _files(name: str) -> Iterator[tuple[Path, str]]:
    """Each file of a library that is needed to run it, and its place."""
    for file in metadata.files(name) or ():
        place, source = file.as_posix(), Path(str(file.locate()))
        if place.startswith("../") or not source.is_file() or _NO_CODE.search(place):
            continue
        if name == _PARTLY and not place.endswith(".py"):
            continue
        if not _TORCH_NEEDS_NOT.match(place) and is_needed(place, str(source)):
            yield source, place


def _pack() -> Path:
    """The folder as an archive: what it says of itself comes first; the same input gives the same bytes."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine().lower())
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    target = DIST / f"paluku-extra-{VERSION}-{system}-{machine}.tar.gz"
    with tidy_archive(target) as add:
        add(FOLDER / TOLD, TOLD)
        for part in ("python", "site"):
            for path in sorted((FOLDER / part).rglob("*")):
                if path.is_file():
                    add(path.resolve(), path.relative_to(FOLDER).as_posix())
    write_digest(target)
    return target


if __name__ == "__main__":
    sys.exit(main())
