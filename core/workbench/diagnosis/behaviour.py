"""Behaviour: what a codec does with silence, with a click and with pieces, and how long it takes."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from core.audio.base import Pcm
from core.codecs.base import Codec
from core.workbench.diagnosis.patient import pass_through
from core.workbench.diagnosis.waveform import level

_TESTED_SECONDS = 1.5
_SEARCHED_SECONDS = 0.25  # for the delay that the sound itself shows
_TIMED_FRAMES = 40


@dataclass(frozen=True)
class Behaviour:
    """How a codec behaves beyond speech."""

    silence_db: float
    """Level of what it makes of silence."""
    click_spread: float
    """Share of a click's energy that comes out more than 0.1 s away from it."""
    click_left_db: float
    """Level half a second after a click."""
    pieces_difference: float | None
    """The largest difference between frame by frame and all at once; None for a codec of whole files."""
    algorithmic_ms: float | None
    """A frame and the look-ahead; None for a codec of whole files."""
    measured_delay_ms: float | None
    """Where the reconstruction is most like the original; None where it is unlike it everywhere."""


@dataclass(frozen=True)
class Timing:
    """How long a codec computes on this machine: never the same twice, and no part of a verdict."""

    real_time_factor: float
    frame_ms: float
    frame_p95_ms: float


def behaviour_of(codec: Codec, speech: Pcm) -> Behaviour:
    """Test a codec with silence, a click, and a second and a half of speech."""
    spec = codec.spec
    rate = spec.format.sample_rate
    quiet = np.zeros(round(_TESTED_SECONDS * rate), np.float32)
    click = quiet.copy()
    at = len(click) // 2
    click[at] = 0.8
    answer = pass_through(codec, click).pcm - pass_through(codec, quiet).pcm
    near = slice(at - rate // 10, at + rate // 10)
    energy = float(np.square(answer, dtype=np.float64).sum())
    spread = 1 - float(np.square(answer[near], dtype=np.float64).sum()) / energy if energy > 1e-12 else 0.0
    some = speech[: round(_TESTED_SECONDS * rate)]
    latency = 1000 * (spec.format.frame_size + spec.delay_samples) / rate if spec.streaming else None
    return Behaviour(
        silence_db=level(pass_through(codec, quiet).pcm),
        click_spread=max(0.0, spread),
        click_left_db=level(answer[at + rate // 2 :]),
        pieces_difference=_pieces_difference(codec, some) if spec.streaming else None,
        algorithmic_ms=latency,
        measured_delay_ms=_delay_ms(codec, some),
    )


def _pieces_difference(codec: Codec, pcm: Pcm) -> float:
    whole = pass_through(codec, pcm, chunk_seconds=60.0)
    frame_seconds = max(codec.spec.format.frame_seconds, 0.005)  # of a control, whose frames are tiny, a few
    pieces = pass_through(codec, pcm, chunk_seconds=frame_seconds)
    return float(np.abs(whole.pcm - pieces.pcm).max()) if len(pcm) else 0.0


def _delay_ms(codec: Codec, pcm: Pcm) -> float | None:
    """By how much the raw output of the decoder lags the sound: found by correlation."""
    spec, rate = codec.spec, codec.spec.format.sample_rate
    reach = round(_SEARCHED_SECONDS * rate)
    padded = np.pad(pcm, (0, -len(pcm) % spec.format.frame_size))
    decoded = codec.decoder().push(codec.encoder().push(padded)) if len(padded) else padded
    size = 1 << (2 * len(padded)).bit_length()
    spectrum = np.conj(np.fft.rfft(padded, size)) * np.fft.rfft(decoded, size)
    correlation = np.abs(np.fft.irfft(spectrum, size)[:reach])
    scale = float(np.linalg.norm(padded) * np.linalg.norm(decoded))
    best = int(correlation.argmax())
    return 1000 * best / rate if scale > 0 and correlation[best] > 0.3 * scale else None


def time_codec(codec: Codec, speech: Pcm) -> Timing:
    """Frame after frame, as in a talk; a codec of whole files is given them whole."""
    spec = codec.spec
    size = spec.format.frame_size
    if not spec.streaming:
        started = time.perf_counter()
        pass_through(codec, speech)
        spent = time.perf_counter() - started
        factor = spent * spec.format.sample_rate / max(len(speech), 1)
        return Timing(factor, 1000 * spent, 1000 * spent)
    encoder, decoder = codec.encoder(), codec.decoder()
    frames = np.pad(speech, (0, -len(speech) % size)).reshape(-1, size)[:_TIMED_FRAMES]
    spent_ms = []
    for frame in frames:
        started = time.perf_counter()
        decoder.push(encoder.push(frame))
        spent_ms.append(1000 * (time.perf_counter() - started))
    settled = np.array(spent_ms[2:] or spent_ms)
    median = float(np.median(settled))
    return Timing(median / (1000 * spec.format.frame_seconds), median, float(np.percentile(settled, 95)))
