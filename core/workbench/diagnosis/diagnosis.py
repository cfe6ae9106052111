"""Diagnosis: everything that is measured of a codec, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.audio.base import Pcm
from core.workbench.diagnosis.bands import Judgement, Level, band_of, judge, worst
from core.workbench.diagnosis.behaviour import Behaviour, Timing, behaviour_of, time_codec
from core.workbench.diagnosis.code_use import BookUse, code_use
from core.workbench.diagnosis.patient import Patient, pass_through
from core.workbench.diagnosis.perception import Heard, heard_difference
from core.workbench.diagnosis.speech import Piece, joined, pieces_from, spoken_pieces
from core.workbench.diagnosis.waveform import (
    clicks,
    clipped_share,
    log_spectral_distance,
    loudness_drift,
    multi_resolution_distance,
    segmental_snr,
    si_sdr,
    snr,
)
from core.workbench.spoken import can_speak
from core.workbench.telugu.pairs import VOICES
from core.workbench.telugu.trial import ContrastResult, try_pairs

SCHEMA, VERSION = "paluku/diagnosis", 1
Progress = Callable[[str], None]


@dataclass(frozen=True)
class DiagnosisConfig:
    """What is done in a diagnosis."""

    languages: tuple[str, ...] = ("te",)
    """Whose minimal pairs are tried; empty for none."""
    voices: tuple[str, ...] = VOICES
    most_pairs: int | None = None
    """Of each contrast; None for all."""


@dataclass(frozen=True)
class Measures:
    """One piece of speech before and behind a codec."""

    name: str
    seconds: float
    heard: Heard
    snr: float
    si_sdr: float
    segmental_snr: float
    log_spectral_distance: float
    multi_resolution: float
    loudness_drift: float
    clipped_share: float
    added_clicks: int


@dataclass(frozen=True)
class Diagnosis:
    """A codec, examined."""

    patient: Patient
    band: str
    pieces: tuple[Measures, ...]
    books: tuple[BookUse, ...]
    behaviour: Behaviour
    timing: Timing
    contrasts: tuple[ContrastResult, ...]
    judgements: tuple[Judgement, ...]
    original: Pcm
    decoded: Pcm
    without_pairs: str = ""
    """Why no minimal pairs were tried, if none were."""

    @property
    def verdict(self) -> Level:
        return worst(self.judgements)

    @property
    def sample_rate(self) -> int:
        return self.patient.codec.spec.format.sample_rate

    def mean(self, of: Callable[[Measures], float | None]) -> float | None:
        """The mean over the pieces in which it could be measured."""
        return _mean([of(piece) for piece in self.pieces])

    def to_json(self) -> dict[str, Any]:
        """For programs. All but `timing` is the same whenever the same is examined."""
        spec = self.patient.codec.spec
        return {
            "schema": SCHEMA,
            "version": VERSION,
            "codec": self.patient.name,
            "note": self.patient.note,
            "sample_rate": spec.format.sample_rate,
            "frame_rate": spec.frame_rate,
            "bitrate": spec.bitrate(),
            "band": self.band,
            "stoi": self.mean(lambda m: m.heard.stoi),
            "estoi": self.mean(lambda m: m.heard.estoi),
            "pesq": self.mean(lambda m: m.heard.pesq),
            "si_sdr": self.mean(lambda m: m.si_sdr),
            "snr": self.mean(lambda m: m.snr),
            "segmental_snr": self.mean(lambda m: m.segmental_snr),
            "log_mel": self.mean(lambda m: m.heard.log_mel),
            "log_spectral_distance": self.mean(lambda m: m.log_spectral_distance),
            "multi_resolution": self.mean(lambda m: m.multi_resolution),
            "f0_cents": self.mean(lambda m: m.heard.f0_cents),
            "voicing_error": self.mean(lambda m: m.heard.voicing_error),
            "codebooks": [asdict(book) for book in self.books],
            "entropy_bits_per_second": sum(book.entropy_bits_per_second for book in self.books),
            "behaviour": asdict(self.behaviour),
            "contrasts": [_contrast_json(each) for each in self.contrasts],
            "pieces": [asdict(piece) for piece in self.pieces],
            "verdict": self.verdict,
            "judgements": [asdict(judgement) for judgement in self.judgements],
            "timing": asdict(self.timing),
        }


def diagnose(
    patient: Patient,
    files: Sequence[Path],
    config: DiagnosisConfig | None = None,
    progress: Progress = lambda words: None,
) -> Diagnosis:
    """Examine a codec with sound files, or with sentences that are spoken for it."""
    config = config or DiagnosisConfig()
    codec, spec = patient.codec, patient.codec.spec
    rate = spec.format.sample_rate
    pieces = pieces_from(files, rate) if files else spoken_pieces(rate)
    original, places = joined(pieces, rate)
    progress(f"{len(original) / rate:.0f} s of speech through the codec")
    passed = pass_through(codec, original)
    progress("measuring")
    measures = [
        _measured(piece, passed.pcm[place], rate) for piece, place in zip(pieces, places, strict=True)
    ]
    books = code_use(passed.codes, spec.codebook_sizes, spec.frame_rate)
    progress("silence, a click, pieces")
    behaviour = behaviour_of(codec, original)
    contrasts, why_none = _tried(patient, config, progress)
    band = band_of(spec.bitrate())
    judgements = judge(
        band,
        stoi=_mean([m.heard.stoi for m in measures]),
        pesq=_mean([m.heard.pesq for m in measures]),
        si_sdr=_mean([m.si_sdr for m in measures]) or 0.0,
        books=books,
        behaviour=behaviour,
        contrasts=contrasts,
    )
    return Diagnosis(
        patient=patient,
        band=band.name,
        pieces=tuple(measures),
        books=tuple(books),
        behaviour=behaviour,
        timing=time_codec(codec, original),
        contrasts=tuple(contrasts),
        judgements=tuple(judgements),
        original=original,
        decoded=passed.pcm,
        without_pairs=why_none,
    )


def _tried(patient: Patient, config: DiagnosisConfig, progress: Progress) -> tuple[list[ContrastResult], str]:
    if not config.languages:
        return [], "They were left out."
    if not can_speak():
        return [], "espeak-ng, which speaks the words, is not installed."
    progress("minimal pairs")
    codec = patient.codec
    found = try_pairs(
        lambda pcm: pass_through(codec, pcm).pcm,
        codec.spec.format.sample_rate,
        config.languages,
        config.voices,
        config.most_pairs,
    )
    return found, ""


def _measured(piece: Piece, decoded: Pcm, rate: int) -> Measures:
    original = piece.pcm
    return Measures(
        name=piece.name,
        seconds=len(original) / rate,
        heard=heard_difference(original, decoded, rate),
        snr=snr(original, decoded),
        si_sdr=si_sdr(original, decoded),
        segmental_snr=segmental_snr(original, decoded, rate),
        log_spectral_distance=log_spectral_distance(original, decoded),
        multi_resolution=multi_resolution_distance(original, decoded),
        loudness_drift=loudness_drift(original, decoded),
        clipped_share=clipped_share(decoded),
        added_clicks=max(0, clicks(decoded, rate) - clicks(original, rate)),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def _contrast_json(result: ContrastResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "language": result.language,
        "kind": result.kind,
        "kept_share": result.kept_share,
        "passes": result.passes,
        "pairs": [{**asdict(pair), "separated": pair.separated, "kept": pair.kept} for pair in result.pairs],
    }
