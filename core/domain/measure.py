"""How well turns of unseen wording are understood, as `python -m core.domain.measure` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from core.domain.book import LANGUAGES, UNKNOWN, Domain, Part
from core.domain.mishearing import misheard
from core.domain.teaching import outside_sentences
from core.domain.understand import Understander

_SLIP_RATES = (0.0, 0.02, 0.05, 0.1)
_FILLS = 3
"""Phrasings with slots are tried with this many fillings; each phrasing counts once."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one language, each from 0 to 1."""

    language: str
    phrasings: int
    intent: float
    """The likeliest intent is right, whether or not the turn was refused."""
    understood: float
    """The intent is right and the turn was not refused."""
    refused: float
    """Sentences outside the domain that were refused."""
    outside: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A turn that was not understood as meant."""

    text: str
    meant: str
    guess: str
    refused: bool
    confidence: float


def intent_of(text: str, language: str = "auto") -> str:
    """The intent that a recognised turn is understood as: for measures of hearing, turn by turn."""
    return _built_in().understand(text, language).intent


@cache
def _built_in() -> Understander:
    return Understander.load(Domain.load())


def measure(
    understander: Understander, domain: Domain, language: str, part: Part = "test", *, slips: float = 0.0
) -> Figures:
    """The figures on the held-out phrasings and on the outside sentences of the same half.

    With `slips` that share of the letters and spaces of each turn is wrong, by chance but the same each time.
    """
    guessed = understood = turns = 0
    rng = Random(17)
    for meant, spoken in _spoken(domain, language, part):
        found = understander.understand(misheard(spoken, slips, rng), language)
        turns += 1
        guessed += found.guess == meant
        understood += found.intent == meant
    outside = outside_sentences()[language]["test" if part == "test" else "tune"]
    strange = (misheard(text, slips, rng) for text in outside)
    refused = sum(understander.understand(text, language).intent == UNKNOWN for text in strange)
    phrasings, refusals = turns // _FILLS, refused / len(outside)
    return Figures(language, phrasings, guessed / turns, understood / turns, refusals, len(outside))


def slips(understander: Understander, domain: Domain, language: str, part: Part) -> list[Slip]:
    """The turns that went wrong. Look at those of `valid`; looking at `test` would tune on it."""
    out = {}
    for meant, spoken in _spoken(domain, language, part):
        found = understander.understand(spoken, language)
        if found.intent != meant:
            refused = found.intent == UNKNOWN
            out[spoken] = Slip(spoken, meant, found.guess, refused, round(found.confidence, 3))
    return list(out.values())


def _spoken(domain: Domain, language: str, part: Part) -> Iterator[tuple[str, str]]:
    rng = Random(7)
    for phrasing in domain.all_phrasings(language, part):
        if phrasing.intent != UNKNOWN:
            for _ in range(_FILLS):
                yield phrasing.intent, domain.say(phrasing, rng).text


def main() -> None:
    """Print the figures of both halves for both languages."""
    domain = Domain.load()
    understander = Understander.load(domain)
    for language in LANGUAGES:
        parts: tuple[Part, ...] = ("valid", "test")
        for part, slips in product(parts, _SLIP_RATES):
            f = measure(understander, domain, language, part, slips=slips)
            print(
                f"{language} {part}, {slips:.0%} of letters wrong: {f.phrasings} phrasings, "
                f"intent {f.intent:.1%}, understood {f.understood:.1%}; "
                f"{f.outside} outside sentences, refused {f.refused:.1%}"
            )


if __name__ == "__main__":
    main()
