"""Separation: how far apart the voices lie in a feature, without learning anything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def similarities(x: Floats) -> Floats:  # [N, D] -> [N, N]
    """Cosines of the vectors around their common middle, each channel on the same scale."""
    centred = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-6)
    unit = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    found: Floats = unit @ unit.T
    return found


def equal_error_rate(similar: Floats, labels: Ints) -> float:
    """Where as many pairs of one voice are refused as pairs of two are taken for one; 0.5 is a coin."""
    first, second = np.triu_indices(len(labels), 1)
    scores, same = similar[first, second], labels[first] == labels[second]
    if same.all() or not same.any():
        return 0.5
    order = np.argsort(scores, kind="stable")
    same = same[order]
    refused = np.cumsum(same) / same.sum()
    taken = 1 - np.cumsum(~same) / (~same).sum()
    at = int(np.abs(refused - taken).argmin())
    return float((refused[at] + taken[at]) / 2)


def silhouette(similar: Floats, labels: Ints) -> float:
    """How much closer a voice is to itself than to the nearest other one: -1 to 1."""
    away = 1 - similar
    classes = np.unique(labels)
    own = (labels[:, None] == classes).astype(np.float64)  # [N, C]
    counts = own.sum(0)
    sums = away @ own
    inside = np.searchsorted(classes, labels)
    each = np.arange(len(labels))
    within = sums[each, inside] / np.maximum(counts[inside] - 1, 1)
    means = sums / counts
    means[each, inside] = np.inf
    nearest = means.min(axis=1)
    return float(np.mean((nearest - within) / np.maximum(np.maximum(nearest, within), 1e-9)))


def fisher_ratio(x: Floats, labels: Ints) -> float:
    """Variance between voices against the variance within them."""
    scaled = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-6)
    between = within = 0.0
    for each in np.unique(labels):
        own = scaled[labels == each]
        middle = own.mean(axis=0)
        between += len(own) * float(middle @ middle)
        within += float(np.square(own - middle).sum())
    return between / max(within, 1e-9)
