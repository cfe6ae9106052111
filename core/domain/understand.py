"""Understanding of a turn as text: its intent, its slots, its language, or that it was not understood."""

from __future__ import annotations

import hashlib
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.book import LANGUAGES, UNKNOWN, Domain
from core.domain.clock_words import SpokenTime
from core.domain.closing import Closing, load_closings
from core.domain.matcher import Match, Matcher
from core.domain.mending import Mender
from core.domain.open_slots import OpenSlots
from core.domain.refusal import Refusal, signs
from core.domain.tongue import Tongue
from core.domain.wording import Speller, Word
from core.errors import PalukuError
from core.s2s.base import Reading

SlotValue = int | float | str | SpokenTime
_ALONE = 0.8
"""How much a single word that is understood sounds like all of a turn."""
TAUGHT = Path(__file__).parent / "understanding.npz"


class UnderstandingError(PalukuError):
    """What was taught is missing or does not fit the files of the domain."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a turn means."""

    intent: str
    confidence: float
    language: str
    words: tuple[Word, ...]
    slots: Mapping[str, SlotValue]
    guess: str
    """The likeliest intent, also where the turn was refused."""
    mended: str = ""
    """The turn with misheard words mended."""


class Understander:
    """Understands turns of both languages."""

    def __init__(
        self,
        domain: Domain,
        matchers: Mapping[str, Matcher],
        refusals: Mapping[str, Refusal],
        closings: Mapping[str, Closing] | None = None,
    ) -> None:
        self._domain = domain
        self._matchers, self._refusals = matchers, refusals
        self._closings = closings or {}
        self.spellers = {language: Speller(language, domain.lists) for language in LANGUAGES}
        self.menders = {language: Mender(domain, language, self.spellers[language]) for language in LANGUAGES}
        self._tongue = Tongue(domain)
        self._open = {
            language: OpenSlots(domain, language, self.spellers[language]) for language in LANGUAGES
        }

    @staticmethod
    def load(domain: Domain, path: Path = TAUGHT) -> Understander:
        """What was taught to the built-in domain, from its file."""
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            raise UnderstandingError(
                f"{path.name} cannot be read: {error}.", "Run python -m core.domain.teaching."
            ) from error
        matchers, refusals = {}, {}
        for language in LANGUAGES:
            own = {
                name.removeprefix(language + "."): array
                for name, array in arrays.items()
                if name.startswith(language)
            }
            matchers[language] = Matcher.of_arrays(own)
            refusals[language] = Refusal(own["refusal"].astype(np.float64), float(own["threshold"]))
        return Understander(domain, matchers, refusals, load_closings())

    def save(self, path: Path = TAUGHT) -> None:
        """Write what was taught, with the fingerprint of the files it was taught from."""
        arrays: dict[str, NDArray[np.generic]] = {
            "fingerprint": np.frombuffer(fingerprint(self._domain).encode(), np.uint8)
        }
        for language in LANGUAGES:
            own = self._matchers[language].arrays()
            refusal = self._refusals[language]
            own |= {"refusal": refusal.weights, "threshold": np.array(refusal.threshold)}
            arrays |= {f"{language}.{name}": array for name, array in own.items()}
        np.savez_compressed(path, **arrays)  # type: ignore[arg-type]

    def understand(self, text: str, language: str = "auto", *, heard: bool = False) -> Understood:
        """What the turn means; its intent is `unknown` where it was not understood.

        What was `heard` must be surer than what was written.
        """
        if language not in LANGUAGES:
            language = self.language_of(text)
        words = self.spellers[language].words(text)
        mended = self.menders[language].mend(text)
        likely = words if mended == text else self.spellers[language].words(mended)
        match, confidence = self._matched(likely, language)
        guess = match.intents[0]
        intent = guess if self._refusals[language].allows(confidence, heard=heard) else UNKNOWN
        slots: dict[str, SlotValue] = {}
        for word in (*words, *likely):
            if word.kind and word.value is not None:
                slots.setdefault(word.kind, word.value)
        # what is free to be anything stays as it was heard
        slots.update(self._open[language].find(guess, words))
        return Understood(intent, confidence, language, tuple(words), slots, guess, mended)

    def meant(self, readings: Sequence[Reading]) -> int:
        """Which of several readings of a turn was meant: the best one of the likeliest intent."""
        found = [self.understand(reading.words) for reading in readings]
        sure = [one.confidence * reading.likely for one, reading in zip(found, readings, strict=True)]
        together: dict[str, float] = defaultdict(float)
        for one, weight in zip(found, sure, strict=True):
            together[one.guess] += weight
        intent = max(together, key=lambda name: together[name])
        return max((at for at, one in enumerate(found) if one.guess == intent), key=lambda at: sure[at])

    def closed(self, text: str) -> float:
        """How much a turn that was heard so far sounds like all of it: 0 says nothing (see Closing)."""
        language = self.language_of(text)
        closing = self._closings.get(language)
        if closing is None:
            return 0.0
        words = self.spellers[language].words(text)
        done = closing.done(words)
        # A single word begins many turns, but one that means something alone may be all.
        alone = len(words) == 1 and self.understand(text, language, heard=True).intent != UNKNOWN
        return max(done, _ALONE) if alone else done

    def _matched(self, words: Sequence[Word], language: str) -> tuple[Match, float]:
        """The intents of a turn, and how sure it is that it is one of ours."""
        matcher = self._matchers[language]
        match = matcher.match(words)
        sure = self._refusals[language].confidence(signs(match, matcher, words)) if words else 0.0
        return match, sure

    def language_of(self, text: str) -> str:
        """The language of a turn: by its script, or by its words where it is in Roman letters."""
        return self._tongue.language_of(text)


def fingerprint(domain: Domain) -> str:
    """A digest of all that understanding is taught from: phrasings, lexicon and lists, not the replies."""
    digest = hashlib.sha256()
    for language in LANGUAGES:
        for name in sorted(domain.intents):
            intent = domain.intents[name]
            said = [f"{p.part} {p.text}" for p in intent.phrasings[language]]
            digest.update(repr((name, said, intent.lexicon[language])).encode())
        lists = domain.lists[language]
        digest.update(repr((sorted(lists.plain.items()), sorted(lists.named.items()), lists.units)).encode())
    return digest.hexdigest()
