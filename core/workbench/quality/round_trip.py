"""RoundTrip: whether the sounds of speech are still told behind a codec, beside the same before it."""

from __future__ import annotations

from dataclasses import dataclass

from core.audio.base import Pcm
from core.audio.resample import resample
from core.cards import Registry
from core.s2s.sounding import SoundingListener, SoundingTurnModel
from core.training.speech.reading import Reading
from core.workbench.quality.talk.conversation import Pair
from core.workbench.quality.talk.errors import distance
from core.workbench.quality.talk.report import open_pair


@dataclass(slots=True)
class _Sounds:
    said: int = 0
    wrong_in_original: int = 0
    wrong_behind: int = 0


class RoundTrip:
    """A recogniser of sounds, its own error on originals, and its error on what a codec made of them.

    The recogniser is the ear of our speech model. It listens through its own codec, so that whatever codec is
    measured stands behind or before the same one. What should be heard is told by espeak-ng from the text.
    """

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._reading = Reading()
        self._counts: dict[str, _Sounds] = {}

    def count(self, group: str, text: str, language: str, original: Pcm, behind: Pcm, rate: int) -> None:
        """Listen to a text before and behind a codec; one that cannot be read is left out."""
        said = self._reading.of(text, language)
        if not said:
            return
        counted = self._counts.setdefault(group, _Sounds())
        counted.said += len(said)
        counted.wrong_in_original += distance(said, self._heard(original, rate))
        counted.wrong_behind += distance(said, self._heard(behind, rate))

    def figures(self) -> dict[str, dict[str, float | int]]:
        """Shares of the sounds that were said, by group."""
        return {
            group: {
                "sounds": counted.said,
                "original": round(counted.wrong_in_original / counted.said, 4),
                "behind": round(counted.wrong_behind / counted.said, 4),
            }
            for group, counted in sorted(self._counts.items())
        }

    def _heard(self, pcm: Pcm, rate: int) -> list[int]:
        _, listener = self._pair.hear(resample(pcm, rate, self._pair.codec.spec.format.sample_rate))
        assert isinstance(listener, SoundingListener), "the model was asked for when it was opened"
        return listener.sounds


def open_round_trip(registry: Registry) -> RoundTrip | None:
    """With the speech model that ships; None where there is none that tells sounds."""
    card = registry.default("speech")
    pair = open_pair(registry, card) if card is not None else None
    return RoundTrip(pair) if pair is not None and isinstance(pair.model, SoundingTurnModel) else None
