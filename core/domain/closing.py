"""Closing: whether the words so far are all that somebody means to say, or more of them must come."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.book import LANGUAGES
from core.domain.wording import Word
from core.errors import PalukuError

TAUGHT = Path(__file__).parent / "closing.npz"
PLACES = 1 << 14
_ENDINGS = (1, 2, 3, 4)  # letters: in Telugu the verb comes last, and cases and conjunctions are endings
_COUNTED = 6


class ClosingError(PalukuError):
    """What was taught of endings is missing or cannot be read."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A weighing of the last words of a turn: could it end here."""

    weights: NDArray[np.float32]  # [PLACES]
    bias: float

    def done(self, words: Sequence[Word]) -> float:
        """How much these words sound like all of a turn: 0 says nothing (log odds, both as frequent)."""
        if not words:
            return 0.0
        return self.bias + float(self.weights[places([word.key for word in words])].sum())


def load_closings(path: Path = TAUGHT) -> dict[str, Closing]:
    """What was taught, by language."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return {
                language: Closing(file[language].astype(np.float32), float(file[f"{language}.bias"]))
                for language in LANGUAGES
            }
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ClosingError(
            f"{path.name} cannot be read: {error}.", "Run python -m core.domain.closing_lessons."
        ) from error


def save_closings(closings: Mapping[str, Closing], fingerprint: str, path: Path = TAUGHT) -> None:
    """Write what was taught, and from what; half of the precision is enough."""
    arrays: dict[str, NDArray[np.generic]] = {"fingerprint": np.frombuffer(fingerprint.encode(), np.uint8)}
    for language, closing in closings.items():
        arrays[language] = closing.weights.astype(np.float16)
        arrays[f"{language}.bias"] = np.array(closing.bias)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def places(keys: Sequence[str]) -> list[int]:
    """Where the signs of an end are weighed: the last words, how the last one ends, how many there are."""
    padded = ["^", "^", *keys]
    last = keys[-1]
    signs = [
        f"1{last}",
        f"2{' '.join(padded[-2:])}",
        f"3{' '.join(padded[-3:])}",
        f"n{min(len(keys), _COUNTED)}",
    ]
    if not last.startswith("<"):
        signs += [f"e{last[-size:]}" for size in _ENDINGS if len(last) > size]
    return [zlib.crc32(sign.encode()) % PLACES for sign in signs]
