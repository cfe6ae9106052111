"""A virtual screen: an Xvfb of our own, for children that open a real window."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Self

import pytest


class VirtualScreen:
    """An X server without a monitor, on a display that it chooses itself."""

    def __init__(self, width: int = 1280, height: int = 900) -> None:
        self._size = f"{width}x{height}x24"

    def __enter__(self) -> Self:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", self._size, "-nolisten", "tcp"],
            pass_fds=[write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.environment = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.terminate()
        self._server.wait()


def demand_xvfb() -> None:
    """Skip where there is no Xvfb; where everything has to be tested, fail."""
    if not shutil.which("Xvfb"):
        reason = "Xvfb is not installed (package xvfb)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
