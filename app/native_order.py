"""Libraries that Windows must load before Qt's, whose C++ runtime is too old for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

_FIRST = (("torch", "lib", "c10.dll"), ("onnxruntime", "capi", "onnxruntime.dll"))


def load_before_qt() -> None:
    """Load the bare libraries, which takes milliseconds; importing the packages would take seconds."""
    if sys.platform == "win32":
        import ctypes
        import os

        for library in _libraries():
            os.add_dll_directory(str(library.parent))
            ctypes.WinDLL(str(library))


def _libraries() -> Iterator[Path]:
    for package, folder, name in _FIRST:
        found = find_spec(package)
        for place in (found.submodule_search_locations or ()) if found else ():
            library = Path(place) / folder / name
            if library.is_file():
                yield library
