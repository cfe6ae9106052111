"""Asked: what the domain is asked, in words that nothing was taught, each with a place to stop and think."""

from __future__ import annotations

from random import Random

from core.audio.base import Pcm
from core.audio.resample import resample
from core.domain.book import LANGUAGES, Domain
from core.workbench.echo.voices import at_loudness
from core.workbench.spoken import Line, say

_VOICES = {"te": ("te+m1", "te+f3", "te+m2", "te+f5"), "en": ("en-us+f3", "en-us+m2", "en-us+f5", "en-us+m1")}
_FEWEST_WORDS = 3
_SEED = 21


def asked(rate: int, count: int) -> list[list[Pcm]]:
    """So many held-out phrasings of every language in turn, cut after a word that chance chose."""
    domain, dice = Domain.load(), Random(_SEED)
    lines: list[Line] = []
    phrasings = {language: list(domain.all_phrasings(language, "test")) for language in LANGUAGES}
    for found in phrasings.values():
        dice.shuffle(found)
    while len(lines) < count:
        language = LANGUAGES[len(lines) % len(LANGUAGES)]
        text = domain.say(phrasings[language].pop(), dice).text
        if len(text.split()) >= _FEWEST_WORDS:
            voice = _VOICES[language][len(lines) // len(LANGUAGES) % len(_VOICES[language])]
            lines.append(Line(text, voice, dice.randint(140, 175), dice.randint(40, 60)))
    parts = []
    for take in say(lines):
        pcm = at_loudness(resample(take.pcm, take.rate, rate))
        at = round(take.words[dice.randrange(max(1, len(take.words) - 1))].end * rate)
        parts.append([pcm[:at], pcm[at:]])
    return parts
