"""Trouble: something the user must know, in the language of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from app.settings import Loaded
from core.errors import DeviceError, PalukuError
from core.events import DeviceLost, MicrophoneTrouble

Remedy = Literal["dismiss", "devices", "restart"]

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, why, and the one thing to do about it."""

    message: str
    hint: str = ""
    remedy: Remedy = "dismiss"
    unheard: bool = False
    """It says that nobody can be heard: who is heard after all has refuted it."""


def of_error(error: PalukuError, fatal: bool = False) -> Trouble:
    """An error, as core says it."""
    remedy: Remedy = "dismiss"
    if fatal:
        remedy = "restart"
    elif isinstance(error, DeviceError):
        remedy = "devices"
    return Trouble(error.message, error.hint, remedy)


def of_unsaved(reason: str) -> Trouble:
    """The disk did not take the settings."""
    return Trouble(translate("trouble", "The settings could not be saved."), reason)


def of_taken_key(key: str) -> Trouble:
    """Another program has the key that talks."""
    message = translate("trouble", "{key} cannot be the key that talks: another program has it.")
    return Trouble(message.format(key=key), translate("trouble", "Choose another one in the settings."))


def of_broken_settings(loaded: Loaded) -> Trouble:
    """The settings could not be read."""
    message = translate("trouble", "The settings file is broken ({reason}). The defaults are used.")
    kept = ""
    if loaded.set_aside:
        kept = translate("trouble", "It was kept as {name}.").format(name=loaded.set_aside.name)
    return Trouble(message.format(reason=loaded.reason), kept)


def of_lost(lost: DeviceLost) -> Trouble:
    """A device that is away; what was never there has no name, but a sentence in its place."""
    if lost.name.endswith("."):
        return Trouble(lost.name, lost.hint, "devices")
    message = translate("trouble", "{name} is gone.").format(name=lost.name)
    return Trouble(message, translate("trouble", "Plug it in again, or choose another one."), "devices")


def of_microphone(found: MicrophoneTrouble) -> Trouble:
    """What is wrong with the microphone's sound."""
    match found.kind:
        case "silent":
            message = translate("trouble", "The microphone gives nothing at all, not even noise.")
            hint = translate(
                "trouble",
                "Perhaps it is switched off, or this program may not use it: look into the privacy settings "
                "of your system.",
            )
        case "too_quiet":
            message = translate("trouble", "The microphone hears you very softly.")
            hint = translate("trouble", "Come nearer, or raise its level in the sound settings.")
        case "clipping":
            message = translate("trouble", "You are too loud for the microphone: the sound is cut off.")
            hint = translate("trouble", "Move away a little, or lower its level in the sound settings.")
        case "hands_free":
            message = translate("trouble", "The headset sounds like a telephone while its microphone is on.")
            hint = translate("trouble", "With another microphone it plays in full quality again.")
    return Trouble(message, hint, "devices", unheard=found.kind in ("silent", "too_quiet"))
