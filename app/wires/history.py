"""HistoryWires: the page of saved conversations between its doors."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.archive import ArchiveDoor
from app.bridge import Bridge
from app.enhance import EnhanceDoor
from app.pages.conversations import ConversationsPage
from app.settings import Settings
from app.talk import Talk
from app.wires.base import Around


def make_history(around: Around) -> ConversationsPage:
    """The page of saved conversations, tied."""
    page = ConversationsPage()
    HistoryWires(page, around)
    return page


class HistoryWires(QObject):
    """Ties the page of saved conversations to the archive's door."""

    def __init__(self, page: ConversationsPage, around: Around) -> None:
        super().__init__(page)
        self._page = page
        bridge = around.doors.bridge
        archive, enhance = around.doors.to(ArchiveDoor), around.doors.to(EnhanceDoor)
        page.looked.connect(archive.look)
        page.searched.connect(archive.search)
        page.chosen.connect(archive.open)
        page.renamed.connect(archive.rename)
        page.deleted.connect(archive.delete)
        page.export_wished.connect(archive.export)
        page.replay_wished.connect(archive.replay)
        page.stop_wished.connect(bridge.interrupt)
        page.private_chosen.connect(bridge.choices.choose_private)
        self._wire_polish(enhance, bridge)
        around.paths.search_sought.connect(page.look_for)
        archive.listed.connect(page.show_rows)
        archive.opened.connect(page.show_conversation)
        archive.opened.connect(enhance.turn_to)  # after the page, which then shows its turns
        bridge.settings_changed.connect(self._show_settings)
        bridge.talk_changed.connect(self._show_talk)
        self._show_settings(bridge.settings)
        self._show_talk(bridge.talk)

    def _wire_polish(self, enhance: EnhanceDoor, bridge: Bridge) -> None:
        turns = self._page.turns
        turns.polish.enhance.connect(enhance.enhance)
        turns.polish.stop.connect(enhance.stop)
        turns.polish.play.connect(enhance.play)
        turns.polish.turn.connect(bridge.turn_to)
        turns.polish.save.connect(enhance.save)
        enhance.found.connect(turns.show_copies)
        enhance.working.connect(turns.show_polishing)

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        self._page.show_private(settings.privacy.private)

    @Slot(object)
    def _show_talk(self, talk: Talk) -> None:
        self._page.show_playing(talk.interlude == "playing")
