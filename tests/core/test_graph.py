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
from core.training.export.frame_graph import FrameGraph
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


def test_a_state_is_used_up_by_its_step(tiny_models: Path) -> None:
    graph = Graph(tiny_models / tiny.CODEC / "encoder.onnx")
    state = graph.initial_state()
    frame = {"pcm": _noise(1)[None]}
    graph.step(frame, state)
    with pytest.raises(ValueError, match="used up"):
        graph.step(frame, state)
    with pytest.raises(ValueError, match="used up"):
        graph.initial_state(state)


def test_a_state_serves_its_own_graph_only(tiny_models: Path) -> None:
    encoder, decoder = (Graph(tiny_models / tiny.CODEC / f"{name}.onnx") for name in ("encoder", "decoder"))
    with pytest.raises(ValueError, match="another graph"):
        encoder.step({"pcm": _noise(1)[None]}, decoder.initial_state())


def test_what_came_out_stays_as_it_was(tiny_models: Path) -> None:
    graph = Graph(tiny_models / tiny.CODEC / "encoder.onnx")
    first, state = graph.step({"pcm": _noise(2)[None, : tiny.FRAME]}, graph.initial_state())
    kept = first["codes"].copy()
    graph.step({"pcm": _noise(2)[None, tiny.FRAME :]}, state)
    assert np.array_equal(first["codes"], kept)


def test_a_new_state_takes_a_copy_of_what_was_heard(tiny_models: Path) -> None:
    graph = Graph(tiny_models / tiny.CODEC / "encoder.onnx")
    frames = _noise(4).reshape(4, 1, -1)
    _, heard = graph.step({"pcm": frames[0]}, graph.initial_state())
    branch = graph.initial_state(heard)
    wanted, heard = graph.step({"pcm": frames[1]}, heard)
    graph.step({"pcm": frames[2]}, heard)
    found, _ = graph.step({"pcm": frames[1]}, branch)
    assert np.array_equal(found["codes"], wanted["codes"])


def test_two_replies_to_the_same_words_are_the_same(registry: Registry) -> None:
    model = load_speech(registry.find(tiny.TURN))
    assert not isinstance(model, DuplexModel)
    listener = model.listen()
    listener.push(np.full((tiny.BOOKS, 20), 200))
    first, second = (model.reply(listener, Voice("ravi"), seed=0) for _ in range(2))
    pairs = list(zip(first, second, strict=True))
    assert len(pairs) == tiny.REPLY_FRAMES
    assert all(np.array_equal(a.codes, b.codes) and a.text == b.text for a, b in pairs)


def test_what_does_not_fit_an_input_is_named(tiny_models: Path) -> None:
    graph = Graph(tiny_models / tiny.CODEC / "encoder.onnx")
    with pytest.raises(ValueError, match=r"pcm.*float64"):
        graph.step({"pcm": np.zeros((1, tiny.FRAME))}, graph.initial_state())
    with pytest.raises(ValueError, match="takes"):
        graph.step({"sound": _noise(1)[None]}, graph.initial_state())


def _counter(path: Path, *, in_place: bool) -> Graph:
    """A graph that writes each number it is given behind the ones before."""
    graph = FrameGraph("counter")
    held = graph.state("held", (4, 1))
    at = graph.state("at", (1,), np.int64)
    slot = graph.reshape(graph.call("Mod", at, graph.numbers(4)), 1, 1)
    written = graph.call("ScatterND", held, slot, graph.input("x", (1, 1)))
    graph.remember("held", written, in_place=in_place)
    graph.remember("at", graph.call("Add", at, graph.numbers(1)))
    graph.output("sum", graph.call("ReduceSum", written, graph.numbers(0), keepdims=0), (1,))
    graph.save(path, {})
    return Graph(path)


def test_a_state_changed_in_place_is_the_same_as_one_that_is_copied(tmp_path: Path) -> None:
    kept, copied = (_counter(tmp_path / f"{flag}.onnx", in_place=flag) for flag in (True, False))
    states, branches = [g.initial_state() for g in (kept, copied)], []
    for number in range(1, 10):
        given = {"x": np.full((1, 1), number, np.float32)}
        sums = []
        for i, graph in enumerate((kept, copied)):
            out, states[i] = graph.step(given, states[i])
            sums.append(out["sum"][0])
        assert sums == [sum(range(max(1, number - 3), number + 1))] * 2
        if number == 5:
            branches = [g.initial_state(s) for g, s in zip((kept, copied), states, strict=True)]
    for graph, branch in zip((kept, copied), branches, strict=True):
        out, _ = graph.step({"x": np.full((1, 1), 100, np.float32)}, branch)
        assert out["sum"][0] == 100 + 5 + 4 + 3
