"""Reading: the sounds of a sentence that somebody read, which only its text tells."""

from __future__ import annotations

from core.errors import PalukuError
from core.training.corpus.espeak import Espeak
from core.training.corpus.manifest import Entry
from core.training.speech.sounds import sound_number, sounds_of


class Reading:
    """Tells the sounds of any utterance: by its own timings, or as espeak-ng would read its text.

    A recording has no timings of its own. Where espeak-ng is missing or does not read the language, there
    are no sounds, and only the letters of the recording teach.
    """

    def __init__(self) -> None:
        try:
            self._espeak: Espeak | None = Espeak()
        except PalukuError:
            self._espeak = None
        self._unread: set[str] = set()

    def sounds(self, entry: Entry) -> list[int]:
        """The sounds of an utterance in their order, without pauses."""
        return sounds_of(entry) or self.of(entry.text, entry.language)

    def of(self, text: str, language: str) -> list[int]:
        """The sounds of a text; none where it cannot be read."""
        if self._espeak is None or not text or language in self._unread:
            return []
        try:
            marks = self._espeak.speak(text, language).phonemes
        except PalukuError:
            self._unread.add(language)
            return []
        return [number for mark in marks if (number := sound_number(mark.name)) is not None]
