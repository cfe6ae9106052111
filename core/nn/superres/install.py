"""Install: AudioSR's released weights become a model in the user's folder."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

from core.cards import ModelCard
from core.errors import ModelError, StorageError
from core.new_card import write_card
from core.nn.checkpoint import open_weights
from core.nn.reader import read_model
from core.nn.superres.audiosr import AudioSr
from core.nn.superres.audiosr_weights import AUDIOSR

WEIGHTS_NAME = "weights.safetensors"


def install_audiosr(released: Path, id: str, own: Path) -> ModelCard:
    """Convert a released checkpoint once; the model appears when it is whole."""
    target, partial = own / id, own / f".{id}.partial"
    if id in ("", "..") or Path(id).name != id:
        raise ModelError(f"A model cannot be called “{id}”.", "Give another --name.")
    if target.exists():
        raise ModelError(f"{id} is already here.", "Remove it first, or give another --name.")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        model = read_model(released, [AUDIOSR])
        assert isinstance(model, AudioSr)
        AUDIOSR.save(model, model.config, partial / WEIGHTS_NAME)
        partial.rename(target)
    except OSError as error:
        raise StorageError(
            f"{id} could not be installed: {error.strerror or error}.", "Is the disk full?"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    shapes = open_weights(target / WEIGHTS_NAME).shapes
    return write_card(
        target,
        id=id,
        kind="enhance",
        title="AudioSR, imported",
        licence="see where it came from",
        runtime="torch",
        files={"weights": WEIGHTS_NAME},
        parameters=sum(math.prod(shape) for shape in shapes.values()),
    )
