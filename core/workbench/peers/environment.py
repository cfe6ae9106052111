"""The peers' environment: public packages, apart from ours, made once and kept in the user's cache."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

from platformdirs import PlatformDirs

from core.errors import PalukuError
from core.folders import DATA_VARIABLE

_TOGETHER = ("torch==2.13.0", "numpy", "safetensors", "einops", "sentencepiece", "huggingface_hub", "psutil")
_ALONE = (  # their own pins would bring an older torch, and tools that nothing here uses
    "rustymimi",
    "moshi",
    "sphn<0.3",
    "descript-audio-codec==1.0.0",
    "dualcodec==0.4.2",
)
_READY = "ready with dac and dualcodec"


def peers_python(given: Path | None, on_progress: Callable[[str], None]) -> Path:
    """The Python that has the peers: the given one, or that of an environment made for them."""
    if given is not None:
        if not given.is_file():
            raise PalukuError(f"There is no Python at {given}.", "Leave out --python to have one made.")
        return given
    folder = _cache() / "peers"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / _READY).is_file():
        on_progress("making an environment for the peers")
        venv.create(folder, clear=True, with_pip=True)
        on_progress("installing torch")
        _install(python, _TOGETHER)
        on_progress("installing the peers")
        _install(python, ("--no-deps", *_ALONE))
        (folder / _READY).touch()
    return python


def _cache() -> Path:
    if chosen := os.environ.get(DATA_VARIABLE):
        return Path(chosen) / "cache"
    return Path(PlatformDirs("paluku", appauthor=False).user_cache_dir)


def _install(python: Path, what: Sequence[str]) -> None:
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", *what], capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["pip said nothing"]
        raise PalukuError(
            f"The peers could not be installed: {last[0]}",
            "Is there a network? Or name a Python that has them with --python.",
        )
