"""TalkWires: the conversation page between its doors."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.onlooker import Glance
from app.pages.conversation import ConversationPage
from app.settings import Settings
from app.surroundings import CodecChoice
from app.talk import Side, Talk, Turn
from app.wires.base import Around
from core.s2s.base import Voice


def make_talk(around: Around) -> ConversationPage:
    """The conversation page, tied."""
    page = ConversationPage()
    TalkWires(page, around)
    return page


class TalkWires(QObject):
    """Ties the conversation page to the engine's door."""

    def __init__(self, page: ConversationPage, around: Around) -> None:
        super().__init__(page)
        self._page = page
        self._doors = around.doors
        self._bridge = bridge = around.doors.bridge
        self._codecs: tuple[CodecChoice, ...] = bridge.surroundings.codecs
        page.pressed.connect(bridge.press)
        page.released.connect(bridge.release)
        page.stop_wished.connect(bridge.interrupt)
        page.mute_wished.connect(bridge.mute)
        page.mode_chosen.connect(bridge.choose_mode)
        page.voice_chosen.connect(bridge.choose_voice)
        page.preview_wished.connect(bridge.preview)
        page.told.connect(bridge.tell)
        page.script_chosen.connect(bridge.choices.choose_script)
        page.replay_wished.connect(self._replay)
        page.codec_chosen.connect(bridge.choose_codec)
        page.codebooks_chosen.connect(bridge.choose_codebooks)
        page.new_wished.connect(bridge.begin_anew)
        page.remedy_chosen.connect(around.mend)
        page.spectrograms_shown.connect(bridge.choices.show_spectrograms)
        page.picture_chosen.connect(bridge.choices.choose_picture)
        bridge.talk_changed.connect(self._show_talk)
        bridge.settings_changed.connect(self._show_settings)
        bridge.gaze.glanced.connect(self._show_glances)
        bridge.gaze.ticked.connect(page.advance)
        bridge.gaze.health_changed.connect(page.show_health)
        bridge.surroundings.codecs_listed.connect(self._show_codecs)
        self._show_settings(bridge.settings)
        self._show_talk(bridge.talk)

    @Slot(object, str)
    def _replay(self, turn: Turn, side: Side) -> None:
        from app.archive import ArchiveDoor

        self._doors.to(ArchiveDoor).replay_said(turn, side)

    @Slot(object)
    def _show_talk(self, talk: Talk) -> None:
        self._page.show_talk(talk)
        self._show_voice()
        self._show_mirror()

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        self._page.show_script(settings.look.script)
        self._page.show_spectrograms(settings.look.spectrograms, settings.picture)
        self._show_voice()

    def _show_voice(self) -> None:
        chosen = self._bridge.settings.answering
        voice = Voice(chosen.speaker, chosen.emotion, chosen.language, chosen.strength)
        self._page.show_voice(self._bridge.talk, voice)

    @Slot(object, object)
    def _show_glances(self, heard: Glance, spoken: Glance) -> None:
        if self._page.isVisible():
            self._page.show_glances(heard, spoken, speaking=self._bridge.talk.phase == "speaking")

    @Slot(object)
    def _show_codecs(self, codecs: tuple[CodecChoice, ...]) -> None:
        self._codecs = codecs
        self._show_mirror()

    def _show_mirror(self) -> None:
        mirror, ready = self._bridge.settings.mirror, self._bridge.talk.ready
        chosen = mirror.codec or (ready.codec if ready else "")
        self._page.show_codecs(self._codecs, chosen, mirror.codebooks)
