"""All skills at hand: those that are built in, and those a user put in a folder."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from core.domain.book import UNKNOWN, Domain
from core.domain.dialogue import Dialogue
from core.domain.matcher import features
from core.domain.script import sound_key, tokens
from core.domain.talk import Answer, Replies, Request
from core.domain.understand import Understander
from core.domain.wording import Word
from core.errors import PalukuError
from core.skills.arithmetic import Arithmetic
from core.skills.base import Skill
from core.skills.chance import Chance
from core.skills.clock import Clock
from core.skills.conversion import Conversion
from core.skills.counting import Counting
from core.skills.desk import Desk
from core.skills.festivals import Festivals
from core.skills.names import Names
from core.skills.pace import Pace
from core.skills.playback import Playback
from core.skills.repeat import Repeat
from core.skills.riddles import Riddles
from core.skills.rings import Rings
from core.skills.spelling import Spelling
from core.skills.timers import Timers, ring_answer
from core.skills.translate import Translate
from core.skills.voice import ChangeVoice
from core.skills.volume import Volume

_HEARD_ALIKE = 0.6
"""How alike a turn must be to a phrasing of a user's skill (cosine over words and letter groups)."""


class SkillError(PalukuError):
    """A skill that cannot be loaded or failed; the talk goes on without it."""


@dataclass(frozen=True, slots=True)
class OwnPhrasing:
    """A phrasing that a user's skill brings along."""

    intent: str
    language: str
    weights: Mapping[str, float]


class Registry:
    """The skills at a desk; they answer requests, and say what is due."""

    def __init__(self, desk: Desk, skills: Iterable[Skill] | None = None) -> None:
        self.desk = desk
        self.errors: list[SkillError] = []
        self._by_intent: dict[str, Skill] = {}
        self._own: list[OwnPhrasing] = []
        for skill in built_in() if skills is None else skills:
            self.add(skill)

    def add(self, skill: Skill) -> None:
        """Take a skill in; a later one may take an intent over from an earlier one."""
        for intent in skill.intents:
            self._by_intent[intent] = skill
        phrasings: Mapping[str, Mapping[str, Sequence[str]]] = getattr(skill, "phrasings", {})
        for intent, by_language in phrasings.items():
            for language, texts in by_language.items():
                self._own += [OwnPhrasing(intent, language, _weights(text)) for text in texts]

    def load_folder(self, folder: Path) -> None:
        """Load the skill files in it, but those whose name begins with _; what is wrong with them is kept."""
        for path in sorted(folder.glob("[!_.]*.py")):
            try:
                self.add(_load(path))
            except SkillError as error:
                self.errors.append(error)

    def answer(self, request: Request) -> Answer | None:
        """The skill's answer to this intent; one that fails is named in `errors` and refuses politely."""
        skill = self._by_intent.get(request.intent)
        if skill is None:
            return None
        try:
            answer = skill.answer(request, self.desk)
            if isinstance(answer, Answer):
                return answer
            if answer is None and request.intent in self.desk.domain.intents:
                return None
            raise TypeError(f"{answer!r} is no answer")
        except Exception as error:  # a user's code may raise anything, and must not end the talk
            hint = "Look at its file, or take it out of the folder."
            self.errors.append(SkillError(f"The skill {skill.name!r} failed: {error!r}.", hint))
            return self.desk.replies.answer(UNKNOWN, request.language)

    def own_intent(self, text: str, language: str) -> str:
        """The intent of the user's own skill that the text is most like, or an empty string."""
        if not self._own:
            return ""
        said = _weights(text)
        alike = [(_alike(said, own.weights), own.intent) for own in self._own if own.language == language]
        best = max(alike, default=(0.0, ""))
        return best[1] if best[0] >= _HEARD_ALIKE else ""

    def ring(self, language: str) -> list[Answer]:
        """What the rings that came due say."""
        return [ring_answer(ring, self.desk) for ring in self.desk.rings.due()]


def built_in() -> list[Skill]:
    """One of each built-in skill."""
    return [
        Arithmetic(), Chance(), ChangeVoice(), Clock(), Conversion(), Counting(), Festivals(),
        Names(), Pace(),
        Playback(), Repeat(), Riddles(), Spelling(), Timers(), Translate(), Volume(),
    ]  # fmt: skip


def open_talk(
    *,
    domain: Domain | None = None,
    rings_path: Path | None = None,
    seed: int | None = None,
    skills_folder: Path | None = None,
) -> tuple[Dialogue, Registry]:
    """A dialogue with all its parts: the domain, what was taught, a desk and the skills."""
    domain = domain or Domain.load()
    rng = Random(seed)
    desk = Desk(domain, datetime.now, Rings(datetime.now, rings_path), rng, Replies(domain, rng))
    registry = Registry(desk)
    if skills_folder is not None:
        registry.load_folder(skills_folder)
    return Dialogue(Understander.load(domain), desk.replies, desk.memory, registry), registry


def _load(path: Path) -> Skill:
    try:
        spec = importlib.util.spec_from_file_location(f"paluku_skill_{path.stem}", path)
        if spec is None or spec.loader is None or not path.is_file():
            raise FileNotFoundError(path.name)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        skill: Skill = module.SKILL
        if not (skill.name and skill.intents and callable(skill.answer)):
            raise AttributeError("SKILL needs name, intents and answer")
    except Exception as error:  # a user's file may raise anything while it is read
        raise SkillError(
            f"The skill file {path.name} cannot be used: {error!r}.",
            "See core/skills/README.md for an example.",
        ) from error
    return skill


def _weights(text: str) -> dict[str, float]:
    words = [Word(sound_key(token), token) for token in tokens(text)]
    return {name: (1.0 if name[0] == "w" else 0.4) for name in features(words) if name[0] in "wc"}


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[name] for name, weight in one.items() if name in other)
    length = (sum(w * w for w in one.values()) * sum(w * w for w in other.values())) ** 0.5
    return shared / length if length else 0.0
