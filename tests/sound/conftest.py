"""The virtual sound card of the tests in this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sound.virtual_sound import VirtualSound, demand_pulseaudio


@pytest.fixture(scope="module")
def virtual_sound() -> Iterator[VirtualSound]:
    """A microphone and a speaker of our own, heard by this process."""
    demand_pulseaudio()
    with VirtualSound() as sound, sound.in_this_process():
        yield sound
