"""CorpusConfig: what goes into a corpus, as a frozen value and as a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from core.errors import PalukuError
from core.training.corpus.augment import AugmentConfig
from core.training.corpus.emotions import EMOTION_NAMES
from core.training.corpus.recordings import RecordingsConfig
from core.training.corpus.speakers import SPEAKER_NAMES
from core.training.corpus.text import LANGUAGES

T = TypeVar("T")

KINDS_OF_SENTENCES = ("daily", "asked", "answered")


@dataclass(frozen=True, slots=True)
class MixConfig:
    """How much of the synthesized speech each kind of voice says; they need not sum to one."""

    named: float = 0.4
    crowd: float = 0.4
    flite: float = 0.1
    festival: float = 0.1

    def __post_init__(self) -> None:
        if min(self.named, self.crowd, self.flite, self.festival) < 0:
            raise PalukuError("The shares of the mix cannot be below zero.")


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """How much is said in each language with built-in sentences; they need not sum to one."""

    te: float = 0.5
    en: float = 0.3
    hi: float = 0.2

    def __post_init__(self) -> None:
        if min(self.te, self.en, self.hi) < 0 or self.te + self.en + self.hi <= 0:
            raise PalukuError("The shares of the languages must not be below zero, and one must be above.")


@dataclass(frozen=True, slots=True)
class CorpusConfig:
    """What goes into a corpus. With a seed it decides every byte."""

    sentences: str = "daily"
    """What is said: everyday sentences, or what a desk companion is `asked` or has `answered`."""
    rate: int = 24_000
    shard_seconds: float = 300.0
    loudness_db: float = -23.0
    crowd_voices: int = 300
    moods_per_sentence: int = 3  # a named voice says each sentence in so many moods
    speakers: tuple[str, ...] = SPEAKER_NAMES
    emotions: tuple[str, ...] = EMOTION_NAMES
    strengths: tuple[float, ...] = (1.0,)  # how strongly a mood colours the voice
    changed_share: float = 0.2  # of the utterances for training, how many go through `augment`
    mix: MixConfig = field(default_factory=MixConfig)
    languages: LanguageConfig = field(default_factory=LanguageConfig)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    recordings: tuple[RecordingsConfig, ...] = ()

    def __post_init__(self) -> None:
        if not 8_000 <= self.rate <= 48_000:
            raise PalukuError(f"A corpus has a rate from 8000 to 48000 Hz, not {self.rate}.")
        if self.shard_seconds < 1 or self.crowd_voices < 1 or not self.strengths:
            raise PalukuError(
                "shard_seconds and crowd_voices must be at least 1, and strengths must name one."
            )
        if self.sentences not in KINDS_OF_SENTENCES:
            raise PalukuError(f"sentences must be one of {', '.join(KINDS_OF_SENTENCES)}.")
        if not 1 <= self.moods_per_sentence <= len(self.emotions):
            raise PalukuError(f"moods_per_sentence must be from 1 to {len(self.emotions)}.")
        for known, named in ((SPEAKER_NAMES, self.speakers), (EMOTION_NAMES, self.emotions)):
            for name in named:
                if name not in known:
                    raise PalukuError(f"There is no {name!r} among {', '.join(known)}.")
        if not self.speakers:
            raise PalukuError("A corpus needs at least one speaker.")

    def language_shares(self) -> dict[str, float]:
        shares = {language: float(getattr(self.languages, language)) for language in LANGUAGES}
        total = sum(shares.values())
        return {language: share / total for language, share in shares.items() if share}

    def to_toml(self) -> str:
        import tomlkit

        return tomlkit.dumps(asdict(self))


def read_config(path: Path) -> CorpusConfig:
    """The config in a TOML file; a key that means nothing is an error."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PalukuError(
            f"The config {path} cannot be read: {error}", "Name a TOML file that is there."
        ) from error
    except ValueError as error:
        raise PalukuError(f"The config {path} is not TOML: {error}", "Correct it at that place.") from error
    return _built(CorpusConfig, values, path.name)


def _built(kind: type[T], values: Mapping[str, Any], where: str) -> T:
    """A config of that kind from what TOML said, tables and lists included."""
    assert is_dataclass(kind)
    hints = get_type_hints(kind)
    known = {found.name for found in fields(kind)}
    given: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise PalukuError(
                f"{where} has a key {key!r} that means nothing.", f"It may have {', '.join(sorted(known))}."
            )
        hint = hints[key]
        if key == "recordings":
            given[key] = tuple(_built(RecordingsConfig, table, f"{where}, recordings") for table in value)
        elif is_dataclass(hint) and isinstance(hint, type):
            given[key] = _built(hint, value, f"{where}, {key}")
        elif isinstance(value, list):
            given[key] = tuple(value)
        elif hint is float and isinstance(value, int) and not isinstance(value, bool):
            given[key] = float(value)
        elif isinstance(hint, type) and not isinstance(value, hint):
            raise PalukuError(f"{where}: {key} must be a {hint.__name__}, not {value!r}.")
        else:
            given[key] = value
    try:
        return kind(**given)
    except TypeError as error:
        raise PalukuError(f"{where}: {error}.") from error
