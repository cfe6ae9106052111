"""Listening: blind tests with people, drawn by chance, kept with what they prove."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np

from core.audio.base import Pcm
from core.errors import PalukuError, StorageError

SCHEMA, VERSION = "paluku/listening", 1
CERTAIN = 0.05
REFERENCE, ANCHOR = "reference", "anchor"
ANCHOR_HZ = 3_500.0
_REFERENCE_AT_LEAST = 90  # a listener who gives the hidden reference less, too often, did not hear it
_MISSED_AT_MOST = 0.15

Choice = Literal["a", "b"]


@dataclass(frozen=True)
class AbxTrial:
    """One question: which of two is X? `x` is the answer, unknown to the listener."""

    item: str
    a: str
    b: str
    x: Choice
    answer: Choice | None = None

    @property
    def right(self) -> bool:
        return self.answer == self.x


@dataclass(frozen=True)
class AbxSession:
    """An ABX test of two versions of some sounds: its questions in order, and what was answered."""

    first: str
    second: str
    seed: int
    trials: tuple[AbxTrial, ...]

    @classmethod
    def drawn(cls, first: str, second: str, items: Sequence[str], count: int, seed: int) -> Self:
        """`count` questions over these sounds: X is each version equally often, and sides are changed."""
        if not items or count < 1:
            raise PalukuError("A listening test needs a sound and a question at least.")
        rng = np.random.default_rng(seed)
        which = np.arange(count) % 2 == 0
        xs, sides = rng.permutation(which), rng.permutation(which)
        trials = []
        for number in range(count):
            a, b = (first, second) if sides[number] else (second, first)
            x: Choice = "a" if xs[number] else "b"
            trials.append(AbxTrial(items[number % len(items)], a, b, x))
        return cls(first, second, seed, tuple(trials))

    @property
    def answered(self) -> int:
        return sum(trial.answer is not None for trial in self.trials)

    @property
    def done(self) -> bool:
        return self.answered == len(self.trials)

    @property
    def right(self) -> int:
        return sum(trial.right for trial in self.trials)

    @property
    def p(self) -> float:
        """How likely as many right answers are for someone who only guesses."""
        return binomial_p(self.right, self.answered)

    def next(self) -> AbxTrial | None:
        """The first question that is still open."""
        return next((trial for trial in self.trials if trial.answer is None), None)

    def with_answer(self, answer: Choice) -> Self:
        """The session with its next question answered."""
        if self.done:
            raise PalukuError("All questions of this test are answered.")
        trials = list(self.trials)
        trials[self.answered] = AbxTrial(**{**asdict(trials[self.answered]), "answer": answer})
        return type(self)(self.first, self.second, self.seed, tuple(trials))

    def verdict(self) -> str:
        """What the answers prove, in a sentence."""
        if not self.answered:
            return "Nothing was answered yet."
        said = f"{self.right} of {self.answered} right, p = {self.p:.3f}"
        if self.p < CERTAIN:
            return f"{said}: {self.first} and {self.second} can be told apart."
        return f"{said}: no proof that {self.first} and {self.second} can be told apart."


def binomial_p(right: int, answered: int) -> float:
    """The chance of so many right answers or more by guessing between two."""
    ways = sum(math.comb(answered, k) for k in range(right, answered + 1))
    return float(ways / 2**answered)


@dataclass(frozen=True)
class MushraTrial:
    """One sound in several versions, in an order that tells nothing; scores from 0 to 100."""

    item: str
    order: tuple[str, ...]
    scores: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class MushraSession:
    """A test that rates versions beside an open reference; it and an anchor hide among them."""

    systems: tuple[str, ...]
    seed: int
    trials: tuple[MushraTrial, ...]

    @classmethod
    def drawn(cls, systems: Sequence[str], items: Sequence[str], seed: int) -> Self:
        """Every sound once, in chance order, its versions in chance order."""
        if not systems or not items or {REFERENCE, ANCHOR} & set(systems):
            raise PalukuError(
                "A listening test needs a sound and a version at least.",
                f"The versions “{REFERENCE}” and “{ANCHOR}” are added by themselves.",
            )
        rng = np.random.default_rng(seed)
        everyone = (*systems, REFERENCE, ANCHOR)
        trials = [
            MushraTrial(items[item], tuple(everyone[place] for place in rng.permutation(len(everyone))))
            for item in rng.permutation(len(items)).tolist()
        ]
        return cls(tuple(systems), seed, tuple(trials))

    @property
    def answered(self) -> int:
        return sum(bool(trial.scores) for trial in self.trials)

    def next(self) -> MushraTrial | None:
        return next((trial for trial in self.trials if not trial.scores), None)

    def with_scores(self, scores: Mapping[str, int]) -> Self:
        """The session with its next sound rated."""
        open_ = self.next()
        if open_ is None:
            raise PalukuError("All sounds of this test are rated.")
        if set(scores) != set(open_.order) or not all(0 <= score <= 100 for score in scores.values()):
            raise PalukuError("Every version needs one score from 0 to 100.")
        trials = list(self.trials)
        trials[trials.index(open_)] = MushraTrial(open_.item, open_.order, dict(scores))
        return type(self)(self.systems, self.seed, tuple(trials))

    @property
    def trusted(self) -> bool:
        """Whether the hidden reference was recognised often enough for the scores to count."""
        rated = [trial.scores[REFERENCE] for trial in self.trials if trial.scores]
        missed = sum(score < _REFERENCE_AT_LEAST for score in rated)
        return bool(rated) and missed <= _MISSED_AT_MOST * len(rated)

    def means(self) -> dict[str, tuple[float, float]]:
        """Of each version: the mean score and half its 95 % interval."""
        found = {}
        for system in (*self.systems, REFERENCE, ANCHOR):
            scores = np.array([trial.scores[system] for trial in self.trials if trial.scores], np.float64)
            if len(scores):
                spread = float(scores.std(ddof=1)) if len(scores) > 1 else 0.0
                found[system] = (float(scores.mean()), 1.96 * spread / math.sqrt(len(scores)))
        return found


Session = AbxSession | MushraSession


def save_session(session: Session, path: Path) -> None:
    """Keep a session with what it proves, all or nothing."""
    kind = "abx" if isinstance(session, AbxSession) else "mushra"
    content: dict[str, Any] = {"schema": SCHEMA, "version": VERSION, "kind": kind, **asdict(session)}
    if isinstance(session, AbxSession):
        content["result"] = {"right": session.right, "answered": session.answered, "p": session.p}
    else:
        content["result"] = {"trusted": session.trusted, "means": session.means()}
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error


def read_session(path: Path) -> Session:
    """A session as it was saved; its result is computed anew."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if (content["schema"], content["version"]) != (SCHEMA, VERSION):
            raise PalukuError(f"{path.name} was made by another version of Paluku.")
        if content["kind"] == "abx":
            trials = tuple(AbxTrial(**trial) for trial in content["trials"])
            return AbxSession(content["first"], content["second"], content["seed"], trials)
        rated = tuple(
            MushraTrial(trial["item"], tuple(trial["order"]), trial["scores"]) for trial in content["trials"]
        )
        return MushraSession(tuple(content["systems"]), content["seed"], rated)
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise PalukuError(f"{path.name} holds no listening test.", "Choose another file.") from error


def anchor(pcm: Pcm, rate: int) -> Pcm:
    """The sound without what lies above 3.5 kHz: what everybody hears to be worse."""
    spectrum = np.fft.rfft(pcm.astype(np.float64))
    frequencies = np.fft.rfftfreq(len(pcm), 1 / rate)
    spectrum *= np.clip((1.05 * ANCHOR_HZ - frequencies) / (0.05 * ANCHOR_HZ), 0, 1)
    filtered: Pcm = np.fft.irfft(spectrum, len(pcm)).astype(np.float32)
    return filtered


def stimulus(folder: Path, item: str, system: str) -> Path:
    """Where this version of this sound lies; the name of a sound begins with its number."""
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in system)
    return folder / f"{item.split('.')[0]}-{safe}.wav"
