"""The domain as a book: intents with their phrasings and replies, read from readable files and checked."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Literal

from core.domain.phrase_grammar import expand, grammar_fault, slots_in
from core.domain.script import row
from core.domain.slot_values import SlotLists
from core.errors import PalukuError

LANGUAGES = ("te", "en")
UNKNOWN = "unknown"
Part = Literal["train", "valid", "test"]
_TEST_SHARE, _VALID_SHARE, _FEWEST_TEST = 0.14, 0.08, 2
_INTENT_KEYS = {"phrasings", "replies", "emotion", "otherwise", "offers"}
_REPLY_KEYS = {"text", "emotion", "answer"}
REPLY_SLOTS = row(
    "answer date day duration emotion from language letters list name numbers reply result side speaker "
    "thing time time_of_day to translation weekday when word"
)
_SAID = re.compile(r"[\u0c02\u0c03\u0c05-\u0c39\u0c3e-\u0c4da-zA-Z' ]+")
_SPEAKABLE = re.compile(r"[\u0c02\u0c03\u0c05-\u0c39\u0c3e-\u0c4da-zA-Z ,.?!']*")


class DomainError(PalukuError):
    """A domain file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to say an intent: words, choices (a|b), options [a] and {slots}."""

    text: str
    language: str
    intent: str
    part: Part


@dataclass(frozen=True, slots=True)
class Said:
    """A phrasing with its slots filled, as a person would say it."""

    text: str
    phrasing: Phrasing
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing to say back; `answer` solves a riddle, `offer` is the intent that a yes leads to."""

    text: str
    emotion: str
    answer: str = ""
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a person may want, and what is said then, by language."""

    id: str
    phrasings: Mapping[str, tuple[Phrasing, ...]]
    replies: Mapping[str, tuple[Reply, ...]]
    otherwise: Mapping[str, Mapping[str, tuple[Reply, ...]]] = field(default_factory=dict)
    lexicon: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words and turns of phrase that belong to the intent: they teach, and are never a measure."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Everything Paluku can be asked, in every language."""

    intents: Mapping[str, Intent]
    lists: Mapping[str, SlotLists]

    @staticmethod
    def load(folder: Path | None = None) -> Domain:
        """Read and check the files of a folder, one sub-folder per language; the built-in one by default."""
        folder = folder or Path(__file__).parent
        lists = {
            language: SlotLists.load(folder / language / "slots.toml", language) for language in LANGUAGES
        }
        read = {language: _read_language(folder / language, lists[language]) for language in LANGUAGES}
        for language, other in (("te", "en"), ("en", "te")):
            if missing := sorted(set(read[language]) - set(read[other])):
                raise DomainError(
                    f"The intent {missing[0]!r} is in {language} but not in {other}.",
                    "Write it in both languages.",
                )
        lexicon = {
            language: _read_lexicon(folder / language, read[language], lists[language])
            for language in LANGUAGES
        }
        intents = {
            name: Intent(
                id=name,
                phrasings={language: read[language][name][0] for language in LANGUAGES},
                replies={language: read[language][name][1] for language in LANGUAGES},
                otherwise={language: read[language][name][2] for language in LANGUAGES},
                lexicon={language: lexicon[language].get(name, ()) for language in LANGUAGES},
            )
            for name in read["te"]
        }
        for intent in intents.values():
            for reply in (r for replies in intent.replies.values() for r in replies):
                if reply.offer and reply.offer not in intents:
                    raise DomainError(
                        f"The intent {intent.id!r} offers {reply.offer!r}, which does not exist."
                    )
        return Domain(intents, lists)

    def all_phrasings(self, language: str | None = None, part: Part | None = None) -> Iterator[Phrasing]:
        """Every phrasing of a language and part (or of all)."""
        for intent in self.intents.values():
            for known, phrasings in intent.phrasings.items():
                if language in (None, known):
                    yield from (p for p in phrasings if part in (None, p.part))

    def phrasings(
        self, intent: str, rng: Random, language: str | None = None, part: Part | None = None
    ) -> Iterator[Said]:
        """Every phrasing of an intent, said once with values drawn from `rng`."""
        for known, phrasings in self.intents[intent].phrasings.items():
            if language in (None, known):
                yield from (self.say(p, rng) for p in phrasings if part in (None, p.part))

    def say(self, phrasing: Phrasing, rng: Random, *, wrapped: bool = False) -> Said:
        """The phrasing with choices made and slots filled; `wrapped` may add a name or a please."""
        lists = self.lists[phrasing.language]
        text, slots = expand(phrasing.text, rng, lists.fill)
        if wrapped and rng.random() < 0.5:
            first = rng.random() < 0.6
            text = f"{rng.choice(lists.openings)} {text}" if first else f"{text} {rng.choice(lists.endings)}"
        return Said(text, phrasing, slots)


