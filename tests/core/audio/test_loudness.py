"""Louder and softer."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio.loudness import USUAL_VOLUME, gain_of, louder


def test_the_usual_volume_changes_nothing() -> None:
    sound = np.linspace(-0.7, 0.7, 50, dtype=np.float32)
    assert gain_of(USUAL_VOLUME) == pytest.approx(1)
    assert louder(sound, 1.0) == pytest.approx(sound)


def test_a_step_of_the_volume_can_be_heard() -> None:
    steps = np.arange(0.1, 1.01, 0.15)
    decibels = 20 * np.log10([gain_of(volume) for volume in steps])
    assert np.diff(decibels).min() > 2.5


def test_loud_sound_is_bent_and_never_clips() -> None:
    sound = np.linspace(-1, 1, 401, dtype=np.float32)
    loud = louder(sound, gain_of(1.0))
    assert np.abs(loud).max() <= 1
    assert (np.diff(loud) >= 0).all()
    assert loud[220] == pytest.approx(sound[220] * gain_of(1.0))
