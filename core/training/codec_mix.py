"""The sound that a codec is trained on: corpora, told as folders with weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from core.codecs.base import CodecSpec
from core.errors import PalukuError
from core.training.codec_config import TrainCodecConfig
from core.training.corpus.reader import Corpus
from core.training.data import BatchConfig, Mix


def codec_mix(folders: Sequence[str], config: TrainCodecConfig, spec: CodecSpec) -> Mix:
    """Corpora as `FOLDER` or `FOLDER=WEIGHT`; without a weight, each counts by the hours it has."""
    corpora = []
    for folder in folders:
        path, weight = _weighed(folder)
        corpus = Corpus(Path(path))
        corpora.append((corpus, corpus.seconds / 3600 if weight is None else weight))
    hop, rate = spec.format.frame_size, spec.format.sample_rate
    whole = math.ceil(config.seconds * rate / hop) * hop / rate  # whole frames
    batches = BatchConfig(
        items=config.items, seconds=whole, rate=rate, frame_rate=spec.frame_rate, seed=config.seed
    )
    return Mix(corpora, batches)


def _weighed(folder: str) -> tuple[str, float | None]:
    path, sign, weight = folder.rpartition("=")
    if not sign:
        return folder, None
    try:
        return path, float(weight)
    except ValueError:
        raise PalukuError(
            f"{folder} is no corpus with a weight.", "Write FOLDER=WEIGHT, as corpus=0.7."
        ) from None
