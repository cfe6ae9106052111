"""Render: makes one shard, from nothing but the config, the seed and the shard's number."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.training.corpus.augment import Augmenter
from core.training.corpus.config import CorpusConfig
from core.training.corpus.manifest import Entry
from core.training.corpus.recordings import Recording, recordings_in
from core.training.corpus.shards import Shard
from core.training.corpus.splits import split_of
from core.training.corpus.take import Take, levelled
from core.training.corpus.utterances import Stage, Utterance

RECORDED, SPOKEN = "recorded", "spoken"
LONGEST_RECORDING = 20.0  # seconds; longer ones are cut where they are quietest


@dataclass(frozen=True, slots=True)
class Job:
    """One shard to be made."""

    corpus: Path
    config: CorpusConfig
    seed: int
    kind: str  # RECORDED or SPOKEN
    number: int
    seconds: float
    shares: dict[str, float]  # of each kind of synthesized voice
    recordings: tuple[Recording, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.number:05d}"


def planned(
    corpus: Path, config: CorpusConfig, seed: int, hours: float, shares: dict[str, float]
) -> list[Job]:
    """Every shard of a corpus: the recordings once each, then synthesized speech for so many hours.

    A shard does not depend on how many there are, so a corpus can be made longer later.
    """
    jobs = []
    recordings = [recording for folder in config.recordings for recording in recordings_in(folder)]
    per_shard = max(1, round(config.shard_seconds / 7))  # read sentences last some seven seconds
    for number in range(-(-len(recordings) // per_shard)):
        part = tuple(recordings[number * per_shard : (number + 1) * per_shard])
        jobs.append(Job(corpus, config, seed, RECORDED, number, 7.0 * len(part), {}, part))
    if shares:
        for number in range(int(np.ceil(hours * 3600 / config.shard_seconds - 1e-9))):
            jobs.append(Job(corpus, config, seed, SPOKEN, number, config.shard_seconds, shares))
    return jobs


def render(job: Job, progress: Callable[[float], None]) -> None:
    """Make a shard and save it; tells from time to time how many seconds there are."""
    shard = Shard(job.corpus, job.name, job.config.rate)
    rng = np.random.default_rng([job.seed, zlib.crc32(job.kind.encode()), job.number])
    augmenter = Augmenter(job.config.augment, job.config.rate) if job.config.changed_share else None
    told = 0.0
    for utterance in _recorded(job) if job.kind == RECORDED else _spoken(job, rng):
        _add(shard, utterance, job.config, augmenter, rng)
        if shard.seconds - told >= 5.0:
            told = shard.seconds
            progress(told)
    shard.save()
    progress(shard.seconds)


def _spoken(job: Job, rng: np.random.Generator) -> Iterator[Utterance]:
    stage = Stage(job.config)
    for kind, share in job.shares.items():
        seconds = 0.0
        stream = stage.speak(kind, rng)
        while seconds < share * job.seconds:
            utterance = next(stream)
            seconds += utterance.take.seconds
            yield utterance


def _recorded(job: Job) -> Iterator[Utterance]:
    for recording in job.recordings:
        pcm, own_rate = recording.sound(job.config.rate)
        band = min(own_rate, job.config.rate) // 2
        for piece in _pieces(levelled(pcm, job.config.loudness_db), job.config.rate):
            whole = len(piece) == len(pcm)
            take = Take(piece, job.config.rate, recording.text if whole else "")
            yield Utterance(
                take, recording.speaker, "", recording.language, "recording", recording.licence, band
            )


def _add(
    shard: Shard,
    utterance: Utterance,
    config: CorpusConfig,
    augmenter: Augmenter | None,
    rng: np.random.Generator,
) -> None:
    take, split = utterance.take, split_of(utterance.speaker)
    pcm = take.pcm
    changes: tuple[str, ...] = ()
    if augmenter is not None and rng.random() < config.changed_share and split == "train":
        pcm, changes = augmenter(pcm, rng)
    entry = Entry(
        id=shard.next_id(),
        file=shard.file,
        start=shard.length,
        samples=len(pcm),
        rate=config.rate,
        seconds=round(len(pcm) / config.rate, 4),
        band=utterance.band,
        text=take.text,
        phonemes=take.phonemes,
        words=take.words,
        speaker=utterance.speaker,
        emotion=utterance.emotion,
        language=utterance.language,
        source=utterance.source,
        licence=utterance.licence,
        split=split,
        changes=changes,
    )
    shard.add(pcm, entry)


def _pieces(pcm: Pcm, rate: int) -> Iterator[Pcm]:
    """A long recording in parts, cut where it is quietest in the last third before the limit."""
    limit, hop = round(LONGEST_RECORDING * rate), rate // 50
    while len(pcm) > limit:
        zone = pcm[limit * 2 // 3 : limit]
        frames = zone[: len(zone) // hop * hop].reshape(-1, hop)
        cut = limit * 2 // 3 + int(np.argmin(np.square(frames).mean(axis=1))) * hop + hop // 2
        yield pcm[:cut]
        pcm = pcm[cut:]
    yield pcm
