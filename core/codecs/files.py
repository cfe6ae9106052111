"""Sound files and token files through a codec, a second at a time: an hour takes no more memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.wav import WavSink, WavSource
from core.codecs.base import Codec, Codes
from core.codecs.tokens import TokenHeader, TokenReader, TokenWriter
from core.errors import ModelError

Progress = Callable[[float], None]  # seconds of sound done

_WHOLE_SECONDS_MOST = 600.0  # that a codec which cannot stream is given at once


@dataclass(frozen=True, slots=True)
class Coded:
    """What a coding took: frames, bits a second, seconds of sound, and computing time for each of them."""

    frames: int
    bitrate: float
    seconds: float
    real_time_factor: float


def encode_file(
    codec: Codec, codec_id: str, heard: Path, tokens: Path, n_codebooks: int | None, progress: Progress
) -> Coded:
    """A sound file into a token file."""
    clock = _Clock(codec, n_codebooks, progress)
    header = TokenHeader.of(codec_id, codec.spec, n_codebooks)
    with WavSource(heard, codec.spec.format) as source, TokenWriter(tokens, header) as writer:
        writer.samples = round(source.seconds * codec.spec.format.sample_rate)
        for codes in _encoded(codec, source):
            writer.push(codes)
            clock.count(codes)
        writer.samples = min(writer.samples, clock.frames * codec.spec.format.frame_size)
    return clock.result()


def decode_file(codec: Codec, codec_id: str, tokens: Path, spoken: Path, progress: Progress) -> Coded:
    """A token file into a sound file, as long as the original was."""
    with TokenReader(tokens) as reader:
        reader.header.check(codec_id, codec.spec)
        clock = _Clock(codec, len(reader.header.codebook_sizes), progress)
        with WavSink(spoken, codec.spec.format) as sink:
            decoder, held = codec.decoder(), np.zeros(0, np.float32)
            for codes in _gathered(codec, reader.blocks()):
                sink.write(held)
                held = decoder.push(codes)
                clock.count(codes)
            # Only the end of the file tells how long the sound was: the last piece waited for it.
            surplus = clock.frames * codec.spec.format.frame_size - reader.samples
            sink.write(held[: max(0, len(held) - surplus)])
    return clock.result()


def roundtrip_file(
    codec: Codec, heard: Path, spoken: Path, n_codebooks: int | None, progress: Progress
) -> Coded:
    """A sound file through the codec and back, as a listener would get it."""
    clock = _Clock(codec, n_codebooks, progress)
    form = codec.spec.format
    with WavSource(heard, form) as source, WavSink(spoken, form) as sink:
        left = round(source.seconds * form.sample_rate)
        decoder = codec.decoder()
        for codes in _encoded(codec, source):
            sound = decoder.push(codes[:n_codebooks])[:left]
            left -= len(sound)
            sink.write(sound)
            clock.count(codes)
    return clock.result()


def _encoded(codec: Codec, source: WavSource) -> Iterator[Codes]:
    encoder = codec.encoder()
    for pcm in _seconds_of(codec, source):
        yield encoder.push(pcm)


def _seconds_of(codec: Codec, source: WavSource) -> Iterator[Pcm]:
    """The sound in pieces of about a second; whole for a codec that cannot stream."""
    if not codec.spec.streaming and source.seconds > _WHOLE_SECONDS_MOST:
        raise ModelError(
            f"This codec takes whole files, and {source.seconds / 60:.0f} minutes are too long for it.",
            f"Cut the file into pieces of at most {_WHOLE_SECONDS_MOST / 60:.0f} minutes.",
        )
    many = max(1, round(codec.spec.frame_rate)) if codec.spec.streaming else None
    frames: list[Pcm] = []
    while (frame := source.read()) is not None:
        frames.append(frame)
        if len(frames) == many:
            yield np.concatenate(frames)
            frames = []
    if frames:
        yield np.concatenate(frames)


def _gathered(codec: Codec, blocks: Iterator[Codes]) -> Iterator[Codes]:
    """The blocks one by one; all in one for a codec that cannot stream."""
    if codec.spec.streaming:
        yield from blocks
    elif parts := list(blocks):
        yield np.concatenate(parts, axis=1)


class _Clock:
    """Counts frames and time."""

    def __init__(self, codec: Codec, n_codebooks: int | None, progress: Progress) -> None:
        self._form: AudioFormat = codec.spec.format
        self._bitrate = codec.spec.bitrate(n_codebooks)
        self._progress = progress
        self._started = time.perf_counter()
        self.frames = 0

    def count(self, codes: Codes) -> None:
        self.frames += codes.shape[1]
        self._progress(self.frames * self._form.frame_seconds)

    def result(self) -> Coded:
        seconds = self.frames * self._form.frame_seconds
        spent = time.perf_counter() - self._started
        return Coded(self.frames, self._bitrate, seconds, spent / seconds if seconds else 0.0)
