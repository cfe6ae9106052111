"""Spoken sums in both languages, by a small parser."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from core.domain.numbers import LARGEST, in_words, read_number
from core.domain.script import sound_key
from core.domain.talk import Answer, Request
from core.domain.wording import Speller
from core.errors import PalukuError
from core.skills.desk import Desk


class SumError(PalukuError):
    """A sum that has no answer; `case` names the reply."""

    def __init__(self, case: str) -> None:
        super().__init__(f"The sum cannot be done ({case}).", "Say it in other words.")
        self.case = case


@dataclass(frozen=True, slots=True)
class Sign:
    """An operation of the sum; after both numbers (రెండుకి మూడు కలిపితే) or between them."""

    what: str
    after: bool = False


_BETWEEN = {
    "+": "plus add added ప్లస్ +", "-": "minus less - మైనస్", "*": "times multiplied into x * × ఇంటూ",
    "/": "divided over / ÷ బై", "%of": "percent పర్సెంట్ %", "^": "power",
}  # fmt: skip
_AFTER = {
    "+": "కలిపితే కలుపు కలిపి కూడితే కూడు కలిపినా కలిపిన కూడిక", "-": "తీసేస్తే తీస్తే తీసెయ్ తీసివేస్తే తగ్గిస్తే పోతే తీసేయ్ తీసి",
    "*": "గుణిస్తే గుణించు గుణించితే గుణకారం హెచ్చిస్తే", "/": "భాగిస్తే భాగించు భాగించితే భాగహారం పంచితే", "%": "శాతం percent పర్సెంట్",
}  # fmt: skip
_HALVES = {sound_key(word) for word in ("half", "సగం")}
_DOUBLES = {sound_key(word) for word in ("double", "twice", "రెట్టింపు")}
_SQUARES = {sound_key(word) for word in ("squared", "square", "స్క్వేర్", "వర్గం")}
_PREFIX = {
    sound_key(word): sign
    for word, sign in (("sum", "+"), ("total", "+"), ("difference", "-"), ("product", "*"))
}
_FLOORS = (("^",), ("*", "/", "%of"), ("+", "-"))


class Arithmetic:
    """Does sums."""

    name = "arithmetic"
    intents = ("arithmetic",)

    def answer(self, request: Request, desk: Desk) -> Answer:
        language = request.language
        speller = Speller(request.heard or language, desk.domain.lists)
        try:
            result = evaluate(speller.split(request.text), request.heard or language)
        except SumError as error:
            return desk.replies.answer("arithmetic", language, error.case)
        return desk.replies.answer("arithmetic", language, result=in_words(_rounded(result), language))


def evaluate(words: list[str], language: str) -> Fraction:
    """The value of the sum in these words."""
    items = _items(words, language)
    numbers = [item for item in items if isinstance(item, Fraction)]
    if not numbers:
        raise SumError("missing")
    value = _infix(_paired(items))
    if abs(value) > LARGEST:
        raise SumError("large")
    return value


def _items(words: list[str], language: str) -> list[Fraction | Sign]:
    """Numbers and signs in their order; other words are passed over."""
    between = {sound_key(word): sign for sign, said in _BETWEEN.items() for word in said.split()}
    after = {sound_key(word): sign for sign, said in _AFTER.items() for word in said.split()}
    joiner, half, double = "", False, False
    items: list[Fraction | Sign] = []
    at = 0
    while at < len(words):
        key = sound_key(words[at])
        number = None if words[at] in ("a", "an") else read_number(words, language, at)
        if words[at] == "-" or (
            number and key in ("minus", "mainas") and items and isinstance(items[-1], Fraction)
        ):
            number = None
        if number:
            value, at = number
            if half or double:
                value, half, double = value / 2 if half else value * 2, False, False
            items.append(value)
            continue
        if key in _SQUARES and items and isinstance(items[-1], Fraction):
            items[-1] = items[-1] ** 2
        elif key in _SQUARES:
            joiner = "square"
        elif key in _HALVES or key in _DOUBLES:
            half, double = _halve(items, key in _HALVES)
        elif key in _PREFIX:
            joiner = _PREFIX[key]
        elif words[at] == "and" and joiner in ("+", "-", "*") and items:
            items.append(Sign(joiner))
        elif key in after and (language == "te" or key not in between):
            items.append(Sign(after[key], after=True))
        elif key in between:
            items.append(Sign(between[key]))
        at += 1
    if joiner == "square" and len(items) == 1 and isinstance(items[0], Fraction):
        items[0] = items[0] ** 2
    return items


def _halve(items: list[Fraction | Sign], half: bool) -> tuple[bool, bool]:
    """Halves (or doubles) the number before: పది లో సగం. With none before, the next one: half of ten."""
    if items and isinstance(items[-1], Fraction):
        items[-1] = items[-1] / 2 if half else items[-1] * 2
        return False, False
    return half, not half


def _paired(items: list[Fraction | Sign]) -> list[Fraction | Sign]:
    """Signs that are said after two numbers, moved between or applied."""
    out: list[Fraction | Sign] = []
    for item in items:
        if isinstance(item, Sign) and item.after and len(out) > 1 and _two_numbers(out):
            second, first = out.pop(), out.pop()
            assert isinstance(first, Fraction)
            assert isinstance(second, Fraction)
            out.append(_apply(item.what, first, second))
        elif isinstance(item, Sign) and item.what == "%" and out and isinstance(out[-1], Fraction):
            out.append(Sign("%of"))
        else:
            out.append(item)
    # two numbers and no sign: the tables, as in ఐదు ఆరుల
    if len(out) == 2 and _two_numbers(out):
        return [out[0], Sign("*"), out[1]]
    return out


def _two_numbers(items: list[Fraction | Sign]) -> bool:
    return isinstance(items[-1], Fraction) and isinstance(items[-2], Fraction)


def _infix(items: list[Fraction | Sign]) -> Fraction:
    """The value of numbers with signs between them; times and over before plus and minus."""
    for floor in _FLOORS:
        at = 1
        while at < len(items) - 1:
            left, sign, right = items[at - 1 : at + 2]
            if (
                isinstance(sign, Sign)
                and sign.what in floor
                and isinstance(left, Fraction)
                and isinstance(right, Fraction)
            ):
                items[at - 1 : at + 2] = [_apply(sign.what, left, right)]
            else:
                at += 1
    if len(items) != 1 or not isinstance(items[0], Fraction):
        raise SumError("missing")
    return items[0]


def _apply(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "/":
        if right == 0:
            raise SumError("zero")
        return left / right
    if sign == "^":
        if right.denominator != 1 or not 0 <= right <= 40 or abs(left) > 10**6:
            raise SumError("large")
        return left ** int(right)
    return {"+": left + right, "-": left - right, "*": left * right}.get(sign, left * right / 100)


def _rounded(value: Fraction) -> Fraction:
    """Two places are enough to hear."""
    return Fraction(round(value * 100), 100)
