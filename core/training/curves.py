"""Curves: what a training measured on its way, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from core.errors import StorageError


class Curves:
    """A file of figures by step; what a killed training wrote after its last checkpoint is dropped."""

    def __init__(self, path: Path, first_step: int = 0) -> None:
        self.path = path
        kept = [row for row in self.rows() if row["step"] <= first_step]
        self._write("".join(json.dumps(row) + "\n" for row in kept), "w")

    def add(self, step: int, minutes: float, figures: Mapping[str, float]) -> None:
        row = {"step": step, "minutes": round(minutes, 3)}
        row |= {name: round(value, 5) for name, value in figures.items()}
        self._write(json.dumps(row) + "\n", "a")

    def rows(self) -> list[dict[str, float]]:
        return curve(self.path)

    def _write(self, text: str, mode: str) -> None:
        try:
            with self.path.open(mode, encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise StorageError(
                f"The curves could not be saved: {error.strerror}.", "Is the disk full?"
            ) from error


def curve(path: Path) -> list[dict[str, float]]:
    """The figures in a file, in their order; none where there is no file."""
    if not path.exists():
        return []
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue  # a line that a kill cut short
    return rows
