"""A codec small enough to train in a second, and a corpus to train it on."""

from __future__ import annotations

from pathlib import Path

from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.envelope_config import EnvelopeConfig
from core.nn.codecs.presets import CodecPreset
from core.training.codec_config import TrainCodecConfig
from core.training.corpus.manifest import Entry, write_entries
from core.training.corpus.shards import Shard
from core.training.corpus.take import Mark
from core.training.discriminators import AdversaryConfig
from tests.core.training.corpus_fakes import hum

RATE = 16_000
TINY = EnvelopeConfig(
    n_mels=12,
    encoder_dim=16,
    encoder_blocks=1,
    context_dim=8,
    codebook_sizes=(16, 32, 8, 8),
    semantic_dim=4,
    acoustic_dim=6,
    decoder_dim=16,
    decoder_blocks=1,
)
PRESET = CodecPreset(TINY, EnvelopeCodec)
QUICK = TrainCodecConfig(
    codec="tiny",
    minutes=0.4,
    items=2,
    seconds=0.3,
    settle_seconds=2.0,
    tell_seconds=1.0,
    save_seconds=6.0,
    precision="float32",
    adversary=AdversaryConfig(windows=(256,), filters=4, dilations=(1,), warm_steps=2),
)


def tiny_corpus(folder: Path) -> Path:
    """Six humming voices, one of them kept for the test."""
    shard = Shard(folder, "spoken-00000", RATE)
    for number in range(6):
        pcm = hum(2.5, 100 + 20 * number, RATE)
        marks = (Mark("a", 0.0, 0.8), Mark("m", 0.8, 1.6), Mark("i", 1.6, 2.4))
        entry = Entry(
            id=shard.next_id(),
            file=shard.file,
            start=shard.length,
            samples=len(pcm),
            rate=RATE,
            seconds=2.5,
            band=8000,
            text="ami",
            phonemes=marks,
            words=(),
            speaker=f"person{number}",
            emotion="",
            language="te",
            source="recording" if number % 2 else "espeak",
            licence="CC0-1.0",
            split="test" if number > 3 else "train",
        )
        shard.add(pcm, entry)
    shard.save()
    write_entries(folder / "manifest.jsonl", shard.entries)
    return folder
