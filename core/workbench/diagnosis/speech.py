"""Speech: what is sent through a codec, from files or spoken for the purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.audio.wav import read_pcm
from core.errors import AudioFileError, PalukuError
from core.training.corpus.take import levelled
from core.workbench.diagnosis.waveform import level
from core.workbench.spoken import Line, can_speak, say

SHORTEST, MOST_SECONDS, QUIETEST_DB = 0.5, 300.0, -60.0
PAUSE = 0.2  # seconds between two pieces

# fmt: off
_SENTENCES = (
    ("te", "నమస్కారం, మీరు ఎలా ఉన్నారు? ఈ రోజు వాతావరణం చాలా బాగుంది.", "te+f2", 55),
    ("te", "అమ్మ పాలు, పెరుగు, నెయ్యి తెచ్చింది. చెట్టు కింద కూర్చో.", "te+m3", 40),
    ("hi", "नमस्ते, आप कैसे हैं? आज मौसम बहुत अच्छा है।", "hi+f5", 55),
    ("en", "Hello, how are you today? The quick brown fox jumps over the lazy dog.", "en-us+m7", 40),
)
# fmt: on


@dataclass(frozen=True)
class Piece:
    """A stretch of speech by its name."""

    name: str
    pcm: Pcm


def pieces_from(paths: Sequence[Path], rate: int) -> list[Piece]:
    """Sound files to test with; each must hold enough sound to judge by."""
    pieces = [Piece(path.name, _checked(path, read_pcm(path, rate), rate)) for path in paths]
    if sum(len(piece.pcm) for piece in pieces) > MOST_SECONDS * rate:
        raise AudioFileError(
            f"The files are longer than {MOST_SECONDS / 60:.0f} minutes together.", "Give fewer, or cut them."
        )
    return pieces


def _checked(path: Path, pcm: Pcm, rate: int) -> Pcm:
    if len(pcm) < SHORTEST * rate:
        raise AudioFileError(
            f"{path} holds only {1000 * len(pcm) / rate:.0f} ms of sound.",
            f"A diagnosis needs at least {SHORTEST:g} s.",
        )
    if level(pcm) < QUIETEST_DB:
        raise AudioFileError(f"{path} is silent.", "Choose a recording of speech.")
    return pcm


def spoken_pieces(rate: int) -> list[Piece]:
    """Sentences in three languages, said by espeak-ng."""
    if not can_speak():
        raise PalukuError(
            "There is nothing to test with: no file was given and espeak-ng is not installed.",
            "Name sound files behind the codec.",
        )
    takes = say([Line(text, voice, pitch=pitch) for _, text, voice, pitch in _SENTENCES])
    return [
        Piece(f"{language} ({voice.split('+')[1]})", levelled(take.trimmed().at_rate(rate).pcm))
        for (language, _, voice, _), take in zip(_SENTENCES, takes, strict=True)
    ]


def joined(pieces: Sequence[Piece], rate: int) -> tuple[Pcm, list[slice]]:
    """All pieces with short pauses between them, and where each lies."""
    pause = np.zeros(round(PAUSE * rate), np.float32)
    parts, places, at = [pause], [], len(pause)
    for piece in pieces:
        places.append(slice(at, at + len(piece.pcm)))
        parts += [piece.pcm, pause]
        at += len(piece.pcm) + len(pause)
    return np.concatenate(parts), places
