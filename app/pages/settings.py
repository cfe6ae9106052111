"""SettingsPage: everything that is chosen once and then forgotten. What is chosen holds at once."""

from __future__ import annotations

import os
from typing import get_args

from PySide6.QtCore import QEvent, QSignalBlocker, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QStandardItemModel
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.settings import Settings, TalkKey
from app.surroundings import DeviceNames
from app.talk import Talk
from app.views.choice import Choice
from app.views.column import Column
from app.views.device_picker import DevicePicker
from app.views.page_head import PageHead
from app.views.setting_row import SettingGroup, SettingRow
from app.views.switch import Switch

_PAUSES = (0.3, 0.5, 0.8, 1.2, 2.0, 3.0)
_LOUD_ECHO_DB = 10.0  # softer than the answer itself, and little is left to hear a voice by
_TEXT_SIZES = (0.9, 1.0, 1.15, 1.3, 1.5)


def _threads() -> range:
    """What there is to choose from: no more than this computer has cores."""
    return range(1, min(8, os.cpu_count() or 1) + 1)


class SettingsPage(QWidget):
    """Rows of choices in groups. Settings in, wishes out."""

    looked = Signal()
    devices_chosen = Signal(str, str)
    microphone_test_wished = Signal()
    speaker_test_wished = Signal()
    wide_chosen = Signal(bool)
    pause_chosen = Signal(float)
    barge_in_chosen = Signal(str)
    key_chosen = Signal(str)
    computing_chosen = Signal(str, object)  # a field of Computing, its value
    look_chosen = Signal(str, object)  # a field of Look, its value
    private_chosen = Signal(bool)
    offline_chosen = Signal(bool)
    reset_wished = Signal()
    tour_wished = Signal()

    def __init__(self, data_folder: str, tray_there: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = Settings()
        self._names = DeviceNames()
        self._data_folder = data_folder
        self._column = Column(spacing=8)
        self._make_sound()
        self._make_talking()
        self._make_computing()
        self._make_look(tray_there)
        self._make_privacy()
        self._make_rest()
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 12, 8)
        page.setSpacing(12)
        page.addWidget(PageHead(self.tr("Settings"), self.tr("What you choose holds at once.")))
        page.addWidget(self._column, 1)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        look, talking, privacy = settings.look, settings.talking, settings.privacy
        for choice, value in (
            (self._pause, talking.pause),
            (self._barge_in, talking.barge_in),
            (self._key, talking.key),
            (self._device, settings.computing.device),
            (self._threads, settings.computing.threads),
            (self._language, look.language),
            (self._appearance, look.appearance),
            (self._text_size, look.text_size),
        ):
            with QSignalBlocker(choice):
                choice.setCurrentIndex(choice.findData(value))
        self._wide.setChecked(settings.sound.wide)
        self._tray.setChecked(look.tray)
        self._private.setChecked(privacy.private)
        self._offline.setChecked(privacy.offline)
        self._show_devices()

    def show_devices(self, names: DeviceNames) -> None:
        self._names = names
        self._show_devices()

    def show_levels(self, heard_db: float, spoken_db: float) -> None:
        self._microphone.show_level(heard_db)
        self._speaker.show_level(spoken_db)

    def show_echo(self, softer_db: float | None) -> None:
        """How much softer the microphone heard the latest answer than it was played."""
        words = self.tr("The test plays three tones.")
        if softer_db == float("inf"):
            words += " " + self.tr("The microphone does not hear the answers.")
        elif softer_db is not None:
            words += " " + self.tr("Echo: the microphone hears the answers {n} dB softer.").format(
                n=round(softer_db)
            )
            if softer_db < _LOUD_ECHO_DB:
                words += " " + self.tr("That is loud: headphones help.")
        self._speaker_row.say(words)

    def show_talk(self, talk: Talk) -> None:
        words = {"recording": self.tr("Speak…"), "playing": self.tr("Playing…")}
        busy = words[talk.interlude] if talk.interlude else ""
        self._microphone.show_busy(busy)
        self._speaker.show_busy(busy)

    def show_accelerators(self, names: tuple[str, ...]) -> None:
        """On what models can compute here besides the processor."""
        item = self._device.model().index(self._device.findData("gpu"), 0)
        model = self._device.model()
        assert isinstance(model, QStandardItemModel)
        model.itemFromIndex(item).setEnabled(bool(names))
        found = self.tr("Found here: {names}. A change makes the engine begin again.")
        nothing = self.tr("No graphics card was found that the installed onnxruntime can use.")
        self._device_row.say(found.format(names=", ".join(names)) if names else nothing)

    def show_key_hint(self, possible: bool, words: str) -> None:
        """Whether a key can be listened to from any window here, and what there is to know about it."""
        self._key.setEnabled(possible)
        self._key_row.say(words)

    def look_at_devices(self) -> None:
        """Bring the devices into sight."""
        self._column.ensureWidgetVisible(self._microphone)
        self._microphone.setFocus()

    def showEvent(self, event: QEvent) -> None:
        self.looked.emit()

    def _make_sound(self) -> None:
        group = self._group(self.tr("Sound"))
        test = self.tr("Test")
        self._microphone = DevicePicker(self.tr("Microphone"), self.tr("Level of the microphone"), test)
        self._microphone.chosen.connect(
            lambda name: self.devices_chosen.emit(name, self._settings.sound.speaker)
        )
        self._microphone.test_wished.connect(self.microphone_test_wished)
        self._speaker = DevicePicker(self.tr("Speaker"), self.tr("Level of the speaker"), test)
        self._speaker.chosen.connect(
            lambda name: self.devices_chosen.emit(self._settings.sound.microphone, name)
        )
        self._speaker.test_wished.connect(self.speaker_test_wished)
        words = self.tr("The test records three seconds and plays them to you.")
        group.add(SettingRow(self.tr("Microphone"), words, self._microphone))
        self._speaker_row = SettingRow(self.tr("Speaker"), "", self._speaker)
        group.add(self._speaker_row)
        self.show_echo(None)
        self._wide = Switch(self.tr("Fuller sound"))
        self._wide.clicked.connect(self.wide_chosen)
        words = self.tr("Adds the high tones that a codec leaves out. Takes a little more work.")
        group.add(SettingRow(self.tr("Fuller sound"), words, self._wide))

    def _make_talking(self) -> None:
        group = self._group(self.tr("Talking"))
        seconds = self.tr("{n} seconds")
        self._pause = self._choice([(seconds.format(n=f"{pause:g}"), pause) for pause in _PAUSES])
        self._pause.activated.connect(lambda: self.pause_chosen.emit(self._pause.currentData()))
        words = self.tr("In hands-free mode, so long a silence ends your turn.")
        group.add(SettingRow(self.tr("Pause before the answer"), words, self._pause))
        self._barge_in = self._choice(
            [
                (self.tr("When I speak"), "voice"),
                (self.tr("When I speak, with headphones"), "headphones"),
                (self.tr("Never, only Esc or the button"), "key"),
            ]
        )
        self._barge_in.activated.connect(lambda: self.barge_in_chosen.emit(self._barge_in.currentData()))
        words = self.tr("With headphones the answer cannot be heard by the microphone, and needs no care.")
        group.add(SettingRow(self.tr("What stops an answer"), words, self._barge_in))
        self._key = self._choice([(self.tr("None"), ""), *((key, key) for key in get_args(TalkKey)[1:])])
        self._key.activated.connect(lambda: self.key_chosen.emit(self._key.currentData()))
        self._key_row = SettingRow(self.tr("Key that talks from any window"), "", self._key)
        group.add(self._key_row)

    def _make_computing(self) -> None:
        group = self._group(self.tr("Computing"))
        self._device = self._choice(
            [(self.tr("Automatic"), "auto"), (self.tr("Processor"), "cpu"), (self.tr("Graphics card"), "gpu")]
        )
        self._device.activated.connect(
            lambda: self.computing_chosen.emit("device", self._device.currentData())
        )
        self._device_row = SettingRow(self.tr("Models compute on"), "", self._device)
        group.add(self._device_row)
        self._threads = self._choice(
            [(self.tr("Automatic"), 0), *((f"{threads}", threads) for threads in _threads())]
        )
        self._threads.activated.connect(
            lambda: self.computing_chosen.emit("threads", self._threads.currentData())
        )
        words = self.tr(
            "For each model. Automatic is one, which leaves room for the rest; more may be slower."
        )
        group.add(SettingRow(self.tr("Threads of the processor"), words, self._threads))
        self.show_accelerators(())

    def _make_look(self, tray_there: bool) -> None:
        group = self._group(self.tr("Window"))
        self._language = self._choice(
            # each in its own language: who cannot read this one must find theirs
            [(self.tr("As the system"), "system"), ("తెలుగు", "te"), ("हिन्दी", "hi"), ("English", "en")]
        )
        self._language.activated.connect(
            lambda: self.look_chosen.emit("language", self._language.currentData())
        )
        group.add(SettingRow(self.tr("Language of the window"), "", self._language))
        self._appearance = self._choice(
            [(self.tr("As the system"), "system"), (self.tr("Light"), "light"), (self.tr("Dark"), "dark")]
        )
        self._appearance.activated.connect(
            lambda: self.look_chosen.emit("appearance", self._appearance.currentData())
        )
        group.add(SettingRow(self.tr("Appearance"), "", self._appearance))
        self._text_size = self._choice([(f"{size:.0%}", size) for size in _TEXT_SIZES])
        self._text_size.activated.connect(
            lambda: self.look_chosen.emit("text_size", self._text_size.currentData())
        )
        group.add(SettingRow(self.tr("Size of the letters"), "", self._text_size))
        self._tray = Switch(self.tr("Stay at hand when closed"))
        self._tray.clicked.connect(lambda on: self.look_chosen.emit("tray", on))
        words = self.tr("Closing the window leaves Paluku in the tray, beside the clock.")
        if not tray_there:
            words = self.tr("This desktop has no tray.")
            self._tray.setEnabled(False)
        group.add(SettingRow(self.tr("Stay at hand when closed"), words, self._tray))

    def _make_privacy(self) -> None:
        group = self._group(self.tr("Privacy"))
        self._private = Switch(self.tr("Private"))
        self._private.clicked.connect(self.private_chosen)
        words = self.tr("Nothing that is said is kept. What was kept before stays.")
        group.add(SettingRow(self.tr("Private"), words, self._private))
        self._offline = Switch(self.tr("Stay offline"))
        self._offline.clicked.connect(self.offline_chosen)
        words = self.tr("Talking never needs the net. This also forbids fetching models.")
        group.add(SettingRow(self.tr("Stay offline"), words, self._offline))

    def _make_rest(self) -> None:
        group = self._group(self.tr("Paluku"))
        folder = QPushButton(self.tr("Open"))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self._data_folder)))
        group.add(SettingRow(self.tr("Where your models and conversations lie"), self._data_folder, folder))
        tour = QPushButton(self.tr("Show"))
        tour.clicked.connect(self.tour_wished)
        words = self.tr("Language, microphone, speaker: once more from the beginning.")
        group.add(SettingRow(self.tr("First steps"), words, tour))
        reset = QPushButton(self.tr("Reset"))
        reset.clicked.connect(self.reset_wished)
        words = self.tr("Models and conversations stay.")
        group.add(SettingRow(self.tr("All settings as they were at first"), words, reset))

    def _show_devices(self) -> None:
        sound = self._settings.sound
        self._microphone.show_devices(self._names.microphones, sound.microphone)
        self._speaker.show_devices(self._names.speakers, sound.speaker)

    def _group(self, title: str) -> SettingGroup:
        name = QLabel(title)
        name.setProperty("kind", "section")
        self._column.add(name)
        group = SettingGroup()
        self._column.add(group)
        self._column.space(4)
        return group

    def _choice(self, rows: list[tuple[str, object]]) -> Choice:
        choice = Choice("")
        for label, value in rows:
            choice.addItem(label, value)
        return choice
