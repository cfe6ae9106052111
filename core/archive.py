"""Archive: the saved conversations, to be read, named, taken out as files, and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from core.audio.base import Pcm
from core.audio.wav import WavSink
from core.cards import Registry
from core.codecs.base import Codec
from core.errors import ModelError, StorageError
from core.export_talk import GAP_SECONDS, to_json, to_markdown, to_srt
from core.folders import data_folder
from core.history import ConversationRow, History, Turn
from core.loading import load_codec, open_registry
from core.talks.replay import decoded

FORMATS = ("wav", "flac", "srt", "md", "json")


class Archive:
    """The conversations of this computer's user, beside whatever is being said now."""

    def __init__(self, folder: Path | None = None, registry: Registry | None = None) -> None:
        self._history = History(folder or data_folder())
        self._registry = registry or open_registry()

    def conversations(self, search: str = "") -> list[ConversationRow]:
        """The newest first; with `search`, those in which it was said."""
        return self._history.conversations(search)

    def turns(self, conversation: int) -> list[Turn]:
        return list(self._history.turns(conversation))

    def rename(self, conversation: int, title: str) -> None:
        self._history.rename(conversation, title)

    def delete(self, conversation: int) -> None:
        """Delete for good."""
        self._history.delete(conversation)

    def frame_rate(self, codec: str) -> float | None:
        """Frames a second of the codec that a conversation was held in, as far as its card is here."""
        try:
            spec = self._registry.find(codec).codec
        except ModelError:
            return None
        return spec.frame_rate if spec else None

    def export(self, row: ConversationRow, path: Path, *, you: str, other: str) -> None:
        """Write a conversation as a file; what follows its dot says as what."""
        turns = self.turns(row.id)
        kind = path.suffix.removeprefix(".").lower()
        match kind:
            case "wav" | "flac":
                self._write_sound(row, turns, path)
            case "srt":
                _write(path, to_srt(turns, self.frame_rate(row.codec) or 12.5, you, other))
            case "md":
                _write(path, to_markdown(row, turns, you, other))
            case "json":
                _write(path, to_json(row, turns))
            case _:
                raise StorageError(
                    f"A conversation cannot be kept as “{kind}”.", f"It can: {', '.join(FORMATS)}."
                )

    def close(self) -> None:
        self._history.close()

    def _write_sound(self, row: ConversationRow, turns: list[Turn], path: Path) -> None:
        codec = load_codec(self._registry.find(row.codec))
        sound = _sound_of(codec, turns)
        if path.suffix.lower() == ".flac":
            _write_flac(path, codec.spec.format.sample_rate, sound)
            return
        with WavSink(path, codec.spec.format) as sink:
            for pcm in sound:
                sink.write(pcm)


def _sound_of(codec: Codec, turns: list[Turn]) -> Iterator[Pcm]:
    """Both sides of every turn, one after the other."""
    format = codec.spec.format
    for turn in turns:
        for codes in (turn.heard_codes, turn.reply_codes):
            if codes.shape[1]:
                yield from decoded(codec, codes)
                yield np.zeros(round(GAP_SECONDS * format.sample_rate), np.float32)


def _write_flac(path: Path, rate: int, sound: Iterator[Pcm]) -> None:
    """The same without loss in about half the room; the file appears once it is whole."""
    import soundfile

    growing = path.with_name(f".{path.name}.part")
    try:
        with soundfile.SoundFile(growing, "w", rate, 1, format="FLAC", subtype="PCM_16") as file:
            for pcm in sound:
                file.write(np.clip(pcm, -1.0, 1.0))
        growing.replace(path)
    except (OSError, soundfile.SoundFileError) as error:
        growing.unlink(missing_ok=True)
        raise StorageError(f"{path.name} cannot be written: {error}.") from error


def _write(path: Path, text: str) -> None:
    """Write a file in one stroke: it is never seen half written."""
    growing = path.with_name(f".{path.name}.partial")
    try:
        growing.write_text(text, encoding="utf-8")
        growing.replace(path)
    except OSError as error:
        growing.unlink(missing_ok=True)
        raise StorageError(f"{path.name} cannot be written: {error.strerror or error}.") from error
