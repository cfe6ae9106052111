"""Doors: everything that the window is wired to, and that a new window finds again."""

from __future__ import annotations

from typing import Protocol, TypeVar, cast

from app.bridge import Bridge
from app.second_thought import SecondThought


class Door(Protocol):
    """Stands between pages of the window and a part of core; wired to the other doors when it is made."""

    def __init__(self, doors: Doors) -> None: ...
    def close(self, timeout: float = 1.0) -> None: ...


D = TypeVar("D", bound=Door)


class Doors:
    """The engine's door, the others as somebody first comes to them, and what waits for a second thought.

    Only who comes to a door imports it, and what lies behind it: the start waits for none but the engine's.
    """

    def __init__(self, bridge: Bridge) -> None:
        self.bridge = bridge
        self.second_thought = SecondThought(bridge)
        self._made: dict[type[Door], Door] = {}

    def to(self, kind: type[D]) -> D:
        """The one door of this kind."""
        if kind not in self._made:
            self._made[kind] = kind(self)
        return cast(D, self._made[kind])

    def close(self, timeout: float = 1.0) -> bool:
        """End everything; True if the engine ended in time."""
        self.second_thought.carry_out()
        for door in self._made.values():
            door.close(timeout)
        return self.bridge.close(timeout)