def _read_language(
    folder: Path, lists: SlotLists
) -> dict[str, tuple[tuple[Phrasing, ...], tuple[Reply, ...], dict[str, tuple[Reply, ...]]]]:
    found: dict[str, tuple[tuple[Phrasing, ...], tuple[Reply, ...], dict[str, tuple[Reply, ...]]]] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in ("slots.toml", "lexicon.toml"):
            continue
        for name, table in read_toml(path).items():
            where = f"{path.parent.name}/{path.name}, intent {name!r}"
            if name in found:
                raise DomainError(f"{where}: it is written twice.", "Keep one of the two.")
            found[name] = _read_intent(name, table, folder.name, lists, where)
    return found


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a table, or an error that names it."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DomainError(
            f"{path.name} cannot be read: {error}.", "Look at the named line, or restore the file."
        ) from error


def _read_intent(
    name: str, table: Any, language: str, lists: SlotLists, where: str
) -> tuple[tuple[Phrasing, ...], tuple[Reply, ...], dict[str, tuple[Reply, ...]]]:
    if (
        not isinstance(table, dict)
        or not isinstance(table.get("phrasings"), list)
        or not table.get("replies")
    ):
        raise DomainError(f"{where}: phrasings or replies are missing.", "Both are lists of sentences.")
    if unknown := sorted(set(table) - _INTENT_KEYS):
        raise DomainError(
            f"{where}: unknown key {unknown[0]!r}.", f"Known are {', '.join(sorted(_INTENT_KEYS))}."
        )
    texts: list[str] = table["phrasings"]
    _check_said(texts, lists, where)
    offers = table.get("offers", [])
    emotion = table.get("emotion", "neutral")
    replies = tuple(
        _read_reply(item, emotion, lists, where, offers[at % len(offers)] if offers else "")
        for at, item in enumerate(table["replies"])
    )
    otherwise = {
        case: tuple(_read_reply(item, emotion, lists, where) for item in items)
        for case, items in table.get("otherwise", {}).items()
    }
    parts = _split(name, language, texts)
    return (
        tuple(Phrasing(t, language, name, p) for t, p in zip(texts, parts, strict=True)),
        replies,
        otherwise,
    )


def _check_said(texts: list[str], lists: SlotLists, where: str) -> None:
    for text in texts:
        fault = grammar_fault(text) or next((s for s in slots_in(text) if s not in lists.known), "")
        if fault or not _SAID.fullmatch(re.sub(r"\{\w+\}|[()|\[\]]", " ", text)):
            raise DomainError(
                f"{where}: the phrasing {text!r} cannot be used ({fault or 'letters'}).",
                "Use letters, (a|b), [a] and known {slots}.",
            )


def _read_lexicon(
    folder: Path, intents: Mapping[str, object], lists: SlotLists
) -> dict[str, tuple[str, ...]]:
    lexicon = read_toml(folder / "lexicon.toml")
    for name, texts in lexicon.items():
        where = f"{folder.name}/lexicon.toml, intent {name!r}"
        if name not in intents:
            raise DomainError(f"{where}: there is no such intent.", "Write its phrasings first.")
        _check_said(texts, lists, where)
    return {name: tuple(texts) for name, texts in lexicon.items()}


def _read_reply(item: Any, emotion: str, lists: SlotLists, where: str, offer: str = "") -> Reply:
    entry = {"text": item} if isinstance(item, str) else item
    if unknown := sorted(set(entry) - _REPLY_KEYS):
        raise DomainError(
            f"{where}: unknown key {unknown[0]!r} in a reply.", "Known are text, emotion and answer."
        )
    reply = Reply(entry["text"], entry.get("emotion", emotion), entry.get("answer", ""), offer)
    if strange := [slot for slot in slots_in(reply.text) if slot not in REPLY_SLOTS]:
        raise DomainError(f"{where}: no skill fills {{{strange[0]}}} in {reply.text!r}.")
    if reply.emotion not in lists.emotions:
        raise DomainError(
            f"{where}: unknown emotion {reply.emotion!r}.", f"Known are {', '.join(lists.emotions)}."
        )
    if not _SPEAKABLE.fullmatch(re.sub(r"\{\w+\}", "", reply.text)):
        raise DomainError(
            f"{where}: {reply.text!r} has signs that cannot be spoken.", "Write numbers in words."
        )
    return reply


def _split(intent: str, language: str, texts: list[str]) -> list[Part]:
    """Train, valid or test for each phrasing, by its hash: the same everywhere and for ever."""
    shares = [_share(f"{language}:{intent}:{text}") for text in texts]
    fewest = sorted(shares)[: _FEWEST_TEST + 1]
    parts: list[Part] = []
    for share in shares:
        if share < _TEST_SHARE or share <= fewest[_FEWEST_TEST - 1]:
            parts.append("test")
        else:
            parts.append("valid" if share < _TEST_SHARE + _VALID_SHARE or share == fewest[-1] else "train")
    return parts


def _share(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64
