"""Surroundings: what there is to choose from on this computer, and how it fares.

What is asked here may take a while, and imports what it needs only then: the window must not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.questions import Questions

STRAIGHT = "straight"  # the engine's name for no codec at all


@dataclass(frozen=True, slots=True)
class DeviceNames:
    """Microphones and speakers as a person knows them."""

    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodecChoice:
    """A codec that the mirror can play through; one without a title is no codec at all."""

    id: str
    title: str
    codebooks: int
    sizes: tuple[int, ...] = ()
    """How many codes each codebook has."""


class Surroundings(QObject):
    """Questions about this computer; each answer comes as a signal."""

    devices_listed = Signal(object)  # DeviceNames
    codecs_listed = Signal(object)  # tuple of CodecChoice
    accelerators_listed = Signal(object)  # tuple of names
    checked = Signal(object)  # tuple of Check
    refused = Signal(object)  # PalukuError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.codecs: tuple[CodecChoice, ...] = ()
        """Those that were there when they were last looked for."""
        self._questions = Questions(self)
        self._questions.refused.connect(self.refused)

    @Slot()
    def list_devices(self) -> None:
        """Look which devices there are; `devices_listed` tells."""
        self._questions.ask(_device_names, self.devices_listed.emit)

    @Slot()
    def list_codecs(self) -> None:
        """Look which codecs there are; `codecs_listed` tells."""
        self._questions.ask(_codec_choices, self._take_codecs)

    @Slot()
    def list_accelerators(self) -> None:
        """Look on what models can compute here; `accelerators_listed` tells."""
        self._questions.ask(_accelerator_names, self.accelerators_listed.emit)

    @Slot()
    def check_everything(self) -> None:
        """Look at the whole computer; `checked` tells, in some seconds."""
        self._questions.ask(_everything_checked, self.checked.emit)

    def close(self, timeout: float) -> None:
        """Wait for what is still being asked."""
        self._questions.close(timeout)

    def _take_codecs(self, codecs: tuple[CodecChoice, ...]) -> None:
        self.codecs = codecs
        self.codecs_listed.emit(codecs)


def _device_names() -> DeviceNames:
    from core.audio.devices import list_devices

    devices = list_devices()
    return DeviceNames(
        tuple(device.name for device in devices if device.kind == "microphone"),
        tuple(device.name for device in devices if device.kind == "speaker"),
    )


def _codec_choices() -> tuple[CodecChoice, ...]:
    """The codecs that are whole on this computer, and the way without one."""
    from core.cards import ModelCard, Registry
    from core.folders import own_models, shipped_models

    found = [
        CodecChoice(card.id, card.title, len(card.codec.codebook_sizes), card.codec.codebook_sizes)
        for card in Registry(shipped_models(), own_models()).cards()
        if isinstance(card, ModelCard) and card.kind == "codec" and card.codec and card.installed
    ]
    return (*found, CodecChoice(STRAIGHT, "", 0))


def _everything_checked() -> tuple[Any, ...]:
    """A Check of everything there is to look at: seconds."""
    from core.checkup import check_all

    return tuple(check_all())


def _accelerator_names() -> tuple[str, ...]:
    """On what models can compute besides the processor."""
    from core.checkup import accelerators

    return accelerators()
