"""Training of AudioSR's global part: the released nets stay as they are, only what was added learns."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from core.errors import ModelError, PalukuError, StorageError
from core.nn.superres.audiosr import SILENT_LATENT, TAUGHT_PEAK, AudioSr
from core.nn.superres.audiosr_weights import load_global_part, save_global_part, with_global_part
from core.nn.superres.ddim import Schedule
from core.nn.superres.global_encoder import GlobalEncoderConfig
from core.training.enhance_batches import band_limited
from core.training.enhance_material import Clip

GLOBAL_NAME = "global.safetensors"

_LOWEST_LIMIT_HZ, _HIGHEST_LIMIT_HZ = 2_000.0, 16_000.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainGlobalConfig:
    """How long and how to train the global part."""

    minutes: float = 60.0
    items: int = 2
    frames: int = 1024
    learning_rate: float = 1e-4
    unconditional_share: float = 0.1
    """Items that hear no condition, as the released model was taught."""
    save_minutes: float = 5.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.minutes <= 0 or self.items < 1 or self.save_minutes <= 0:
            raise PalukuError("Training needs minutes above zero and at least one item in a batch.")


class GlobalTraining:
    """One run: the nets, of which only the global part is changed."""

    def __init__(self, model: AudioSr, clips: Sequence[Clip], config: TrainGlobalConfig) -> None:
        encoder = model.global_encoder
        if encoder is None:
            raise ModelError("These nets have no global part.", "Make one with `with_global_part`.")
        if config.frames % model.config.frame_step:
            raise PalukuError(f"A window's frames must divide by {model.config.frame_step}.")
        self.model = model.eval()  # the base's running means and dropouts stay as they are
        encoder.train()
        self.model.requires_grad_(False)
        self._trained = list(model.global_parameters())
        for parameter in self._trained:
            parameter.requires_grad_(True)
        self.optimizer = torch.optim.AdamW(self._trained, config.learning_rate)
        self.config = config
        self.steps = 0
        self._clips = clips
        self._schedule = Schedule()

    def step(self) -> float:
        """One batch: the loss before the weights were changed."""
        rng = np.random.default_rng((self.config.seed, self.steps))
        generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
        clean, condition, mel = self._batch(rng, generator)
        steps = torch.randint(len(self._schedule.alphas), (len(clean),), generator=generator)
        noise = torch.randn(clean.shape, generator=generator)
        noisy = self._schedule.noisy(clean, noise, steps)
        velocity = self.model.velocity(noisy, steps, condition, self.model.context(mel))
        loss = F.mse_loss(velocity, self._schedule.velocity(clean, noise, steps))
        if not torch.isfinite(loss):
            raise PalukuError("Training failed: the loss is no longer a number.", "Lower the learning rate.")
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
        self.optimizer.step()
        self.steps += 1
        return float(loss.detach())

    @torch.no_grad()
    def _batch(self, rng: np.random.Generator, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """Latents of whole sounds, those of their low bands, and the low bands' mel for the encoder."""
        samples = self.config.frames * self.model.config.mel.hop
        whole = torch.from_numpy(np.stack([self._piece(samples, rng) for _ in range(self.config.items)]))
        limits = torch.from_numpy(
            np.geomspace(_LOWEST_LIMIT_HZ, _HIGHEST_LIMIT_HZ, 64)[rng.integers(64, size=self.config.items)]
        )
        low = band_limited(whole, limits, torch.full_like(limits, 0.1))
        mel = self.model.mel(low)
        condition = self.model.latent(mel, generator)
        unheard = torch.from_numpy(rng.random(self.config.items) < self.config.unconditional_share)
        condition[unheard] = SILENT_LATENT * self.model.scale_factor
        return self.model.latent(self.model.mel(whole), generator), condition, mel

    def _piece(self, samples: int, rng: np.random.Generator) -> np.ndarray:
        pcm = self._clips[int(rng.integers(len(self._clips)))].pcm
        pcm = np.pad(pcm, (0, max(0, samples - len(pcm))))
        start = int(rng.integers(len(pcm) - samples + 1))
        piece = pcm[start : start + samples]
        return np.asarray(piece * (TAUGHT_PEAK / max(1e-3, float(np.abs(piece).max()))), np.float32)


def train_global(
    base: AudioSr,
    clips: Sequence[Clip],
    config: TrainGlobalConfig,
    folder: Path,
    say: Say,
    encoder: GlobalEncoderConfig | None = None,
) -> GlobalTraining:
    """Train a global part, or go on with the one in the folder."""
    torch.manual_seed(config.seed)
    model = with_global_part(base, "sequence", encoder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    path = folder / GLOBAL_NAME
    if path.exists():
        load_global_part(model, path)
        say(f"going on with {path.name}")
    training = GlobalTraining(model, clips, config)
    began = saved = time.monotonic()
    losses: list[float] = []
    while time.monotonic() - began < 60 * config.minutes:
        losses.append(training.step())
        if time.monotonic() - saved > 60 * config.save_minutes:
            saved = time.monotonic()
            save_global_part(model, path)
            mean = math.fsum(losses) / len(losses)
            say(f"{(saved - began) / 60:.1f} min, step {training.steps}: loss {mean:.4f}")
            losses = []
    save_global_part(model, path)
    say(f"{training.steps} steps, kept in {path.name}")
    return training
