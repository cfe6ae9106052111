"""Words of everyday life in Telugu and English, from a list that people can read and extend."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.domain.script import is_telugu, sound_key
from core.domain.talk import Answer, Request
from core.errors import PalukuError
from core.skills.desk import Desk

WORDS = Path(__file__).parent / "words.tsv"
# A Telugu word with a case ending back to how it stands in the list: పుస్తకాన్ని -> పుస్తకం.
_ENDINGS = (
    ("ాన్ని", "ం"), ("ల్ని", "లు"), ("లను", "లు"), ("లని", "లు"), ("ని", ""), ("ను", ""),
    ("ని", "ు"), ("ను", "ు"), ("కి", ""), ("కు", ""), ("కి", "ు"),
)  # fmt: skip


class WordListError(PalukuError):
    """A word list that cannot be read."""


class Translate:
    """Says a word in the other language."""

    name = "translate"
    intents = ("translate",)

    def answer(self, request: Request, desk: Desk) -> Answer:
        word = str(request.slots.get("word", ""))
        if not word:
            return desk.replies.answer("translate", request.language, "missing")
        found = translated(word)
        if not found:
            return desk.replies.answer("translate", request.language, "unknown", word=word)
        joined = (" లేదా " if request.language == "te" else " or ").join(found[:2])
        return desk.replies.answer("translate", request.language, word=word, translation=joined)


def translated(word: str) -> tuple[str, ...]:
    """The word in the other language; nothing where it is not in the list."""
    to_english, to_telugu = word_list()
    if not is_telugu(word):
        return to_telugu.get(word.lower().strip(), ()) or to_english.get(_keys(word), ())
    forms = [word, *(word[: -len(end)] + base for end, base in _ENDINGS if word.endswith(end))]
    return next((to_english[_keys(form)] for form in forms if _keys(form) in to_english), ())


def _keys(text: str) -> str:
    return " ".join(sound_key(word) for word in text.split())


@cache
def word_list(path: Path = WORDS) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Telugu (by sound) -> English words, and English -> Telugu words."""
    to_english: dict[str, tuple[str, ...]] = {}
    to_telugu: dict[str, tuple[str, ...]] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise WordListError(f"{path.name} cannot be read: {error}.", "Install Paluku again.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        telugu, tab, english = line.partition("\t")
        if not tab:
            raise WordListError(
                f"{path.name}, line {number}: no tab between the words.", "Write Telugu, tab, English."
            )
        tes, ens = tuple(telugu.split("; ")), tuple(english.split("; "))
        for word in tes:
            to_english[_keys(word)] = to_english.get(_keys(word), ()) + ens
        for word in ens:
            to_telugu[word.lower()] = to_telugu.get(word.lower(), ()) + tes
    return to_english, to_telugu
