"""Training of the live extender, by minutes: it may be stopped at any time and goes on where it was."""

from __future__ import annotations

import json
import math
import pickle
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from core.enhance.features import (
    FIRST_HIGH,
    FLOOR,
    HIGH_BINS,
    LAST_HIGH,
    LOW_BINS,
    SCALE,
    shown_bins,
    told_limit,
)
from core.enhance.frames import BINS
from core.errors import PalukuError, StorageError
from core.nn.readers import EXTENDER
from core.nn.superres.extender import Extender, ExtenderConfig
from core.training.enhance_batches import Batch, Batches
from core.training.enhance_losses import (
    LossConfig,
    band_mask,
    loudness_loss,
    measured_loss,
    phase_loss,
    sound,
    spectra,
    strength_loss,
)
from core.training.enhance_material import Material

_CHECKPOINT, _WEIGHTS, _LOG = "checkpoint.pt", "extender.safetensors", "losses.jsonl"
_SAVE_SECONDS = 60.0
_WARM_UP_STEPS = 100

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainEnhanceConfig:
    """How long and how to train. Minutes are of computing, over all the times it was started."""

    minutes: float = 20.0
    items: int = 16
    frames: int = 96
    learning_rate: float = 2e-3
    last_learning_rate: float = 5e-5
    threads: int = 1
    seed: int = 0
    model: ExtenderConfig = field(default_factory=ExtenderConfig)
    loss: LossConfig = field(default_factory=LossConfig)

    def __post_init__(self) -> None:
        if self.minutes <= 0 or self.items < 1 or self.frames < 16 or self.threads < 1:
            raise PalukuError(
                "Training needs minutes above zero, and batches of one item and 16 frames or more."
            )
        if (self.model.low_bins, self.model.high_bins) != (LOW_BINS, HIGH_BINS):
            raise PalukuError("The model's bins are not those of the run-time's frames.")


class Training:
    """One run: a model, its optimiser, and how many minutes and steps it has seen."""

    def __init__(self, config: TrainEnhanceConfig, folder: Path) -> None:
        torch.manual_seed(config.seed)
        self.config = config
        self.folder = folder
        self.model = Extender(config.model)
        self.optimizer = torch.optim.AdamW(self.model.parameters(), config.learning_rate, (0.9, 0.98))
        self.steps = 0
        self.seconds = 0.0
        self._resume()

    @property
    def share(self) -> float:
        """How much of the budget is spent."""
        return min(1.0, self.seconds / (60 * self.config.minutes))

    def run(self, batches: Batches, say: Say) -> None:
        """Train until the minutes are spent."""
        saved = self.seconds
        recent: list[dict[str, float]] = []
        while self.share < 1:
            began = time.monotonic()
            recent.append(self.step(batches.draw(self.steps)))
            self.seconds += time.monotonic() - began
            if self.seconds - saved > _SAVE_SECONDS or self.share >= 1:
                mean = {name: sum(row[name] for row in recent) / len(recent) for name in recent[0]}
                self._log(mean)
                shown = "  ".join(f"{name} {value:.3f}" for name, value in mean.items())
                say(f"{self.seconds / 60:5.1f} of {self.config.minutes:g} min, step {self.steps}: {shown}")
                self.save()
                saved, recent = self.seconds, []

    def step(self, batch: Batch) -> dict[str, float]:
        """One batch: the losses before the weights were changed."""
        for group in self.optimizer.param_groups:
            group["lr"] = self._learning_rate()
        parts = losses(self.model, batch)
        weights = asdict(self.config.loss)
        total = torch.stack([weights[name] * value for name, value in parts.items()]).sum()
        if not torch.isfinite(total):
            raise PalukuError(
                f"Training failed at step {self.steps}: the loss is no longer a number.",
                "Lower the learning rate and start again from the last checkpoint.",
            )
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.steps += 1
        return {name: float(value.detach()) for name, value in parts.items()}

    def save(self) -> None:
        """Checkpoint and weights; each appears whole or not at all."""
        unfinished = self.folder / (_CHECKPOINT + ".part")
        try:
            torch.save(
                {
                    "model": self.model.state_dict(),
                    "optimizer": self.optimizer.state_dict(),
                    "steps": self.steps,
                    "seconds": self.seconds,
                    "config": json.dumps(asdict(self.config.model)),
                },
                unfinished,
            )
            unfinished.replace(self.folder / _CHECKPOINT)
        except (OSError, RuntimeError) as error:
            raise StorageError(f"The checkpoint could not be saved: {error}.", "Is the disk full?") from error
        EXTENDER.save(self.model, self.config.model, self.folder / _WEIGHTS)

    def _resume(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"The folder {self.folder} cannot be made: {error.strerror}.") from error
        path = self.folder / _CHECKPOINT
        if not path.exists():
            return
        try:
            found = torch.load(path, map_location="cpu", weights_only=True)
            if json.loads(found["config"]) != asdict(self.config.model):
                raise PalukuError(
                    f"The checkpoint in {self.folder} is of another model.", "Choose another folder."
                )
            self.model.load_state_dict(found["model"])
            self.optimizer.load_state_dict(found["optimizer"])
            self.steps, self.seconds = int(found["steps"]), float(found["seconds"])
        except (RuntimeError, KeyError, ValueError, EOFError, pickle.UnpicklingError) as error:
            raise PalukuError(
                f"The checkpoint in {self.folder} is damaged.", "Remove it to start anew."
            ) from error

    def _learning_rate(self) -> float:
        first, last = self.config.learning_rate, self.config.last_learning_rate
        warm = min(1.0, (self.steps + 1) / _WARM_UP_STEPS)
        return warm * (last + (first - last) * 0.5 * (1 + math.cos(math.pi * self.share)))

    def _log(self, mean: dict[str, float]) -> None:
        line = json.dumps({"minutes": self.seconds / 60, "step": self.steps, **mean})
        with (self.folder / _LOG).open("a", encoding="utf-8") as log:
            log.write(line + "\n")


