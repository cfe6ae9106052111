"""What goes wrong outside: each row ends in one sentence and a hint, and what was recorded stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.audio.base import AudioFormat
from core.audio.devices import choose
from core.audio.wav import WavSink, WavSource
from core.cards import Registry
from core.codecs.tokens import TokenHeader, TokenWriter
from core.errors import PalukuError
from core.history import History
from core.loading import load_codec, load_speech
from tests import tiny
from tests.core.test_history import _turn

FORMAT = AudioFormat(16_000, 320)


def no_microphone(folder: Path) -> None:
    choose([], "microphone")


def no_speaker(folder: Path) -> None:
    choose([], "speaker", "Headphones")


def unreadable_sound(folder: Path) -> None:
    (folder / "a.wav").write_text("a letter, not a sound")
    WavSource(folder / "a.wav", FORMAT)


def empty_file(folder: Path) -> None:
    (folder / "a.wav").touch()
    WavSource(folder / "a.wav", FORMAT)


def sound_without_a_sample(folder: Path) -> None:
    soundfile.write(folder / "a.wav", np.zeros(0), 16_000)
    WavSource(folder / "a.wav", FORMAT).read()


def sound_of_no_numbers(folder: Path) -> None:
    soundfile.write(folder / "a.wav", np.full(100, np.nan, np.float32), 16_000, subtype="FLOAT")
    WavSource(folder / "a.wav", FORMAT).read()


def unknown_model(folder: Path) -> None:
    Registry(folder / "models", folder / "own").find("nobody")


def card_with_an_unknown_key(folder: Path) -> None:
    card = folder / "models" / tiny.CODEC / "model.toml"
    card.write_text('flavour = "mango"\n' + card.read_text())
    Registry(folder / "models", folder / "own").find(tiny.CODEC)


def model_cut_short(folder: Path) -> None:
    path = folder / "models" / tiny.CODEC / "decoder.onnx"
    path.write_bytes(path.read_bytes()[:1000])
    load_codec(Registry(folder / "models", folder / "own").find(tiny.CODEC))


def model_without_weights(folder: Path) -> None:
    card = folder / "models" / tiny.CODEC / "model.toml"
    card.write_text(card.read_text().split("[files")[0])
    load_codec(Registry(folder / "models", folder / "own").find(tiny.CODEC))


def vocabulary_of_rubbish(folder: Path) -> None:
    words = folder / "models" / tiny.TURN / "words.txt"
    words.write_bytes(b"\xff" * words.stat().st_size)
    load_speech(Registry(folder / "models", folder / "own").find(tiny.TURN))


def sound_into_a_folder_that_is_not_there(folder: Path) -> None:
    WavSink(folder / "nowhere" / "a.wav", FORMAT)


def tokens_onto_a_read_only_disk(folder: Path) -> None:
    spec = Registry(folder / "models", folder / "own").find(tiny.CODEC).codec
    assert spec is not None
    TokenWriter(Path("/proc/a.plk"), TokenHeader.of("c", spec))


def conversations_where_a_file_stands(folder: Path) -> None:
    (folder / "data").touch()
    History(folder / "data")


@pytest.mark.parametrize(
    "go_wrong",
    [
        no_microphone,
        no_speaker,
        unreadable_sound,
        empty_file,
        sound_without_a_sample,
        sound_of_no_numbers,
        unknown_model,
        card_with_an_unknown_key,
        model_cut_short,
        model_without_weights,
        vocabulary_of_rubbish,
        sound_into_a_folder_that_is_not_there,
        tokens_onto_a_read_only_disk,
        conversations_where_a_file_stands,
    ],
    ids=lambda act: act.__name__,
)
def test_one_sentence_and_a_hint(go_wrong: Callable[[Path], None], tiny_models: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_models, tmp_path / "models")
    with pytest.raises(PalukuError) as caught:
        go_wrong(tmp_path)
    said = caught.value
    assert said.message.endswith(".")
    assert "\n" not in said.message
    assert "Error" not in said.message
    assert said.hint


def test_a_full_disk_keeps_what_was_recorded(tmp_path: Path) -> None:
    """SQLite and WAV alike: what was on disk before the disk was full is there afterwards."""
    history = History(tmp_path)
    talk = history.begin("codec", "model")
    history.add(talk, _turn(1))
    history._db.execute(f"PRAGMA max_page_count={history._db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(PalukuError):
        for number in range(2, 100):
            history.add(talk, _turn(number))
    history.close()
    assert next(History(tmp_path).turns(talk)).number == 1
