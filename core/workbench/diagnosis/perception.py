"""Perception: measures that follow what people hear, where their libraries are installed."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.audio.resample import resample
from core.audio.spectrum import Spectrum, SpectrumConfig
from core.workbench.diagnosis.pitch import RATE, pitch_of

_SHORTEST = 0.4  # seconds that STOI and PESQ need


@dataclass(frozen=True)
class Heard:
    """How alike an original and its reconstruction sound; None where it could not be measured."""

    stoi: float | None
    estoi: float | None
    pesq: float | None
    log_mel: float
    """Mean difference of log-mel columns, in dB."""
    f0_cents: float | None
    """Root mean square error of pitch where both have a voice."""
    voicing_error: float
    """Share of the frames of which only one has a voice."""


def heard_difference(original: Pcm, decoded: Pcm, rate: int) -> Heard:
    """All measures of one piece of speech."""
    x, y = resample(original, rate, RATE), resample(decoded, rate, RATE)
    cents, voicing = _pitch_error(x, y)
    return Heard(
        stoi=_stoi(x, y, extended=False),
        estoi=_stoi(x, y, extended=True),
        pesq=_pesq(x, y),
        log_mel=float(np.abs(_log_mel(x) - _log_mel(y)).mean()),
        f0_cents=cents,
        voicing_error=voicing,
    )


def _stoi(x: Pcm, y: Pcm, *, extended: bool) -> float | None:
    try:
        from pystoi import stoi
    except ModuleNotFoundError:
        return None
    if len(x) < _SHORTEST * RATE:
        return None
    if not y.any():
        return 0.0  # of silence nothing is understood
    before = np.random.get_state()  # it draws from the generator that all share
    np.random.seed(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where too little of the piece is loud enough
            found = float(stoi(x, y, RATE, extended=extended))
        return found if np.isfinite(found) else None
    finally:
        np.random.set_state(before)


def _pesq(x: Pcm, y: Pcm) -> float | None:
    try:
        from pesq import PesqError, pesq
    except ModuleNotFoundError:
        return None
    if len(x) < _SHORTEST * RATE or not y.any():
        return None
    try:
        return float(pesq(RATE, x, y, "wb"))
    except (PesqError, ValueError):
        return None  # it found no speech in the reconstruction


def _log_mel(pcm: Pcm) -> NDArray[np.float32]:
    config = SpectrumConfig(RATE, window=512, hop=160, bins=80, lowest_hz=40.0, floor_db=-80.0)
    return Spectrum(config).push(pcm)


def _pitch_error(x: Pcm, y: Pcm) -> tuple[float | None, float]:
    one, other = pitch_of(x), pitch_of(y)
    both = (one > 0) & (other > 0)
    voicing = float(np.mean((one > 0) != (other > 0))) if len(one) else 0.0
    if not both.any():
        return None, voicing
    cents = 1200 * np.log2(one[both] / other[both])
    return float(np.sqrt(np.square(cents).mean())), voicing
