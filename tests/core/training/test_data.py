import pickle
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import torch

from core.errors import AudioFileError, PalukuError
from core.training.corpus.manifest import Entry, write_entries
from core.training.corpus.phonemes import PHONEME_IDS, SILENCE_ID
from core.training.corpus.shards import Shard
from core.training.corpus.take import Mark
from core.training.data import UNKNOWN, BatchConfig, Corpus, Filter, Mix, Prefetcher
from tests.core.training.corpus_fakes import hum

RATE = 24_000


def a_corpus(path, *, labelled=True, people=("arjun", "zoya"), seconds=2.0):
    shard = Shard(path, "spoken-00000", RATE)
    for number in range(6):
        pcm = hum(seconds, 100 + 20 * number, RATE)
        marks = (Mark("a", 0.0, 0.5), Mark("m", 0.5, 1.0), Mark("ɔːɹ", 1.5, 2.0)) if labelled else ()
        entry = Entry(
            id=shard.next_id(),
            file=shard.file,
            start=shard.length,
            samples=len(pcm),
            rate=RATE,
            seconds=seconds,
            band=8000,
            text="am or",
            phonemes=marks,
            words=(),
            speaker=people[number % 2],
            emotion="happy" if labelled else "",
            language="en" if number < 4 else "te",
            source="fake",
            licence="CC0-1.0",
            split="test" if number == 5 else "train",
        )
        shard.add(pcm, entry)
    shard.save()
    write_entries(path / "manifest.jsonl", shard.entries)
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return a_corpus(tmp_path_factory.mktemp("corpus"))


CONFIG = BatchConfig(items=6, seconds=1.0, rate=16_000, frame_rate=50, silence_share=0.0)


def test_filters(path):
    assert len(Corpus(path)) == 5
    assert len(Corpus(path, Filter(splits=("test",)))) == 1
    assert len(Corpus(path, Filter(splits=(), languages=("te",)))) == 2
    assert len(Corpus(path, Filter(speakers=("zoya",)))) == 2
    with pytest.raises(PalukuError, match="nothing that fits"):
        Corpus(path, Filter(languages=("hi",)))


def test_sound_and_labels(path):
    corpus = Corpus(path)
    assert corpus.seconds == pytest.approx(10.0)
    np.testing.assert_allclose(corpus.sound(1), hum(2.0, 120, RATE), atol=1e-4)
    early = corpus.sound(1, -100, 200)
    assert not early[:100].any() and early[110:].any()
    times = np.array([0.1, 0.7, 1.2, 1.9, 2.5, -0.1])
    names = ["a", "m", "_", "ɔː", "_", "_"]
    assert corpus.phonemes(0, times).tolist() == [PHONEME_IDS[name] for name in names]


def test_batches_have_their_shapes(path):
    mix = Mix([(Corpus(path), 1.0)], CONFIG)
    batch = mix.batch(0)
    assert batch.pcm.shape == batch.clean.shape == (6, 16_000) and batch.pcm.dtype == torch.float32
    assert batch.phonemes.shape == (6, 50) and batch.phonemes.dtype == torch.int64
    assert torch.isfinite(batch.pcm).all() and batch.pcm.abs().max() > 0.1
    assert mix.speakers[:4] == ("vennela", "meghana", "arjun", "charan") and mix.speakers[4:] == ("zoya",)
    assert set(batch.speakers.tolist()) <= {2, 4} and set(batch.emotions.tolist()) == {1}
    assert batch.to("cpu").pcm.equal(batch.pcm)


def test_a_step_gives_the_same_batch_and_another_another(path):
    first, second = (Mix([(Corpus(path), 1.0)], CONFIG) for _ in range(2))
    assert first.batch(7).pcm.equal(second.batch(7).pcm)
    assert not first.batch(7).pcm.equal(first.batch(8).pcm)


