"""WorkbenchWires: the workbench between its doors and the engine's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.listening import ListeningDoor
from app.pages.diagnosis import DiagnosisPage
from app.pages.listening import ListeningPage
from app.pages.workbench import WorkbenchPage
from app.talk import Talk
from app.views.sound_choice import RECORDED_SECONDS
from app.wires.base import Around
from app.workbench import WorkbenchDoor


def make_workbench(around: Around) -> WorkbenchPage:
    """The workbench, tied."""
    page = WorkbenchPage()
    WorkbenchWires(page, around)
    return page


class WorkbenchWires(QObject):
    """Ties both pages to the laboratory, and to the engine that plays and records for them."""

    def __init__(self, page: WorkbenchPage, around: Around) -> None:
        super().__init__(page)
        self._page = page
        self._bridge, self._workbench = around.doors.bridge, around.doors.to(WorkbenchDoor)
        self._wire_diagnosis(page.diagnosis)
        self._wire_listening(page.listening, around)
        for each in (page.diagnosis, page.listening):
            each.record_wished.connect(self._record)
            each.play_wished.connect(self._play)
            each.silence_wished.connect(self._bridge.interrupt)
        self._bridge.recorded.connect(self._take_recording)
        self._bridge.talk_changed.connect(self._show_talk)
        self._show_talk(self._bridge.talk)

    def _wire_diagnosis(self, page: DiagnosisPage) -> None:
        door = self._workbench
        page.looked.connect(door.look)
        page.codec_chosen.connect(door.choose)
        page.examine_wished.connect(door.examine)
        page.stop_wished.connect(door.stop)
        page.save_wished.connect(door.save)
        page.turn_wished.connect(self._bridge.turn_to)
        door.listed.connect(page.show_candidates)
        door.working.connect(page.show_progress)
        door.examined.connect(page.show_examined)

    def _wire_listening(self, page: ListeningPage, around: Around) -> None:
        door = around.doors.to(ListeningDoor)
        page.looked.connect(self._workbench.look)
        page.looked.connect(door.look)
        page.begin_wished.connect(door.begin)
        page.stop_wished.connect(door.stop)
        page.answered.connect(door.answer)
        page.rated.connect(door.rate)
        page.resumed.connect(door.go_on)
        page.left.connect(door.leave)
        page.export_wished.connect(door.export)
        page.deleted.connect(door.delete)
        self._workbench.listed.connect(page.show_candidates)
        door.listed.connect(page.show_tests)
        door.working.connect(page.show_progress)
        door.asked.connect(page.show_question)
        door.shown.connect(page.show_outcome)

    @Slot()
    def _record(self) -> None:
        if (path := self._workbench.recording()) is not None:
            self._bridge.record(path, RECORDED_SECONDS)

    @Slot(object, int)
    def _play(self, files: Sequence[Path], heard: int) -> None:
        self._bridge.play(files, heard)

    @Slot(str)
    def _take_recording(self, path: str) -> None:
        for page in (self._page.diagnosis, self._page.listening):
            page.take_recording(Path(path))

    @Slot(object)
    def _show_talk(self, talk: Talk) -> None:
        for page in (self._page.diagnosis, self._page.listening):
            page.show_playing(talk.interlude == "playing")
            page.show_recording(talk.interlude == "recording")
