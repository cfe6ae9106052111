"""Numbers in words, both ways, in Telugu and English, with lakh and crore."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache

from core.domain.script import is_telugu, row, sound_key, tokens
from core.errors import PalukuError

_EN_UNITS = row(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS = row("twenty thirty forty fifty sixty seventy eighty ninety")
_TE_UNITS = row(
    "సున్నా ఒకటి రెండు మూడు నాలుగు ఐదు ఆరు ఏడు ఎనిమిది తొమ్మిది పది పదకొండు పన్నెండు పదమూడు పద్నాలుగు "
    "పదిహేను పదహారు పదిహేడు పద్దెనిమిది పంతొమ్మిది"
)
_TE_TENS = row("ఇరవై ముప్పై నలభై యాభై అరవై డెబ్భై ఎనభై తొంభై")
# scale: alone, many, many before a rest
_TE_SCALES = {
    10_000_000: ("కోటి", "కోట్లు", "కోట్ల"),
    100_000: ("లక్ష", "లక్షలు", "లక్షల"),
    1_000: ("వెయ్యి", "వేలు", "వేల"),
    100: ("వంద", "వందలు", "వందల"),
}
_EN_SCALES = {10_000_000: "crore", 100_000: "lakh", 1_000: "thousand", 100: "hundred"}
LARGEST = 10**12 - 1

# Other ways people say, spell or type them.
_TE_SAID = {
    1: "ఒక ఓ ఒక్క ఒకటే వొకటి ఒంటి", 2: "రెండే రెండ్", 3: "మూడే", 4: "నాల్గు నాలుగే", 5: "అయిదు ఐదే", 8: "ఎనమిది", 9: "తొమిది",
    11: "పదకుండు", 12: "పన్నెండే పనెండు", 13: "పదమూడే", 14: "పధ్నాలుగు పదునాలుగు పదనాలుగు", 15: "పదిహేనే పదేను",
    16: "పదాహారు పదారు",
    17: "పదిహేడే పదేడు", 18: "పదెనిమిది పద్దెనమిది", 19: "పందొమ్మిది పంతోమ్మిది", 20: "ఇరవయ్యి ఇరవయ్ ఇరవ", 30: "ముప్ఫై ముప్పయ్యి ముప్పయ్",
    40: "నలభయ్ నలబై నలభయ్యి", 50: "యాబై ఏభై యాభయ్యి యాభయ్", 60: "అరవయ్యి అరవయ్", 70: "డెబ్బై డబ్బై డెబ్బయ్యి",
    80: "ఎనబై ఎనభయ్యి", 90: "తొంబై తొంభయ్యి",
}  # fmt: skip
_EN_SAID = {0: "nil oh", 1: "a an", 40: "fourty", 90: "ninty"}
_TE_ORDINALS = {1: "ఒకటో", 2: "రెండో", 8: "ఎనిమిదో", 9: "తొమ్మిదో", 10: "పదో", 18: "పద్దెనిమిదో", 19: "పంతొమ్మిదో"}
_EN_ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
_HALF = "న్నర"
_ORDINAL_ENDINGS = {"st", "nd", "rd", "th", "వ", "న", "వతేదీ"}


class NumberError(PalukuError):
    """A number that cannot be said in words."""


def in_words(number: int | Fraction, language: str) -> str:
    """The number as people say it: 150 -> నూట యాభై, 250000 -> two lakh fifty thousand."""
    if not -LARGEST <= number <= LARGEST:
        raise NumberError("That number is too large to say.", "Numbers up to a trillion can be said.")
    telugu = language == "te"
    if number < 0:
        return ("మైనస్ " if telugu else "minus ") + in_words(-number, language)
    whole, rest = divmod(Fraction(number), 1)
    if rest == 0:
        return _te_whole(whole) if telugu else _en_whole(whole)
    if telugu and rest == Fraction(1, 2) and 1 <= whole <= 19:
        return _TE_UNITS[whole] + _HALF
    places = f"{float(rest):.4f}"[2:].rstrip("0")
    if not places or places == "0000" or float(rest) > 0.99995:
        return in_words(round(number), language)
    units = _TE_UNITS if telugu else _EN_UNITS
    return " ".join(
        [in_words(whole, language), "పాయింట్" if telugu else "point", *(units[int(d)] for d in places)]
    )


def before_noun(number: int | Fraction, language: str) -> str:
    """The number as it stands before what it counts: ఐదు వేల మీటర్లు, not ఐదు వేలు."""
    words = in_words(number, language)
    plural = language == "te" and any(words.endswith(many) for _, many, _ in _TE_SCALES.values())
    return words.removesuffix("ు") if plural else words


def _te_whole(number: int) -> str:
    if number < 20:
        return _TE_UNITS[number]
    if number < 100:
        return _joined(_TE_TENS[number // 10 - 2], number % 10, "te")
    if 100 < number < 200:
        return "నూట " + _te_whole(number - 100)
    for scale, (alone, many, before) in _TE_SCALES.items():
        if number >= scale:
            count, rest = divmod(number, scale)
            head = alone if count == 1 else f"{_te_whole(count)} {before if rest else many}"
            return _joined(head, rest, "te")
    raise AssertionError(number)


def _en_whole(number: int) -> str:
    if number < 20:
        return _EN_UNITS[number]
    if number < 100:
        return _joined(_EN_TENS[number // 10 - 2], number % 10, "en")
    for scale, name in _EN_SCALES.items():
        if number >= scale:
            count, rest = divmod(number, scale)
            head = f"{_en_whole(count)} {name}"
            return f"{head} and {_en_whole(rest)}" if 0 < rest < 100 else _joined(head, rest, "en")
    raise AssertionError(number)


def _joined(head: str, rest: int, language: str) -> str:
    return f"{head} {in_words(rest, language)}" if rest else head


def ordinal(number: int, language: str) -> str:
    """The number as a place in a row: twenty first, ఇరవై ఒకటో."""
    words = in_words(number, language).split()
    last = words[-1]
    if language == "te":
        value = next((v for v, word in enumerate(_TE_UNITS) if word == last), None)
        if value in _TE_ORDINALS:
            words[-1] = _TE_ORDINALS[value]
        elif last.endswith("ై"):
            words[-1] = last[:-1] + "య్యో"
        else:
            words[-1] = last.rstrip("ిు") + "ో"
    else:
        value = _EN_UNITS.index(last) if last in _EN_UNITS else -1
        words[-1] = _EN_ORDINALS.get(value) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return " ".join(words)


@cache
def _ordinals(language: str) -> dict[str, int]:
    found = {sound_key(word): number for number, word in _EN_ORDINALS.items()} if language == "en" else {}
    for number in range(1, 32):
        found[" ".join(map(sound_key, ordinal(number, language).split()))] = number
    return found


def read_ordinal(words: Sequence[str], language: str, start: int = 0) -> tuple[int, int] | None:
    """The ordinal (1 to 31) that begins at `start`, and where it ends."""
    for length in (2, 1):
        key = " ".join(map(sound_key, words[start : start + length]))
        for known in ("te", "en"):
            if (
                (known == language or known == "en")
                and key in _ordinals(known)
                and start + length <= len(words)
            ):
                return _ordinals(known)[key], start + length
    if start + 1 < len(words) and words[start].isdigit() and words[start + 1] in _ORDINAL_ENDINGS:
        return int(words[start]), start + 2
    return None


@cache
def _lexicon(language: str) -> dict[str, tuple[str, Fraction]]:
    """Sound key of a word -> what it does to the number being read, and with what value."""
    found: dict[str, tuple[str, Fraction]] = {}

    def put(kind: str, value: int | Fraction, said: str) -> None:
        for word in said.split():
            found.setdefault(sound_key(word), (kind, Fraction(value)))

    telugu = language == "te"
    units, tens, said = (_TE_UNITS, _TE_TENS, _TE_SAID) if telugu else (_EN_UNITS, _EN_TENS, _EN_SAID)
    for value, word in [*enumerate(units), *((10 * (i + 2), word) for i, word in enumerate(tens))]:
        put("small", value, f"{word} {said.get(value, '')}")
        if telugu and value < 20:
            put("small", value + Fraction(1, 2), f"{word}{_HALF} {word}{_HALF}లు")
            put("small", value + Fraction(1, 4), f"{word}ంపావు")
    if telugu:
        put("small", Fraction(1, 2), "అర సగం")
        put("small", Fraction(3, 4), "ముప్పావు")
        put("extra", 100, "నూట")
        put("times", 100, "నూరు")
        for scale, names in _TE_SCALES.items():
            put("times", scale, " ".join(names))
            put("times", scale + Fraction(scale, 2), names[0] + _HALF)
        put("times", 1000, "వెయ్యిన్ని వెయ్")
        put("point", 0, "పాయింట్ దశాంశం")
        put("minus", 0, "మైనస్")
    else:
        for scale, name in _EN_SCALES.items():
            put("times", scale, f"{name} {name}s")
        put("times", 1_000_000, "million millions")
        put("times", 1_000_000_000, "billion billions")
        put("point", 0, "point")
        put("minus", 0, "minus")
        put("and", 0, "and")
    return found


@lru_cache(maxsize=16384)
def _look_up(word: str, language: str) -> list[tuple[str, Fraction]]:
    """What a word says; a Telugu number run together (ఇరవైఐదు) is taken apart."""
    if re.fullmatch(r"\d[\d,]*(\.\d+)?", word):
        return [("digits", Fraction(word.replace(",", "")))]
    key = sound_key(word)
    for known in ("te", "en") if language == "te" else ("en",):
        lexicon = _lexicon(known)
        if key in lexicon and not (
            known == "en" and language == "te" and key in ("a", "an", "and", "oh", "nil")
        ):
            return [lexicon[key]]
    if language == "te" and is_telugu(word):
        for cut in range(2, len(word) - 1):
            head, tail = _lexicon("te").get(sound_key(word[:cut])), _lexicon("te").get(sound_key(word[cut:]))
            if head and tail and (tail[0] == "times" or (head[1] % 10 == 0 and 0 < tail[1] < 10)):
                return [head, tail]
    return []


def read_number(words: Sequence[str], language: str, start: int = 0) -> tuple[Fraction, int] | None:
    """The longest number that begins at `start`, and where it ends; None where none begins."""
    total, current, last_scale = Fraction(0), None, Fraction(10**15)
    at, end, sign = start, start, 1
    last_small = Fraction(100)
    while at < len(words):
        parts = _look_up(words[at], language)
        if not parts:
            break
        fits = True
        for kind, value in parts:
            if kind == "minus" and at == start:
                sign = -1
            elif kind == "digits" and current is None and last_scale > 10**14:
                current, last_small = value, Fraction(1)
            elif kind == "extra" and current is None:
                current, last_small = value, Fraction(100)
            elif kind == "small" and (current is None or _may_follow(last_small, value)):
                current, last_small = (current or Fraction(0)) + value, value
            elif kind == "times" and value == 100 and (current is None or current < 100):
                current, last_small = (1 if current is None else current) * value, Fraction(100)
            elif kind == "times" and value != 100 and value < last_scale:
                total += (1 if current is None else current) * value
                current, last_scale, last_small = None, value, Fraction(100)
            elif kind == "point" and (current is not None or total):
                return _with_places(sign, total + (current or 0), words, language, at)
            elif kind == "and" and end > start and last_small == 100:
                fits = at + 1 < len(words) and _look_up(words[at + 1], language)[:1] != []
            else:
                fits = False
        if not fits:
            break
        at += 1
        if parts[-1][0] not in ("and", "minus"):
            end = at
    if end == start or (end == start + 1 and words[start] in ("a", "an")):
        return None
    if language == "en" and list(words[end : end + 3]) == ["and", "a", "half"]:
        return sign * (total + (current or 0) + Fraction(1, 2)), end + 3
    return sign * (total + (current or 0)), end


def _may_follow(before: Fraction, value: Fraction) -> bool:
    if before == 100:
        return value < 100
    return 20 <= before < 100 and before % 10 == 0 and 0 < value < 10


def _with_places(
    sign: int, whole: Fraction, words: Sequence[str], language: str, point: int
) -> tuple[Fraction, int]:
    digits, at = "", point + 1
    while at < len(words):
        parts = _look_up(words[at], language)
        if len(parts) != 1 or parts[0][0] not in ("small", "digits") or parts[0][1].denominator != 1:
            break
        digits += str(parts[0][1])
        at += 1
    if not digits:
        return sign * whole, point
    return sign * (whole + Fraction(int(digits), 10 ** len(digits))), at


def from_words(text: str, language: str) -> Fraction | None:
    """The number that the whole text is, or None."""
    words = tokens(text)
    found = read_number(words, language)
    return found[0] if found and found[1] == len(words) else None