def test_labels_follow_the_sound_at_another_speed(tmp_path):
    """A corpus where the phoneme changes exactly where the sound begins."""
    path = a_corpus(tmp_path)
    shard = Shard(path, "spoken-00000", RATE)
    pcm = np.concatenate([np.zeros(RATE, np.float32), 0.5 * np.ones(RATE, np.float32)])
    entry = next(iter(Corpus(path, Filter(splits=())).clips))
    values = {
        "seconds": 2.0,
        "band": 1,
        "text": "",
        "words": (),
        "emotion": "",
        "language": "en",
        "source": "",
        "licence": "",
        "split": "train",
    }
    marks = (Mark("m", 0.0, 1.0), Mark("a", 1.0, 2.0))
    shard.add(
        pcm,
        Entry(
            id="x",
            file=entry.file,
            start=0,
            samples=len(pcm),
            rate=RATE,
            speaker="z",
            phonemes=marks,
            **values,
        ),
    )
    shard.save()
    write_entries(path / "manifest.jsonl", shard.entries)
    batch = Mix([(Corpus(path), 1.0)], replace(CONFIG, items=20, speed=(0.8, 1.25))).batch(0)
    loud = batch.pcm.reshape(20, 50, -1).abs().mean(-1) > 0.25
    voiced = batch.phonemes == PHONEME_IDS["a"]
    assert (loud == voiced).float().mean() > 0.97


def test_short_utterances_are_padded_with_silence(tmp_path):
    mix = Mix([(Corpus(a_corpus(tmp_path, seconds=0.4)), 1.0)], CONFIG)
    batch = mix.batch(0)
    assert ((batch.pcm.abs() > 1e-3).float().mean(1) < 0.45).all()
    assert (batch.phonemes == SILENCE_ID).any()


def test_unlabelled_speech_and_silence(tmp_path):
    corpus = Corpus(a_corpus(tmp_path, labelled=False))
    batch = Mix([(corpus, 1.0)], CONFIG).batch(0)
    assert (batch.phonemes == UNKNOWN).all() and (batch.emotions == UNKNOWN).all()
    silent = Mix([(corpus, 1.0)], replace(CONFIG, silence_share=1.0)).batch(0)
    assert (silent.phonemes == SILENCE_ID).all() and silent.pcm.abs().max() < 0.01


def test_mixing_follows_the_weights(path, tmp_path):
    other = Corpus(a_corpus(tmp_path, people=("uma", "uma")))
    mix = Mix([(Corpus(path), 1.0), (other, 3.0)], replace(CONFIG, items=200, seconds=0.1))
    share = (mix.batch(0).speakers == mix.speakers.index("uma")).float().mean()
    assert 0.65 < share < 0.85
    with pytest.raises(PalukuError, match="weights"):
        Mix([(other, 0.0)], CONFIG)


def test_augmented_batches_keep_the_clean_sound(path):
    batch = Mix([(Corpus(path), 1.0)], replace(CONFIG, augment_share=1.0)).batch(0)
    assert not batch.pcm.equal(batch.clean) and torch.isfinite(batch.pcm).all()


@pytest.mark.parametrize("processes", [False, True])
def test_prefetched_batches_come_in_order(path, processes):
    mix = Mix([(Corpus(path), 1.0)], CONFIG)
    with Prefetcher(mix, processes=processes) as prefetcher:
        for step, batch in enumerate(islice(prefetcher.batches(3), 4), 3):
            assert batch.pcm.equal(mix.batch(step).pcm)


def test_a_corpus_travels_without_its_sound(path):
    corpus = Corpus(path)
    corpus.sound(0)
    assert len(pickle.dumps(corpus)) < 2000
    assert len(pickle.loads(pickle.dumps(corpus))) == len(corpus)


def test_a_damaged_shard_is_named(tmp_path):
    path = a_corpus(tmp_path)
    shard = path / "shards/spoken-00000.wav"
    shard.write_bytes(shard.read_bytes()[:5000])
    with pytest.raises(AudioFileError, match="spoken-00000"):
        Corpus(path).check()
    with Prefetcher(Mix([(Corpus(path), 1.0)], CONFIG)) as prefetcher, pytest.raises(AudioFileError):
        next(prefetcher.batches())
    shard.unlink()
    with pytest.raises(AudioFileError, match="spoken-00000"):
        Corpus(path).sound(0)


def test_no_manifest_is_told(tmp_path):
    with pytest.raises(PalukuError, match="manifest"):
        Corpus(tmp_path)
