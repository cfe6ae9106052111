"""Spoken text: what is written, as plain words in one alphabet; numbers, times and letters are said out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from core.domain.loan_spelling import telugu_spelling
from core.domain.numbers import LARGEST, in_words, ordinal
from core.domain.script import is_telugu, roman, row

_PIECE = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?!\d))"
    r"|(?P<ordinal>\d{1,6}(?:st|nd|rd|th)\b)"
    r"|(?P<number>[-−]?\d[\d,]*(?:\.\d+)?)"
    r"|(?P<telugu>[\u0c00-\u0c7f]+)"
    r"|(?P<latin>[a-z](?:[a-z']*[a-z])?)"
    r"|(?P<sign>\S)",
    re.IGNORECASE,
)
_NOT_SPOKEN = re.compile(r"[^\u0c02\u0c03\u0c05-\u0c39\u0c3e-\u0c4d]")
_PAUSES = {",": ",", ";": ",", ":": ",", "–": ",", "—": ",", ".": ".", "…": ".", "।": ".", "?": "?", "!": "!"}
_STRONGER = ",.!?"  # of several signs in a row the strongest is heard
_SIGNS = {
    "+": ("ప్లస్", "plus"), "%": ("శాతం", "percent"), "=": ("సమానం", "equals"), "&": ("మరియు", "and"),
    "×": ("ఇంటూ", "times"), "*": ("ఇంటూ", "times"), "÷": ("బై", "divided by"), "/": ("బై", "by"),
    "₹": ("రూపాయలు", "rupees"), "$": ("డాలర్లు", "dollars"), "€": ("యూరోలు", "euros"), "@": ("ఎట్", "at"),
    "°": ("డిగ్రీలు", "degrees"), "<": ("కంటే తక్కువ", "less than"), ">": ("కంటే ఎక్కువ", "more than"),
    "½": ("అర", "half"), "¼": ("పావు", "a quarter"), "¾": ("ముప్పావు", "three quarters"),
}  # fmt: skip
# Short forms that are said out after a number.
_UNITS = {
    "km": ("కిలోమీటర్లు", "kilometers"), "cm": ("సెంటీమీటర్లు", "centimeters"),
    "mm": ("మిల్లీమీటర్లు", "millimeters"),
    "m": ("మీటర్లు", "meters"), "kg": ("కిలోలు", "kilos"), "g": ("గ్రాములు", "grams"), "l": ("లీటర్లు", "liters"),
    "ml": ("మిల్లీలీటర్లు", "milliliters"), "h": ("గంటలు", "hours"), "min": ("నిమిషాలు", "minutes"),
    "s": ("సెకన్లు", "seconds"),
    "c": ("సెల్సియస్", "celsius"), "f": ("ఫారన్హీట్", "fahrenheit"), "am": ("ఉదయం", "in the morning"),
    "pm": ("సాయంత్రం", "in the evening"), "kb": ("కిలోబైట్లు", "kilobytes"), "mb": ("మెగాబైట్లు", "megabytes"),
    "gb": ("గిగాబైట్లు", "gigabytes"),
}  # fmt: skip
_SHORT = {
    "ok": ("ఓకే", "okay"), "mr": ("మిస్టర్", "mister"), "mrs": ("మిసెస్", "missis"), "dr": ("డాక్టర్", "doctor"),
    "etc": ("వగైరా", "and so on"),
}  # fmt: skip
_LETTERS = {
    "te": row("ఏ బీ సీ డీ ఈ ఎఫ్ జీ హెచ్ ఐ జే కే ఎల్ ఎమ్ ఎన్ ఓ పీ క్యూ ఆర్ ఎస్ టీ యూ వీ డబ్ల్యూ ఎక్స్ వై జెడ్"),
    "en": [
        *row("ay bee see dee ee eff jee aitch eye jay kay ell em en oh pee cue ar ess tee you vee"),
        "double you",
        *row("ex why zed"),
    ],
}


def spoken_text(text: str, language: str) -> str:
    """The text as plain lower-case words with , . ? ! in Telugu script (te) or in a-z and apostrophe (en)."""
    said = " ".join(spoken for _, spoken in spoken_words(text, language) if spoken)
    return re.sub(r" (?=[,.?!])", "", said)


def spoken_words(text: str, language: str) -> list[tuple[str, str]]:
    """Each written word beside what is said for it, pauses with the word before them; "" where nothing is."""
    out: list[tuple[str, str]] = []
    written = _plain(text).split()
    after_number = False
    for at, word in enumerate(written):
        names_letters = _is_letter(word) and any(
            _is_letter(near) for near in (written[at - 1 : at] if at else []) + written[at + 1 : at + 2]
        )
        pieces = list(_pieces(word, language, after_number, names_letters))
        after_number = bool(pieces) and any(letter.isdigit() for letter in word)
        said = _joined(pieces)
        if said and said[0] in _STRONGER:  # a sign that stands alone belongs to the word before
            _append_pause(out, said[0])
            said = said.lstrip(_STRONGER + " ")
        out.append((word, said))
    return out


def _pieces(word: str, language: str, after_number: bool, names_letters: bool) -> Iterator[str]:
    telugu, this = language == "te", language != "te"
    for found in _PIECE.finditer(word):
        kind, piece = found.lastgroup, found[0]
        low = piece.lower()
        before_is_number = after_number or bool(re.search(r"\d$", word[: found.start()].rstrip("°")))
        if kind == "clock":
            hour, minute = (int(part) for part in piece.split(":"))
            oh = "oh " if 0 < minute < 10 and not telugu else ""
            yield in_words(hour, language) + (f" {oh}{in_words(minute, language)}" if minute else "")
        elif kind == "ordinal":
            yield ordinal(int(piece[:-2]), language)
        elif kind == "number":
            yield from _number(piece, language, joined=bool(re.search(r"\w$", word[: found.start()])))
        elif kind == "telugu":
            kept = _NOT_SPOKEN.sub("", piece)
            yield kept if telugu else roman(kept)
        elif kind == "latin" and before_is_number and low in _UNITS:
            yield _UNITS[low][this]
        elif kind == "latin":
            yield _latin(piece, language, names_letters)
        elif piece in _SIGNS:
            yield _SIGNS[piece][this]
        elif piece in _PAUSES:
            yield _PAUSES[piece]
        elif unicodedata.category(piece) == "Nd":  # digits of other scripts
            yield in_words(unicodedata.digit(piece), language)


def _plain(text: str) -> str:
    """Letters without accents (é is e), money after its number, one kind of apostrophe, no joiners."""
    text = unicodedata.normalize("NFC", text).replace("’", "'").replace("\u200c", "")
    text = "".join(
        base if "a" <= (base := unicodedata.normalize("NFKD", letter)[0]).lower() <= "z" else letter
        for letter in text
    )
    return re.sub(r"([₹$€]) ?(\d[\d,]*(?:\.\d+)?)", r"\2 \1", text)


def _latin(piece: str, language: str, names_letter: bool) -> str:
    this, low = language != "te", piece.lower()
    if low in _SHORT:
        return _SHORT[low][this]
    by_letters = (len(piece) > 1 and piece.isupper() and piece.isalpha() and len(piece) <= 4) or (
        len(piece) == 1 and (names_letter or low not in ("a", "i"))
    )
    if by_letters:
        return " ".join(_LETTERS[language][ord(letter) - ord("a")] for letter in low)
    return telugu_spelling(low) if language == "te" else low


def _number(piece: str, language: str, *, joined: bool) -> Iterator[str]:
    minus = piece[0] in "-−"
    digits = piece.lstrip("-−").rstrip(",").replace(",", "")
    if minus and not joined:
        yield in_words(-1, language).split()[0]
    long = len(digits.partition(".")[0]) > 1 and digits.startswith("0")
    if long or Fraction(digits) > LARGEST:
        yield " ".join(in_words(int(digit), language) for digit in digits if digit.isdigit())
    else:
        yield in_words(Fraction(digits), language)
    if piece.endswith(","):
        yield ","


def _joined(pieces: list[str]) -> str:
    """Words with single pauses between them."""
    out = ""
    for piece in pieces:
        if piece in _PAUSES.values() and out and out[-1] in _STRONGER:
            out = out[:-1] + max(out[-1], piece, key=_STRONGER.index)
        elif piece in _PAUSES.values():
            out += piece
        elif piece:
            out += f" {piece}" if out else piece
    return out


def _append_pause(out: list[tuple[str, str]], pause: str) -> None:
    for at in range(len(out) - 1, -1, -1):
        word, said = out[at]
        if said:
            both = said[-1] + pause if said[-1] in _STRONGER else pause
            out[at] = (word, said.rstrip(_STRONGER) + max(both, key=_STRONGER.index))
            return


def _is_letter(word: str) -> bool:
    return re.fullmatch(r"[A-Z][,.?!]?", word) is not None and not is_telugu(word)
