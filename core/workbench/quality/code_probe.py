"""Code probe: how well one codebook alone tells the phoneme, frame by frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.training.corpus.phonemes import PHONEMES, SILENCE_ID
from core.training.corpus.reader import UNKNOWN

Row = NDArray[np.int64]  # [T]
DELAYS = (0, 1, 2, 3)  # frames by which codes may lag what they tell


def phoneme_error(
    heard: list[tuple[Row, Row]], unheard: list[tuple[Row, Row]], size: int
) -> tuple[float, int]:
    """The error of the best reading of a code, learned on some voices and tried on others; and its delay.

    Each pair is the codes and the phonemes of an utterance. Over one-hot codes the best linear probe is a
    table of counts. Pauses and frames that nobody labelled are left out.
    """
    errors = [(_error(heard, unheard, size, delay), delay) for delay in DELAYS]
    return min(errors)


def _error(heard: list[tuple[Row, Row]], unheard: list[tuple[Row, Row]], size: int, delay: int) -> float:
    table = np.zeros((size, len(PHONEMES)))
    for codes, phonemes in heard:
        known, told = _paired(codes, phonemes, delay)
        np.add.at(table, (known, told), 1)
    table += 1e-3 * table.sum(axis=0)  # a code that was never seen: the most frequent phoneme
    best = table.argmax(axis=1)
    wrong = total = 0
    for codes, phonemes in unheard:
        known, told = _paired(codes, phonemes, delay)
        wrong += int((best[known] != told).sum())
        total += len(told)
    return wrong / max(total, 1)


def _paired(codes: Row, phonemes: Row, delay: int) -> tuple[Row, Row]:
    length = min(len(codes) - delay, len(phonemes))
    codes, phonemes = codes[delay : delay + length], phonemes[:length]
    spoken = (phonemes != UNKNOWN) & (phonemes != SILENCE_ID)
    return codes[spoken], phonemes[spoken]
