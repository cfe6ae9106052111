"""WordStock: the words that are usually said, how they sound, and which follows which."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import ModelError, StorageError

Sounds = tuple[int, ...]
_AGAIN = "Fetch or copy the model again."
_PAIRED = 0.85  # how much is believed of what followed a word, and the rest of how usual a word is by itself
_ALONE = math.log(1 - _PAIRED)
_MIXED = -4.0  # what it costs to go on in another script, where that was never seen


@dataclass(slots=True)
class Node:
    """A place in the tree of all pronunciations: the sounds that may follow, and the words that end here."""

    following: dict[int, Node] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    usual: float = -math.inf
    """The likeliest word that ends here or further on."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What is usually said: how often each word, how often one after the other, and how words sound.

    The first word of a text follows an empty word.
    """

    counts: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    sounds: Mapping[str, Sequence[Sounds]]


class WordStock:
    """Words by how often they are said, alone and after one another, as a tree of their sounds."""

    def __init__(self, usage: Usage) -> None:
        counts = usage.counts
        total = sum(counts.values())
        self.single = {word: math.log(count / total) for word, count in counts.items()}
        self.double = {
            (first, second): math.log(count / counts[first])
            for (first, second), count in usage.pairs.items()
            if counts.get(first)
        }
        self.root = Node()
        for word, ways in usage.sounds.items():
            for way in ways:
                node = self.root
                for sound in way:
                    node = node.following.setdefault(sound, Node())
                if way and word not in node.words:
                    node.words.append(word)
        self._look_ahead(self.root)

    def after(self, before: str, word: str) -> float:
        """How likely a word is after another (log); before the first one stands an empty word."""
        alone = self.single[word] + _ALONE
        if (seen := self.double.get((before, word))) is not None:
            return math.log(_PAIRED * math.exp(seen) + math.exp(alone))
        mixed = before and before.isascii() != word.isascii()
        return alone + (_MIXED if mixed else 0.0)

    def _look_ahead(self, node: Node) -> float:
        node.usual = max((self.single[word] for word in node.words), default=-math.inf)
        for following in node.following.values():
            node.usual = max(node.usual, self._look_ahead(following))
        return node.usual


def read_words(path: Path) -> WordStock:
    """A word a line, with how often it is said and its pronunciations; or two words, with how often."""
    counts: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    sounds: dict[str, list[Sounds]] = {}
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            said, count, *ways = line.split("\t")
            first, _, second = said.partition(" ")
            if second:
                pairs[first, second] = int(count)
                continue
            counts[first] = int(count)
            sounds[first] = [tuple(int(sound) for sound in way.split()) for way in ways]
    except (OSError, ValueError) as error:
        raise ModelError(f"The words in {path.name} cannot be read: {error}.", _AGAIN) from error
    if not counts:
        raise ModelError(f"There are no words in {path.name}.", _AGAIN)
    return WordStock(Usage(counts, pairs, sounds))


def write_words(path: Path, usage: Usage) -> None:
    """The file that `read_words` reads."""
    lines = []
    for word, count in sorted(usage.counts.items()):
        ways = (" ".join(map(str, way)) for way in usage.sounds.get(word, ()))
        lines.append("\t".join([word, str(count), *ways]))
    lines += [f"{first} {second}\t{count}" for (first, second), count in sorted(usage.pairs.items())]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"The words could not be saved: {error.strerror}.", "Is the disk full?") from error
