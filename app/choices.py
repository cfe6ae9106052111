"""Choices: the settings as they are now, and every way in which the user changes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.engine_like import EngineLike
from app.settings import BargeIn, Settings
from core.events import Interruption

_INTERRUPTION: dict[BargeIn, Interruption] = {"voice": "voice", "headphones": "headphones", "key": "never"}


class Choices(QObject):
    """What the user chose; what concerns the engine, it is told at once."""

    changed = Signal(object)  # Settings
    engine_outdated = Signal()  # what was chosen needs another engine

    def __init__(
        self,
        settings: Settings,
        engine: Callable[[], EngineLike | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._engine = engine

    @property
    def settings(self) -> Settings:
        return self._settings

    def tell_all(self, engine: EngineLike) -> None:
        """Tell a new engine everything that was chosen for it."""
        chosen = self._settings
        engine.use_devices(chosen.sound.microphone or None, chosen.sound.speaker or None)
        engine.set_pause(chosen.talking.pause)
        engine.set_interruption(_INTERRUPTION[chosen.talking.barge_in])
        engine.set_private(chosen.privacy.private)
        if chosen.sound.wide:
            engine.set_wide(True)

    @Slot(str, str)
    def choose_devices(self, microphone: str, speaker: str) -> None:
        """Names of devices; an empty one means the system's default."""
        self.change("sound", microphone=microphone, speaker=speaker)
        if engine := self._engine():
            engine.use_devices(microphone or None, speaker or None)

    @Slot(bool)
    def choose_wide(self, wide: bool) -> None:
        """Whether what is spoken gets the upper band that the codec lacks."""
        self.change("sound", wide=wide)
        if engine := self._engine():
            engine.set_wide(wide)

    @Slot(float)
    def choose_pause(self, seconds: float) -> None:
        """How long a silence ends a turn."""
        self.change("talking", pause=seconds)
        if engine := self._engine():
            engine.set_pause(seconds)

    @Slot(str)
    def choose_barge_in(self, by: BargeIn) -> None:
        """Whether the user's voice stops an answer, and whether the microphone hears the speaker."""
        self.change("talking", barge_in=by)
        if engine := self._engine():
            engine.set_interruption(_INTERRUPTION[by])

    @Slot(bool)
    def choose_private(self, private: bool) -> None:
        """In private nothing that is said is kept."""
        self.change("privacy", private=private)
        if engine := self._engine():
            engine.set_private(private)

    @Slot(bool)
    def choose_offline(self, offline: bool) -> None:
        """Whether nothing is ever fetched."""
        self.change("privacy", offline=offline)

    @Slot(str, object)
    def choose_computing(self, name: str, value: object) -> None:
        """A field of Computing, and its value."""
        before = self._settings.computing
        self.change("computing", **{name: value})
        if self._settings.computing != before:
            self.engine_outdated.emit()

    @Slot(str)
    def choose_key(self, key: str) -> None:
        """The key that talks from any window; an empty one is none."""
        self.change("talking", key=key)

    @Slot(str, object)
    def choose_look(self, name: str, value: object) -> None:
        """A field of Look, and its value."""
        self.change("look", **{name: value})

    @Slot(str)
    def choose_script(self, script: str) -> None:
        """The letters of Telugu words in the transcript."""
        self.change("look", script=script)

    @Slot(str)
    def choose_language(self, language: str) -> None:
        self.change("look", language=language)

    @Slot(bool)
    def show_spectrograms(self, shown: bool) -> None:
        self.change("look", spectrograms=shown)

    @Slot(str, object)
    def choose_picture(self, name: str, value: object) -> None:
        """A field of Picture, and its value."""
        self.change("picture", **{name: value})

    @Slot()
    def toggle_spectrograms(self) -> None:
        self.show_spectrograms(not self._settings.look.spectrograms)

    @Slot()
    def reset(self) -> None:
        """Back to what a new user has; the window stays where it is."""
        old = self._settings
        self.keep(Settings(look=replace(Settings().look, welcomed=True), place=old.place))
        if engine := self._engine():
            self.tell_all(engine)
            if old.sound.wide:
                engine.set_wide(False)
        if old.computing != self._settings.computing:
            self.engine_outdated.emit()

    def change(self, section: str, **values: Any) -> None:
        """Other values in a section of the settings."""
        settings = self._settings
        self.keep(replace(settings, **{section: replace(getattr(settings, section), **values)}))

    @Slot(object)
    def keep(self, settings: Settings) -> None:
        """These settings from now on."""
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)
