"""AudioSR: the diffusion model as an engine, window by window; its nets are loaded only when it is chosen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from core.audio.base import Pcm
from core.cards import ModelCard
from core.enhance.base import OUT_RATE, Enhancement, Enhancer, OnProgress, Progress
from core.enhance.features import CROSSOVER_SHARE
from core.enhance.low_band import replace_low_band
from core.enhance.memory import require_memory
from core.enhance.windows import WindowedEnhancement, window_count
from core.errors import ModelError
from core.extra import how_to_add

WINDOW_FRAMES = 1024  # 10.24 s, with which the released model was taught

_OVERLAP_SECONDS = 0.64


class WindowModel(Protocol):
    """A model that makes up the upper band of windows of one length."""

    @property
    def window(self) -> int: ...

    @property
    def steps(self) -> int:
        """How often `polish` says that it did a step."""

    def polish(self, pcm: Pcm, number: int, crossover_hz: float, on_step: Callable[[], None]) -> Pcm: ...


class AudioSrEnhancer(Enhancer):
    """The slow engine, for saved sound only: minutes for every second on a processor without a GPU."""

    name = "audiosr"

    def __init__(self, model: WindowModel) -> None:
        self._model = model

    def begin(self, rate: int, limit_hz: float, seconds: float, on_progress: OnProgress) -> Enhancement:
        model = self._model
        overlap = min(round(_OVERLAP_SECONDS * OUT_RATE), model.window // 4)
        counter = _Counter(window_count(seconds, model.window, overlap) * model.steps, on_progress)
        crossover = CROSSOVER_SHARE * limit_hz

        def polish(pcm: Pcm, number: int) -> Pcm:
            made = model.polish(pcm, number, crossover, counter.count)
            return replace_low_band(pcm, made, crossover)

        return WindowedEnhancement(rate, model.window, overlap, polish)


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


def open_audiosr(
    card: ModelCard, *, steps: int, guidance: float, seed: int, frames: int = WINDOW_FRAMES
) -> AudioSrEnhancer:
    """The engine of a card; refused before anything is loaded if it does not fit into memory."""
    try:
        from core.nn.superres.polish import PolishConfig, memory_needed, open_polisher
    except ModuleNotFoundError as error:
        raise _torch_missing(error) from error
    config = PolishConfig(steps=steps, guidance=guidance, seed=seed, frames=frames)
    weights = card.file("weights")
    require_memory(memory_needed(weights), "AudioSR", "Close other programs, or use --engine live.")
    return AudioSrEnhancer(
        open_polisher(weights, config, card.file("global") if "global" in card.files else None)
    )


def import_audiosr(released: Path, id: str, own: Path) -> ModelCard:
    """Released weights become a model of the user's, once."""
    try:
        from core.nn.superres.install import install_audiosr
    except ModuleNotFoundError as error:
        raise _torch_missing(error) from error
    if not released.is_file():
        raise ModelError(f"There is no file {released}.", "Check the name and the folder.")
    require_memory(
        2 * released.stat().st_size, "Converting these weights", "Close other programs; it is done only once."
    )
    return install_audiosr(released, id, own)


def _torch_missing(error: ModuleNotFoundError) -> ModelError:
    return ModelError(
        f"AudioSR needs the library {error.name}, which is not installed.",
        how_to_add("torch"),
    )
