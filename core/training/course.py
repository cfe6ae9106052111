"""Course: the way of a training through its budget of minutes, step by step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

import torch
from torch import Tensor

from core.errors import PalukuError, StorageError
from core.training.curves import Curves

CURVES = "curves.jsonl"
LONGEST_STEP = 60.0  # seconds; what takes longer is a computer that slept, and no training

Say = Callable[[str], None]


class Budget(Protocol):
    """How long a training lasts, over all the times it was started, and how often it tells and saves."""

    @property
    def minutes(self) -> float: ...
    @property
    def tell_seconds(self) -> float: ...
    @property
    def save_seconds(self) -> float: ...


class Course(ABC):
    """Steps and seconds of a training; what it learned is saved on the way, and on every way out."""

    def __init__(self, budget: Budget, folder: Path, say: Say) -> None:
        self.budget, self.folder, self.say = budget, folder, say
        self.steps, self.seconds = 0, 0.0
        self._curves: Curves | None = None

    @property
    def spent(self) -> float:
        """Share of the budget."""
        return min(1.0, self.seconds / (60 * self.budget.minutes))

    @property
    def curves(self) -> Curves:
        """What was measured on the way, as far as the last checkpoint."""
        if self._curves is None:
            self.make_folder()
            self._curves = Curves(self.folder / CURVES, self.steps)
        return self._curves

    def make_folder(self) -> None:
        """Where all is saved; better known to be impossible before an hour of learning than after it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"The folder {self.folder} cannot be made: {error.strerror}.") from error

    @abstractmethod
    def step(self, batch: Any) -> dict[str, float]:
        """One batch; the losses as they were before. It counts itself in `steps`."""

    @abstractmethod
    def save(self) -> None:
        """All that is needed to go on from here, and what was learned as a model that can be used."""

    def follow(self, batches: Iterator[Any]) -> None:
        """Learn from the batches until the budget is spent."""
        try:
            self._steps(batches)
        except (PalukuError, KeyboardInterrupt):
            self.save()
            raise
        self.save()

    def check(self, value: Tensor, what: str) -> None:
        """End with a sentence where a loss or a gradient is no number any more."""
        if not torch.isfinite(value):
            raise PalukuError(
                f"Training stopped at step {self.steps}: its {what} is no longer a number.",
                "What was learned before is saved. Go on with a lower learning_rate, or look at the corpus.",
            )

    def _steps(self, batches: Iterator[Any]) -> None:
        curves = self.curves
        saved = told = monotonic()
        recent: list[dict[str, float]] = []
        while self.spent < 1:
            began = monotonic()
            recent.append(self.step(next(batches)))
            now = monotonic()
            self.seconds += min(now - began, LONGEST_STEP)
            if now - told > self.budget.tell_seconds or self.spent >= 1:
                figures = _means(recent)
                curves.add(self.steps, self.seconds / 60, figures)
                self.say(self._line(figures))
                told, recent = now, []
            if now - saved > self.budget.save_seconds:
                self.save()
                saved = now

    def _line(self, figures: dict[str, float]) -> str:
        shown = "  ".join(f"{name} {value:.3f}" for name, value in figures.items())
        return f"{self.seconds / 60:6.1f} of {self.budget.minutes:g} min, step {self.steps}: {shown}"


def _means(rows: list[dict[str, float]]) -> dict[str, float]:
    names = rows[-1].keys()
    return {name: sum(row.get(name, 0.0) for row in rows) / len(rows) for name in names}
