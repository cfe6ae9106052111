"""A disguise changes the throat, the colour and the pitch of an utterance, and nothing it is not told to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.pitch_code import OCTAVE
from core.nn.s2s.code_space import CodeSpace
from core.training.speech.disguise import THROATS, Disguise, DisguiseConfig
from tests.core.training.codec_fakes import TINY
from tests.core.training.speech_fakes import tiny_codec

NOTHING = DisguiseConfig(share=1.0, stretch=0.0, octaves=0.0, colour_db=0.0, words_hidden=0.0)


@pytest.fixture(scope="module")
def codec() -> EnvelopeCodec:
    return tiny_codec()


@pytest.fixture(scope="module")
def frames(codec: EnvelopeCodec) -> torch.Tensor:
    space = CodeSpace.of(codec)
    codes = torch.randint(
        0, 8, (40, len(TINY.codebook_sizes), 20), generator=torch.Generator().manual_seed(2)
    )
    return space.heard(codes, space.initial_state(40))[0]


def changed(codec: EnvelopeCodec, frames: torch.Tensor, config: DisguiseConfig) -> list[torch.Tensor]:
    """How much words, melody and envelopes moved."""
    space = CodeSpace.of(codec)
    moved = Disguise(codec, space, config)(frames) - frames
    return list(torch.split(moved, list(space.config.parts), dim=-1))


def test_no_disguise(codec: EnvelopeCodec, frames: torch.Tensor) -> None:
    for part in changed(codec, frames, NOTHING):
        assert part.abs().max() < 1e-4
    everything = DisguiseConfig(share=0.0)
    assert not any(part.any() for part in changed(codec, frames, everything))


def test_each_way_changes_its_own_part(codec: EnvelopeCodec, frames: torch.Tensor) -> None:
    words, melody, envelopes = changed(codec, frames, replace(NOTHING, stretch=0.2))
    assert not words.any() and melody.abs().max() < 1e-4 and envelopes.abs().max() > 0.05
    words, melody, envelopes = changed(codec, frames, replace(NOTHING, words_hidden=1.0))
    torch.testing.assert_close(words, -frames[..., : words.shape[-1]])
    assert envelopes.abs().max() < 1e-4
    _, melody, _ = changed(codec, frames, replace(NOTHING, octaves=0.5))
    voiced, height = melody.chunk(2, dim=-1)
    assert voiced.abs().max() < 1e-5 and 0.1 < height.abs().max() <= 0.5 * OCTAVE + 1e-4


def test_a_colour_stays_over_an_utterance(codec: EnvelopeCodec, frames: torch.Tensor) -> None:
    _, _, envelopes = changed(codec, frames, replace(NOTHING, colour_db=6.0))
    assert envelopes.std(dim=1).max() < 1e-4 and envelopes.std(dim=0).max() > 0.05


def test_a_shorter_throat_moves_a_peak_up(codec: EnvelopeCodec) -> None:
    """A peak of the envelope lies higher in the last of the throats than in the first."""
    disguise = Disguise(codec, CodeSpace.of(codec), replace(NOTHING, stretch=0.2))
    outward = codec.quantizer.acoustic.output_proj.weight[: TINY.envelope_dim, :, 0].detach()
    bands = torch.arange(TINY.n_mels).float()
    peak = torch.exp(-(((bands - TINY.n_mels / 2) / (TINY.n_mels / 8)) ** 2)).repeat_interleave(TINY.steps)
    coded = torch.linalg.pinv(outward) @ peak
    places = []
    for turn in disguise.turns[0], disguise.turns[THROATS // 2], disguise.turns[-1]:
        seen = (outward @ turn @ coded).reshape(TINY.n_mels, -1).mean(dim=1).clamp(min=0).square().numpy()
        places.append(float(np.sum(seen * np.arange(TINY.n_mels)) / seen.sum()))
    assert places[0] < places[1] < places[2]
