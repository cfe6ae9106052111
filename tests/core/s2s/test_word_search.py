"""Words are found in the chances of sounds, the usual ones first; their file is read as it was written."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import ModelError
from core.s2s.word_search import SearchConfig, WordSearch
from core.s2s.words import Usage, WordStock, read_words, write_words

SOUNDS = 6
USAGE = Usage(
    counts={"": 10, "one": 4, "own": 4, "two": 6, "twofold": 1},
    pairs={("", "one"): 4, ("one", "two"): 4, ("two", "own"): 3},
    sounds={"one": [(1, 2)], "own": [(1, 2), (1, 3)], "two": [(4, 5)], "twofold": [(4, 5, 3, 1)]},
)


def chances(sounds: list[int], sure: float = 0.9) -> NDArray[np.float32]:
    """Rows in which each sound is likely for two frames, with a blank between them."""
    rows = []
    for sound in sounds:
        for likely in (sound, sound, 0):
            row = np.full(SOUNDS, (1 - sure) / (SOUNDS - 1))
            row[likely] = sure
            rows.append(np.log(row))
    return np.array(rows, np.float32)


def found(sounds: list[int], sure: float = 0.9, **config: float) -> tuple[str, ...]:
    search = WordSearch(WordStock(USAGE), SearchConfig(**config))  # type: ignore[arg-type]
    for row in chances(sounds, sure):
        search.push(row)
    return search.found()[0].words


def test_words_are_found_by_their_sounds() -> None:
    assert found([4, 5]) == ("two",)
    assert found([1, 3]) == ("own",)
    assert found([1, 2, 4, 5]) == ("one", "two")


def test_of_words_that_sound_alike_the_usual_one_is_meant() -> None:
    assert found([1, 2]) == ("one",)  # at the beginning
    assert found([4, 5, 1, 2]) == ("two", "own")  # after “two”


def test_a_sound_said_twice_is_two_sounds() -> None:
    assert found([4, 5, 4, 5]) == ("two", "two")


def test_an_unlikely_sound_does_not_hide_a_word() -> None:
    assert found([4, 3], sure=0.7, word=0.0) == ("two",)


def test_an_unfinished_word_is_left_out() -> None:
    assert found([1, 2, 4], sure=0.9999) == ("one",)


def test_what_fits_badly_is_known_to() -> None:
    def misfit(sounds: list[int]) -> float:
        search = WordSearch(WordStock(USAGE))
        for row in chances(sounds):
            search.push(row)
        return search.found()[0].misfit

    assert misfit([4, 5, 1, 2]) < 1.0
    assert misfit([3, 3, 3, 2, 2]) > 5.0


def test_words_become_certain_and_stay_so() -> None:
    search, told = WordSearch(WordStock(USAGE)), []
    for row in chances([4, 5, 1, 2, 4, 5, 1, 3]):
        search.push(row)
        told.append(search.certain())
    assert told[0] == ()
    assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(told))
    assert search.found()[0].words[: len(told[-1])] == told[-1]


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_words(tmp_path / "words.tsv", USAGE)
    written, read = WordStock(USAGE), read_words(tmp_path / "words.tsv")
    assert read.single == written.single and read.double == written.double
    assert read.root.following[4].following[5].words == ["two"]


@pytest.mark.parametrize("text", ["", "one\tmany\n", "one\n", "one\t3\tx y\n"])
def test_a_damaged_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"words\.tsv"):
        read_words(path)
    with pytest.raises(ModelError, match=r"none\.tsv"):
        read_words(tmp_path / "none.tsv")


def test_readings_are_told_by_their_likelihood() -> None:
    search = WordSearch(WordStock(USAGE))
    for row in chances([4, 5, 1, 2]):
        search.push(row)
    best, *others = search.found(3)
    assert best.words == ("two", "own") and ("two", "one") in [other.words for other in others]
    likely = [search.likeness(one, best) for one in (best, *others)]
    assert likely[0] == 1 and likely == sorted(likely, reverse=True) and likely[-1] > 0
    told = search.certain()
    assert all(one.words[: len(told)] == told for one in (best, *others))
