"""CodeSpace: the numbers behind codes, and the codes nearest to them, are those of the codec itself."""

from __future__ import annotations

import pytest
import torch

from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.s2s.code_space import CodeSpace, raw
from tests.core.training.codec_fakes import RATE, TINY
from tests.core.training.corpus_fakes import hum
from tests.core.training.speech_fakes import tiny_codec


@pytest.fixture(scope="module")
def codec() -> EnvelopeCodec:
    return tiny_codec()


@pytest.fixture(scope="module")
def pcm() -> torch.Tensor:
    """Two voices that rise, [2, 1, T]."""
    rising = [
        torch.cat([torch.from_numpy(hum(0.5, p * (1 + n / 8), RATE)) for n in range(4)]) for p in (95, 190)
    ]
    return torch.stack(rising)[:, None, : 100 * 320]


def centred(codec: EnvelopeCodec, frames: torch.Tensor) -> CodeSpace:
    space = CodeSpace.of(codec)
    space.centre(frames.flatten(0, 1))
    return space


def test_what_is_spoken_are_the_codes_of_the_codec(codec: EnvelopeCodec, pcm: torch.Tensor) -> None:
    with torch.no_grad():
        codes, _ = codec.encode(pcm, codec.encoder_state(2))
        space, frames = CodeSpace.of(codec), raw(codec, pcm)
        found, _ = space.spoken(frames, space.initial_state(2))
    assert torch.equal(found, codes)
    assert all(len(book.unique()) > 2 for book in codes.transpose(0, 1))


def test_centred_numbers_are_the_same_codes(codec: EnvelopeCodec, pcm: torch.Tensor) -> None:
    frames = raw(codec, pcm)
    space = centred(codec, frames)
    with torch.no_grad():
        whole, _ = CodeSpace.of(codec).spoken(frames, space.initial_state(2))
        moved = (frames - space.mean) / space.spread
        found, _ = space.spoken(moved, space.initial_state(2))
    assert (found == whole).float().mean() > 0.995  # a tie may fall to either side
    assert moved.mean().abs() < 1e-4
    assert 0.5 < moved.std() <= 1.01


def test_what_is_heard_is_spoken_as_the_same_codes(codec: EnvelopeCodec, pcm: torch.Tensor) -> None:
    space = centred(codec, raw(codec, pcm))
    with torch.no_grad():
        codes, _ = codec.encode(pcm, codec.encoder_state(2))
        frames, _ = space.heard(codes, space.initial_state(2))
        again, _ = space.spoken(frames, space.initial_state(2))
        parts = torch.split(frames * space.spread + space.mean, list(space.config.parts), dim=-1)
    # words and pitch are their own nearest codes; levels may swap where two of them cancel
    assert torch.equal(again[:, :2], codes[:, :2])
    heard, _ = space.heard(again, space.initial_state(2))
    assert (heard - frames).abs().mean() < 0.5 * frames.abs().mean()
    torch.testing.assert_close(parts[0], space.semantic[codes[:, 0]], atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("size", [1, 3, 50])
def test_pieces_equal_the_whole(codec: EnvelopeCodec, pcm: torch.Tensor, size: int) -> None:
    space = centred(codec, raw(codec, pcm))
    frames = (raw(codec, pcm) - space.mean) / space.spread
    with torch.no_grad():
        codes, _ = space.spoken(frames, space.initial_state(2))
        numbers, _ = space.heard(codes, space.initial_state(2))
        speaking = hearing = space.initial_state(2)
        said, heard = [], []
        for first in range(0, frames.shape[1], size):
            made, speaking = space.spoken(frames[:, first : first + size], speaking)
            got, hearing = space.heard(made, hearing)
            said.append(made)
            heard.append(got)
    assert torch.equal(torch.cat(said, dim=2), codes)
    torch.testing.assert_close(torch.cat(heard, dim=1), numbers, atol=1e-5, rtol=1e-4)


def test_its_shape_is_told_by_the_codec(codec: EnvelopeCodec) -> None:
    config = CodeSpace.of(codec).config
    assert config.codebook_sizes == TINY.codebook_sizes
    assert config.dim == TINY.semantic_dim + 2 * TINY.steps + TINY.acoustic_dim
