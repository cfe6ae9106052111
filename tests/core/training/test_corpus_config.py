import re

import pytest

from core.errors import PalukuError
from core.training.corpus.config import CorpusConfig, MixConfig, read_config
from core.training.corpus.emotions import EMOTIONS, Emotion
from core.training.corpus.recordings import RecordingsConfig
from core.training.corpus.speakers import SPEAKERS, crowd_voice
from core.training.corpus.splits import SPLITS, split_of


def test_toml_there_and_back(tmp_path):
    config = CorpusConfig(
        shard_seconds=60,
        speakers=("arjun", "vennela"),
        mix=MixConfig(named=1, crowd=0),
        recordings=(RecordingsConfig("voices", language="te", languages=("te",)),),
    )
    file = tmp_path / "corpus.toml"
    file.write_text(config.to_toml(), encoding="utf-8")
    assert read_config(file) == config


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("ratte = 24000", "ratte"),
        ("[mix]\nnamned = 1", "namned"),
        ("[[recordings]]\nfolder = 'x'\nspeeker = 'y'", "speeker"),
        ("[[recordings]]\nlanguage = 'te'", "folder"),
        ("rate = 'fast'", "rate"),
        ("rate = 4", "rate"),
        ("speakers = ['nobody']", "nobody"),
        ("speakers = []", "speaker"),
        ("[mix]\nnamed = -1", "mix"),
        ("[languages]\nte = 0\nen = 0\nhi = 0", "languages"),
        ("rate = = 3", "TOML"),
    ],
)
def test_a_bad_config_is_refused(tmp_path, written, message):
    file = tmp_path / "corpus.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(PalukuError, match=re.escape(message)):
        read_config(file)


def test_four_speakers_and_nine_emotions():
    assert len(SPEAKERS) == 4 and sum(speaker.woman for speaker in SPEAKERS.values()) == 2
    first, *others = EMOTIONS
    assert first == "neutral"  # class 0, and what a voice does when nobody asks for a mood
    assert others == ["happy", "sad", "angry", "fearful", "surprised", "disgusted", "calm", "excited"]
    assert len(set(EMOTIONS.values())) == 9


def test_an_emotion_without_strength_is_neutral():
    assert EMOTIONS["angry"].at(0.0) == Emotion()
    assert EMOTIONS["angry"].at(1.0) == EMOTIONS["angry"]
    assert EMOTIONS["sad"].at(2.0).pitch < EMOTIONS["sad"].pitch


def test_the_crowd_is_the_same_everywhere():
    assert crowd_voice(17) == crowd_voice(17)
    assert len({(voice.variant, voice.head) for voice in map(crowd_voice, range(300))}) == 300
    assert crowd_voice(3).voice("te").startswith("te+")


def test_splits_are_fixed():
    assert {split_of(name) for name in SPEAKERS} == {"train"}
    assert split_of("te_01") == split_of("flite-awb~3") == "test"
    counts = [sum(split_of(f"crowd-{number:04d}") == split for number in range(300)) for split in SPLITS]
    assert counts == [263, 15, 22]  # a change of the rule would mix tested voices into trained ones
