"""What a skill is."""

from __future__ import annotations

from typing import Protocol

from core.domain.talk import Answer, Request
from core.skills.desk import Desk


class Skill(Protocol):
    """Something that answers some intents with more than a written reply."""

    @property
    def name(self) -> str: ...

    @property
    def intents(self) -> tuple[str, ...]: ...

    def answer(self, request: Request, desk: Desk) -> Answer | None:
        """The answer, or None where the written replies of the intent will do."""
