"""Menu: everything that is chosen seldom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.settings import Settings
from app.surroundings import DeviceNames

_PAUSES = (0.3, 0.5, 0.8, 1.2, 2.0, 3.0)


class Menu(QMenu):
    """Devices, look, and the way out. Settings in, wishes out."""

    devices_wanted = Signal()
    devices_chosen = Signal(str, str)  # microphone, speaker; empty = the system's default
    appearance_chosen = Signal(str)
    pause_chosen = Signal(float)
    keys_wished = Signal()
    quit_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = Settings()
        self._names: dict[str, tuple[str, ...]] = {"microphone": (), "speaker": ()}
        self._devices = {
            "microphone": self.addMenu(self.tr("Microphone")),
            "speaker": self.addMenu(self.tr("Speaker")),
        }
        self._pause = self.addMenu(self.tr("Pause that ends a turn"))
        self._appearance = self.addMenu(self.tr("Appearance"))
        self.addSeparator()
        keys = self.addAction(self.tr("Keys"))
        keys.setShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents))
        keys.triggered.connect(self.keys_wished)
        leave = self.addAction(self.tr("Quit"))
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.triggered.connect(self.quit_wished)
        self.aboutToShow.connect(self.devices_wanted)

    @property
    def microphones(self) -> QAction:
        """The entry under which a microphone is chosen."""
        return self._devices["microphone"].menuAction()

    @Slot(object)
    def show_devices(self, names: DeviceNames) -> None:
        """The devices there are."""
        self._names = {"microphone": names.microphones, "speaker": names.speakers}
        self._fill_devices()

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._fill_devices()
        self._fill(
            self._pause,
            [(self.tr("{n} seconds").format(n=f"{pause:g}"), pause) for pause in _PAUSES],
            settings.talking.pause,
            lambda pause: self.pause_chosen.emit(pause),
        )
        self._fill(
            self._appearance,
            [
                (self.tr("As the system"), "system"),
                (self.tr("Light"), "light"),
                (self.tr("Dark"), "dark"),
            ],
            settings.look.appearance,
            lambda appearance: self.appearance_chosen.emit(appearance),
        )

    def _fill_devices(self) -> None:
        sound = self._settings.sound
        for kind, chosen in (("microphone", sound.microphone), ("speaker", sound.speaker)):
            names = self._names[kind]
            rows = [(self.tr("The system's default"), ""), *((name, name) for name in names)]
            if chosen and chosen not in names:
                rows.append((self.tr("{name} (away)").format(name=chosen), chosen))
            choose = self._choose_microphone if kind == "microphone" else self._choose_speaker
            self._fill(self._devices[kind], rows, chosen, choose)

    def _choose_microphone(self, name: object) -> None:
        self.devices_chosen.emit(name, self._settings.sound.speaker)

    def _choose_speaker(self, name: object) -> None:
        self.devices_chosen.emit(self._settings.sound.microphone, name)

    def _fill(
        self,
        menu: QMenu,
        rows: Sequence[tuple[str, object]],
        chosen: object,
        choose: Callable[[object], None],
    ) -> None:
        menu.clear()
        group = QActionGroup(menu)
        for label, value in rows:
            action = menu.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == chosen)
            group.addAction(action)
            action.triggered.connect(lambda _=False, value=value: choose(value))
