"""Mishearing: what an ear writes when it hears known sentences, so that understanding learns its slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from core.nn.s2s.ear import BLANK, best_path
from core.training.speech.coding import Coded
from core.training.speech.hearing import Hearing, Turn
from core.training.speech.letters import spelled, written

_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Misheard:
    """A sentence as it was said and as it was heard."""

    said: str
    heard: str
    language: str


@torch.no_grad()
def misheard(hearing: Hearing, coded: Sequence[Coded]) -> Iterator[Misheard]:
    """What the ear of a lesson hears in utterances, in the order of their length."""
    ear = hearing.model.eval()
    kept = sorted((c for c in coded if spelled(c.entry.text)), key=lambda c: c.codes.shape[1])
    for first in range(0, len(kept), _TOGETHER):
        some = kept[first : first + _TOGETHER]
        batch = hearing.together([Turn(c.codes, [BLANK]) for c in some])
        logits, _ = ear(batch.frames, ear.initial_state(len(some)))
        for row, length, one in zip(logits, batch.lengths.tolist(), some, strict=True):
            pieces, _ = best_path(row[:length], torch.full((1,), BLANK))
            heard = written([piece for piece in pieces.tolist() if piece >= 0])
            yield Misheard(one.entry.text, heard, one.entry.language)
