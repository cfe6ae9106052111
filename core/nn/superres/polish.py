"""Polish: a window of sound through the diffusion model."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from core.audio.base import Pcm
from core.errors import ModelError
from core.nn.checkpoint import open_weights
from core.nn.reader import read_model
from core.nn.superres.audiosr import SILENT_LATENT, TAUGHT_PEAK, AudioSr
from core.nn.superres.audiosr_weights import AUDIOSR, load_global_part, with_global_part
from core.nn.superres.ddim import Schedule, guided, sample

_SILENCE = 1e-5
_BYTES_PER_WEIGHT = 4
_LIBRARY_BYTES = 400_000_000
# An upper estimate: the decoder's widest pictures take 270 MB each, the vocoder's last stages 100 MB.
_WORKING_BYTES = 2_500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PolishConfig:
    """How carefully to polish."""

    steps: int = 100
    guidance: float = 3.5
    eta: float = 1.0
    seed: int = 0
    frames: int = 1024
    """Of a window: 10.24 s at full size."""


class Polisher:
    """The diffusion model for windows of one length: the same seed and window give the same sound."""

    def __init__(self, model: AudioSr, config: PolishConfig) -> None:
        step = model.config.frame_step
        if config.frames % step:
            raise ModelError(f"A window of {config.frames} frames does not fit: it must divide by {step}.")
        self._model = model.eval()
        self._config = config
        self._plan = Schedule().plan(config.steps, eta=config.eta)

    @property
    def window(self) -> int:
        """Samples of a window, at 48 kHz."""
        return self._config.frames * self._model.config.mel.hop

    @property
    def steps(self) -> int:
        """How often `polish` says that it did a step."""
        return len(self._plan) + 1

    def polish(self, pcm: Pcm, number: int, crossover_hz: float, on_step: Callable[[], None]) -> Pcm:
        """The window as the model hears it in full, at the level it had. `on_step` may raise to stop."""
        middle = float(pcm.mean())
        peak = float(np.abs(pcm - middle).max())
        if len(pcm) != self.window:
            raise ValueError(f"{len(pcm)} samples are not a window of {self.window}")
        if peak < _SILENCE:
            for _ in range(self.steps):
                on_step()
            return pcm
        generator = torch.Generator().manual_seed(1_000_003 * self._config.seed + number)
        heard = torch.from_numpy(((pcm - middle) * (TAUGHT_PEAK / peak)).astype(np.float32))[None]
        with torch.inference_mode():
            made = self._generate(heard, crossover_hz, generator, on_step)
        on_step()
        loud: Pcm = made[0].float().cpu().numpy() * np.float32(peak / TAUGHT_PEAK)
        return loud

    def _generate(
        self, heard: Tensor, crossover_hz: float, generator: torch.Generator, on_step: Callable[[], None]
    ) -> Tensor:  # [1, N] -> [1, N]
        model = self._model
        mel = model.mel(heard)  # [1, n_mels, T]
        condition = model.latent(mel, generator)  # [1, z, T / 8, n_mels / 8]
        nothing = torch.full_like(condition, SILENT_LATENT) * model.scale_factor
        context = model.context(mel)
        velocity = guided(
            lambda x, steps: model.velocity(x, steps, condition, context),
            lambda x, steps: model.velocity(x, steps, nothing, context),
            self._config.guidance,
        )
        noise = torch.randn(condition.shape, generator=generator)
        latent = sample(velocity, noise, self._plan, generator, lambda number: on_step())
        picture = model.picture(latent)
        known = model.mel.bands_below(crossover_hz)
        picture[:, :known] = mel[:, :known]
        out: Tensor = model.vocoder(picture)[:, 0]
        return out


def memory_needed(weights: Path) -> int:
    """Bytes that polishing takes, told by a file's shapes alone. Weights are there twice while they load."""
    file = open_weights(weights)
    if file.metadata.get("paluku.model") != AUDIOSR.name:
        raise ModelError(
            f"{weights.name} holds no converted AudioSR weights.",
            "Convert them once: paluku enhance --import pytorch_model.bin",
        )
    size = _BYTES_PER_WEIGHT * sum(math.prod(shape) for shape in file.shapes.values())
    return _LIBRARY_BYTES + max(2 * size, size + _WORKING_BYTES)


def open_polisher(weights: Path, config: PolishConfig, global_part: Path | None = None) -> Polisher:
    """The model of a converted weights file, with a trained global part on top if there is one."""
    model = read_model(weights, [AUDIOSR])
    assert isinstance(model, AudioSr)
    if global_part is not None:
        model = with_global_part(model)
        load_global_part(model, global_part)
    return Polisher(model, config)
