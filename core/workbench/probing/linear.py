"""Linear probes: what a plane can tell from a feature, always asked about sound it did not learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FOLDS = 4
_PENALTY = 0.1  # against the mean variance of the features


@dataclass(frozen=True)
class Answers:
    """What a probe said of each item when it had learned from others, and what is true."""

    said: NDArray[Any]
    true: NDArray[Any]
    groups: Ints
    """The utterance of each item: items of one are no independent evidence."""


def classify(x: Floats, labels: Ints, groups: Ints, seed: int) -> Answers:
    """Ridge regression to one column a class, the largest wins; whole groups are left out in turn."""
    classes = np.unique(labels)
    wanted = (labels[:, None] == classes).astype(np.float64)
    scores = _out_of_fold(x, wanted - wanted.mean(0), _folds(groups, labels, seed))
    return Answers(classes[scores.argmax(axis=1)], labels, groups)


def scores_of_others(
    x: Floats, labels: Ints, groups: Ints, others: Floats, other_groups: Ints, seed: int
) -> tuple[Ints, Floats]:
    """How well each class fits further items, by probes that never saw their groups: classes, [N, C]."""
    classes = np.unique(labels)
    wanted = (labels[:, None] == classes).astype(np.float64)
    wanted -= wanted.mean(0)
    folds = _folds(groups, labels, seed)
    fold_of = dict(zip(groups.tolist(), folds.tolist(), strict=True))
    other_folds = np.array([fold_of.get(int(group), 0) for group in other_groups])
    scores = np.zeros((len(others), len(classes)))
    for fold in range(FOLDS):
        asked, known = other_folds == fold, folds != fold
        if not asked.any() or not known.any():
            continue
        middle, spread = x[known].mean(axis=0), x[known].std(axis=0) + 1e-6
        scores[asked] = _ridge((x[known] - middle) / spread, wanted[known], (others[asked] - middle) / spread)
    return classes, scores


def regress(x: Floats, values: Floats, groups: Ints, seed: int) -> Answers:
    """Ridge regression to one number."""
    middle = values.mean()
    scores = _out_of_fold(x, (values - middle)[:, None], _folds(groups, groups * 0, seed))
    return Answers(scores[:, 0] + middle, values, groups)


def accuracy(answers: Answers) -> float:
    return float(np.mean(answers.said == answers.true))


def macro_f1(answers: Answers) -> float:
    """The mean over classes, so that rare ones count as much as common ones."""
    scores = []
    for each in np.unique(answers.true):
        said, true = answers.said == each, answers.true == each
        scores.append(2 * np.count_nonzero(said & true) / max(1, said.sum() + true.sum()))
    return float(np.mean(scores))


def explained(answers: Answers) -> float:
    """R²: the share of the variance that is told; below 0 if the mean would have told more."""
    error = np.square(answers.true - answers.said).sum()
    spread = np.square(answers.true - answers.true.mean()).sum()
    return float(1 - error / spread) if spread > 0 else 0.0


def _folds(groups: Ints, labels: Ints, seed: int) -> Ints:
    """The fold of each item: whole groups, the groups of each label spread evenly."""
    rng = np.random.default_rng(seed)
    fold_of = {}
    label_of = {int(group): int(label) for group, label in zip(groups, labels, strict=True)}
    for label in sorted(set(label_of.values())):
        own = np.array([group for group, its in label_of.items() if its == label])
        for place, group in enumerate(rng.permutation(np.sort(own)).tolist()):
            fold_of[group] = place % FOLDS
    return np.array([fold_of[int(group)] for group in groups])


def _out_of_fold(x: Floats, wanted: Floats, folds: Ints) -> Floats:
    scores = np.zeros_like(wanted)
    for fold in range(FOLDS):
        asked = folds == fold
        if not asked.any() or asked.all():
            continue
        known = x[~asked]
        middle, spread = known.mean(axis=0), known.std(axis=0) + 1e-6
        scores[asked] = _ridge((known - middle) / spread, wanted[~asked], (x[asked] - middle) / spread)
    return scores


def _ridge(x: Floats, wanted: Floats, asked: Floats) -> Floats:
    """Closed form, in the smaller of the two spaces."""
    count, width = x.shape
    penalty = _PENALTY * max(count, width)
    answer: Floats
    if count <= width:
        weights = np.linalg.solve(x @ x.T + penalty * np.eye(count), wanted)
        answer = asked @ (x.T @ weights)
    else:
        weights = np.linalg.solve(x.T @ x + penalty * np.eye(width), x.T @ wanted)
        answer = asked @ weights
    return answer
