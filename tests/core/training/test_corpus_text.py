import numpy as np
import pytest

from core.errors import PalukuError
from core.training.corpus.phonemes import (
    ALIASES,
    CMU,
    NSK,
    PHONEME_IDS,
    PHONEMES,
    SILENCE_ID,
    STRANGE_ID,
    phoneme_id,
)
from core.training.corpus.text import LANGUAGES, sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_filled_and_many(language):
    rng = np.random.default_rng(0)
    material = sentences(language)
    drawn = [material.draw(rng) for _ in range(600)]
    assert all("{" not in text and text.strip() for text in drawn)
    assert len(set(drawn)) > 400


def test_the_same_seed_says_the_same():
    first, second = (sentences("te").draw(np.random.default_rng(5)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("language", "letters"),
    [("te", "కఖగఘచఛజటఠడఢణతథదధనపఫబభమయరలవశషసహళ"), ("hi", "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह")],
)
def test_every_consonant_is_said(language, letters):
    rng = np.random.default_rng(0)
    material = sentences(language)
    everything = "".join(material.draw(rng) for _ in range(1500))
    assert not [letter for letter in letters if letter not in everything]


def test_a_language_without_sentences_is_refused():
    with pytest.raises(PalukuError, match="no built-in sentences"):
        sentences("xx")


def test_phonemes_are_listed_once_and_tables_lead_into_the_list():
    assert len(PHONEME_IDS) == len(PHONEMES)
    for name in (*CMU.values(), *NSK.values(), *ALIASES.values()):
        assert phoneme_id(name) > STRANGE_ID, name


def test_unknown_endings_fall_back_to_the_sound_before():
    assert phoneme_id("ɔːɹ") == phoneme_id("ɔː")
    assert phoneme_id("") == SILENCE_ID
    assert phoneme_id("#") == STRANGE_ID
