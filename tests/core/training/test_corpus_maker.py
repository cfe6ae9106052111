import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from core.errors import AudioFileError, PalukuError, StorageError
from core.training.corpus import maker
from core.training.corpus.espeak import Espeak
from core.training.corpus.maker import make_corpus
from core.training.corpus.manifest import Entry, read_entries
from core.training.corpus.shards import HEADER_BYTES, sound_of
from core.training.corpus.take import Mark, Take, levelled, marks_from_starts
from tests.core.training.corpus_fakes import PEOPLE, hum, hummed


def made(path, config, **changes):
    return make_corpus(path, config, **{"seed": 1, "hours": 0.0, "workers": 2, **changes})


@pytest.fixture(scope="module")
def hums(tmp_path_factory):
    return hummed(tmp_path_factory.mktemp("voices") / "people")


@pytest.fixture(scope="module")
def corpus(hums, tmp_path_factory):
    return made(tmp_path_factory.mktemp("corpus") / "once", hums)


def test_every_recording_is_there_once(corpus):
    entries = list(read_entries(corpus.path / "manifest.jsonl"))
    assert len(entries) == corpus.utterances == 4 * len(PEOPLE)
    assert corpus.complete and corpus.shards == 4
    assert {entry.speaker for entry in entries} == set(PEOPLE)
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.text.startswith(entry.speaker) for entry in entries)


def test_entries_say_where_their_sound_lies(corpus):
    for entry in read_entries(corpus.path / "manifest.jsonl"):
        sound = sound_of(corpus.path / entry.file, entry.rate)
        piece = sound[entry.start : entry.start + entry.samples]
        assert len(piece) == entry.samples == round(entry.seconds * entry.rate)
        assert np.abs(piece).max() > 500
        assert entry.band == 8000 and entry.licence == "CC0-1.0" and entry.language == "te"


def test_a_speaker_has_one_split_and_only_training_is_changed(corpus):
    splits = {}
    for entry in read_entries(corpus.path / "manifest.jsonl"):
        splits.setdefault(entry.speaker, set()).add(entry.split)
        assert entry.split == "train" or not entry.changes
    assert all(len(found) == 1 for found in splits.values())
    assert splits["te_01"] == {"test"} and splits["ml_story"] == {"valid"}


def test_the_same_seed_makes_the_same_bytes(corpus, hums, tmp_path):
    again = made(tmp_path / "again", hums, workers=1)
    assert again.sha256 == corpus.sha256
    assert made(tmp_path / "other", hums, seed=2).sha256 != corpus.sha256


def test_a_missing_shard_is_made_anew(corpus, hums, tmp_path):
    path = tmp_path / "holed"
    made(path, hums)
    (path / "shards/recorded-00001.wav").unlink()
    (path / "shards/recorded-00002.jsonl").unlink()
    (path / "shards/recorded-00003.77.wav.part").write_bytes(b"half")
    assert made(path, hums).sha256 == corpus.sha256
    assert not list(path.rglob("*.part"))


def test_another_config_does_not_go_on(corpus, hums):
    with pytest.raises(PalukuError, match="another config"):
        made(corpus.path, replace(hums, loudness_db=-20.0))
    with pytest.raises(PalukuError, match="another seed"):
        made(corpus.path, hums, seed=3)


def test_foreign_shards_are_not_mixed_in(hums, tmp_path):
    (tmp_path / "shards").mkdir()
    (tmp_path / "shards/spoken-00000.wav").write_bytes(b"")
    with pytest.raises(PalukuError, match=r"recipe\.json"):
        made(tmp_path, hums)


def test_a_damaged_recording_is_named_and_the_rest_can_be_used(tmp_path):
    config = hummed(tmp_path / "people")
    (tmp_path / "people/chitra/3.wav").write_bytes(b"RIFF no")
    with pytest.raises(AudioFileError, match=r"chitra/3\.wav"):
        made(tmp_path / "corpus", config, workers=1)
    summary = json.loads((tmp_path / "corpus/corpus.json").read_text())
    assert not summary["complete"] and summary["shards"] == 2
    assert len(list(read_entries(tmp_path / "corpus/manifest.jsonl"))) == summary["utterances"] == 10


def test_a_full_disk_says_what_is_usable(hums, tmp_path, monkeypatch):
    def full(jobs, count, progress):
        raise StorageError("The disk is full.", "Make room.")

    monkeypatch.setattr(maker, "render_all", full)
    with pytest.raises(StorageError, match="0 shards are whole"):
        made(tmp_path / "corpus", hums)


def test_ctrl_c_ends_the_workers(hums, tmp_path):
    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "corpus", hums, on_progress=stop)
    assert not multiprocessing.active_children()
    assert made(tmp_path / "corpus", hums).complete


