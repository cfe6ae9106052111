"""Sphinx: a public recogniser of English with a closed vocabulary, to check our own ear by another's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import numpy as np

from core.audio.base import Pcm
from core.domain.script import tokens


class Sphinx:
    """Pocketsphinx, which hears any row of some words."""

    def __init__(self, decoder: Any) -> None:
        self._decoder = decoder

    @classmethod
    def for_words(cls, texts: Iterable[str]) -> Self | None:
        """One that knows the words of some texts; None where pocketsphinx is not installed."""
        try:
            import pocketsphinx
        except ModuleNotFoundError:
            return None
        decoder = pocketsphinx.Decoder(samprate=16_000, loglevel="FATAL", bestpath=False)
        words = sorted({word for text in texts for word in tokens(text)})
        known = [word for word in words if decoder.lookup_word(word)]
        decoder.add_jsgf_string("replies", f"#JSGF V1.0; grammar g; public <g> = ( {' | '.join(known)} )+ ;")
        decoder.activate_search("replies")
        return cls(decoder)

    def hear(self, pcm: Pcm) -> str:
        """The words in a sound of 16 kHz."""
        quiet = np.zeros(4_800, np.float32)
        whole = np.rint(np.clip(np.concatenate([quiet, pcm, quiet]), -1, 1) * 32_767).astype("<i2")
        self._decoder.start_utt()
        self._decoder.process_raw(whole.tobytes(), full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return found.hypstr if found else ""
