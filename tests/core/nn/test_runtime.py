from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import AudioFileError, ModelError
from core.nn.checkpoint import write_weights
from core.nn.runtime import TorchCodec, load_codec
from tests.core.nn.codecs.tiny_mimi import TINY, as_moshi, tiny_mimi

FRAME = TINY.frame_size
PCM = 0.3 * np.random.default_rng(0).standard_normal(6 * FRAME).astype(np.float32)


def test_streams_own_their_state() -> None:
    codec = TorchCodec(tiny_mimi())
    codes = codec.encoder().push(PCM)
    assert codes.shape == (5, 6)
    assert codes.dtype == np.int64
    one, other = codec.encoder(), codec.encoder()
    halves = [one.push(PCM[: 3 * FRAME])]
    other.push(PCM[2 * FRAME :])
    halves.append(one.push(PCM[3 * FRAME :]))
    assert np.array_equal(np.concatenate(halves, axis=1), codes)

    pcm = codec.decoder().push(codes)
    assert pcm.shape == PCM.shape
    assert pcm.dtype == np.float32
    stream = codec.decoder()
    pieces = [stream.push(codes[:, t : t + 1]) for t in range(6)]
    np.testing.assert_allclose(np.concatenate(pieces), pcm, atol=1e-5)


def test_fewer_codebooks() -> None:
    mimi = tiny_mimi()
    codec = TorchCodec(mimi, 2)
    assert codec.spec.codebook_sizes == (32, 32)
    codes = codec.encoder().push(PCM)
    assert np.array_equal(codes, TorchCodec(mimi).encoder().push(PCM)[:2])
    codec.decoder().push(codes[:1])
    with pytest.raises(ModelError, match="9 codebooks"):
        TorchCodec(mimi, 9)


def test_nothing_in_nothing_out() -> None:
    codec = TorchCodec(tiny_mimi())
    assert codec.encoder().push(PCM[:0]).shape == (5, 0)
    assert codec.decoder().push(np.zeros((5, 0), dtype=np.int64)).shape == (0,)


def test_what_is_not_a_frame_is_refused() -> None:
    codec = TorchCodec(tiny_mimi())
    for pcm in (PCM[:-1], PCM[None], PCM[:1]):
        with pytest.raises(ValueError, match="whole frames"):
            codec.encoder().push(pcm)
    for codes in (np.zeros((6, 1), int), np.zeros((0, 1), int), np.zeros(5, int)):
        with pytest.raises(ValueError, match="1 to 5 codebooks"):
            codec.decoder().push(codes)
    for code in (-1, 32):
        with pytest.raises(ValueError, match="outside"):
            codec.decoder().push(np.full((5, 1), code))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_numbers_never_reach_the_memory(bad: float) -> None:
    encoder = TorchCodec(tiny_mimi()).encoder()
    broken = PCM.copy()
    broken[3] = bad
    with pytest.raises(AudioFileError):
        encoder.push(broken)
    assert np.array_equal(encoder.push(PCM), TorchCodec(tiny_mimi()).encoder().push(PCM))


@pytest.mark.parametrize("sound", [np.zeros_like(PCM), np.sign(PCM), 100 * PCM])
def test_silent_and_clipped_sound(sound: np.ndarray) -> None:
    codec = TorchCodec(tiny_mimi())
    assert np.isfinite(codec.decoder().push(codec.encoder().push(sound))).all()


def test_a_codec_from_a_file(tmp_path: Path) -> None:
    mimi = tiny_mimi()
    write_weights(tmp_path / "mimi.safetensors", as_moshi(mimi), {})
    codec = load_codec("mimi", tmp_path / "mimi.safetensors", 3)
    expected = TorchCodec(mimi).encoder().push(PCM)
    # the file does not tell the context of the attention: it is as released, longer than this sound
    assert codec.spec.n_codebooks == 3
    assert np.array_equal(codec.encoder().push(PCM)[:, :3], expected[:3, :3])
