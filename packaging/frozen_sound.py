"""Runs in the frozen program before anything else: the sound library is the one that lies beside it.

Python looks for libraries with programs that an ordinary computer lacks (ld, gcc), and never in a bundle.
"""

import ctypes.util
import sys
from pathlib import Path


def _begin() -> None:
    look_in_system = ctypes.util.find_library
    beside = Path(sys._MEIPASS) / "libportaudio.so.2"

    def find_library(name: str) -> str | None:
        if name == "portaudio" and beside.is_file():
            return str(beside)
        return look_in_system(name)

    ctypes.util.find_library = find_library


if sys.platform == "linux":
    _begin()
