"""Outcomes: what listening tests have shown, in the words of the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.listening_room import ANCHOR, CERTAIN, REFERENCE, Outcome

translate = QCoreApplication.translate


def systems(outcome: Outcome) -> str:
    """What was compared."""
    names = [_named(name) for name in outcome.systems]
    if outcome.kind == "abx":
        return translate("outcomes", "{one} or {other}?").format(one=names[0], other=names[1])
    return translate("outcomes", "Rated: {names}").format(names=", ".join(names))


def sentence(outcome: Outcome) -> str:
    """What it has shown so far."""
    if not outcome.answered:
        return translate("outcomes", "Nothing was answered yet.")
    if outcome.kind == "abx":
        words = translate("outcomes", "{n} of {all} right, p = {p}").format(
            n=outcome.right, all=outcome.answered, p=f"{outcome.p:.3f}"
        )
        proof = (
            translate("outcomes", "They can be told apart.")
            if outcome.p < CERTAIN
            else translate("outcomes", "No proof that they can be told apart.")
        )
        return f"{words}. {proof}"
    rated = ", ".join(
        f"{_named(score.system)} {score.mean:.0f} ± {score.half:.0f}" for score in outcome.scores
    )
    if outcome.trusted:
        return rated
    doubt = translate("outcomes", "The hidden reference was missed too often: the scores do not count.")
    return f"{rated}. {doubt}"


def _named(system: str) -> str:
    return {
        REFERENCE: translate("outcomes", "the original"),
        ANCHOR: translate("outcomes", "the muffled copy"),
    }.get(system, system)
