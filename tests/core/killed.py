"""What is killed in the tests beside it: each deed over and over, telling what was confirmed.

python -m tests.core.killed turns FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.settings import Look, Settings, save
from core.archive import Archive
from core.audio.base import AudioFormat
from core.audio.wav import WavSink
from core.cards import Registry
from core.checked import is_whole
from core.download import Download, RemoteFile
from core.history import History, Turn

CODES = np.arange(800).reshape(8, 100)
SOUND = AudioFormat(16_000, 320)


def turn(number: int) -> Turn:
    return Turn(
        number=number,
        heard=f"heard {number}",
        reply="x" * 2000,
        heard_codes=CODES,
        reply_codes=CODES,
        speaker="asha",
        emotion="neutral",
        language="te",
        seed=number,
        first_sound_ms=1.0,
        interrupted=False,
        at=float(number),
    )


def turns(folder: Path, *_: str) -> Iterator[int]:
    """A talk: each turn is kept when it has been told."""
    history = History(folder)
    conversation = history.begin("codec", "model")
    for number in range(1_000_000):
        history.add(conversation, turn(number))
        yield number


def settings(folder: Path, *_: str) -> Iterator[int]:
    for number in range(1_000_000):
        save(Settings(look=Look(text_size=float(number))), folder / "settings.toml")
        yield number


def exports(folder: Path, *_: str) -> Iterator[int]:
    """A long conversation, as a text over an older text."""
    history = History(folder)
    conversation = history.begin("codec", "model")
    for number in range(40):
        history.add(conversation, turn(number))
    archive = Archive(folder, Registry(folder / "shipped", folder / "own"))
    for number in range(1_000_000):
        archive.export(archive.conversations()[0], folder / "talk.json", you="you", other="other")
        yield number


def recordings(folder: Path, *_: str) -> Iterator[int]:
    """A sound that grows, and whole ones before it."""
    pcm = np.full(SOUND.frame_size, 0.25, np.float32)
    for number in range(1_000_000):
        with WavSink(folder / "talk.wav", SOUND) as sink:
            for _ in range(50):
                sink.write(pcm)
        yield number


def download(folder: Path, url: str, size: str, sha256: str) -> Iterator[int]:
    path = Download(RemoteFile(url, "weights.bin", int(size), sha256), folder).run()
    assert path is not None and is_whole(path, sha256)
    yield 0


DEEDS = {deed.__name__: deed for deed in (turns, settings, exports, recordings, download)}

if __name__ == "__main__":
    for confirmed in DEEDS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:]):
        print(confirmed, flush=True)
