"""A value that goes up and down in steps between two ends."""

from __future__ import annotations


def stepped(value: float, step: float, least: float, most: float) -> float | None:
    """The value one step on, or None where it is already at its end."""
    following = round(min(most, max(least, value + step)), 2)
    return None if abs(following - value) < 1e-9 else following
