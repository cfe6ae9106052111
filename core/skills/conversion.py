"""Units of length, weight, volume, area, time and warmth, one turned into another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from core.domain.numbers import before_noun, read_number
from core.domain.script import sound_key
from core.domain.talk import Answer, Request
from core.domain.wording import Speller
from core.skills.desk import Desk


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: what it measures, its size, and its name for one and for many."""

    kind: str
    size: Fraction
    te: tuple[str, str]
    en: tuple[str, str]
    beginnings: str
    """How words for it begin, in either script, so that any ending may follow."""


def _unit(kind: str, size: str, te: str, en: str, beginnings: str) -> Unit:
    one, many = te.split("/")
    single, plural = en.split("/")
    return Unit(kind, Fraction(size), (one, many), (single, plural), beginnings)


UNITS = (
    _unit("length", "1000", "కిలోమీటరు/కిలోమీటర్లు", "kilometer/kilometers", "కిలోమీట kilomet km కిమీ"),
    _unit("length", "1/100", "సెంటీమీటరు/సెంటీమీటర్లు", "centimeter/centimeters", "సెంటీమీ సెంటిమీ centimet cm"),
    _unit("length", "1/1000", "మిల్లీమీటరు/మిల్లీమీటర్లు", "millimeter/millimeters", "మిల్లీమీ millimet mm"),
    _unit("length", "1", "మీటరు/మీటర్లు", "meter/meters", "మీటర్ meter metre"),
    _unit("length", "1609344/1000", "మైలు/మైళ్ళు", "mile/miles", "మైలు మైళ్ mile"),
    _unit("length", "3048/10000", "అడుగు/అడుగులు", "foot/feet", "అడుగు foot feet"),
    _unit("length", "254/10000", "అంగుళం/అంగుళాలు", "inch/inches", "అంగుళ inch ఇంచ్"),
    _unit("length", "9144/10000", "గజం/గజాలు", "yard/yards", "గజం గజాల yard"),
    _unit("mass", "1000", "కిలో/కిలోలు", "kilo/kilos", "కిలో kilo kg కేజీ"),
    _unit("mass", "1/1000", "మిల్లీగ్రాము/మిల్లీగ్రాములు", "milligram/milligrams", "మిల్లీగ్ milligr mg"),
    _unit("mass", "1", "గ్రాము/గ్రాములు", "gram/grams", "గ్రా gram"),
    _unit("mass", "1000000", "టన్ను/టన్నులు", "ton/tons", "టన్ను టన్ ton"),
    _unit("mass", "45359237/100000", "పౌండు/పౌండ్లు", "pound/pounds", "పౌండ్ pound"),
    _unit("mass", "100000", "క్వింటాలు/క్వింటాళ్ళు", "quintal/quintals", "క్వింటా quintal"),
    _unit("volume", "1/1000", "మిల్లీలీటరు/మిల్లీలీటర్లు", "milliliter/milliliters", "మిల్లీలీ millil ml"),
    _unit("volume", "1", "లీటరు/లీటర్లు", "liter/liters", "లీటర్ liter litre"),
    _unit("time", "1", "సెకను/సెకన్లు", "second/seconds", "సెకన్ సెకండ్ second"),
    _unit("time", "60", "నిమిషం/నిమిషాలు", "minute/minutes", "నిమిష minute"),
    _unit("time", "3600", "గంట/గంటలు", "hour/hours", "గంట hour"),
    _unit("time", "86400", "రోజు/రోజులు", "day/days", "రోజు day"),
    _unit("time", "604800", "వారం/వారాలు", "week/weeks", "వారం వారాల week"),
    _unit("area", "40468564224/10000000", "ఎకరం/ఎకరాలు", "acre/acres", "ఎకర acre"),
    _unit("area", "40468564224/1000000000", "సెంటు/సెంట్లు", "cent/cents", "సెంట్ సెంటు cents"),
    _unit("area", "10000", "హెక్టారు/హెక్టార్లు", "hectare/hectares", "హెక్టా hectare"),
    _unit("area", "9290304/100000000", "చదరపు అడుగు/చదరపు అడుగులు", "square foot/square feet",
    "చదరపు square"),
    _unit("warmth", "1", "డిగ్రీ సెల్సియస్/డిగ్రీల సెల్సియస్", "degree Celsius/degrees Celsius",
    "సెల్సియస celsius centigrade"),
    _unit("warmth", "5/9", "డిగ్రీ ఫారన్‌హీట్/డిగ్రీల ఫారన్‌హీట్".replace("\u200c", ""),
          "degree Fahrenheit/degrees Fahrenheit", "ఫారన్ fahrenheit"),
)  # fmt: skip
# What the second of two units is, where only "how many" stands by it.
_ASKING = {sound_key(word) for word in ("ఎన్ని", "ఎంత", "many", "much", "eni")}


class Conversion:
    """Turns one unit into another."""

    name = "conversion"
    intents = ("convert",)

    def answer(self, request: Request, desk: Desk) -> Answer:
        language, heard = request.language, request.heard or request.language
        words = Speller(heard, desk.domain.lists).split(request.text)
        read = _read(words, heard)
        if read is None:
            return desk.replies.answer("convert", language, "missing")
        number, source, target = read
        if source.kind != target.kind:
            return desk.replies.answer("convert", language, "unlike")
        result = Fraction(round(convert(number, source, target) * 100), 100)
        return desk.replies.answer(
            "convert",
            language,
            **{"from": _said(number, source, language), "to": _said(result, target, language)},
        )


def convert(number: Fraction, source: Unit, target: Unit) -> Fraction:
    """The number of target units in so many source units."""
    if source.kind == "warmth":
        if source == target:
            return number
        return number * Fraction(9, 5) + 32 if source.size == 1 else (number - 32) * Fraction(5, 9)
    return number * source.size / target.size


def unit_of(word: str) -> Unit | None:
    """The unit that a word names."""
    key = sound_key(word)
    best: tuple[int, Unit] | None = None
    for unit in UNITS:
        for beginning in unit.beginnings.split():
            start = sound_key(beginning)
            fits = key == start or (len(start) > 2 and key.startswith(start))
            if fits and (best is None or len(start) > best[0]):
                best = (len(start), unit)
    return best[1] if best else None


def _read(words: list[str], language: str) -> tuple[Fraction, Unit, Unit] | None:
    """Number, the unit by it, and the other unit; one where no number is said."""
    number, number_end = Fraction(1), -1
    units: list[tuple[int, Unit]] = []
    at = 0
    while at < len(words):
        found = None if words[at] in ("a", "an", "ఒక") else read_number(words, language, at)
        if found and number_end < 0:
            number, number_end = found
            at = number_end
            continue
        if (unit := unit_of(words[at])) and not (
            units and units[-1][1].en[0].startswith("square") and at == units[-1][0] + 1
        ):
            units.append((at, unit))
        at += 1
    if len(units) < 2:
        return None
    by_number = next((pair for pair in units if pair[0] == number_end), None)
    if by_number is None:
        asked = next(
            (pair for pair in units if pair[0] and sound_key(words[pair[0] - 1]) in _ASKING), units[1]
        )
        by_number = next(pair for pair in units if pair != asked)
    other = next((pair for pair in units if pair[1] != by_number[1]), by_number)
    return number, by_number[1], other[1]


def _said(number: Fraction, unit: Unit, language: str) -> str:
    names = unit.te if language == "te" else unit.en
    if language == "te" and number == 1:
        return f"ఒక {names[0]}"
    return f"{before_noun(number, language)} {names[number != 1]}"
