"""Training data: corpora on disk, mixed and cut into batches with a phoneme for every frame.

A batch depends only on the seed and the number of its step, so a training that was killed goes on with the
batches it would have seen.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import torch
from torch import Tensor

from core.audio.base import Pcm
from core.errors import PalukuError
from core.training.corpus.augment import AugmentConfig, Augmenter
from core.training.corpus.emotions import EMOTION_NAMES
from core.training.corpus.phonemes import SILENCE_ID
from core.training.corpus.reader import UNKNOWN, Corpus, Filter, Labels
from core.training.corpus.speakers import SPEAKER_NAMES
from core.training.corpus.take import resampled

__all__ = ["UNKNOWN", "Batch", "BatchConfig", "Corpus", "Filter", "Mix", "Prefetcher"]


@dataclass(frozen=True, slots=True)
class BatchConfig:
    """How a batch is cut out of corpora."""

    items: int = 32
    seconds: float = 1.0
    rate: int = 24_000
    frame_rate: float = 50.0  # of the phoneme labels
    silence_share: float = 0.03  # items that hold nothing but silence or faint noise
    speed: tuple[float, float] = (1.0, 1.0)
    augment_share: float = 0.0
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.items, self.seconds, self.rate, self.frame_rate, *self.speed) <= 0:
            raise PalukuError("A batch needs items, seconds, rates and speeds above zero.")
        if not (0 <= self.silence_share <= 1 and 0 <= self.augment_share <= 1):
            raise PalukuError("The shares of a batch go from 0 to 1.")

    @property
    def samples(self) -> int:
        return round(self.seconds * self.rate)

    @property
    def frames(self) -> int:
        return round(self.seconds * self.frame_rate)


@dataclass(frozen=True, slots=True)
class Batch:
    """Sound and what is known about it, as tensors."""

    pcm: Tensor  # [B, T] float32: what is heard
    clean: Tensor  # [B, T] float32: the same before the augmenter
    phonemes: Tensor  # [B, F] int64, UNKNOWN where nobody told
    speakers: Tensor  # [B] int64: index in the mix's speakers
    emotions: Tensor  # [B] int64: index in EMOTION_NAMES, UNKNOWN where nobody told

    def to(self, device: torch.device | str) -> Self:
        parts = (self.pcm, self.clean, self.phonemes, self.speakers, self.emotions)
        return type(self)(*(part.to(device, non_blocking=True) for part in parts))


class Mix:
    """Several corpora mixed by weight; step n always gives the same batch."""

    def __init__(self, corpora: Sequence[tuple[Corpus, float]], config: BatchConfig) -> None:
        weights = np.array([weight for _, weight in corpora], np.float64)
        if not len(weights) or weights.min() < 0 or weights.sum() <= 0:
            raise PalukuError("A mix needs corpora, with weights above zero.")
        self.corpora = [corpus for corpus, _ in corpora]
        self.weights = weights / weights.sum()
        self.config = config
        everyone = {name for corpus in self.corpora for name in corpus.speakers}
        self.speakers = (*SPEAKER_NAMES, *sorted(everyone - {*SPEAKER_NAMES}))
        self._speaker_ids = {name: number for number, name in enumerate(self.speakers)}
        self._emotion_ids = {name: number for number, name in enumerate(EMOTION_NAMES)}
        self._augmenter = Augmenter(config.augment, config.rate) if config.augment_share else None

    def batch(self, step: int) -> Batch:
        """The batch of a step."""
        config = self.config
        rng = np.random.default_rng([config.seed, step])
        heard = np.zeros((config.items, config.samples), np.float32)
        clean = np.zeros_like(heard)
        phonemes = np.full((config.items, config.frames), SILENCE_ID, np.int64)
        speakers = np.full(config.items, UNKNOWN, np.int64)
        emotions = np.full(config.items, UNKNOWN, np.int64)
        for item in range(config.items):
            if rng.random() < config.silence_share:
                level = 10 ** rng.uniform(-5, -3) if rng.random() < 0.5 else 0.0
                heard[item] = clean[item] = level * rng.standard_normal(config.samples, np.float32)
                continue
            corpus = self.corpora[int(rng.choice(len(self.corpora), p=self.weights))]
            index = corpus.draw(rng)
            clean[item], phonemes[item] = self._crop(corpus, index, rng)
            heard[item] = clean[item]
            if self._augmenter is not None and rng.random() < config.augment_share:
                heard[item], _ = self._augmenter(clean[item], rng)
            clip = corpus.clips[index]
            speakers[item] = self._speaker_ids[clip.speaker]
            emotions[item] = self._emotion_ids.get(clip.emotion, UNKNOWN)
        parts = (heard, clean, phonemes, speakers, emotions)
        return Batch(*(torch.from_numpy(part) for part in parts))

    def _crop(self, corpus: Corpus, index: int, rng: np.random.Generator) -> tuple[Pcm, Labels]:
        config = self.config
        speed = rng.uniform(*config.speed) if config.speed[0] < config.speed[1] else config.speed[0]
        needed = int(np.ceil(config.seconds * speed * corpus.rate))
        # a short utterance lies anywhere in the crop; of a long one the crop may lie anywhere
        spare = corpus.clips[index].samples - needed
        start = int(rng.integers(min(spare, 0), max(spare, 0) + 1))
        pcm = resampled(corpus.sound(index, start, needed), corpus.rate * speed, config.rate)
        times = start / corpus.rate + (np.arange(config.frames) + 0.5) / config.frame_rate * speed
        return np.pad(pcm, (0, max(0, config.samples - len(pcm))))[: config.samples], corpus.phonemes(
            index, times
        )


class Prefetcher:
    """Batches made ahead of their use, by threads or by processes, in order."""

    def __init__(self, mix: Mix, *, workers: int = 2, ahead: int = 8, processes: bool = False) -> None:
        self._mix, self._ahead = mix, max(1, ahead)
        self._make: Callable[[int], Batch]
        self._pool: Executor
        if processes:
            # spawn: a fork would inherit torch's threads
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(workers, context, _open_mix, (mix,))
            self._make = _batch_of_opened
        else:
            self._pool = ThreadPoolExecutor(workers, "batches")
            self._make = mix.batch

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def batches(self, first: int = 0) -> Iterator[Batch]:
        """The batches of step `first` and all after it."""
        waiting: deque[Future[Batch]] = deque()
        step = first
        while True:
            while len(waiting) < self._ahead:
                waiting.append(self._pool.submit(self._make, step))
                step += 1
            yield waiting.popleft().result()


_opened: list[Mix] = []  # in a process of a Prefetcher: its own mix


def _open_mix(mix: Mix) -> None:
    torch.set_num_threads(1)
    _opened[:] = [mix]


def _batch_of_opened(step: int) -> Batch:
    return _opened[0].batch(step)
