"""What fills the slots of phrasings: lists of the language, and numbers and times made up on the spot."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from core.domain.numbers import in_words
from core.domain.phrase_grammar import expand
from core.domain.times import MINUTE, TE_AT_HOUR, duration_in_words, time_in_words
from core.errors import PalukuError

OWN_SLOTS = ("number", "duration", "time_of_day")
_LISTS = ("name", "word", "thing", "language", "sum", "openings", "endings")
_NAMED = ("speaker", "emotion", "festival", "loanwords")


class SlotListError(PalukuError):
    """A slots file that cannot be used."""


@dataclass(frozen=True, slots=True)
class SlotLists:
    """The slot values of one language."""

    language: str
    plain: Mapping[str, tuple[str, ...]]
    named: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Values with a name of their own: emotion -> happy -> what people call it."""
    units: tuple[tuple[str, ...], ...]
    """Units of one kind stand together."""

    @staticmethod
    def load(path: Path, language: str) -> SlotLists:
        """Read and check a slots file."""
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise SlotListError(
                f"{language}/{path.name} cannot be read: {error}.", "Restore the file."
            ) from error
        expected = {*_LISTS, *_NAMED, "unit"}
        if wrong := sorted(set(table) ^ expected):
            raise SlotListError(
                f"{language}/{path.name}: {wrong[0]!r} is unknown or missing.",
                f"Known: {', '.join(sorted(expected))}.",
            )
        return SlotLists(
            language,
            {name: tuple(table[name]) for name in _LISTS},
            {name: {key: tuple(words) for key, words in table[name].items()} for name in _NAMED},
            tuple(tuple(group) for group in table["unit"]),
        )

    @property
    def known(self) -> set[str]:
        """The slots a phrasing may use."""
        return {*OWN_SLOTS, *_LISTS, *_NAMED, "unit_from", "unit_to"} - {"openings", "endings", "loanwords"}

    @property
    def emotions(self) -> tuple[str, ...]:
        return tuple(self.named["emotion"])

    @property
    def speakers(self) -> tuple[str, ...]:
        return tuple(self.named["speaker"])

    @property
    def openings(self) -> tuple[str, ...]:
        return self.plain["openings"]

    @property
    def endings(self) -> tuple[str, ...]:
        return self.plain["endings"]

    def fill(self, slot: str, after: str, rng: Random, filled: dict[str, str]) -> str:
        """Words for a slot, as they are said before the text `after`."""
        if slot == "number":
            return in_words(_number(rng), self.language)
        if slot == "duration":
            return _duration(self.language, after, rng)
        if slot == "time_of_day":
            return _time_of_day(self.language, rng)
        if slot in ("unit_from", "unit_to"):
            return self._unit(slot, rng, filled)
        if slot == "sum":
            return expand(rng.choice(self.plain["sum"]), rng, self.fill)[0]
        if slot in self.plain:
            return rng.choice(self.plain[slot])
        return rng.choice(rng.choice(list(self.named[slot].values())))

    def _unit(self, slot: str, rng: Random, filled: dict[str, str]) -> str:
        other = filled.get("unit_to" if slot == "unit_from" else "unit_from")
        groups = [group for group in self.units if other is None or other in group]
        return rng.choice([unit for unit in rng.choice(groups) if unit != other])


def _number(rng: Random) -> int:
    return rng.choice([rng.randint(1, 20), rng.randint(1, 100), rng.randint(2, 30), 5 * rng.randint(1, 60)])


def _duration(language: str, after: str, rng: Random) -> str:
    seconds = rng.choice(
        [
            rng.randint(1, 20) * MINUTE,
            5 * rng.randint(1, 12) * MINUTE,
            rng.randint(1, 6) * 3600,
            10 * rng.randint(1, 5),
        ]
    )
    if language == "en":
        return duration_in_words(seconds, "en")
    following = (after.split() or [""])[0]
    words = duration_in_words(seconds, "te", before=following not in ("అయ్యాక", "ఆగి", ""))
    return words.removeprefix("ఒక ") if words == "ఒక గంట" else words


def _time_of_day(language: str, rng: Random) -> str:
    hour, minute = rng.randint(0, 23), rng.choice([0, 0, 0, 15, 30, 30, 45, 5 * rng.randint(1, 11)])
    if language == "te" and minute == 0 and rng.random() < 0.5:
        said = TE_AT_HOUR[(hour - 1) % 12] + "కి"
        return rng.choice(["", "రేపు ", "ఉదయం ", "సాయంత్రం ", "రేపు పొద్దున "]) + said
    return time_in_words(hour, minute, language, at=True)
