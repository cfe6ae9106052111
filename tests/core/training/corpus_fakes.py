"""A corpus that needs no synthesizer: a few people who hum, recorded to files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from core.training.corpus.config import CorpusConfig, MixConfig
from core.training.corpus.recordings import RecordingsConfig

SILENT_MIX = MixConfig(named=0, crowd=0, flite=0, festival=0)
PEOPLE = ("asha", "bina", "te_01", "ml_story", "chitra")


def hum(seconds: float, pitch: float, rate: int = 16_000) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    voice = sum(np.sin(2 * np.pi * pitch * harmonic * time) / harmonic for harmonic in range(1, 6))
    return (0.2 * voice * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time))).astype(np.float32)


def hummed(folder: Path, files: int = 4) -> CorpusConfig:
    """A folder of recordings, and the config of a corpus made of nothing else."""
    for number, person in enumerate(PEOPLE):
        (folder / person).mkdir(parents=True)
        for index in range(files):
            seconds = 1.0 + 0.1 * number + 0.2 * index
            soundfile.write(folder / person / f"{index}.wav", hum(seconds, 100 + 30 * number), 16_000)
            (folder / person / f"{index}.txt").write_text(f"{person} says {index}", encoding="utf-8")
    recordings = RecordingsConfig(str(folder), language="te", licence="CC0-1.0")
    return CorpusConfig(shard_seconds=35, mix=SILENT_MIX, recordings=(recordings,), changed_share=0.5)
