"""A turn as the understander sees it: words of either script in one spelling, numbers and times marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.clock_words import SpokenTime, read_time, split_cases
from core.domain.numbers import read_number
from core.domain.script import is_telugu, sound_key, tokens
from core.domain.slot_values import SlotLists
from core.domain.times import read_duration, unit_of_time

_PARTICLES = {
    "lo",
    "loki",
    "ki",
    "ku",
    "ni",
    "nu",
    "ga",
    "to",
    "la",
    "l",
    "va",
    "ke",
    "a",
    "ledu",
    "e",
    "nunci",
    "lu",
}
_ONE = {"one", "a", "an", "ఒక", "ఓ", "ఒక్క", "oka", "okka", "oh"}
_LANGUAGES = {"te": ("telugu", "తెలుగు"), "en": ("english", "ఇంగ్లీష్", "ఆంగ్లం")}
_IN_ONE_UNIT = {"gantalo", "nimisanlo", "gantaki"}
_AFTER_LENGTH = {"tarvata", "timer", "agi", "ayaka", "count", "+lo", "lo"}
NUMBER, DURATION, TIME = "<number>", "<duration>", "<time>"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the turn: how it sounds, how it was written, and what it means where that is known."""

    key: str
    surface: str
    value: int | float | str | SpokenTime | None = None
    kind: str = ""
    """number, duration, time_of_day; or emotion, speaker, festival, language where value names one."""

    @property
    def marked(self) -> bool:
        return self.key.startswith("<")


class Speller:
    """Brings what was heard or typed in one language to words in one spelling."""

    def __init__(self, language: str, lists: Mapping[str, SlotLists]) -> None:
        self.language = language
        self._loans: dict[str, str] = {}
        for own in (lists["te"], lists[language]):
            for english, spellings in own.named["loanwords"].items():
                self._loans.update({sound_key(spelling): english for spelling in spellings})

        self._names: dict[tuple[str, ...], tuple[str, str]] = {}
        for name in ("te", "en") if language == "te" else ("en",):
            for kind in ("emotion", "speaker", "festival"):
                for value, spellings in lists[name].named[kind].items():
                    for spelling in spellings:
                        keys = tuple(sound_key(word) for word in self.split(spelling))
                        self._names.setdefault(keys, (kind, value))
        for value, spellings in _LANGUAGES.items():
            self._names.update({(sound_key(spelling),): ("language", value) for spelling in spellings})

    def split(self, text: str) -> list[str]:
        """The words of a text; endings of loanwords and numbers stand alone, with a plus sign."""
        words = [part for word in tokens(text) for part in self._loan(word)]
        return split_cases(words) if self.language == "te" else words

    def _loan(self, word: str) -> list[str]:
        key = sound_key(word)
        if key in self._loans:
            return [self._loans[key]]
        if is_telugu(word):
            for cut in range(len(word) - 1, 2, -1):
                stem, ending = sound_key(word[:cut]), sound_key(word[cut:])
                if stem in self._loans and ending in _PARTICLES and len(stem) > 2:
                    return [self._loans[stem], "+" + word[cut:]]
        return [word]

    def words(self, text: str) -> list[Word]:
        """The turn as words, with times, durations and numbers marked."""
        split = self.split(text)
        out: list[Word] = []
        at = 0
        while at < len(split):
            found = self._marked(split, at)
            if found:
                word, end = found
                out.append(word)
                at = end
            else:
                out.append(self._named(split, at))
                at += 1
        return out

    def _named(self, split: Sequence[str], at: int) -> Word:
        for length in (2, 1):
            keys = tuple(sound_key(word.lstrip("+")) for word in split[at : at + length])
            if keys in self._names and not (length == 1 and split[at].startswith("+")):
                kind, value = self._names[keys]
                return Word(sound_key(split[at]), split[at], value, kind)
        return Word(sound_key(split[at]), split[at])

    def _marked(self, split: Sequence[str], at: int) -> tuple[Word, int] | None:
        if time := read_time(split, self.language, at):
            return Word(TIME, join(split[at : time[1]]), time[0], "time_of_day"), time[1]
        if not self._bare_unit(split, at) and (length := read_duration(split, self.language, at)):
            return Word(DURATION, join(split[at : length[1]]), length[0], "duration"), length[1]
        number = read_number(split, self.language, at)
        if number is None or (number[1] == at + 1 and split[at] in _ONE):
            return None
        return Word(NUMBER, join(split[at : number[1]]), float(number[0]), "number"), number[1]

    def _bare_unit(self, split: Sequence[str], at: int) -> bool:
        """A Telugu unit with no number is a length of time only before some words: గంట తర్వాత, not గంట ఎంత."""
        if self.language == "en" or unit_of_time(split[at]) is None:
            return False
        following = sound_key(split[at + 1]) if at + 1 < len(split) else ""
        return sound_key(split[at]) not in _IN_ONE_UNIT and following not in _AFTER_LENGTH


def join(words: Sequence[str]) -> str:
    """Split words as text again."""
    return " ".join(words).replace(" +", "")
