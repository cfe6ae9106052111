"""What is there to choose from on this computer: devices and codecs.

These functions may take a while, and import what they need only then: the window must not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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


def device_names() -> DeviceNames:
    from core.audio.devices import list_devices

    devices = list_devices()
    return DeviceNames(
        tuple(device.name for device in devices if device.kind == "microphone"),
        tuple(device.name for device in devices if device.kind == "speaker"),
    )


def codec_choices() -> tuple[CodecChoice, ...]:
    """The codecs that are whole on this computer, and the way without one."""
    from core.cards import ModelCard, Registry
    from core.folders import own_models, shipped_models

    found = [
        CodecChoice(card.id, card.title, len(card.codec.codebook_sizes), card.codec.codebook_sizes)
        for card in Registry(shipped_models(), own_models()).cards()
        if isinstance(card, ModelCard) and card.kind == "codec" and card.codec and card.installed
    ]
    return (*found, CodecChoice(STRAIGHT, "", 0))


def everything_checked() -> tuple[Any, ...]:
    """A Check of everything there is to look at: seconds."""
    from core.checkup import check_all

    return tuple(check_all())


def accelerator_names() -> tuple[str, ...]:
    """On what models can compute besides the processor."""
    from core.checkup import accelerators

    return accelerators()