KILLED = """
import sys
from pathlib import Path
from core.training.corpus.config import read_config
from core.training.corpus.maker import make_corpus
if __name__ == "__main__":
    config = read_config(Path(sys.argv[2]))
    make_corpus(Path(sys.argv[1]), config, seed=1, hours=float(sys.argv[3]), workers=1)
"""


def killed_then_finished(tmp_path, config, hours):
    """The hash after a run that was killed when its first shard was there, and one that went on."""
    (tmp_path / "config.toml").write_text(config.to_toml(), encoding="utf-8")
    script, path = tmp_path / "make.py", tmp_path / "killed"
    script.write_text(KILLED)
    command = [sys.executable, script, path, tmp_path / "config.toml", str(hours)]
    run = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    deadline = time.monotonic() + 60
    while not list(path.glob("shards/*.jsonl")) and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    before = len(list(path.glob("shards/*.jsonl")))
    finished = make_corpus(path, config, seed=1, hours=hours, workers=2)
    assert 1 <= before < finished.shards
    return finished.sha256


def test_killed_it_goes_on_to_the_same_bytes(corpus, hums, tmp_path):
    assert killed_then_finished(tmp_path, hums, 0) == corpus.sha256


@pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng is not installed")
def test_synthesized_speech_is_the_same_after_a_kill(tmp_path):
    pytest.importorskip("pyworld")
    config = replace(hummed(tmp_path / "people"), shard_seconds=12, recordings=())
    config = replace(config, mix=replace(config.mix, named=0.5, crowd=0.5), changed_share=0.3)
    whole = make_corpus(tmp_path / "whole", config, seed=1, hours=0.01, workers=2)
    assert killed_then_finished(tmp_path, config, 0.01) == whole.sha256
    entries = list(read_entries(tmp_path / "whole/manifest.jsonl"))
    assert {entry.source for entry in entries} == {"espeak", "espeak+world"}
    for entry in entries:
        assert entry.phonemes and entry.words
        for marks in (entry.phonemes, entry.words):
            assert all(0 <= mark.start <= mark.end <= entry.seconds + 0.02 for mark in marks)
            assert all(a.start <= b.start for a, b in pairwise(marks))


def test_entries_survive_writing(corpus):
    entry = next(read_entries(corpus.path / "manifest.jsonl"))
    entry = replace(entry, phonemes=(Mark("ʈ", 0.1, 0.25),), words=(Mark("ట", 0.1, 0.3),))
    assert Entry.from_line(entry.to_line()) == entry
    with pytest.raises(ValueError, match="colour"):
        Entry.from_line(entry.to_line().replace('"speaker"', '"colour":1,"speaker"', 1))


def test_a_damaged_line_is_told_by_its_number(tmp_path, corpus):
    lines = (corpus.path / "manifest.jsonl").read_text().splitlines()
    lines[2] = lines[2][:50]
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines))
    with pytest.raises(PalukuError, match="Line 3"):
        list(read_entries(tmp_path / "manifest.jsonl"))


def test_a_shard_cut_off_is_told(tmp_path, corpus):
    whole = next(corpus.path.glob("shards/*.wav")).read_bytes()
    for size, message in ((len(whole) // 2, "cut off"), (HEADER_BYTES // 2, "cannot be read")):
        (tmp_path / "a.wav").write_bytes(whole[:size])
        with pytest.raises(AudioFileError, match=message):
            sound_of(tmp_path / "a.wav", 24_000)
    (tmp_path / "a.wav").write_bytes(whole)
    with pytest.raises(AudioFileError, match="16000 Hz"):
        sound_of(tmp_path / "a.wav", 16_000)


def test_takes_keep_their_marks_in_step():
    take = Take(hum(1.0, 100), 16_000, "x", (Mark("a", 0.4, 0.6),), (Mark("x", 0.4, 0.6),))
    smaller = take.in_a_smaller_head(1.25)
    assert smaller.phonemes[0].start == pytest.approx(0.32) and smaller.seconds == pytest.approx(
        0.8, abs=0.01
    )
    cut = take.trimmed(0.1)
    assert cut.phonemes[0].start == pytest.approx(0.1) and cut.seconds == pytest.approx(0.4)
    assert take.at_rate(24_000).seconds == pytest.approx(1.0)


def test_pauses_have_no_mark():
    assert marks_from_starts([("a", 0.0), ("", 0.2), ("b", 0.5)], 0.7) == (
        Mark("a", 0.0, 0.2),
        Mark("b", 0.5, 0.7),
    )


def test_levels():
    quiet = levelled(hum(1.0, 100) * 0.01, -23.0)
    assert 20 * np.log10(quiet.std()) == pytest.approx(-23, abs=1.0)
    assert np.abs(levelled(np.zeros(100, np.float32))).max() == 0
