"""Memory: whether a model fits, asked before it is loaded."""

from __future__ import annotations

from core.errors import ModelError

_GIGA = 1e9


def require_memory(needed: int, what: str, hint: str) -> None:
    """Refuse with the numbers when less than `needed` bytes are free."""
    import psutil

    free = int(psutil.virtual_memory().available)
    if free < needed:
        raise ModelError(
            f"{what} needs {needed / _GIGA:.1f} GB of memory, and {free / _GIGA:.1f} GB are free.", hint
        )
