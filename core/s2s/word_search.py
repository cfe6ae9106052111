"""WordSearch: the likeliest known words behind the sounds of speech, frame by frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.s2s.words import Node, WordStock

_NEVER = -1e9
_BLANK = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchConfig:
    """How a search weighs what is heard against what is usually said."""

    beams: int = 48
    """Readings that are followed."""
    least: float = -6.5
    """Sounds less likely than this (log) are not followed."""
    language: float = 0.7
    """Weight of how likely a word is after the word before."""
    word: float = 3.0
    """What each word gains: many words are less likely than few, and no less true."""
    ahead: float = 0.3
    """Weight of how likely the words are that may still come of a beginning."""
    left: float = -8.0
    """What it costs that the last word was left unfinished."""
    sureness: float = 0.4
    """How much of what one reading is ahead of another is to be believed: frames are not independent."""


@dataclass(frozen=True, slots=True)
class Found:
    """One way to read all that was heard."""

    words: tuple[str, ...]
    score: float
    """How likely it is that this was said (log)."""
    misfit: float
    """How badly the words fit the sounds (log)."""


@dataclass(slots=True)
class _Reading:
    """One way to read what was heard so far."""

    words: tuple[str, ...]
    node: Node
    last: int
    usual: float
    """How usual its words are."""
    after_blank: float
    after_sound: float

    @property
    def heard(self) -> float:
        """How likely what was heard is, if this was said (log)."""
        return _sum(self.after_blank, self.after_sound)


class WordSearch:
    """A search through the tree of known words, by connectionist temporal classification."""

    def __init__(self, stock: WordStock, config: SearchConfig | None = None) -> None:
        self._stock = stock
        self._config = config or SearchConfig()
        self._readings = [_Reading((), stock.root, _BLANK, 0.0, 0.0, _NEVER)]
        self._best_path = 0.0

    def push(self, chances: NDArray[np.float32]) -> None:  # [n_sounds], log
        """One more frame."""
        self._best_path += float(chances.max())
        blank = float(chances[_BLANK])
        likely = [int(sound) for sound in np.flatnonzero(chances > self._config.least) if sound != _BLANK]
        if not likely:
            for reading in self._readings:
                reading.after_blank, reading.after_sound = reading.heard + blank, _NEVER
            return
        found: dict[tuple[tuple[str, ...], int, int], _Reading] = {}
        for reading in self._readings:
            self._follow(found, reading, blank, [(sound, float(chances[sound])) for sound in likely])
        self._readings = sorted(found.values(), key=self._promise, reverse=True)[: self._config.beams]

    def certain(self) -> tuple[str, ...]:
        """The words that all readings have in common so far."""
        first, *others = (reading.words for reading in self._readings)
        size = len(first)
        for words in others:
            size = min(size, len(words))
            while words[:size] != first[:size]:
                size -= 1
        return first[:size]

    def found(self, most: int = 1) -> list[Found]:
        """The likeliest readings, should nothing more come, the best one first."""
        ends: dict[tuple[str, ...], Found] = {}
        for reading in self._readings:
            misfit = self._best_path - reading.heard
            score = reading.heard + reading.usual
            left = 0.0 if reading.node is self._stock.root else self._config.left
            finished = [(word, self._gain(reading, word)) for word in reading.node.words]
            for end in (
                Found(reading.words, score + left, misfit),
                *(Found((*reading.words, word), score + gain, misfit) for word, gain in finished),
            ):
                if end.words not in ends or ends[end.words].score < end.score:
                    ends[end.words] = end
        return sorted(ends.values(), key=lambda end: end.score, reverse=True)[:most]

    def likeness(self, one: Found, best: Found) -> float:
        """How likely a reading is beside the best one, which has 1."""
        return math.exp(self._config.sureness * (one.score - best.score))

    def _follow(
        self,
        found: dict[tuple[tuple[str, ...], int, int], _Reading],
        reading: _Reading,
        blank: float,
        likely: list[tuple[int, float]],
    ) -> None:
        words, node, usual, heard = reading.words, reading.node, reading.usual, reading.heard
        _take(found, words, node, reading.last, usual, heard + blank, _NEVER)
        gains = [(word, self._gain(reading, word)) for word in node.words]
        for sound, chance in likely:
            before = heard
            if sound == reading.last:  # it goes on; only after a blank it is another one
                _take(found, words, node, sound, usual, _NEVER, reading.after_sound + chance)
                before = reading.after_blank
            if before <= _NEVER / 2:
                continue
            if within := node.following.get(sound):
                _take(found, words, within, sound, usual, _NEVER, before + chance)
            if gains and (begun := self._stock.root.following.get(sound)):
                for word, gain in gains:
                    _take(found, (*words, word), begun, sound, usual + gain, _NEVER, before + chance)

    def _gain(self, reading: _Reading, word: str) -> float:
        before = reading.words[-1] if reading.words else ""
        return self._config.language * self._stock.after(before, word) + self._config.word

    def _promise(self, reading: _Reading) -> float:
        return reading.heard + reading.usual + self._config.ahead * reading.node.usual


def _take(
    found: dict[tuple[tuple[str, ...], int, int], _Reading],
    words: tuple[str, ...],
    node: Node,
    last: int,
    usual: float,
    after_blank: float,
    after_sound: float,
) -> None:
    """Add a way to come to a reading; several ways to the same one are summed up."""
    known = found.get(key := (words, id(node), last))
    if known is None:
        found[key] = _Reading(words, node, last, usual, after_blank, after_sound)
        return
    known.after_blank = _sum(known.after_blank, after_blank)
    known.after_sound = _sum(known.after_sound, after_sound)
    known.usual = max(known.usual, usual)


def _sum(a: float, b: float) -> float:
    """log(exp(a) + exp(b))"""
    if a < b:
        a, b = b, a
    return a if b <= _NEVER / 2 else a + math.log1p(math.exp(b - a))
