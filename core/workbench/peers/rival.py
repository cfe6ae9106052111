"""Rival: one implementation in a process of its own, which answers orders a line at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from core.errors import PalukuError

_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
_SETTINGS = dict.fromkeys(_THREADS, "1") | {"NO_TORCH_COMPILE": "1", "HF_HUB_OFFLINE": "1"}
_ROOT = Path(__file__).parents[3]


def start_worker(python: Path | str, module: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that sees our sources and one thread."""
    return subprocess.Popen(
        [str(python), "-m", f"core.workbench.peers.{module}", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | _SETTINGS | {"PYTHONPATH": str(_ROOT)},
    )


@dataclass(slots=True)
class Rival:
    """One implementation, its process, and what it took so far."""

    name: str
    module: str
    arguments: tuple[str, ...]
    python: Path | str = sys.executable
    rounds: dict[str, list[list[float]]] = field(default_factory=dict)
    """Of each part, the times of each round."""
    rss_mb: float = 0.0
    _process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = start_worker(self.python, self.module, *self.arguments)
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def ask(self, order: str) -> dict[str, Any]:
        """Its answer to an order."""
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process is not None and self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            _, complaint = self._process.communicate()
            last = complaint.strip().splitlines()[-1:] or ["it said nothing"]
            raise PalukuError(f"{self.name} stopped: {last[0]}", "Is it installed where --python points?")
        answer: dict[str, Any] = json.loads(line)
        return answer
