"""Patient: the codec under diagnosis, found by its name, and sound on its way through it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.audio.base import Pcm
from core.cards import ModelCard, Registry
from core.codecs.base import Codec, CodecSpec, Codes, Decoder, Encoder
from core.errors import ModelError
from core.extra import how_to_add
from core.loading import load_codec
from core.workbench.diagnosis.controls import BOOKS, IdentityCodec

CONTROLS = ("identity", "starved")


@dataclass(frozen=True)
class Patient:
    """A codec, what it is called, and whether it has learned anything."""

    name: str
    codec: Codec
    note: str = ""

    @property
    def bitrate(self) -> float:
        return self.codec.spec.bitrate()


@dataclass(frozen=True)
class Passed:
    """Sound that went through a codec: as long as it was, its delay taken off, and its codes."""

    pcm: Pcm
    codes: Codes


def find_patient(name: str, registry: Registry, n_codebooks: int | None = None) -> Patient:
    """A control, an installed codec, a preset with random weights, or a weights file."""
    if name in CONTROLS:
        books = 1 if name == "starved" else n_codebooks or BOOKS
        note = (
            f"A control that keeps 1 codebook of {BOOKS}."
            if name == "starved"
            else "A control: loses nothing."
        )
        return Patient(name, IdentityCodec(books), note)
    cards = (card for card in registry.cards() if isinstance(card, ModelCard))
    card = next((card for card in cards if card.id == name), None)
    if card is not None and card.installed and card.kind == "codec":
        return Patient(name, _first(load_codec(card), n_codebooks))
    return _in_torch(name, registry, n_codebooks)


def _in_torch(name: str, registry: Registry, n_codebooks: int | None) -> Patient:
    """What is not kept as graphs. Those that are need no torch to be examined."""
    try:
        from core.nn.runtime import TorchCodec
        from core.workbench.analysis.subject import find_subject
    except ModuleNotFoundError as error:
        raise ModelError(
            f"To examine {name} takes the library {error.name}, which is not installed.",
            how_to_add("torch"),
        ) from error
    subject = find_subject(name, registry)
    note = "" if subject.trained else "Its weights are random: this shows the diagnosis, not the codec."
    return Patient(subject.name, TorchCodec(subject.codec(), n_codebooks), note)


def _first(codec: Codec, n_codebooks: int | None) -> Codec:
    if n_codebooks is None:
        return codec
    if not 1 <= n_codebooks <= codec.spec.n_codebooks:
        raise ModelError(f"This codec has 1 to {codec.spec.n_codebooks} codebooks, not {n_codebooks}.")
    return FewerBooks(codec, n_codebooks)


class FewerBooks(Codec):
    """A codec of which only the first codebooks are used."""

    def __init__(self, codec: Codec, n_codebooks: int) -> None:
        self._codec = codec
        self._books = n_codebooks

    @property
    def spec(self) -> CodecSpec:
        spec = self._codec.spec
        return replace(spec, codebook_sizes=spec.codebook_sizes[: self._books])

    def encoder(self) -> Encoder:
        return _FewerCodes(self._codec.encoder(), self._books)

    def decoder(self) -> Decoder:
        return self._codec.decoder()


class _FewerCodes(Encoder):
    """An encoder whose later codebooks are left out."""

    def __init__(self, encoder: Encoder, books: int) -> None:
        self._encoder = encoder
        self._books = books

    def push(self, pcm: Pcm) -> Codes:
        return self._encoder.push(pcm)[: self._books]


def pass_through(codec: Codec, pcm: Pcm, chunk_seconds: float = 2.0) -> Passed:
    """Sound through a codec and back, piece by piece if it streams."""
    spec = codec.spec
    frame, delay = spec.format.frame_size, spec.delay_samples
    whole = np.pad(pcm, (0, delay + (-(len(pcm) + delay) % frame))).astype(np.float32)
    size = max(1, round(chunk_seconds * spec.frame_rate)) * frame if spec.streaming else max(len(whole), 1)
    encoder, decoder = codec.encoder(), codec.decoder()
    heard, codes = [], []
    for start in range(0, len(whole), size):
        some = encoder.push(whole[start : start + size])
        codes.append(some)
        heard.append(decoder.push(some))
    sound = np.concatenate(heard)[delay : delay + len(pcm)]
    return Passed(np.pad(sound, (0, len(pcm) - len(sound))), np.concatenate(codes, axis=1))
