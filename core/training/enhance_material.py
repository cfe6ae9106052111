"""Material for the live extender: voices that reach high, real and synthetic, and how high each one does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import soxr
from numpy.typing import NDArray

from core.audio.base import Pcm
from core.enhance.band import BandMeter
from core.enhance.base import OUT_RATE
from core.errors import AudioFileError, PalukuError
from core.training.corpus.emotions import EMOTIONS
from core.training.corpus.espeak import Espeak
from core.training.corpus.recordings import Recording, RecordingsConfig, recordings_in
from core.training.corpus.reshape import dissected
from core.training.corpus.speakers import SPEAKERS
from core.training.corpus.take import Take, levelled
from core.training.corpus.text import sentences

TRUTH_FLOOR_DB = -62.0  # weaker than this against the loudest band, a recording's device and codec speak
_LOWEST_LIMIT_HZ = 6_000.0
_ESPEAK_VOICES = ("te+f2", "en-us+m3", "hi+f5", "te+m7", "en-gb-x-rp+f3", "te+anika", "hi+max", "en-us+linda")


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of speech at 48 kHz, and the frequency up to which it is the truth."""

    speaker: str
    kind: str  # "real", "espeak" or "world"
    samples: NDArray[np.int16]
    limit_hz: float

    @property
    def pcm(self) -> Pcm:
        return self.samples.astype(np.float32) / np.float32(32767)

    @property
    def seconds(self) -> float:
        return len(self.samples) / OUT_RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialConfig:
    """Where the voices come from, and which of them are kept for judging."""

    recordings: tuple[str, ...]
    """Folders of recordings at their full rate; 16 kHz material teaches nothing here."""
    held_out: tuple[str, ...] = ()
    """Speakers kept for judging; if none is named, one in five."""
    minutes_each: float = 12.0
    """The most that one speaker contributes."""
    espeak_sentences: int = 40
    """For each synthetic voice; the last two voices are kept for judging. None without espeak-ng."""
    world_sentences: int = 24
    """Real sentences put together again by WORLD in another voice, at 48 kHz."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """The clips to learn from and those to be judged by. No speaker is in both."""

    train: tuple[Clip, ...]
    held_out: tuple[Clip, ...]


def gather(config: MaterialConfig, say: Callable[[str], None]) -> Material:
    """Read and synthesise everything. Takes about a second for each minute of speech."""
    train: list[Clip] = []
    held_out: list[Clip] = []
    real = list(_real(config))
    if not real:
        raise PalukuError(
            "None of the recordings reaches above 6 kHz.",
            "The extender needs recordings at 32 kHz or more that were never telephone-quality.",
        )
    speakers = {clip.speaker for clip in real}
    if missing := sorted(set(config.held_out) - speakers):
        raise PalukuError(
            f"The recordings have no speaker called {missing[0]}.",
            f"There are: {', '.join(sorted(speakers))}.",
        )
    kept = set(config.held_out) or {speaker for speaker in speakers if _drawn(speaker)}
    for clip in real:
        (held_out if clip.speaker in kept else train).append(clip)
    for clips in (train, held_out):
        clips += list(_reshaped(clips, config))
    if config.espeak_sentences and Espeak.version():
        for voice in _ESPEAK_VOICES:
            (held_out if voice in _ESPEAK_VOICES[-2:] else train).extend(_spoken(voice, config))
    if not train or not held_out:
        raise PalukuError(
            "There are too few speakers to keep some for judging.", "Add recordings, or name --held-out."
        )
    for name, clips in (("to learn from", train), ("to be judged by", held_out)):
        minutes = sum(clip.seconds for clip in clips) / 60
        say(f"{minutes:.1f} minutes {name}, {len({clip.speaker for clip in clips})} speakers")
    return Material(tuple(train), tuple(held_out))


def _real(config: MaterialConfig) -> Iterator[Clip]:
    rng = np.random.default_rng(config.seed)
    by_speaker: dict[str, list[Recording]] = {}
    for folder in config.recordings:
        for recording in recordings_in(RecordingsConfig(folder)):
            by_speaker.setdefault(recording.speaker, []).append(recording)
    for speaker, recordings in sorted(by_speaker.items()):
        seconds = 0.0
        for index in rng.permutation(len(recordings)):
            if seconds > 60 * config.minutes_each:
                break
            clip = _clip(speaker, "real", *_read(recordings[index]))
            if clip is not None:
                seconds += clip.seconds
                yield clip


def _read(recording: Recording) -> tuple[Pcm, int]:
    """The sound at its own rate."""
    import soundfile

    try:
        pcm, rate = soundfile.read(recording.path, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise AudioFileError(
            f"The recording {recording.name} cannot be read: {error}",
            "Repair it or take it out of its folder.",
        ) from error
    return np.ascontiguousarray(pcm.mean(axis=1), np.float32), int(rate)


def _clip(speaker: str, kind: str, pcm: Pcm, rate: int) -> Clip | None:
    """A clip at 48 kHz; None if it is too short or does not reach high enough to teach anything."""
    meter = BandMeter(rate)
    meter.push(pcm)
    limit = meter.limit_hz(TRUTH_FLOOR_DB)
    if limit < _LOWEST_LIMIT_HZ or len(pcm) < rate:
        return None
    whole = np.asarray(soxr.resample(pcm, rate, OUT_RATE), np.float32) if rate != OUT_RATE else pcm
    samples = np.round(levelled(whole) * 32767).astype(np.int16)
    return Clip(speaker, kind, samples, min(limit, 0.97 * rate / 2))


def _reshaped(clips: Sequence[Clip], config: MaterialConfig) -> Iterator[Clip]:
    """Sentences of those clips that reach highest, in the named voices: synthetic, and full band."""
    reaching = [clip for clip in clips if clip.limit_hz > 14_000 and clip.seconds < 12]
    rng = np.random.default_rng(config.seed + 1)
    for number in range(min(config.world_sentences, len(reaching))):
        clip = reaching[int(rng.integers(len(reaching)))]
        name, speaker = list(SPEAKERS.items())[number % len(SPEAKERS)]
        take = dissected(Take(clip.pcm, OUT_RATE)).spoken_by(speaker, EMOTIONS["neutral"])
        made = _clip(f"world:{clip.speaker}:{name}", "world", take.pcm, OUT_RATE)
        if made is not None:
            yield replace(made, limit_hz=min(made.limit_hz, clip.limit_hz))


def _spoken(voice: str, config: MaterialConfig) -> Iterator[Clip]:
    rng = np.random.default_rng(config.seed + 2 + _ESPEAK_VOICES.index(voice))
    text = sentences(voice[:2])
    espeak = Espeak()
    for _ in range(config.espeak_sentences):
        take = espeak.speak(
            text.draw(rng), voice, rate=int(rng.integers(140, 200)), pitch=int(rng.integers(30, 70))
        )
        if (clip := _clip(f"espeak:{voice}", "espeak", take.pcm, take.rate)) is not None:
            yield clip


def _drawn(speaker: str) -> bool:
    """One speaker in five, the same ones every time."""
    return hashlib.sha256(speaker.encode()).digest()[0] % 5 == 0
