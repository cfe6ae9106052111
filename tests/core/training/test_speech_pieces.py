"""Utterances cut into sounds lose no boundary, words are spelled, and what is held out stays out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.book import Domain
from core.errors import PalukuError
from core.training.corpus.desk import HeldOut
from core.training.corpus.espeak import Espeak
from core.training.corpus.take import Mark
from core.training.speech.letters import LETTERS, spelled, written
from core.training.speech.pronouncing import Pronouncing, pairs_heard, pairs_of
from core.training.speech.reading import Reading
from core.training.speech.rounds import Rounds
from core.training.speech.sounds import (
    NUMBERS,
    SOUNDS,
    pieces_of,
    signs_after,
    sound_number,
    sounds_of,
    words_of,
)
from core.training.speech.talk_config import WordsConfig
from core.training.speech.usual import LISTED_SHARE, among
from core.training.speech.words import domain_words, gathered, listed_words, made_up
from tests.core.training.speech_fakes import ANSWERED, entry_of, voiced


def told(text: str, rest: float = 0.04):
    _, sounds, words = voiced(text, 120)
    return replace(entry_of(text), phonemes=sounds, words=words)


@pytest.mark.parametrize("text", ANSWERED)
@pytest.mark.parametrize("rate", [50.0, 12.5, 3.0])
def test_no_boundary_is_lost(text: str, rate: float) -> None:
    entry = told(text)
    frames = round(entry.phonemes[-1].end * rate) + 4
    pieces = pieces_of(entry, rate, frames)
    letters = sum(letter.isalpha() for letter in text)
    assert min(piece.frames for piece in pieces) >= 1
    assert len([p for p in pieces if SOUNDS[p.sound] not in ",.?!"]) == letters
    if rate == 50.0:
        assert sum(piece.frames for piece in pieces) == frames
        starts, at = [], 0
        for piece in pieces:
            if SOUNDS[piece.sound] not in ",.?!":
                starts.append(at)
            at += piece.frames
        wanted = [round(mark.start * rate) for mark in entry.phonemes]
        assert starts == wanted  # each on the frame nearest to it


def test_words_begin_and_signs_are_pauses() -> None:
    entry = told("soon, i am.")
    pieces = pieces_of(entry, 50.0, 80)
    named = [(SOUNDS[piece.sound], piece.begins) for piece in pieces]
    assert [name for name, begins in named if begins] == ["s", "i", "ɐ"]
    assert named[4] == (",", False) and named[-1] == (".", False)
    assert signs_after(entry.text, entry.words) == [",", "", "."]
    assert words_of(entry)[1:] == [("i", (NUMBERS["i"],)), ("am", (NUMBERS["ɐ"], NUMBERS["m"]))]


def test_a_sound_with_a_tail_is_the_longest_known_beginning() -> None:
    assert sound_number("iː") is not None and sound_number("iː") != sound_number("i")
    assert sound_number("mʲʲ") in (sound_number("m"), sound_number("mʲ"))
    assert sound_number("\u2603") is None
    assert len(set(SOUNDS)) == len(SOUNDS)


def test_an_utterance_without_times_has_no_pieces() -> None:
    assert pieces_of(entry_of("am"), 50.0, 40) == []
    strange = replace(entry_of("am"), phonemes=(Mark("\u2603", 0.0, 0.1),))
    assert pieces_of(strange, 50.0, 40) == []


def test_letters_of_both_scripts() -> None:
    assert written(spelled("Hello, నమస్తే! 12")) == "hello నమస్తే"
    assert spelled("12 !") == []
    assert len(set(LETTERS)) == len(LETTERS)


@pytest.mark.parametrize("language", ["te", "en"])
def test_every_held_out_phrasing_is_known(language: str) -> None:
    from random import Random

    domain = Domain.load()
    held = HeldOut(domain, language)
    kept = [p for p in domain.all_phrasings(language) if p.part != "train"]
    lot = Random(3)
    assert len(kept) > 50
    for phrasing in kept:
        assert held.is_held(domain.say(phrasing, lot).text), phrasing.text
        assert held.is_held(domain.say(phrasing, lot).text.upper() + " !")
    learned = [p for p in domain.all_phrasings(language, "train") if "{" not in p.text]
    missed = [p.text for p in learned if held.is_held(domain.say(p, lot).text)]
    assert len(missed) < 0.1 * len(learned)  # few are also said by one with a slot


def test_rounds_meet_every_example_once_and_can_begin_anywhere() -> None:
    lengths = [5 + (7 * n) % 23 for n in range(100)]
    rounds = Rounds(60, salt=1)
    batches = [rounds.batch(step, lambda: lengths) for step in range(60)]
    first = [at for at in range(100) if sum(batch.count(at) for batch in batches) == 0]
    assert first == []
    for batch in batches:
        assert len(batch) * max(lengths[at] for at in batch) <= 60
    for step in (0, 31, 59, 2):
        assert Rounds(60, salt=1).batch(step, lambda: lengths) == batches[step]
        assert rounds.batch(step, lambda: lengths) == batches[step]


def test_a_word_is_as_it_was_said_most_often() -> None:
    often, once = told("am i"), told("am")
    other = replace(once, phonemes=(Mark("u", 0.0, 0.1),))
    pairs = pairs_heard([often, once, other])
    assert dict(pairs)[tuple(spelled("am")[1:])] == (NUMBERS["ɐ"], NUMBERS["m"])
    assert pairs_of({"x" * 50: (1,), "": (1,), "ab": (1,) * 9}, 40) == []
    with pytest.raises(PalukuError, match="no word"):
        Pronouncing([])


def test_words_to_learn(tmp_path: Path) -> None:
    from itertools import islice
    from random import Random

    words = domain_words()
    assert len(words) > 1500 and {"thank", "అమ్మ"} <= set(words)
    listed = tmp_path / "words"
    listed.write_text("apple\nO'Neill\nనీరు\nnot this\n7up\n", encoding="utf-8")
    assert listed_words(listed) == ["apple", "నీరు"]
    with pytest.raises(PalukuError, match="cannot be read"):
        listed_words(tmp_path / "none")
    invented = list(islice(made_up(Random(1)), 300))
    assert len(set(invented)) > 250
    assert all(spelled(word) and set(word) <= set(LETTERS) for word in invented)


@pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng is not installed")
def test_words_of_a_list_are_known_in_its_order(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("the\nzebra\nUSA\nthe\napple\n", encoding="utf-8")
    listed = listed_words(tmp_path / "words.txt")
    assert listed == ["the", "zebra", "apple"]
    counts = {"": 500, "the": 400, "time": 100}
    found = among(counts, listed)
    assert set(found) == {"zebra", "apple"} and found["zebra"] > found["apple"] > 1
    assert sum(found.values()) < LISTED_SHARE * sum(counts.values())
    assert among(counts, []) == {}


def test_a_recording_is_read_from_its_text() -> None:
    spoken, recorded = told(ANSWERED[0]), replace(entry_of(ANSWERED[0]), phonemes=(), words=())
    reading = Reading()
    assert reading.sounds(spoken) == sounds_of(spoken)
    assert reading.sounds(replace(recorded, text="")) == []
    assert reading.sounds(replace(recorded, language="no such language")) == []
    if Espeak.version() is not None:
        sounds = [SOUNDS[number] for number in reading.sounds(replace(recorded, text="నమస్తే", language="te"))]
        assert sounds[:2] == ["n", "a"] and "m" in sounds


def test_gathered_words_are_kept(tmp_path: Path) -> None:
    kept, lines = tmp_path / "words.json", []
    config = WordsConfig(domain=5, made_up=3, repeats=2)
    pairs = gathered(kept, lambda: [told("animal")], None, config, lines.append, 0)
    assert pairs.count(pairs_heard([told("animal")])[0]) == 2 and 10 < len(pairs) <= 15
    assert len(lines) == 2
    assert gathered(kept, list, None, config, lines.append, 0) == pairs
    kept.write_text("[[1]]", encoding="utf-8")
    with pytest.raises(PalukuError, match="damaged"):
        gathered(kept, list, None, config, lines.append, 0)
