"""Makes the frozen program and what people download of it, into dist/.

That is the folder that runs as it is, and on Linux also a .tar.gz and a .deb.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bundle_parts import ROOT
from lean_icu import make_lean

HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder-only", action="store_true", help="no archives")
    wishes = parser.parse_args()
    began = time.monotonic()
    _run(HERE / "make_icons.py")
    _run(HERE / "make_licences.py")
    freeze = ("-m", "PyInstaller", HERE / "paluku.spec", "--noconfirm", "--log-level", "ERROR")
    places = ("--distpath", ROOT / "dist", "--workpath", ROOT / "build" / "pyinstaller")
    _run(*freeze, *places)
    folder = ROOT / "dist" / "paluku"
    if sys.platform == "linux":
        _strip(folder)
        for tables in folder.glob("_internal/PySide6/Qt/lib/libicudata.so.*"):
            make_lean(tables, tables)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{folder.relative_to(ROOT)}: {size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s")
    if sys.platform == "linux" and not wishes.folder_only:
        _run(HERE / "make_linux.py")
    return 0


def _run(*step: str | Path) -> None:
    subprocess.run([sys.executable, *map(str, step)], cwd=ROOT, check=True)


def _strip(folder: Path) -> None:
    """Take the symbols for debugging out of Python and ICU; libraries that were patched would break."""
    if not shutil.which("strip"):
        return
    inside = folder / "_internal"
    own = [*inside.glob("libpython*.so*"), *inside.glob("python3*/lib-dynload/*.so")]
    own += inside.glob("PySide6/Qt/lib/libicu[!d]*")
    subprocess.run(["strip", "--strip-unneeded", *map(str, own)], check=True)


if __name__ == "__main__":
    sys.exit(main())
