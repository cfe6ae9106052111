import shutil
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from core.errors import PalukuError
from core.training.corpus import espeak, festival, flite, sources
from core.training.corpus.config import CorpusConfig, LanguageConfig, MixConfig
from core.training.corpus.emotions import EMOTIONS
from core.training.corpus.espeak import Espeak
from core.training.corpus.flite import Flite
from core.training.corpus.phonemes import STRANGE_ID, phoneme_id
from core.training.corpus.recordings import RecordingsConfig, recordings_in
from core.training.corpus.sources import available_sources
from core.training.corpus.speakers import SPEAKERS
from core.training.corpus.utterances import Stage
from tests.core.training.corpus_fakes import hum

needs_espeak = pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng is not installed")
needs_flite = pytest.mark.skipif(Flite.version() is None, reason="flite is not installed")
needs_festival = pytest.mark.skipif(not festival.installed_voices(), reason="no festival voice is installed")


@pytest.fixture(scope="module")
def speaking():
    return Espeak()


@needs_espeak
@pytest.mark.parametrize(
    ("voice", "text"), [("te", "నమస్కారం, మీరు ఎలా ఉన్నారు?"), ("en-us", "How are you?"), ("hi", "आप कैसे हैं?")]
)
def test_espeak_tells_phonemes_and_words(speaking, voice, text):
    take = speaking.speak(text, voice)
    assert [word.name.strip("?,।") for word in take.words] == [word.strip("?,।") for word in text.split()]
    assert len(take.phonemes) >= 5
    assert all(phoneme_id(mark.name) > STRANGE_ID for mark in take.phonemes)
    assert all(0 <= mark.start < mark.end <= take.seconds for mark in (*take.phonemes, *take.words))
    inside = take.phonemes[2]
    assert np.abs(take.pcm[int(inside.start * take.rate) : int(inside.end * take.rate)]).max() > 0.01


@needs_espeak
def test_a_voice_that_is_not_there_is_named(speaking):
    with pytest.raises(PalukuError, match="xx-yy"):
        speaking.speak("a", "xx-yy")


@needs_espeak
def test_named_voices_have_the_pitch_of_the_table():
    world = pytest.importorskip("pyworld")
    config = CorpusConfig(speakers=("charan",), emotions=("neutral", "excited", "sad"), moods_per_sentence=3)
    middles, seconds = {}, {}
    for said in islice(Stage(config).named(np.random.default_rng(2)), 6):
        pitch, _ = world.dio(said.take.pcm.astype(np.float64), said.take.rate, f0_floor=55.0, f0_ceil=600.0)
        middles.setdefault(said.emotion, []).append(np.median(pitch[pitch > 0]))
        seconds.setdefault(said.emotion, []).append(said.take.seconds)
        assert said.take.rate == 24_000 and said.take.phonemes[-1].end <= said.take.seconds + 0.01
    for name, found in middles.items():
        assert np.mean(found) == pytest.approx(
            SPEAKERS["charan"].pitch * 2 ** (EMOTIONS[name].pitch / 12), rel=0.06
        )
    assert sum(seconds["sad"]) > sum(seconds["neutral"]) > sum(seconds["excited"])


@needs_espeak
def test_the_crowd_speaks_every_language():
    stage = Stage(CorpusConfig(crowd_voices=20))
    said = list(islice(stage.crowd(np.random.default_rng(0)), 25))
    assert {utterance.language for utterance in said} == {"te", "en", "hi"}
    assert len({utterance.speaker for utterance in said}) > 8
    assert all(np.isfinite(utterance.take.pcm).all() and utterance.take.phonemes for utterance in said)


@needs_flite
@pytest.mark.parametrize("voice", flite.VOICES)
def test_flite_speaks(voice):
    take = Flite().speak("The children saw a big yellow fish.", voice)
    assert take.seconds > 1 and len(take.phonemes) > 20
    assert all(phoneme_id(mark.name) > STRANGE_ID for mark in take.phonemes)


@needs_festival
def test_festival_speaks():
    texts = {"te": "మా ఇంటికి రండి.", "hi": 'बाज़ार से "आम" ले आना।', "en": "Good morning."}
    for voice in festival.installed_voices():
        (take,) = festival.Festival().speak([texts[voice.language]], voice)
        assert take.text == texts[voice.language] and len(take.phonemes) > 8
        assert all(phoneme_id(mark.name) > STRANGE_ID for mark in take.phonemes)


def test_what_is_missing_is_named_and_left_out(monkeypatch):
    monkeypatch.setattr(sources.espeak.Espeak, "version", staticmethod(lambda: "1"))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = available_sources(CorpusConfig())
    assert found.left_out == (festival.MISSING, flite.MISSING)
    assert set(found.shares) == {"named", "crowd"} and sum(found.shares.values()) == pytest.approx(1)


def test_flite_is_not_asked_for_telugu(monkeypatch):
    monkeypatch.setattr(sources.espeak.Espeak, "version", staticmethod(lambda: "1"))
    monkeypatch.setattr(sources.flite.Flite, "version", staticmethod(lambda: "2"))
    config = CorpusConfig(languages=LanguageConfig(te=1, en=0, hi=0), mix=MixConfig(festival=0))
    assert "flite" not in available_sources(config).shares


def test_nobody_at_all_is_an_error(monkeypatch):
    monkeypatch.setattr(espeak, "_library", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(PalukuError, match="No synthesizer"):
        available_sources(CorpusConfig())


def test_a_list_beside_the_recordings_is_read(tmp_path):
    import soundfile

    for name in ("a.wav", "b.wav"):
        soundfile.write(tmp_path / name, hum(0.3, 100), 16_000)
    rows = (
        "file,licence,speaker,language,transcript",
        'b.wav,CC0-1.0,"Uma (female, 30)",te,ఒకటి',
        "a.wav,CC0-1.0,,,",
    )
    listed = "\n".join(rows)
    (tmp_path / "MANIFEST.csv").write_text(listed, encoding="utf-8")
    config = RecordingsConfig(str(tmp_path))
    (found,) = recordings_in(config)
    assert (found.speaker, found.language, found.text) == ("Uma", "te", "ఒకటి")
    with pytest.raises(PalukuError, match="no recordings"):
        recordings_in(replace(config, languages=("fr",)))
    (tmp_path / "b.wav").unlink()
    with pytest.raises(PalukuError, match=r"b\.wav"):
        recordings_in(config)
