"""Report: every figure of a codec's quality, by group of voices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.codecs.base import Codec, Codes
from core.errors import PalukuError
from core.training.corpus.reader import Corpus, Filter
from core.workbench.diagnosis.code_use import code_use
from core.workbench.diagnosis.patient import pass_through
from core.workbench.diagnosis.perception import Heard, heard_difference
from core.workbench.diagnosis.pitch import RATE
from core.workbench.quality.code_probe import Row, phoneme_error
from core.workbench.quality.held_out import Utterance
from core.workbench.quality.round_trip import RoundTrip
from core.workbench.quality.timbre import Fingerprint, fingerprint, similarities

LOUDNESS = 0.07  # root mean square that each utterance is brought to
PROBED = 250  # utterances that teach the probe, and a third as many that try it

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Passage:
    """One utterance there and back."""

    group: str
    heard: Heard
    voices: tuple[Fingerprint, Fingerprint]
    codes: Codes


def codec_quality(
    codec: Codec, utterances: Sequence[Utterance], say: Say, recognised: RoundTrip | None = None
) -> dict[str, Any]:
    """Means by group, and how much of each codebook is used over all of them."""
    passages = []
    for number, utterance in enumerate(utterances, 1):
        passages.append(_passage(codec, utterance, recognised))
        if number % 20 == 0:
            say(f"{number} of {len(utterances)} utterances")
    groups = sorted({passage.group for passage in passages})
    codes = np.concatenate([passage.codes for passage in passages], axis=1)
    spec = codec.spec
    books = code_use(codes, spec.codebook_sizes, spec.frame_rate)
    return {
        "bitrate": spec.bitrate(),
        "frame_rate": spec.frame_rate,
        "seconds": round(codes.shape[1] / spec.frame_rate, 1),
        "groups": {group: _means([p for p in passages if p.group == group]) for group in groups},
        **({"round_trip": recognised.figures()} if recognised else {}),
        "codebooks": [
            {"size": book.size, "used": round(book.used / book.size, 3), "bits": round(book.entropy_bits, 2)}
            for book in books
        ],
    }


def _passage(codec: Codec, utterance: Utterance, recognised: RoundTrip | None) -> Passage:
    rate = codec.spec.format.sample_rate
    pcm = utterance.sound(rate)
    pcm = (pcm * (LOUDNESS / (np.sqrt(np.mean(np.square(pcm))) + 1e-9))).clip(-1, 1).astype(np.float32)
    passed = pass_through(codec, pcm)
    if recognised is not None:
        text, language = utterance.text, utterance.language
        recognised.count(utterance.group, text, language, pcm, passed.pcm, rate)
    voices = fingerprint(pcm, rate), fingerprint(passed.pcm, rate)
    return Passage(utterance.group, heard_difference(pcm, passed.pcm, rate), voices, passed.codes)


def _means(passages: Sequence[Passage]) -> dict[str, float | int | None]:
    def mean(name: str) -> float | None:
        values = [getattr(p.heard, name) for p in passages]
        found = [value for value in values if value is not None]
        return round(float(np.mean(found)), 4) if found else None

    names = ("stoi", "estoi", "pesq", "log_mel", "f0_cents", "voicing_error")
    own, other = similarities([p.voices[0] for p in passages], [p.voices[1] for p in passages])
    return {
        "utterances": len(passages),
        **{name: mean(name) for name in names},
        "timbre": round(own, 4),
        "timbre_of_another": round(other, 4),
    }


def phoneme_probes(codec: Codec, folders: Sequence[Path]) -> list[dict[str, float | int]]:
    """What each codebook alone tells of the phoneme: learned on training voices, tried on held-out ones."""
    heard = _told(codec, folders, ("train",), PROBED)
    unheard = _told(codec, folders, ("test",), PROBED // 3)
    if not heard or not unheard:
        return []
    found = []
    for book, size in enumerate(codec.spec.codebook_sizes):
        error, delay = phoneme_error(
            [(codes[book], labels) for codes, labels in heard],
            [(codes[book], labels) for codes, labels in unheard],
            size,
        )
        found.append({"codebook": book, "phoneme_error": round(error, 4), "delay_frames": delay})
    return found


def _told(
    codec: Codec, folders: Sequence[Path], splits: tuple[str, ...], count: int
) -> list[tuple[Codes, Row]]:
    """Codes and phonemes of utterances with labels."""
    spec, found = codec.spec, []
    for folder in folders:
        try:
            corpus = Corpus(folder, Filter(splits=splits, clean=True))
        except PalukuError:
            continue
        if corpus.rate != spec.format.sample_rate:
            continue
        order = np.random.default_rng(0).permutation(len(corpus))
        for index in order[: 4 * count].tolist():
            pcm = corpus.sound(index)
            frames = len(pcm) // spec.format.frame_size
            times = (np.arange(frames) + 0.5) / spec.frame_rate
            labels = corpus.phonemes(index, times)
            if not (labels > 0).any():
                continue
            codes = codec.encoder().push(pcm[: frames * spec.format.frame_size])
            found.append((codes, labels))
            if len(found) >= count:
                return found
    return found


__all__ = ["RATE", "codec_quality", "phoneme_probes"]
