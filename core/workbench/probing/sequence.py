"""Sequence: the phonemes of whole utterances as a plane reads them from a feature, and the errors in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.training.corpus.phonemes import STRANGE_ID
from core.workbench.probing.bootstrap import Estimate, estimate
from core.workbench.probing.linear import scores_of_others
from core.workbench.probing.look import Look
from core.workbench.probing.material import GRID, Material, Utterance

Ints = NDArray[np.int64]

FEWEST_SEQUENCES = 6
_SMOOTHED = 0.06  # seconds over which a reading is averaged: no phoneme is shorter than half of it


def phoneme_error_rate(look: Look, material: Material, seed: int) -> Estimate | None:
    """Wrong, missing and added phonemes against those that were said, of utterances not learned from.

    Pauses are taken out of both: where speech is, the corpus tells. None where it has no phonemes.
    """
    labels = np.concatenate([utterance.phonemes for utterance in material.utterances])
    owners = np.concatenate([np.full(len(u.moments), n) for n, u in enumerate(material.utterances)])
    known = labels > STRANGE_ID
    told = [number for number, rows in enumerate(look.sequences) if len(rows)]
    if len(told) < FEWEST_SEQUENCES or len(np.unique(labels[known])) < 2:
        return None
    frames = np.concatenate([look.sequences[number] for number in told]).astype(np.float64)
    lengths = [len(look.sequences[number]) for number in told]
    classes, scores = scores_of_others(
        look.frames[known], labels[known], owners[known], frames, np.repeat(told, lengths), seed
    )
    ends = np.cumsum(lengths)
    counts = [
        _errors(material.utterances[number], classes, scores[end - length : end])
        for number, length, end in zip(told, lengths, ends, strict=True)
    ]
    wrong, said = np.array(counts, np.float64).T
    if not said.sum():
        return None
    groups = np.arange(len(told))
    return estimate(lambda items: float(wrong[items].sum() / max(said[items].sum(), 1)), groups, seed)


def _errors(utterance: Utterance, classes: Ints, scores: NDArray[np.float64]) -> tuple[int, int]:
    """How many phonemes are wrong, and how many were said."""
    seconds = len(utterance.track) / GRID
    rate = len(scores) / seconds
    moments = np.minimum(((np.arange(len(scores)) + 0.5) / rate * GRID).astype(int), len(utterance.track) - 1)
    true = utterance.track[moments]
    width = max(1, round(_SMOOTHED * rate))
    read = classes[_averaged(scores, width).argmax(axis=1)]
    spoken = true > STRANGE_ID
    said, heard = _once(true[spoken]), _once(read[spoken])
    return edit_distance(said, heard), len(said)


def _averaged(scores: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """A moving average around each frame."""
    padded = np.pad(scores, ((width // 2, width - 1 - width // 2), (0, 0)), mode="edge")
    summed = np.pad(np.cumsum(padded, axis=0), ((1, 0), (0, 0)))
    averaged: NDArray[np.float64] = (summed[width:] - summed[:-width]) / width
    return averaged


def _once(labels: Ints) -> Ints:
    """Each run of the same label as one."""
    if not len(labels):
        return labels
    found: Ints = labels[np.concatenate([[True], np.diff(labels) != 0])]
    return found


def edit_distance(one: Ints, other: Ints) -> int:
    """The fewest changes, additions and removals that make one row the other."""
    costs = np.arange(len(other) + 1)
    for row, label in enumerate(one.tolist(), 1):
        changed = costs[:-1] + (other != label)
        best = np.minimum(changed, costs[1:] + 1)
        costs = np.empty(len(other) + 1, np.int64)
        costs[0] = row
        # what is added from the left: the least of all beginnings, each a step dearer
        steps = np.arange(1, len(other) + 1)
        costs[1:] = np.minimum(np.minimum.accumulate(best - steps) + steps, row + steps)
    return int(costs[-1])
