"""Polish: saved turns made wide, kept as sound files beside the conversations they belong to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np

from core.codecs.base import Codes
from core.errand import Making, Tell
from core.errors import ModelError, StorageError
from core.folders import data_folder
from core.history import Turn
from core.loading import load_codec, open_registry

Side = Literal["heard", "reply"]

_PLAIN, _WIDE = "plain.wav", "enhanced.wav"


@dataclass(frozen=True, slots=True)
class Polished:
    """One side of a saved turn, as it was and enhanced."""

    plain: Path
    wide: Path


class Polish:
    """The enhanced turns of this computer's user."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or data_folder() / "enhanced"

    def find(self, conversation: int, turn: Turn, side: Side) -> Polished | None:
        """This side of a turn, if it was enhanced."""
        place = self._place(conversation, turn, side)
        found = Polished(place / _PLAIN, place / _WIDE)
        return found if found.wide.is_file() and found.plain.is_file() else None

    def enhance(
        self,
        codec: str,
        conversation: int,
        turn: Turn,
        side: Side,
        on_progress: Tell = lambda words, share: None,
    ) -> Making:
        """Enhance this side of a turn that was said with this codec."""
        codes = turn.heard_codes if side == "heard" else turn.reply_codes
        return Making(partial(_enhance, codec, codes), self._place(conversation, turn, side), on_progress)

    def save(self, polished: Polished, target: Path) -> None:
        """A copy of the enhanced sound; it bears the mark of what it is."""
        try:
            shutil.copyfile(polished.wide, target)
        except OSError as error:
            raise StorageError(
                f"{target} cannot be written: {error.strerror}.", "Choose another place."
            ) from error

    def forget(self, conversation: int) -> None:
        """What belongs to a conversation goes with it."""
        for place in self._folder.glob(f"{conversation}-*"):
            shutil.rmtree(place, ignore_errors=True)

    def _place(self, conversation: int, turn: Turn, side: Side) -> Path:
        # with the moment: the number of a conversation that was deleted may be given again
        return self._folder / f"{conversation}-{round(1000 * turn.at)}-{side}"


def _enhance(codec_id: str, codes: Codes, folder: Path, tell: Tell) -> None:
    """In the child process: codes to sound, and that to 48 kHz."""
    from core.audio.base import AudioFormat
    from core.audio.wav import WavSink
    from core.enhance.engines import live_enhancer
    from core.enhance.files import enhance_file

    registry = open_registry()
    codec = load_codec(registry.find(codec_id))
    spec = codec.spec
    if codes.shape[0] != spec.n_codebooks or not codes.shape[1]:
        raise ModelError("The codec that this was said with is not here.", "Fetch it on the models page.")
    tell("decoding", None)
    decoder = codec.decoder()
    rate = spec.format.sample_rate
    with WavSink(folder / _PLAIN, AudioFormat(rate, rate)) as sink:
        piece = max(1, round(spec.frame_rate)) if spec.streaming else codes.shape[1]
        for start in range(0, codes.shape[1], piece):
            sink.write(np.clip(decoder.push(codes[:, start : start + piece]), -1, 1))
            tell("decoding", start / codes.shape[1])
    enhance_file(
        folder / _PLAIN,
        folder / _WIDE,
        live_enhancer(registry),
        lambda progress: tell("enhancing", progress.done),
    )
