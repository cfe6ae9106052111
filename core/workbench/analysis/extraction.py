"""Extraction: the features of a sound file at chosen points, as arrays in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from core.audio.base import Pcm
from core.audio.wav import read_pcm
from core.errors import AudioFileError, PalukuError, StorageError
from core.nn.codecs.model import CodecModel
from core.workbench.analysis.features import Features, extract
from core.workbench.analysis.subject import Subject

MOST_SECONDS = 600.0  # all frames of all points are in memory at once


def extract_file(subject: Subject, names: Sequence[str], wav: Path, output: Path) -> list[dict[str, Any]]:
    """Write the features of a sound file as .npz: an array [T, D] for each point, and `rates` beside them."""
    codec = subject.codec()
    rate = codec.spec.format.sample_rate
    pcm = read_pcm(wav, rate)
    if len(pcm) > MOST_SECONDS * rate:
        raise AudioFileError(f"{wav} is longer than {MOST_SECONDS / 60:.0f} minutes.", "Cut it first.")
    features = chosen(extract(codec, whole_frames(codec, pcm)), names)
    seconds = len(pcm) / rate
    points = [
        {
            "name": name,
            "frames": len(rows),
            "dim": rows.shape[1],
            "rate": round(len(rows) / _padded(codec, seconds), 3),
        }
        for name, rows in features.items()
    ]
    arrays = {name: rows.float().numpy() for name, rows in features.items()}
    try:
        with output.open("wb") as file:  # given a name, numpy would add an ending of its own
            rates = np.array([point["rate"] for point in points])
            np.savez_compressed(file, rates=rates, names=np.array(list(arrays)), **arrays)  # type: ignore[arg-type]
    except OSError as error:
        raise StorageError(
            f"{output} cannot be written: {error.strerror}.", "Choose another place."
        ) from error
    return points


def chosen(features: Features, names: Sequence[str]) -> Features:
    """Those of the features that are named; `all` names every one."""
    if list(names) == ["all"]:
        return features
    for name in names:
        if name not in features:
            raise PalukuError(
                f"This codec has no point {name!r}.", f"It has: {', '.join(features)}; or take all."
            )
    return {name: features[name] for name in names}


def whole_frames(codec: CodecModel, pcm: Pcm) -> Tensor:  # -> [1, 1, T]
    """Sound as a codec takes it, its last frame filled up with silence."""
    frame = codec.spec.format.frame_size
    padded = np.pad(pcm, (0, -len(pcm) % frame))
    return torch.from_numpy(padded.astype(np.float32))[None, None]


def _padded(codec: CodecModel, seconds: float) -> float:
    frames = -(-round(seconds * codec.spec.format.sample_rate) // codec.spec.format.frame_size)
    return float(frames / codec.spec.frame_rate)
