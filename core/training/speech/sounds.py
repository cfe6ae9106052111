"""Sounds: the pieces that a mouth says, and an utterance cut into them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.training.corpus.manifest import Entry
from core.training.corpus.phonemes import ALIASES, PHONEMES, STRANGE_ID
from core.training.corpus.take import Mark

NOTHING = "_"
PAUSES = (",", ".", "?", "!")
_COLOURED = ("ɔːɹ", "oːɹ", "ɑːɹ", "ɛɹ", "ɪɹ", "ʊɹ", "aɪə", "aɪɚ", "əl", "ʲ")
SOUNDS: tuple[str, ...] = (NOTHING, *PAUSES, *PHONEMES[STRANGE_ID + 1 :], *_COLOURED)
NUMBERS = {sound: number for number, sound in enumerate(SOUNDS)}
SHORTEST_PAUSE = 0.015  # seconds
_SIGNS = {";": ",", ":": ",", "।": ".", "…": "."}


@dataclass(frozen=True, slots=True)
class Piece:
    """A sound or a pause, and the frames that it lasts."""

    sound: int
    begins: bool
    """Whether a word begins with it."""
    frames: int


def sound_number(name: str) -> int | None:
    """The number of a phoneme of espeak-ng, or of the longest beginning of its name that has one."""
    for length in range(len(name), 0, -1):
        start = name[:length]
        found = NUMBERS.get(start, NUMBERS.get(ALIASES.get(start, "")))
        if found is not None:
            return found
    return None


def pieces_of(entry: Entry, frame_rate: float, frames: int) -> list[Piece]:
    """An utterance as pieces; each boundary falls on the frame nearest to it, and none is lost."""
    starts = _starts(entry)
    if not starts:
        return []
    edges: list[int] = []
    for _, _, start in starts:
        wanted = round(start * frame_rate)
        edges.append(wanted if not edges else max(wanted, edges[-1] + 1))
    edges.append(max(frames, edges[-1] + 1))
    edges[0] = 0
    return [
        Piece(sound, begins, end - start)
        for (sound, begins, _), start, end in zip(starts, edges[:-1], edges[1:], strict=True)
    ]


def sounds_of(entry: Entry) -> list[int]:
    """The sounds of an utterance in their order, without pauses."""
    found = (sound_number(mark.name) for mark in entry.phonemes)
    return [number for number in found if number is not None]


def words_of(entry: Entry) -> list[tuple[str, tuple[int, ...]]]:
    """Each word and the sounds it was said with."""
    found = []
    for word in entry.words:
        said = [mark for mark in entry.phonemes if word.start - 0.005 <= mark.start < word.end - 0.005]
        sounds = tuple(number for mark in said if (number := sound_number(mark.name)) is not None)
        if sounds:
            found.append((word.name, sounds))
    return found


def _starts(entry: Entry) -> list[tuple[int, bool, float]]:
    signs = signs_after(entry.text, entry.words)
    found: list[tuple[int, bool, float]] = []
    word, end = 0, None
    for mark in entry.phonemes:
        number = sound_number(mark.name)
        if number is None:
            continue
        begins = False
        while word < len(entry.words) and entry.words[word].start <= mark.start + 0.005:
            word, begins = word + 1, True
        if end is not None and mark.start - end > SHORTEST_PAUSE:
            sign = signs[word - 2] if begins and word >= 2 else ","
            found.append((NUMBERS[sign or ","], False, end))
        found.append((number, begins or not found, mark.start))
        end = mark.end
    if end is not None:
        found.append((NUMBERS[(signs[-1] if signs else "") or "."], False, end))
    return found


def signs_after(text: str, words: tuple[Mark, ...]) -> list[str]:
    """The sign that follows each word, or an empty string."""
    signs, at = [], 0
    for word in words:
        place = text.find(word.name, at)
        if place >= 0:
            at = place + len(word.name)
        after = re.match(r"[^\w\s]*", text[at:])
        sign = next((_SIGNS.get(c, c) for c in (after[0] if after else "") if _SIGNS.get(c, c) in PAUSES), "")
        signs.append(sign)
    return signs
