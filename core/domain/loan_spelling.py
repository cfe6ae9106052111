"""English words in Telugu letters, as people write them: from a list, and by rule where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from core.domain.script import VIRAMA
from core.errors import PalukuError

LIST = Path(__file__).parent / "te" / "english.tsv"
# Letter groups: a consonant as its Telugu letters; a vowel as its sign, and as it stands alone.
_CONSONANTS = {
    "tch": "చ", "sch": "స్క", "ck": "క", "ch": "చ", "sh": "ష", "th": "థ", "ph": "ఫ", "gh": "ఘ", "kh": "ఖ",
    "bh": "భ", "dh": "ధ", "jh": "ఝ", "wh": "వ", "wr": "ర", "kn": "న", "qu": "క్వ", "ng": "ంగ", "nk": "ంక",
    "x": "క్స", "b": "బ", "c": "క", "d": "డ", "f": "ఫ", "g": "గ", "h": "హ", "j": "జ", "k": "క", "l": "ల",
    "m": "మ", "n": "న", "p": "ప", "q": "క", "r": "ర", "s": "స", "t": "ట", "v": "వ", "w": "వ", "z": "జ",
}  # fmt: skip
_VOWELS = {
    "igh": ("ై", "ఐ"), "eau": ("ో", "ఓ"), "ee": ("ీ", "ఈ"), "ea": ("ీ", "ఈ"), "oo": ("ూ", "ఊ"), "ou": ("ౌ", "ఔ"),
    "ow": ("ౌ", "ఔ"), "oa": ("ో", "ఓ"), "ai": ("ే", "ఏ"), "ay": ("ే", "ఏ"), "au": ("ా", "ఆ"), "aw": ("ా", "ఆ"),
    "aa": ("ా", "ఆ"), "ie": ("ీ", "ఈ"), "ei": ("ే", "ఏ"), "ey": ("ీ", "ఈ"), "ew": ("్యూ", "యూ"), "oi": ("ాయ", "ఆయ"),
    "oy": ("ాయ", "ఆయ"), "ue": ("ూ", "ఊ"), "a": ("ా", "ఆ"), "e": ("ె", "ఎ"), "i": ("ి", "ఇ"), "o": ("ా", "ఆ"),
    "u": ("ు", "అ"), "y": ("ీ", "ఈ"),
}  # fmt: skip
_LONG = {"a": ("ే", "ఏ"), "e": ("ీ", "ఈ"), "i": ("ై", "ఐ"), "o": ("ో", "ఓ"), "u": ("ూ", "యూ"), "y": ("ై", "ఐ")}
_PART = re.compile("|".join(sorted({*_CONSONANTS, *_VOWELS}, key=lambda part: (-len(part), part))))


class LoanListError(PalukuError):
    """A list of English words in Telugu letters that cannot be read."""


def telugu_spelling(word: str) -> str:
    """An English word (a-z and apostrophe) in Telugu letters: water is వాటర్."""
    known = _listed()
    if word in known:
        return known[word]
    plain = word.replace("'", "")
    for ending, said in (("s", "స్"), ("ing", "ింగ్")):
        stem = plain.removesuffix(ending)
        if stem != plain and stem in known:
            return known[stem].removesuffix(VIRAMA if ending == "ing" else "") + said
    return _by_rule(plain)


def _by_rule(word: str) -> str:
    out, open_consonant = "", False
    for kind, said, alone in _parts(word):
        if kind == "consonant":
            if said[0] == "ం" and not out:
                said = said[1:]
            out += (VIRAMA if open_consonant and said[0] != "ం" else "") + said
            open_consonant = True
        else:
            out += said if open_consonant else alone
            open_consonant = said.endswith("య") and len(said) > 1
    return out + (VIRAMA if open_consonant else "")


def _parts(word: str) -> Iterator[tuple[str, str, str]]:
    """The sounds of a word: its kind, how it is written after a consonant, and how alone."""
    silent = len(word) > 3 and word[-1] == "e" and word[-2] not in "aeiouy" and word[-3] in _LONG
    body = word[:-1] if silent or (len(word) > 3 and word[-1] == "e") else word
    found = list(_PART.finditer(body))
    for at, part in enumerate(found):
        group = part[0]
        if group == "y" and at + 1 < len(found) and found[at + 1][0] in _VOWELS:
            yield "consonant", "య", "య"
        elif group in _VOWELS:
            long = silent and at == len(found) - 2 and group in _LONG
            yield "vowel", *(_LONG if long else _VOWELS)[group]
        elif group == "c" and (body + "e" * silent)[part.end() : part.end() + 1] in ("e", "i", "y"):
            yield "consonant", "స", "స"
        elif group == "g" and silent and at == len(found) - 1:
            yield "consonant", "జ", "జ"
        elif at and group == found[at - 1][0]:
            continue  # a doubled letter is one sound
        else:
            yield "consonant", _CONSONANTS[group], _CONSONANTS[group]


@cache
def _listed(path: Path = LIST) -> dict[str, str]:
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise LoanListError(f"{path.name} cannot be read: {error}.", "Install Paluku again.") from error
    pairs: list[list[str]] = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {english: telugu for english, telugu, *_ in pairs}
