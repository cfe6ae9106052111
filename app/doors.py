"""Doors: everything that the window is wired to, and that a new window finds again."""

from __future__ import annotations

from dataclasses import dataclass

from app.archive import ArchiveDoor
from app.bridge import Bridge
from app.enhance import EnhanceDoor
from app.library import LibraryDoor
from app.listening import ListeningDoor
from app.second_thought import SecondThought
from app.workbench import WorkbenchDoor


@dataclass(frozen=True, slots=True)
class Doors:
    """The doors between the window and core, and what waits for a second thought."""

    bridge: Bridge
    library: LibraryDoor
    archive: ArchiveDoor
    workbench: WorkbenchDoor
    listening: ListeningDoor
    enhance: EnhanceDoor
    second_thought: SecondThought

    def close(self, timeout: float = 1.0) -> bool:
        """End everything; True if the engine ended in time."""
        self.second_thought.carry_out()
        self.library.close(timeout)
        self.archive.close(timeout)
        self.workbench.close(timeout)
        self.listening.close(timeout)
        self.enhance.close(timeout)
        return self.bridge.close(timeout)


def make_doors(bridge: Bridge) -> Doors:
    """The doors beside this one, wired to each other."""
    second_thought = SecondThought(bridge)
    library, archive = LibraryDoor(second_thought, bridge), ArchiveDoor(second_thought, bridge)
    workbench, listening = WorkbenchDoor(bridge), ListeningDoor(second_thought, bridge)
    enhance = EnhanceDoor(bridge)
    library.stay_offline(bridge.settings.privacy.offline)
    bridge.settings_changed.connect(lambda settings: library.stay_offline(settings.privacy.offline))
    library.changed.connect(bridge.models_changed)
    library.changed.connect(workbench.look)
    archive.replay_wished.connect(bridge.replay)
    archive.deleted.connect(enhance.forget)
    enhance.play_wished.connect(bridge.play)
    for door in (library, archive, workbench, listening, enhance):
        door.troubled.connect(bridge.report)
    return Doors(bridge, library, archive, workbench, listening, enhance, second_thought)
