"""Frames give the sound back, however it is cut."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.enhance.frames import BINS, HOP, Analysis, Synthesis
from core.training.enhance_losses import sound, spectra
from tests.core.enhance.sounds import voice


@pytest.mark.parametrize("cuts", [[], [1, 2], [3, 4, 5, 6], list(range(1, 20))])
def test_the_sound_comes_back_one_hop_later(cuts: list[int]) -> None:
    pcm = voice(0.2, 48_000)
    analysis, synthesis = Analysis(), Synthesis()
    pieces = np.split(pcm, [cut * HOP for cut in cuts])
    out = np.concatenate([synthesis.push(analysis.push(piece)) for piece in pieces])
    np.testing.assert_allclose(out[HOP:], pcm[:-HOP], atol=1e-6)


def test_training_sees_the_same_spectra() -> None:
    pcm = voice(0.2, 48_000)
    ours, theirs = Analysis().push(pcm), spectra(torch.from_numpy(pcm)[None])[0].numpy()
    assert ours.shape == theirs.shape == (20, BINS)
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
    back = sound(torch.from_numpy(ours)[None])[0].numpy()
    np.testing.assert_allclose(back, pcm[: len(back)], atol=1e-5)
