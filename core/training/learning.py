"""Training: a model that learns a lesson, within a budget of minutes, from where it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from core.errors import PalukuError
from core.training.average import WeightAverage
from core.training.checkpoints import (
    Checkpoint,
    facts_of,
    fill_optimizer,
    load_checkpoint,
    optimizer_tensors,
    save_checkpoint,
)
from core.training.course import Course
from core.training.precision import Precision, autocast, best_precision
from core.training.schedule import Schedule

CHECKPOINT = "checkpoint.safetensors"

Losses = Mapping[str, Tensor]


@dataclass(frozen=True, kw_only=True)
class LearningConfig:
    """How fast a model learns. Minutes are of training, over all the times it was started."""

    minutes: float = 45.0
    learning_rate: float = 1e-3
    betas: tuple[float, float] = (0.9, 0.98)
    weight_decay: float = 1e-2
    clip: float = 1.0
    average: float = 0.998
    schedule: Schedule = field(default_factory=Schedule)
    precision: Precision = "auto"
    tell_seconds: float = 20.0
    save_seconds: float = 120.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.minutes <= 0 or self.learning_rate <= 0 or not 0 <= self.average < 1:
            raise PalukuError(
                "Training needs minutes and a learning rate above zero, and an average below 1."
            )


class Lesson(Protocol):
    """What is learned: a model, examples for it, and how wrong it is on them."""

    name: str

    @property
    def model(self) -> nn.Module:
        """What learns."""

    def batch(self, number: int) -> Any:
        """The examples of a step: the same for the same number."""

    def losses(self, batch: Any) -> Losses:
        """How wrong the model is; their sum is made small."""

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        """The model with these weights, as a file that can be used."""


@runtime_checkable
class Paced(Protocol):
    """A lesson whose examples change while it is learned."""

    def pace(self, spent: float) -> None:
        """What share of the budget is spent; told before each batch."""


class Training(Course):
    """A lesson, and how much of the budget is spent."""

    def __init__(
        self,
        lesson: Lesson,
        config: LearningConfig,
        folder: Path,
        *,
        device: str = "cpu",
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        super().__init__(config, folder, say)
        torch.manual_seed(config.seed)
        self.lesson, self.config = lesson, config
        self.device = torch.device(device)
        self.model = lesson.model.to(self.device)
        self.optimizer = self._optimizer()
        self.average = WeightAverage(self.model, config.average)
        self.precision = best_precision(config.precision, self.device)
        if (folder / CHECKPOINT).exists():
            self._resume()

    @property
    def weights(self) -> Path:
        """The file of what was learned."""
        return self.folder / f"{self.lesson.name}.safetensors"

    def run(self) -> None:
        """Train until the budget is spent."""
        self.follow(self._batches())

    def _batches(self) -> Iterator[Any]:
        while True:
            if isinstance(self.lesson, Paced):
                self.lesson.pace(self.spent)
            yield self.lesson.batch(self.steps)

    def step(self, batch: Any) -> dict[str, float]:
        """One batch; the losses as they were before."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.learning_rate * self.config.schedule.factor(self.spent)
        self.model.train()
        with autocast(self.device, self.precision):
            losses = self.lesson.losses(_placed(batch, self.device))
        total = torch.stack(list(losses.values())).sum()
        self.check(total, "loss")
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self.check(norm, "gradient")
        self.optimizer.step()
        self.steps += 1
        self.average.follow(self.model, self.steps)
        return {
            "total": float(total.detach()),
            **{name: float(loss.detach()) for name, loss in losses.items()},
        }

    def save(self) -> None:
        """A checkpoint, and the averaged weights as a model that can be used."""
        parts = {
            "model": self.model.state_dict(),
            "average": self.average.weights,
            "optimizer": optimizer_tensors(self.optimizer),
        }
        facts = {"lesson": self.lesson.name, "steps": self.steps, "seconds": self.seconds}
        save_checkpoint(self.folder / CHECKPOINT, Checkpoint(parts, facts))
        with torch.random.fork_rng(devices=[]):  # a model that is built to be saved draws its first weights
            self.lesson.save(self.average.weights, self.weights)

    def _resume(self) -> None:
        found = load_checkpoint(self.folder / CHECKPOINT)
        if found.facts["lesson"] != self.lesson.name:
            raise PalukuError(
                f"{self.folder} holds a training of {found.facts['lesson']}, not of {self.lesson.name}.",
                "Choose another folder.",
            )
        try:
            self.model.load_state_dict(dict(found.parts["model"]))
            self.average.load(dict(found.parts["average"]))
            fill_optimizer(self.optimizer, found.parts.get("optimizer", {}))
        except (RuntimeError, KeyError, ValueError) as error:
            raise PalukuError(
                f"The checkpoint in {self.folder} does not fit this config: {error}",
                "Give the config that it was begun with, or choose another folder.",
            ) from error
        self.steps, self.seconds = int(found.facts["steps"]), float(found.facts["seconds"])
        self.say(f"going on from step {self.steps}, {self.seconds / 60:.1f} minutes in")

    def _optimizer(self) -> torch.optim.Optimizer:
        """Weight decay is for matrices only."""
        weights = list(self.model.parameters())
        groups = [
            {"params": [w for w in weights if w.dim() > 1], "weight_decay": self.config.weight_decay},
            {"params": [w for w in weights if w.dim() <= 1], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=self.config.learning_rate, betas=self.config.betas)


def _placed(value: Any, device: torch.device) -> Any:
    """Examples with all their tensors on a device."""
    if isinstance(value, Tensor):
        return value.to(device, non_blocking=True)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: _placed(getattr(value, part.name), device) for part in fields(value)}
        return replace(value, **parts)
    return value


def is_learned(folder: Path, config: LearningConfig) -> bool:
    """Whether a training in this folder has spent its budget."""
    if not (folder / CHECKPOINT).exists():
        return False
    return float(facts_of(folder / CHECKPOINT).get("seconds", 0.0)) >= 60 * config.minutes