def losses(model: Extender, batch: Batch) -> dict[str, Tensor]:
    """What the model did wrong on a batch, by teacher."""
    truth, low = spectra(batch.truth), spectra(batch.low)  # [B, T, BINS]
    seen, phasors = shown(low, batch.crossover), bent_phasors(batch.low)
    state = model.initial_state(len(seen))
    log_magnitude, phasor, _ = model.extend(seen, phasors, state)
    high = truth[..., FIRST_HIGH : LAST_HIGH + 1]  # [B, T, H]
    true_log = torch.log(high.abs().clamp_min(FLOOR))
    mask = band_mask(batch.crossover, batch.limit, FIRST_HIGH, LAST_HIGH)
    true_phasor = high / high.abs().clamp_min(1e-9)
    added = added_sound(log_magnitude, phasor, mask)
    return {
        "strength": strength_loss(log_magnitude, true_log, mask),
        "loudness": loudness_loss(log_magnitude, true_log, mask),
        "phase": phase_loss(phasor, torch.cat([true_phasor.real, true_phasor.imag], -1), mask),
        "measured": measured_loss(
            added,
            batch.low[:, : added.shape[1]],
            batch.truth[:, : added.shape[1]],
            batch.crossover,
            batch.limit,
        ),
    }


def shown(low: Tensor, crossover: Tensor) -> Tensor:
    """[B, T, BINS] complex, [B] -> [B, T, LOW_BINS + 1]: the run-time's `loudness` and `told_limit`."""
    bins = torch.tensor([shown_bins(float(hertz)) for hertz in crossover])
    held = (torch.arange(LOW_BINS) < bins[:, None])[:, None]  # [B, 1, LOW_BINS]
    magnitude = torch.where(held, low[..., :LOW_BINS].abs(), torch.zeros(())).clamp_min(FLOOR)
    told = torch.tensor([told_limit(float(hertz)) for hertz in crossover])[:, None, None]
    return torch.cat([torch.log(magnitude) / SCALE, told.expand(-1, low.shape[1], 1)], dim=-1)


def bent_phasors(low: Tensor) -> Tensor:
    """[B, N] -> [B, T, 2 HIGH_BINS]: the run-time's `phasors`."""
    high = spectra(low.abs())[..., FIRST_HIGH : LAST_HIGH + 1]
    unit = high / high.abs().clamp_min(1e-9)
    return torch.cat([unit.real, unit.imag], dim=-1)


def added_sound(log_magnitude: Tensor, phasor: Tensor, mask: Tensor) -> Tensor:
    """[B, T, H], [B, T, 2 H], [B, 1, H] -> [B, (T - 1) * HOP]."""
    real, imaginary = phasor.chunk(2, dim=-1)
    strength = torch.exp(log_magnitude) * mask
    high = torch.complex(strength * real, strength * imaginary)
    return sound(torch.nn.functional.pad(high, (FIRST_HIGH, BINS - 1 - LAST_HIGH)))


def train(config: TrainEnhanceConfig, material: Material, folder: Path, say: Say) -> Training:
    """Train or go on training, until the minutes are spent."""
    torch.set_num_threads(config.threads)
    training = Training(config, folder)
    if training.steps:
        say(f"going on from step {training.steps}, {training.seconds / 60:.1f} minutes in")
    training.run(Batches(material.train, items=config.items, frames=config.frames, seed=config.seed), say)
    return training
