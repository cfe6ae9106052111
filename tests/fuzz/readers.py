"""Readers: everything of ours that reads a file it cannot trust, with a good file to begin from."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from app.settings import Settings, load, save
from core import checked
from core.audio.base import AudioFormat
from core.audio.wav import WavSource
from core.cards import CARD_NAME, read_card
from core.codecs.tokens import TokenHeader, TokenReader, TokenWriter
from core.graph import Graph
from core.history import FILE_NAME, History, Turn, pack, unpack
from core.s2s.vocabulary import read_vocabulary
from tests import tiny

FORMAT = AudioFormat(16_000, 320)
_MOST_FRAMES = 2_000  # of one file: more only takes time


@dataclass(frozen=True)
class Subject:
    """A kind of file: how a good one is made, under which name it lies, and what reads it."""

    name: str
    file: str
    make: Callable[[Path], None]
    read: Callable[[Path], object]


def _tokens(path: Path) -> None:
    header = TokenHeader(codec="tiny", sample_rate=16_000, frame_size=320, codebook_sizes=(1024, 512, 7))
    codes = np.random.default_rng(0).integers(0, 7, (3, 700))
    with TokenWriter(path, header) as writer:
        writer.push(codes)
        writer.samples = 700 * 320


def _read_tokens(path: Path) -> None:
    with TokenReader(path) as reader:
        for _ in reader.blocks():
            pass


def _card(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tiny.make_codec(Path(folder) / tiny.CODEC)
        shutil.copyfile(Path(folder) / tiny.CODEC / CARD_NAME, path)


def _read_card(path: Path) -> None:
    card = read_card(path)
    _ = card.bytes, card.installed, card.codec and card.codec.bitrate()
    for role in card.files if card.installed else ():
        card.file(role)


def _wav(path: Path) -> None:
    sound = np.random.default_rng(0).normal(0, 0.1, 4_000).astype(np.float32)
    soundfile.write(path, sound, 44_100, subtype="PCM_16")


def _read_wav(path: Path) -> None:
    with WavSource(path, FORMAT) as source:
        _ = source.seconds
        for _ in range(_MOST_FRAMES):
            if source.read() is None:
                break


def _graph(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tiny.make_turn_model(Path(folder) / tiny.TURN)
        shutil.copyfile(Path(folder) / tiny.TURN / "speak.onnx", path)


def _read_graph(path: Path) -> None:
    graph = Graph(path)
    graph.spec()
    graph.initial_state()


def _safetensors(path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    parts = {"a.weight": torch.ones(3, 4), "b": torch.zeros(5, dtype=torch.int64)}
    save_file(parts, path, metadata={"config": "{}"})


def _read_safetensors(path: Path) -> None:
    from core.nn.checkpoint import open_weights

    weights = open_weights(path)
    for name in list(weights):
        weights[name]


def _pickle(path: Path) -> None:
    import torch

    torch.save({"a.weight": torch.ones(3, 4), "b": torch.zeros(5)}, path)


def _vocabulary(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tiny.make_turn_model(Path(folder) / tiny.TURN)
        found = next(p for p in (Path(folder) / tiny.TURN).iterdir() if p.suffix in (".json", ".txt"))
        shutil.copyfile(found, path)


def _settings(path: Path) -> None:
    save(Settings(), path)


def _conversations(path: Path) -> None:
    history = History(path.parent)
    number = history.begin("codec", "model")
    codes = np.arange(40).reshape(4, 10)
    for turn in range(2):
        history.add(
            number,
            Turn(
                number=turn,
                heard="నమస్కారం",
                reply="good day",
                heard_codes=codes,
                reply_codes=codes,
                speaker="asha",
                emotion="happy",
                language="te",
                seed=1,
                first_sound_ms=1.0,
                interrupted=False,
                at=1.0,
            ),
        )
    history.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def _read_conversations(path: Path) -> None:
    history = History(path.parent)
    try:
        for row in history.conversations("a"):
            _ = [turn.heard_codes.shape for turn in history.turns(row.id)]
        for row in history.conversations():
            history.rename(row.id, "x")
            history.delete(row.id)
        history.begin("codec", "model")
    finally:
        history.close()


def _blob(path: Path) -> None:
    path.write_bytes(pack(np.random.default_rng(0).integers(0, 2048, (8, 250))))


def _record(path: Path) -> None:
    path.write_text(json.dumps({str(path): [1, 2, 3, "0" * 64]}))


def _read_record(path: Path) -> None:
    before = os.environ.get("PALUKU_DATA")
    os.environ["PALUKU_DATA"] = str(path.parent)
    size, checked.LARGE = checked.LARGE, 1
    try:
        checked.is_whole(path, "0" * 64)
    finally:
        checked.LARGE = size
        if before is None:
            del os.environ["PALUKU_DATA"]
        else:
            os.environ["PALUKU_DATA"] = before


SUBJECTS = {
    subject.name: subject
    for subject in (
        Subject("tokens", "a.plk", _tokens, _read_tokens),
        Subject("card", CARD_NAME, _card, _read_card),
        Subject("settings", "settings.toml", _settings, load),
        Subject("wav", "a.wav", _wav, _read_wav),
        Subject("onnx", "a.onnx", _graph, _read_graph),
        Subject("safetensors", "a.safetensors", _safetensors, _read_safetensors),
        Subject("pickle", "a.pt", _pickle, _read_safetensors),
        Subject("vocabulary", "a.json", _vocabulary, read_vocabulary),
        Subject("conversations", FILE_NAME, _conversations, _read_conversations),
        Subject("turn", "a.blob", _blob, lambda path: unpack(path.read_bytes())),
        Subject("checked", checked.FILE_NAME, _record, _read_record),
    )
}
