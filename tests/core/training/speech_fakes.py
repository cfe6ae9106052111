"""Corpora of hummed words, a codec and parts so small that a speech model is trained in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from core.nn.codecs.envelope import ENVELOPE, EnvelopeCodec
from core.nn.s2s.conformer import ConformerConfig
from core.nn.s2s.conformer_layers import ConformerStackConfig
from core.nn.s2s.decoder import DecoderConfig
from core.nn.s2s.depth import DepthConfig
from core.nn.s2s.duplex import OWN_VOICES, duplex_streams
from core.nn.s2s.streams import StreamsConfig
from core.nn.transformer import TransformerConfig
from core.training.corpus.manifest import Entry, write_entries
from core.training.corpus.shards import Shard
from core.training.corpus.take import Mark
from core.training.speech.exchange_config import ExchangeConfig, Mixture, TrainExchangeConfig
from core.training.speech.hearing import HearingConfig
from core.training.speech.speaking import SpeakingConfig
from core.training.speech.talk_config import MouthShape, PronouncerShape, Stage, TrainTalkConfig, WordsConfig
from tests.core.training.codec_fakes import RATE, TINY
from tests.core.training.corpus_fakes import hum

SOUND_SECONDS = 0.12
SPELT = {"a": "ɐ", "m": "m", "i": "i", "o": "o", "n": "n", "u": "u", "l": "l", "s": "s"}
ASKED = ("am i on", "no", "so i am", "um is oil on", "i am solo", "nil", "moss on soil", "is a slim loss")
ANSWERED = ("soon, i am.", "no loss.", "animal.", "a moon is on.", "oil is on.", "solo.")
TINY_TALK = TrainTalkConfig(
    minutes=1.2,
    pronounce=Stage(share=0.3, learning_rate=5e-3),
    hear=Stage(share=0.3, learning_rate=5e-3),
    speak=Stage(share=0.4, learning_rate=5e-3),
    words=WordsConfig(domain=6, listed=4, made_up=4, usual=12),
    hearing=HearingConfig(frames=300, masks=0, noise=0.0, dropped=0.0),
    speaking=SpeakingConfig(frames=300),
    ear=ConformerStackConfig(
        dim=32, n_layers=1, n_heads=2, hidden=48, kernel_size=5, context=40, step_size=1
    ),
    mouth=MouthShape(piece_dim=16, frame_dim=16, frame_blocks=1),
    pronouncer=PronouncerShape(dim=16, n_layers=1),
    average=0.8,
    precision="float32",
    tell_seconds=1.0,
    save_seconds=6.0,
)


def tiny_codec() -> EnvelopeCodec:
    """A codec with random weights whose codebooks lie where hums are."""
    torch.manual_seed(3)
    codec = EnvelopeCodec(TINY)
    codec.settle(torch.stack([torch.from_numpy(hum(3.0, 90 + 25 * n, RATE))[None] for n in range(6)]))
    return codec.eval()


def codec_file(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "codec.safetensors"
    ENVELOPE.save(tiny_codec(), TINY, path)
    return path


def voiced(text: str, pitch: float) -> tuple[np.ndarray, tuple[Mark, ...], tuple[Mark, ...]]:
    """A text as hums, one for each letter, with a rest between words; its sounds and words."""
    sounds, words, now, pieces = [], [], 0.0, []
    for word in text.split():
        began = now
        for letter in word.strip(",."):
            sounds.append(Mark(SPELT[letter], now, now + SOUND_SECONDS))
            pieces.append(hum(SOUND_SECONDS, pitch * (1 + 0.15 * list(SPELT).index(letter)), RATE))
            now += SOUND_SECONDS
        words.append(Mark(word.strip(",."), began, now))
        pieces.append(np.zeros(round(0.04 * RATE), np.float32))
        now += 0.04
    return np.concatenate(pieces), tuple(sounds), tuple(words)


def entry_of(text: str, language: str = "en") -> Entry:
    """An utterance without sound."""
    return Entry(
        id="x",
        file="x.wav",
        start=0,
        samples=RATE,
        rate=RATE,
        seconds=1.0,
        band=8000,
        text=text,
        phonemes=(),
        words=(),
        speaker="vennela",
        emotion="neutral",
        language=language,
        source="espeak",
        licence="CC0-1.0",
        split="train",
    )


def talk_corpus(folder: Path, texts: Sequence[str], *, named: bool, copies: int = 2) -> Path:
    """What is asked by a crowd, or answered by named voices, in two shards."""
    every: list[Entry] = []
    for number in range(2):
        shard = Shard(folder, f"spoken-{number:05d}", RATE)
        for copy in range(copies):
            for index, text in enumerate(texts):
                speaker = ("vennela", "arjun")[(index + copy) % 2] if named else f"crowd-{index:04d}"
                pcm, sounds, words = voiced(text, 180 if speaker == "vennela" else 100 + 10 * copy)
                entry = replace(
                    entry_of(text),
                    id=shard.next_id(),
                    file=shard.file,
                    start=shard.length,
                    samples=len(pcm),
                    seconds=len(pcm) / RATE,
                    phonemes=sounds,
                    words=words,
                    speaker=speaker,
                    emotion=("neutral", "happy")[copy % 2],
                )
                shard.add(pcm, entry)
        shard.save()
        every += shard.entries
    write_entries(folder / "manifest.jsonl", every)
    return folder


def _depth(count: int = 3) -> DepthConfig:
    transformer = TransformerConfig(
        dim=16, n_layers=1, n_heads=2, hidden=32, bias=True, context=count, rope="none", schedule=(0, 1, 1)
    )
    return DepthConfig(transformer=transformer, n_codebooks=count, inputs=tuple(range(count)))


_TEMPORAL = TransformerConfig(dim=32, n_layers=1, n_heads=2, hidden=64, bias=True, context=200, sinks=2)
TINY_TURNS = ConformerConfig(
    heard_sizes=(16, 16),
    encoder=ConformerStackConfig(
        dim=32, n_layers=1, n_heads=2, hidden=48, kernel_size=5, context=100, layer_scale=0.5
    ),
    decoder=DecoderConfig(
        streams=StreamsConfig(own_sizes=(16, 16, 16)),
        temporal=replace(_TEMPORAL, source_dim=32),
        depth=_depth(),
        voice=OWN_VOICES,
        head_bias=True,
    ),
)
TINY_DELAYED = replace(
    TINY_TURNS,
    decoder=replace(TINY_TURNS.decoder, depth=None, streams=StreamsConfig(own_sizes=(16, 16), delays=(0, 1))),
)
TINY_DUPLEX = DecoderConfig(
    streams=duplex_streams((16, 16, 16), 20), temporal=_TEMPORAL, depth=_depth(), voice=OWN_VOICES
)
TINY_EXCHANGES = TrainExchangeConfig(
    minutes=0.7,
    items=4,
    code_steps=40,
    text_pieces=200,
    learning_rate=3e-3,
    stages=(Mixture(until=0.2, speak=1, hear=1), Mixture(until=1, converse=1)),
    exchanges=ExchangeConfig(lead=(20, 100), tail=(40, 100), gap=(100, 200), silent_share=0.1),
    average=0.8,
    precision="float32",
    tell_seconds=1.0,
    save_seconds=6.0,
)
