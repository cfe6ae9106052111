"""Splits: which speakers are for training, which for watching it, and which are kept for the test."""

from __future__ import annotations

import hashlib

from core.training.corpus.speakers import SPEAKER_NAMES

SPLITS = ("train", "valid", "test")

# The only recorded speaker of a language is kept for the test, so that each language has an unheard voice
TEST_SPEAKERS = frozenset({"te_01", "Alexandra Danahy", "Elizabeth Namazzi", "flite-awb", "ml_05"})
VALID_SPEAKERS = frozenset({"ml_story"})
TRAIN_SPEAKERS = frozenset(
    {*SPEAKER_NAMES, "Darshan Soni", "ml_01", "ml_02", "ml_03", "flite-slt", "flite-rms"}
    | {"festival-nsk-te", "festival-nsk-hi", "festival-slt-hts"}
)
TEST_PERCENT, VALID_PERCENT = 6, 4


def split_of(speaker: str) -> str:
    """The split of a speaker: the same for ever, in every corpus. `name~2` goes where `name` goes."""
    person = speaker.split("~")[0]
    if person in TEST_SPEAKERS:
        return "test"
    if person in VALID_SPEAKERS:
        return "valid"
    if person in TRAIN_SPEAKERS:
        return "train"
    percent = int.from_bytes(hashlib.sha256(f"split of {person}".encode()).digest()[:4]) % 100
    if percent < TEST_PERCENT:
        return "test"
    return "valid" if percent < TEST_PERCENT + VALID_PERCENT else "train"
