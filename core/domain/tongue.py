"""Which language a turn in Roman letters is: English, or Telugu as people type it."""

from __future__ import annotations

from core.domain.book import Domain
from core.domain.phrase_grammar import plain_words
from core.domain.script import is_telugu, sound_key, tokens


class Tongue:
    """Tells typed Telugu from English by the words of the domain, and by how strange words end."""

    def __init__(self, domain: Domain) -> None:
        said = {language: " ".join(_texts(domain, language)) for language in ("te", "en")}
        self._english = {sound_key(word) for word in tokens(said["en"])}
        self._mixed = {sound_key(word) for word in tokens(said["te"]) if not is_telugu(word)}
        """English words that people also say in Telugu sentences: they say little of the language."""
        telugu = {sound_key(word) for word in tokens(said["te"]) if is_telugu(word)}
        loans = {
            sound_key(s) for spellings in domain.lists["te"].named["loanwords"].values() for s in spellings
        }
        self._telugu = telugu - loans

    def language_of(self, text: str) -> str:
        """`te` or `en`; where nothing tells them apart, English."""
        if is_telugu(text):
            return "te"
        score = 0.0
        for word in tokens(text):
            key = sound_key(word)
            telugu, english = key in self._telugu, key in self._english
            if telugu != english:
                score += 1.0 if telugu else -0.3 if key in self._mixed else -1.0
            elif not telugu and word.isalpha():
                # words of Telugu end in vowels, words of English mostly do not
                score += 0.4 if word[-1] in "aiuo" else -0.2
        return "te" if score > 0 else "en"


def _texts(domain: Domain, language: str) -> list[str]:
    phrasings = [p.text for p in domain.all_phrasings(language, "train")]
    lexicon = [text for intent in domain.intents.values() for text in intent.lexicon[language]]
    return [plain_words(text) for text in phrasings + lexicon]
