"""The small grammar of phrasings: (a|b) is a choice, [a] may be left out, {slot} is filled."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_PIECE = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_MARKS = re.compile(r"\{\w+\}|[()|\[\]]")
_SLOT = re.compile(r"\{(\w+)\}")
# Telugu endings join the words they follow: నిమిషాల లో -> నిమిషాల్లో, తొమ్మిది కి -> తొమ్మిదికి
_JOINED = [
    (re.compile(r"(\S\S)లు? లో(కి)?\b"), r"\1ల్లో\2"),
    (re.compile(r"(\S\S)లు? (కి|ని)(?= |$)"), r"\1ల\2"),
    (re.compile(r"(\S[ిు]) (కి|ని)(?= |$)"), r"\1\2"),
]
Fill = Callable[[str, str, Random, dict[str, str]], str]
"""(slot, the text after it, random source, slots filled so far) -> its words."""


def slots_in(text: str) -> list[str]:
    """The names of the slots, in order."""
    return _SLOT.findall(text)


def plain_words(text: str) -> str:
    """The words of a phrasing alone, of every choice; without its marks and slots."""
    return _MARKS.sub(" ", text)


def grammar_fault(text: str) -> str:
    """What is wrong with the brackets of a phrasing, or an empty string."""
    rest = _SLOT.sub("", _PIECE.sub("", text))
    if any(mark in rest for mark in "()[]{}|"):
        return "brackets"
    return "" if text.strip() else "empty"


def readings(text: str) -> int:
    """How many readings the choices and options make."""
    count = 1
    for piece in _PIECE.finditer(text):
        count *= len(piece[1].split("|")) if piece[1] is not None else 2
    return count


def choices(text: str) -> list[str]:
    """Every reading of the choices and options; slots stay."""
    piece = _PIECE.search(text)
    if piece is None:
        return [" ".join(text.split())]
    options = piece[1].split("|") if piece[1] is not None else [piece[2], ""]
    return [
        whole for option in options for whole in choices(text[: piece.start()] + option + text[piece.end() :])
    ]


def expand(text: str, rng: Random, fill: Fill) -> tuple[str, dict[str, str]]:
    """One reading with its slots filled, and what filled them."""
    while piece := _PIECE.search(text):
        options = piece[1].split("|") if piece[1] is not None else [piece[2], ""]
        text = text[: piece.start()] + rng.choice(options) + text[piece.end() :]
    slots: dict[str, str] = {}
    out, at = [], 0
    for match in _SLOT.finditer(text):
        value = fill(match[1], text[match.end() :], rng, slots)
        slots[match[1]] = value
        out += [text[at : match.start()], value]
        at = match.end()
    whole = " ".join("".join([*out, text[at:]]).split())
    for loose, joined in _JOINED:
        whole = loose.sub(joined, whole)
    return whole, slots
