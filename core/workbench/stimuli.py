"""Stimuli: sounds and what codecs make of them, level with each other, as files for a listening test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.resample import resample
from core.audio.wav import WavSink
from core.cards import Registry
from core.errors import PalukuError
from core.workbench.diagnosis.patient import find_patient, pass_through
from core.workbench.diagnosis.speech import MOST_SECONDS, Piece, pieces_from, spoken_pieces
from core.workbench.diagnosis.waveform import level
from core.workbench.listening import ANCHOR, REFERENCE, anchor, stimulus

RATE = 48_000
PIECE_SECONDS = 10.0
"""Of a sound that is longer, the beginning: nobody compares what was a minute ago."""

_LOUDEST = 0.89  # -1 dB: what comes louder out of a codec must not clip
_MOST_GAIN_DB = 12.0  # a codec that is further off in loudness than this is heard to be

Tell = Callable[[str, float | None], None]


def make_stimuli(
    codecs: Sequence[str],
    sounds: Sequence[Path],
    folder: Path,
    registry: Registry,
    tell: Tell,
    *,
    with_anchor: bool,
) -> tuple[str, ...]:
    """Write every version of every sound; returns what the sounds are called."""
    pieces = _short(pieces_from(sounds, RATE) if sounds else spoken_pieces(RATE))
    items = tuple(f"{number}. {piece.name}" for number, piece in enumerate(pieces, 1))
    folder.mkdir(parents=True, exist_ok=True)
    steps, done = len(codecs) * len(pieces), 0
    versions: list[dict[str, Pcm]] = [{REFERENCE: piece.pcm} for piece in pieces]
    for name in codecs:
        codec = find_patient(name, registry).codec
        rate = codec.spec.format.sample_rate
        for piece, of in zip(pieces, versions, strict=True):
            tell(name, done / steps)
            passed = pass_through(codec, resample(piece.pcm, RATE, rate)).pcm
            of[name] = _levelled(_as_long(resample(passed, rate, RATE), len(piece.pcm)), piece.pcm)
            done += 1
    for item, of in zip(items, versions, strict=True):
        if with_anchor:
            of[ANCHOR] = _levelled(anchor(of[REFERENCE], RATE), of[REFERENCE])
        loudest = max(float(np.abs(pcm).max()) for pcm in of.values())
        gain = np.float32(min(1.0, _LOUDEST / max(loudest, 1e-9)))
        for system, pcm in of.items():
            with WavSink(stimulus(folder, item, system), AudioFormat(RATE, RATE)) as sink:
                sink.write(gain * pcm)
    return items


def _short(pieces: Sequence[Piece]) -> list[Piece]:
    if not pieces:
        raise PalukuError("A listening test needs a sound.", "Choose a recording of speech.")
    most = round(min(PIECE_SECONDS, MOST_SECONDS) * RATE)
    return [Piece(piece.name, _faded(piece.pcm[:most])) for piece in pieces]


def _faded(pcm: Pcm) -> Pcm:
    """Without a click at either end."""
    edge = min(len(pcm) // 2, RATE // 100)
    faded = pcm.copy()
    rising = np.linspace(0, 1, edge, dtype=np.float32)
    faded[:edge] *= rising
    faded[len(faded) - edge :] *= rising[::-1]
    return faded


def _as_long(pcm: Pcm, samples: int) -> Pcm:
    return np.pad(pcm[:samples], (0, max(0, samples - len(pcm))))


def _levelled(pcm: Pcm, like: Pcm) -> Pcm:
    """As loud as the original: a listener must not tell versions apart by loudness alone."""
    gain_db = np.clip(level(like) - level(pcm), -_MOST_GAIN_DB, _MOST_GAIN_DB)
    levelled: Pcm = (pcm * np.float32(10 ** (gain_db / 20))).astype(np.float32)
    return levelled
