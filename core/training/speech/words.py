"""Words: what a pronouncer learns to say, beyond what was said in a corpus."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from itertools import islice
from pathlib import Path
from random import Random

from core.domain.book import LANGUAGES, Domain
from core.domain.script import ANUSVARA, CONSONANTS, SIGNS, VIRAMA, VOWELS
from core.errors import PalukuError, StorageError
from core.training.corpus.desk import own_words
from core.training.corpus.manifest import Entry
from core.training.corpus.text import sentences
from core.training.speech.pronouncing import Pair, pairs_asked, pairs_heard
from core.training.speech.talk_config import WordsConfig

_ASKED_TOGETHER = 2000  # words between two lines about how far it is


def gathered(
    kept: Path,
    entries: Callable[[], Iterable[Entry]],
    listed: Path | None,
    config: WordsConfig,
    say: Callable[[str], None],
    seed: int,
) -> list[Pair]:
    """All words with their sounds, as often as they shall be met; gathered once and `kept` in a file."""
    if kept.exists():
        return _read(kept)
    lot = Random(seed)
    heard = pairs_heard(entries())
    known = {letters for letters, _ in heard}
    told = _shuffled(domain_words(), lot)[: config.domain]
    domain = [pair for pair in _asked(told, "domain", say) if pair[0] not in known]
    others = _shuffled(listed_words(listed), lot)[: config.listed] if listed else []
    others += list(islice(made_up(lot), config.made_up))
    pairs = config.repeats * (heard + domain) + _asked(others, "other", say)
    _write(kept, pairs)
    return pairs


def domain_words() -> list[str]:
    """Every word that can be asked or answered in the domain, of daily sentences, and of the dictionary."""
    domain, found = Domain.load(), set[str]()
    for language in LANGUAGES:
        told, daily = sentences(language), domain.lists[language]
        texts = [phrasing.text for phrasing in domain.all_phrasings(language)]
        for intent in domain.intents.values():
            texts += [text for reply in intent.replies[language] for text in (reply.text, reply.answer)]
        texts += [word for words in told.words.values() for word in words]
        texts += [word for words in daily.plain.values() for word in words]
        found |= set(own_words(texts, language))
    table = resources.files("core.skills").joinpath("words.tsv").read_text(encoding="utf-8")
    lines = [line.replace(";", " ") for line in table.splitlines() if not line.startswith("#")]
    return sorted(found.union(*(own_words(lines, language) for language in LANGUAGES)))


def listed_words(path: Path) -> list[str]:
    """The words of a list in their order, one a line; what holds signs or capitals is left out."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PalukuError(
            f"The words {path} cannot be read: {error}", "Name a text file with one word a line."
        ) from error
    stripped = list(dict.fromkeys(line.strip() for line in lines))
    known = {word for language in LANGUAGES for word in own_words(stripped, language)}
    return [word for word in stripped if word in known]


def made_up(lot: Random) -> Iterable[str]:
    """Telugu words that nobody ever said, endlessly."""
    consonants, signs, vowels = list(CONSONANTS), list(SIGNS), list(VOWELS)
    while True:
        word = lot.choice(vowels) if lot.random() < 0.2 else ""
        for _ in range(lot.randint(1, 4)):
            word += lot.choice(consonants)
            word += VIRAMA + lot.choice(consonants) if lot.random() < 0.25 else ""
            word += lot.choice(signs) if lot.random() < 0.75 else ""
            word += ANUSVARA if lot.random() < 0.12 else ""
        yield word


def _asked(words: Sequence[str], what: str, say: Callable[[str], None]) -> list[Pair]:
    pairs: list[Pair] = []
    for first in range(0, len(words), _ASKED_TOGETHER):
        pairs += pairs_asked(words[first : first + _ASKED_TOGETHER])
        say(f"{min(first + _ASKED_TOGETHER, len(words))} of {len(words)} {what} words pronounced")
    return pairs


def _shuffled(words: Sequence[str], lot: Random) -> list[str]:
    return lot.sample(words, len(words))


def _read(path: Path) -> list[Pair]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [(tuple(letters), tuple(sounds)) for letters, sounds in rows]
    except (OSError, ValueError, TypeError) as error:
        raise PalukuError(f"{path} is damaged: {error}", "Remove it: the words are gathered anew.") from error


def _write(path: Path, pairs: Sequence[Pair]) -> None:
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(pairs), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError(
            f"The words could not be saved: {error.strerror or error}.", "Is the disk full?"
        ) from error
