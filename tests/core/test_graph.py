"""Graphs and the models made of them, on onnxruntime, without weights or torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from core.cards import Registry
from core.codecs.onnx import OnnxCodec
from core.errors import ModelError
from core.graph import Graph
from core.loading import load_codec, load_speech
from core.s2s.base import DuplexModel, Voice
from tests import tiny


def _noise(frames: int) -> np.ndarray:
    return np.random.default_rng(1).normal(0, 0.1, frames * tiny.FRAME).astype(np.float32)


def test_a_file_that_is_no_graph_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.onnx"
    path.write_bytes(b"\x08\x08not a graph")
    with pytest.raises(ModelError, match="cannot be read"):
        Graph(path)
    with pytest.raises(ModelError, match="missing"):
        Graph(tmp_path / "y.onnx")


def test_a_graph_must_return_all_it_remembers(tiny_models: Path, tmp_path: Path) -> None:
    model = onnx.load(str(tiny_models / tiny.CODEC / "encoder.onnx"))
    del model.graph.output[1]
    onnx.save(model, str(tmp_path / "forgetful.onnx"))
    with pytest.raises(ModelError, match="last"):
        Graph(tmp_path / "forgetful.onnx")


def test_streams_do_not_share_their_memory(registry: Registry) -> None:
    codec = load_codec(registry.find(tiny.CODEC))
    first, second = codec.encoder(), codec.encoder()
    sound = _noise(4)
    first.push(_noise(2))
    assert np.array_equal(second.push(sound), codec.encoder().push(sound))


@pytest.mark.parametrize("cuts", [[1, 2, 3, 4], [2, 4], [5]])
def test_pieces_equal_the_whole(registry: Registry, cuts: list[int]) -> None:
    codec = load_codec(registry.find(tiny.CODEC))
    sound = _noise(6)
    whole = codec.encoder().push(sound)
    encoder, decoder = codec.encoder(), codec.decoder()
    pieces = np.split(sound, [cut * tiny.FRAME for cut in cuts])
    codes = np.concatenate([encoder.push(piece) for piece in pieces], axis=1)
    assert np.array_equal(codes, whole)
    heard = np.concatenate([decoder.push(piece) for piece in np.split(whole, cuts, axis=1)])
    assert np.array_equal(heard, codec.decoder().push(whole))


def test_fewer_codebooks_decode_a_duller_sound(registry: Registry) -> None:
    codec = load_codec(registry.find(tiny.CODEC))
    sound = _noise(10)
    codes = codec.encoder().push(sound)
    errors = [np.square(codec.decoder().push(codes[:k]) - sound).mean() for k in (40, 100, 160)]
    assert errors[0] > errors[1] > errors[2]
    with pytest.raises(ValueError, match="161 codebooks"):
        codec.decoder().push(np.zeros((161, 1), np.int64))


def test_a_graph_that_does_not_fit_its_card_is_refused(registry: Registry, tiny_models: Path) -> None:
    spec = registry.find(tiny.CODEC).codec
    assert spec is not None
    folder = tiny_models / tiny.CODEC
    with pytest.raises(ModelError, match="not what its card says"):
        OnnxCodec(spec, folder / "decoder.onnx", folder / "encoder.onnx")


def test_the_listener_hands_its_memory_to_the_reply(registry: Registry) -> None:
    model = load_speech(registry.find(tiny.TURN))
    assert not isinstance(model, DuplexModel)
    listener = model.listen()
    words = listener.push(np.full((tiny.BOOKS, 20), 200))
    assert words == " two three"
    reply = list(model.reply(listener, Voice("ravi"), seed=0))
    assert "".join(spoken.text for spoken in reply).strip() == tiny.REPLY
    assert len(reply) == tiny.REPLY_FRAMES


def test_a_voice_that_the_model_lacks_is_named(registry: Registry) -> None:
    model = load_speech(registry.find(tiny.TURN))
    assert not isinstance(model, DuplexModel)
    with pytest.raises(ModelError, match="no speaker “nobody”") as caught:
        next(model.reply(model.listen(), Voice("nobody"), seed=0))
    assert "asha, ravi" in caught.value.hint
