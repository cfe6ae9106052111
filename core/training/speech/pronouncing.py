"""Pronouncing: the lesson of a pronouncer, from words as they are written to how they were said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from core.domain.script import is_telugu, tokens
from core.errors import PalukuError
from core.nn.reader import Reader
from core.nn.s2s.pronouncer import BLANK, NO_LETTER, Pronouncer, PronouncerConfig
from core.training.corpus.espeak import Espeak
from core.training.corpus.manifest import Entry
from core.training.speech.letters import LETTERS, NUMBERS
from core.training.speech.sounds import SOUNDS, sound_number, words_of

PRONOUNCER = Reader("pronouncer", PronouncerConfig, Pronouncer)
VOICES = {"te": "te", "en": "en-us"}

Pair = tuple[tuple[int, ...], tuple[int, ...]]  # letters, sounds


@dataclass(frozen=True, slots=True)
class WrittenBatch:
    """Words side by side."""

    letters: Tensor  # [B, L]
    sounds: Tensor  # [sum]
    counts: Tensor  # [B]


class Pronouncing:
    """A pronouncer and the words it learns from."""

    name = "pronouncer"

    def __init__(
        self, pairs: Sequence[Pair], *, words: int = 256, config: PronouncerConfig | None = None
    ) -> None:
        if not pairs:
            raise PalukuError(
                "There is no word to be pronounced.", 'Make a corpus with sentences = "answered".'
            )
        self.model = Pronouncer(config or PronouncerConfig(n_letters=len(LETTERS), n_sounds=len(SOUNDS)))
        self.pairs = list(pairs)
        self._words = words

    def batch(self, number: int) -> WrittenBatch:
        rng = np.random.default_rng([number, 9])
        chosen = [self.pairs[at] for at in rng.integers(len(self.pairs), size=self._words)]
        return together(chosen)

    def losses(self, batch: WrittenBatch) -> Mapping[str, Tensor]:
        chances = F.log_softmax(self.model(batch.letters).float(), dim=-1).transpose(0, 1)
        lengths = (batch.letters != NO_LETTER).sum(dim=1) * self.model.config.sounds_per_letter
        lost = F.ctc_loss(
            *(chances, batch.sounds, lengths, batch.counts),
            blank=BLANK,
            reduction="none",
            zero_infinity=True,
        )
        return {"sounds": lost.sum() / batch.counts.sum()}

    def save(self, weights: Mapping[str, Tensor], path: Path) -> None:
        model = Pronouncer(self.model.config)
        model.load_state_dict(dict(weights))
        PRONOUNCER.save(model, self.model.config, path)


def together(pairs: Sequence[Pair]) -> WrittenBatch:
    """Words side by side, the shorter ones filled up."""
    letters = torch.zeros(len(pairs), max(len(word) for word, _ in pairs), dtype=torch.long)
    for row, (word, _) in zip(letters, pairs, strict=True):
        row[: len(word)] = torch.tensor(word)
    return WrittenBatch(
        letters,
        torch.tensor([sound for _, sounds in pairs for sound in sounds]),
        torch.tensor([len(sounds) for _, sounds in pairs]),
    )


def pairs_heard(entries: Iterable[Entry], longest: int = 40) -> list[Pair]:
    """Each word of a corpus, with the sounds that it was said with most often."""
    heard: defaultdict[str, Counter[tuple[int, ...]]] = defaultdict(Counter)
    for entry in entries:
        for name, sounds in words_of(entry):
            written = tokens(name)
            if len(written) == 1:
                heard[written[0]][sounds] += 1
    said = {word: counter.most_common(1)[0][0] for word, counter in heard.items()}
    return pairs_of(said, longest)


def pairs_asked(words: Iterable[str], longest: int = 40) -> list[Pair]:
    """Words as espeak-ng says them alone."""
    espeak, said = Espeak(), {}
    for word in words:
        take = espeak.speak(word, VOICES["te" if is_telugu(word) else "en"])
        sounds = (sound_number(mark.name) for mark in take.phonemes)
        said[word] = tuple(sound for sound in sounds if sound is not None)
    return pairs_of(said, longest)


def pairs_of(said: Mapping[str, tuple[int, ...]], longest: int) -> list[Pair]:
    """Words and their sounds as numbers; those that cannot be written or are too long are left out."""
    pairs = []
    for word, sounds in sorted(said.items()):
        letters = tuple(NUMBERS[letter] for letter in word if letter in NUMBERS)
        if sounds and 0 < len(letters) <= longest and len(sounds) <= 3 * len(letters):
            pairs.append((letters, sounds))
    return pairs
