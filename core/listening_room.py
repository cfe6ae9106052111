"""ListeningRoom: blind tests with people: their sounds, their questions, and what was answered, kept."""

from __future__ import annotations

import csv
import io
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from core.errand import Making, Tell
from core.errors import PalukuError, StorageError
from core.folders import data_folder
from core.loading import open_registry
from core.workbench import listening
from core.workbench.listening import (
    AbxSession,
    MushraSession,
    Session,
    read_session,
    save_session,
    stimulus,
)

Kind = Literal["abx", "mushra"]
Choice = Literal["a", "b"]

REFERENCE, ANCHOR = listening.REFERENCE, listening.ANCHOR
"""What the original and its muffled copy are called among the versions."""
CERTAIN = listening.CERTAIN
"""Below this p, guessing no longer explains the answers."""

_SESSION, _SOUNDS = "session.json", "sounds"


@dataclass(frozen=True, slots=True)
class ListeningWish:
    """A listening test as somebody wishes for it."""

    kind: Kind
    codecs: tuple[str, ...]
    sounds: tuple[Path, ...] = ()
    """Without one, sentences are spoken."""
    questions: int = 16
    """Of an ABX test; the other kind asks of every sound once."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked now: sounds in an order that tells nothing."""

    kind: Kind
    number: int
    of: int
    item: str
    sounds: tuple[Path, ...]
    """ABX: A, B and X. Else the open reference, then the versions."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a version was given: the mean, and half of its 95 % interval."""

    system: str
    mean: float
    half: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test has shown so far."""

    kind: Kind
    systems: tuple[str, ...]
    answered: int
    of: int
    right: int = 0
    p: float = 1.0
    scores: tuple[Score, ...] = ()
    trusted: bool = True
    """Whether the hidden reference was heard often enough; of an ABX test always."""

    @property
    def done(self) -> bool:
        return self.answered == self.of


@dataclass(frozen=True, slots=True)
class KeptTest:
    """A test of the list: when it was begun, and what it has shown."""

    id: str
    begun: float
    outcome: Outcome


class ListeningRoom:
    """All listening tests of this computer, each in a folder with its sounds."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or data_folder() / "workbench" / "listening"

    def prepare(self, wish: ListeningWish, on_progress: Tell = lambda words, share: None) -> Making:
        """A new test: its sounds are made and its questions drawn. The name of its place is its id."""
        if not wish.codecs:
            raise PalukuError("A listening test needs a codec.", "Choose one.")
        return Making(partial(_prepare, wish), self._folder / time.strftime("%Y-%m-%d-%H%M%S"), on_progress)

    def tests(self) -> tuple[KeptTest, ...]:
        """The newest first; what cannot be read is left out."""
        found = []
        for path in sorted(self._folder.glob(f"*/{_SESSION}"), reverse=True):
            try:
                session = read_session(path)
            except PalukuError:
                continue  # a file of another version has no place in a list
            found.append(KeptTest(path.parent.name, path.parent.stat().st_ctime, outcome_of(session)))
        return tuple(found)

    def open(self, id: str) -> OpenTest:
        return OpenTest(self._folder / id)

    def delete(self, id: str) -> None:
        """Delete a test with its sounds."""
        shutil.rmtree(self._folder / id, ignore_errors=True)


class OpenTest:
    """A test that somebody takes: each answer is kept at once."""

    def __init__(self, folder: Path) -> None:
        self.id = folder.name
        self._folder = folder
        self._session = read_session(folder / _SESSION)

    @property
    def kind(self) -> Kind:
        return "abx" if isinstance(self._session, AbxSession) else "mushra"

    def question(self) -> Question | None:
        """What is to be answered next; None when all is answered."""
        session = self._session
        if isinstance(session, AbxSession):
            trial = session.next()
            if trial is None:
                return None
            systems: tuple[str, ...] = (trial.a, trial.b, trial.a if trial.x == "a" else trial.b)
            item = trial.item
        else:
            rated = session.next()
            if rated is None:
                return None
            systems, item = (REFERENCE, *rated.order), rated.item
        sounds = tuple(self._sound(item, system) for system in systems)
        return Question(self.kind, session.answered + 1, len(session.trials), item, sounds)

    def answer(self, choice: Choice) -> None:
        """Which of two X was."""
        if isinstance(self._session, AbxSession):
            self._keep(self._session.with_answer(choice))

    def rate(self, scores: Sequence[int]) -> None:
        """What the versions are worth, in the order in which they were given, from 0 to 100."""
        if isinstance(self._session, MushraSession) and (rated := self._session.next()):
            self._keep(self._session.with_scores(dict(zip(rated.order, scores, strict=True))))

    def outcome(self) -> Outcome:
        return outcome_of(self._session)

    def export(self, path: Path) -> None:
        """Every answer as a table (.csv), or all with what it proves for programs (.json)."""
        if path.suffix.lower() == ".csv":
            _write(path, _table(self._session))
        else:
            save_session(self._session, path)

    def _sound(self, item: str, system: str) -> Path:
        return stimulus(self._folder / _SOUNDS, item, system)

    def _keep(self, session: Session) -> None:
        save_session(session, self._folder / _SESSION)
        self._session = session


def outcome_of(session: Session) -> Outcome:
    """What a session has shown."""
    if isinstance(session, AbxSession):
        systems: tuple[str, ...] = (session.first, session.second)
        return Outcome("abx", systems, session.answered, len(session.trials), session.right, session.p)
    scores = tuple(Score(name, mean, half) for name, (mean, half) in session.means().items())
    return Outcome(
        *("mushra", session.systems, session.answered, len(session.trials)),
        scores=scores,
        trusted=session.trusted,
    )


def _prepare(wish: ListeningWish, folder: Path, tell: Tell) -> None:
    """In the child process."""
    from core.workbench.stimuli import make_stimuli

    mushra = wish.kind == "mushra"
    items = make_stimuli(
        wish.codecs, wish.sounds, folder / _SOUNDS, open_registry(), tell, with_anchor=mushra
    )
    seed = time.time_ns() % 2**32
    session: Session
    if mushra:
        session = MushraSession.drawn(wish.codecs, items, seed)
    else:
        second = wish.codecs[1] if len(wish.codecs) > 1 else REFERENCE
        session = AbxSession.drawn(wish.codecs[0], second, items, wish.questions, seed)
    save_session(session, folder / _SESSION)


def _table(session: Session) -> str:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    if isinstance(session, AbxSession):
        rows.writerow(("question", "sound", "a", "b", "x", "answer", "right"))
        for number, trial in enumerate(session.trials, 1):
            x = trial.a if trial.x == "a" else trial.b
            right = "" if trial.answer is None else int(trial.right)
            rows.writerow((number, trial.item, trial.a, trial.b, x, trial.answer or "", right))
        rows.writerow(())
        rows.writerow(("right", session.right, "answered", session.answered, "p", f"{session.p:.6f}"))
    else:
        rows.writerow(("sound", "version", "score"))
        for rated in session.trials:
            for system, score in rated.scores.items():
                rows.writerow((rated.item, system, score))
        rows.writerow(())
        rows.writerow(("version", "mean", "half of the 95 % interval"))
        for name, (mean, half) in session.means().items():
            rows.writerow((name, f"{mean:.2f}", f"{half:.2f}"))
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error
