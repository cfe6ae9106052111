"""Pulse: how the engine's beat goes: frames, late ones, and the time that each of their parts takes."""

from __future__ import annotations

import statistics
import time
from collections import deque
from dataclasses import dataclass

import numpy as np

from core.audio.base import Pcm
from core.codecs.base import Codec, CodecSpec, Codes, Decoder, Encoder

_KEPT = 500  # beats of which the median and the 95th percentile are told


@dataclass(frozen=True, slots=True)
class Health:
    """How the engine is doing, in counts and milliseconds.

    The parts are what a frame costs on average: `model_ms` is all that is neither encoding nor decoding
    (hearing, answering, finding the ends of turns). `capture_ms` and `device_ms` are what the devices need.
    """

    frames: int = 0
    late_frames: int = 0
    overruns: int = 0
    underruns: int = 0
    lead_ms: float = 0.0
    step_ms_median: float = 0.0
    step_ms_p95: float = 0.0
    capture_ms: float = 0.0
    encode_ms: float = 0.0
    model_ms: float = 0.0
    decode_ms: float = 0.0
    device_ms: float = 0.0
    codes_used: tuple[int, ...] = ()
    """How many different codes of each codebook were heard in the last `codes_seen` frames."""
    codes_seen: int = 0


class Pulse:
    """A count of the engine's frames. One thread beats, any may look."""

    def __init__(self) -> None:
        self._frames = 0
        self._late = 0
        self._lead_seconds = 0.0
        self._devices = (0.0, 0.0)
        self._spent: deque[float] = deque(maxlen=_KEPT)
        self._parts: deque[tuple[float, float, float]] = deque(maxlen=_KEPT)  # all, encoding, decoding
        self._beside = self._encoding = self._decoding = 0.0  # since the last beat
        self._codes: deque[Codes] = deque(maxlen=_KEPT)

    def beat(
        self,
        spent_seconds: float,
        frame_seconds: float,
        lead_seconds: float,
        device_seconds: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """A frame was made: what it took, what it lasts, the sound that waits to be heard, and the
        time that it spends in the microphone and in the speaker."""
        self._frames += 1
        self._late += spent_seconds > frame_seconds
        self._lead_seconds = lead_seconds
        self._devices = device_seconds
        self._spent.append(spent_seconds)
        self._parts.append((spent_seconds + self._beside, self._encoding, self._decoding))
        self._beside = self._encoding = self._decoding = 0.0

    def work_beside(self, spent_seconds: float) -> None:
        """Something was computed between two frames."""
        self._beside += spent_seconds

    def timed(self, codec: Codec) -> Codec:
        """The same codec; what it costs, and which codes it uses, is counted here."""
        self._codes.clear()
        return _TimedCodec(codec, self)

    def encoded(self, seconds: float, codes: Codes) -> None:
        self._encoding += seconds
        self._codes.append(codes)

    def decoded(self, seconds: float) -> None:
        self._decoding += seconds

    def health(self, overruns: int, underruns: int) -> Health:
        spent = sorted(self._spent.copy())
        parts = [*self._parts.copy(), (self._beside, self._encoding, self._decoding)]
        codes = list(self._codes.copy())
        used = np.concatenate(codes, axis=1) if codes else np.zeros((0, 0), np.int64)  # [K, T]
        whole, encode, decode = (1000 * sum(part) / max(1, len(spent)) for part in zip(*parts, strict=True))
        return Health(
            frames=self._frames,
            late_frames=self._late,
            overruns=overruns,
            underruns=underruns,
            lead_ms=1000 * self._lead_seconds,
            step_ms_median=1000 * statistics.median(spent) if spent else 0.0,
            step_ms_p95=1000 * spent[int(0.95 * (len(spent) - 1))] if spent else 0.0,
            capture_ms=1000 * self._devices[0],
            encode_ms=encode,
            model_ms=max(0.0, whole - encode - decode),
            decode_ms=decode,
            device_ms=1000 * self._devices[1],
            codes_used=tuple(len(np.unique(book)) for book in used),
            codes_seen=used.shape[1],
        )


class _TimedCodec:
    """A codec whose streams tell a pulse how long they take."""

    def __init__(self, codec: Codec, pulse: Pulse) -> None:
        self._codec = codec
        self._pulse = pulse

    @property
    def spec(self) -> CodecSpec:
        return self._codec.spec

    def encoder(self) -> Encoder:
        return _TimedEncoder(self._codec.encoder(), self._pulse)

    def decoder(self) -> Decoder:
        return _TimedDecoder(self._codec.decoder(), self._pulse)


class _TimedEncoder:
    """An encoder with a clock beside it."""

    def __init__(self, encoder: Encoder, pulse: Pulse) -> None:
        self._encoder = encoder
        self._pulse = pulse

    def push(self, pcm: Pcm) -> Codes:
        started = time.perf_counter()
        codes = self._encoder.push(pcm)
        self._pulse.encoded(time.perf_counter() - started, codes)
        return codes


class _TimedDecoder:
    """A decoder with a clock beside it."""

    def __init__(self, decoder: Decoder, pulse: Pulse) -> None:
        self._decoder = decoder
        self._pulse = pulse

    def push(self, codes: Codes) -> Pcm:
        started = time.perf_counter()
        pcm = self._decoder.push(codes)
        self._pulse.decoded(time.perf_counter() - started)
        return pcm
