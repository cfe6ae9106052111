"""Polish: the diffusion model as an engine of super-resolution, window by window."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from core.audio.base import Pcm
from core.enhance.base import Enhancement, Enhancer, OnProgress, Progress
from core.enhance.features import CROSSOVER_SHARE
from core.enhance.low_band import replace_low_band
from core.enhance.memory import require_memory
from core.enhance.windows import WindowedEnhancement, window_count
from core.errors import ModelError
from core.nn.checkpoint import open_weights
from core.nn.reader import read_model
from core.nn.superres.audiosr import AudioSr
from core.nn.superres.audiosr_weights import AUDIOSR, load_global_part, with_global_part
from core.nn.superres.ddim import Schedule, guided, sample

_SILENT_LATENT = -11.4981  # the latent of no condition, a constant of the released model
_PEAK = 0.5  # at which the model was taught
_OVERLAP_SECONDS = 0.64
_SILENCE = 1e-5
_BYTES_PER_WEIGHT = 4
# Measured at full size beside the weights: the widest pictures of the decoder and the vocoder's last stages.
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


class AudioSrEnhancer(Enhancer):
    """The diffusion model: the same seed gives the same sound. Slow, for saved audio only."""

    name = "audiosr"

    def __init__(self, model: AudioSr, config: PolishConfig) -> None:
        self._model = model.eval()
        self._config = config
        step = model.config.frame_step
        if config.frames % step:
            raise ModelError(f"A window of {config.frames} frames does not fit: it must divide by {step}.")
        self._plan = Schedule().plan(config.steps, eta=config.eta)
        self._window = config.frames * model.config.mel.hop
        self._overlap = min(round(_OVERLAP_SECONDS * model.config.mel.sample_rate), self._window // 4)

    def begin(self, rate: int, limit_hz: float, seconds: float, on_progress: OnProgress) -> Enhancement:
        counter = _Counter(
            window_count(seconds, self._window, self._overlap) * (len(self._plan) + 1), on_progress
        )
        crossover = CROSSOVER_SHARE * limit_hz

        def polish(pcm: Pcm, number: int) -> Pcm:
            return self._polish(pcm, number, crossover, counter.count)

        return WindowedEnhancement(rate, self._window, self._overlap, polish)

    def _polish(self, pcm: Pcm, number: int, crossover: float, on_step: Callable[[], None]) -> Pcm:
        """One window at 48 kHz."""
        middle, peak = float(pcm.mean()), float(np.abs(pcm - pcm.mean()).max())
        if peak < _SILENCE:
            for _ in range(len(self._plan) + 1):
                on_step()
            return pcm
        generator = torch.Generator().manual_seed(1_000_003 * self._config.seed + number)
        heard = torch.from_numpy(((pcm - middle) * (_PEAK / peak)).astype(np.float32))[None]
        with torch.inference_mode():
            made = self._generate(heard, crossover, generator, on_step)
        loud: Pcm = made[0].float().cpu().numpy() * np.float32(peak / _PEAK)
        on_step()
        return replace_low_band(pcm, loud, crossover)

    def _generate(
        self, heard: Tensor, crossover: float, generator: torch.Generator, on_step: Callable[[], None]
    ) -> Tensor:  # [1, N] -> [1, N]
        model = self._model
        mel = model.mel(heard)  # [1, n_mels, T]
        condition = model.latent(mel, generator)  # [1, z, T / 8, n_mels / 8]
        nothing = torch.full_like(condition, _SILENT_LATENT) * model.scale_factor
        context = model.context(mel)
        velocity = guided(
            lambda x, steps: model.velocity(x, steps, condition, context),
            lambda x, steps: model.velocity(x, steps, nothing, context),
            self._config.guidance,
        )
        noise = torch.randn(condition.shape, generator=generator)
        latent = sample(velocity, noise, self._plan, generator, lambda number: on_step())
        picture = model.picture(latent)
        known = model.mel.bands_below(crossover)
        picture[:, :known] = mel[:, :known]
        out: Tensor = model.vocoder(picture)[:, 0, : heard.shape[-1]]
        return out


class _Counter:
    """Counts steps and guesses the time that is left."""

    def __init__(self, total: int, on_progress: OnProgress) -> None:
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self._on_progress = on_progress

    def count(self) -> None:
        self._done = min(self._total, self._done + 1)
        spent = time.monotonic() - self._began
        left = spent / self._done * (self._total - self._done)
        self._on_progress(Progress(self._done / self._total, left))


def memory_needed(shapes: dict[str, tuple[int, ...]], *, loading: bool = True) -> int:
    """Bytes that polishing takes; while the weights are loaded they are there twice."""
    weights = _BYTES_PER_WEIGHT * sum(int(np.prod(shape)) for shape in shapes.values())
    return max(2 * weights if loading else 0, weights + _WORKING_BYTES)


def open_audiosr(weights: Path, config: PolishConfig, global_part: Path | None = None) -> AudioSrEnhancer:
    """The engine from a converted weights file; refused before anything is loaded if it does not fit."""
    file = open_weights(weights)
    if file.metadata.get("paluku.model") != AUDIOSR.name:
        raise ModelError(
            f"{weights.name} is not converted yet.",
            f"Convert it once: paluku enhance --import {weights.name}",
        )
    require_memory(
        memory_needed(dict(file.shapes)),
        "AudioSR",
        "Close other programs, or use the small engine: paluku enhance --engine live.",
    )
    model = read_model(weights, [AUDIOSR])
    assert isinstance(model, AudioSr)
    if global_part is not None:
        model = with_global_part(model)
        load_global_part(model, global_part)
    return AudioSrEnhancer(model, config)


def convert_audiosr(released: Path, converted: Path) -> None:
    """Turn a released checkpoint (basic or speech) into safetensors, once."""
    require_memory(
        2 * released.stat().st_size,
        "Reading the released AudioSR weights",
        "Close other programs; the converted file needs far less.",
    )
    model = read_model(released, [AUDIOSR])
    assert isinstance(model, AudioSr)
    AUDIOSR.save(model, model.config, converted)
