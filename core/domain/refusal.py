"""When Paluku says that it did not understand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.book import UNKNOWN
from core.domain.matcher import Match, Matcher
from core.domain.wording import Word

Signs = NDArray[np.float64]
_INSIDE_KEPT, _OUTSIDE_REFUSED = 0.98, 0.92
"""The threshold keeps this share of the turns of the domain, and refuses at most this share of strange ones.

Wording changes more than the sentences it is set on: a threshold that refuses all of them refuses people."""

HEARD = 0.6
"""The least confidence for a turn that was heard: it is the most meaningful of several readings, so that
strange ones look surer than in writing. Set on spoken valid phrasings and the tuning half of outside.toml."""


def signs(match: Match, matcher: Matcher, words: Sequence[Word]) -> Signs:
    """What tells a turn of the domain from a strange one."""
    known = match.known
    plain = [word for word in words if not word.marked]
    strange = sum("w" + word.key not in matcher.vocabulary.places for word in plain) / max(1, len(plain))
    unknown = dict(zip(match.intents, match.chances, strict=True)).get(UNKNOWN, 0.0)
    best, second = match.chances[0], match.chances[1]
    return np.array(
        [
            1,
            best,
            best - second,
            known,
            strange,
            unknown,
            min(len(words), 8) / 8,
            best * (1 - strange),
            match.score / 5,
            match.lead / 5 if match.intents[0] != UNKNOWN else -1.0,
            np.tanh(match.weakest / 3),
            match.paired,
            np.log((best + 1e-6) / (1 - best + 1e-6)),
        ]
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    """A calibrated threshold on how sure the match is."""

    weights: Signs
    threshold: float

    def confidence(self, found: Signs) -> float:
        """How likely it is (0 to 1) that the turn is of the domain."""
        return float(1 / (1 + np.exp(-found @ self.weights)))

    def allows(self, confidence: float, *, heard: bool) -> bool:
        """Whether a turn of this confidence is answered."""
        return confidence >= (max(HEARD, self.threshold) if heard else self.threshold)

    @staticmethod
    def fitted(inside: Sequence[Signs], outside: Sequence[Signs]) -> Refusal:
        """Logistic regression with a mild penalty, by Newton's steps; both sides weigh the same."""
        rows = np.stack([*inside, *outside])
        truth = np.array([1.0] * len(inside) + [0.0] * len(outside))
        weigh = np.where(truth == 1, 1 / len(inside), 1 / len(outside)) * len(rows) / 2
        weights = np.zeros(rows.shape[1])
        penalty = 0.5 * np.eye(rows.shape[1])
        for _ in range(30):
            chance = 1 / (1 + np.exp(-rows @ weights))
            slope = rows.T @ (weigh * (chance - truth)) + penalty @ weights
            curve = (rows * (weigh * chance * (1 - chance))[:, None]).T @ rows + penalty
            weights -= np.linalg.solve(curve, slope)
        sure = 1 / (1 + np.exp(-rows @ weights))
        lowest = np.quantile(sure[: len(inside)], 1 - _INSIDE_KEPT)
        return Refusal(weights, float(min(lowest, np.quantile(sure[len(inside) :], _OUTSIDE_REFUSED))))
