"""Telugu script and Roman letters: aksharas, transliteration, and one spelling for what sounds alike."""

from __future__ import annotations

import re
from functools import lru_cache

VOWELS = {
    "అ": "a", "ఆ": "aa", "ఇ": "i", "ఈ": "ee", "ఉ": "u", "ఊ": "oo", "ఋ": "ru", "ఎ": "e", "ఏ": "e",
    "ఐ": "ai", "ఒ": "o", "ఓ": "o", "ఔ": "au",
}  # fmt: skip
SIGNS = {
    "ా": "aa", "ి": "i", "ీ": "ee", "ు": "u", "ూ": "oo", "ృ": "ru", "ె": "e", "ే": "e", "ై": "ai",
    "ొ": "o", "ో": "o", "ౌ": "au",
}  # fmt: skip
CONSONANTS = {
    "క": "k", "ఖ": "kh", "గ": "g", "ఘ": "gh", "ఙ": "n", "చ": "ch", "ఛ": "ch", "జ": "j", "ఝ": "jh", "ఞ": "n",
    "ట": "t", "ఠ": "th", "డ": "d", "ఢ": "dh", "ణ": "n", "త": "t", "థ": "th", "ద": "d", "ధ": "dh", "న": "n",
    "ప": "p", "ఫ": "ph", "బ": "b", "భ": "bh", "మ": "m", "య": "y", "ర": "r", "ఱ": "r", "ల": "l", "ళ": "l",
    "వ": "v", "శ": "sh", "ష": "sh", "స": "s", "హ": "h",
}  # fmt: skip
VIRAMA, ANUSVARA, VISARGA = "్", "ం", "ః"
_TELUGU = re.compile("[\u0c00-\u0c7f]")
_AKSHARA = re.compile(
    f"(?:[{''.join(CONSONANTS)}](?:{VIRAMA}\u200c?[{''.join(CONSONANTS)}])*(?:[{''.join(SIGNS)}]|{VIRAMA})?"
    f"|[{''.join(VOWELS)}])[{ANUSVARA}{VISARGA}]?"
)
_TOKEN = re.compile(r"[\u0c00-\u0c7f]+|[a-z']+|\d[\d,]*(?:\.\d+)?|[-+*/%=×÷]")
# Roman spellings of one sound, longest first. What people type for long vowels differs; length is dropped.
_SOUNDS = [
    ("ksh", "ks"), ("chh", "c"), ("ch", "c"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("kh", "k"),
    ("gh", "g"), ("ph", "p"), ("jh", "j"), ("aa", "a"), ("ee", "i"), ("oo", "u"), ("w", "v"), ("f",
    "p"), ("z", "j"),
    ("q", "k"), ("x", "ks"),
]  # fmt: skip


def row(words: str) -> list[str]:
    """A list of words that is written as one line."""
    return words.split()


def is_telugu(text: str) -> bool:
    """True where any letter is of the Telugu script."""
    return _TELUGU.search(text) is not None


def aksharas(word: str) -> list[str]:
    """The written syllables of a Telugu word: అమ్మ -> అ, మ్మ."""
    return _AKSHARA.findall(word)


def tokens(text: str) -> list[str]:
    """Words, numbers and signs of a text in lower case; punctuation and joiners are dropped."""
    text = text.lower().replace("\u200c", "").replace("\u200d", "").replace("’", "'")
    return [token.strip("'") for token in _TOKEN.findall(text) if token.strip("'")]


def roman(text: str) -> str:
    """Telugu letters as Roman ones, plain to read; everything else stays."""
    out: list[str] = []
    after_consonant = False
    for letter in text:
        if letter in SIGNS:
            out.append(SIGNS[letter])
        elif letter != VIRAMA:
            if after_consonant:
                out.append("a")
            out.append(_plain(letter))
        after_consonant = letter in CONSONANTS
    if after_consonant:
        out.append("a")
    return re.sub(r"m(?=[kgcjtdnsh])", "n", "".join(out))


def _plain(letter: str) -> str:
    if letter == ANUSVARA:
        return "m"
    if letter == VISARGA:
        return "h"
    return CONSONANTS.get(letter) or VOWELS.get(letter) or letter


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """One spelling for a word in either script: చెప్పు, cheppu and ceppu are all `cep`."""
    key = roman(word)
    for spelling, sound in _SOUNDS:
        key = key.replace(spelling, sound)
    key = re.sub(r"(.)\1+", r"\1", key)
    key = re.sub(r"m(?=[^aeiouy\W\d])", "n", key)
    return key[:-1] if len(key) > 3 and key.endswith("u") else key
