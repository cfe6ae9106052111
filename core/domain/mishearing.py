"""Slips of hearing: letters of a turn changed, lost or added, as a recogniser of letters errs."""

from __future__ import annotations

from random import Random

from core.domain.script import CONSONANTS, SIGNS, VOWELS, is_telugu

_TELUGU = "".join((*CONSONANTS, *SIGNS, *VOWELS))
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"


def misheard(text: str, rate: float, rng: Random) -> str:
    """The text with `rate` of its letters and spaces wrong: a third changed, a third lost, a third added."""
    out: list[str] = []
    for letter in text:
        if rng.random() >= rate:
            out.append(letter)
            continue
        strange = rng.choice(_TELUGU if is_telugu(letter) else _ENGLISH)
        out.append(rng.choice([strange, "", letter + strange]))
    return "".join(out)
