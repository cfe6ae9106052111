"""Mimi as two step graphs, against the same weights in torch."""

from __future__ import annotations

import importlib
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from core.cards import Registry
from core.codecs.base import Codec
from core.codecs.onnx import OnnxCodec
from core.errors import ModelError
from core.loading import load_codec
from core.nn.codecs.mimi import Mimi, MimiConfig
from core.nn.codecs.mimi_weights import MIMI
from core.nn.importing import import_weights
from core.nn.quantize.residual import ResidualVQ
from core.nn.reader import read_model
from core.nn.runtime import TorchCodec
from core.nn.seanet import SeanetConfig
from core.nn.transformer import TransformerConfig
from core.training.export.frame_graph import FrameGraph
from core.training.export.installed import export_installed, write_graphs
from core.training.export.int8 import round_weight
from core.training.export.int8_probe import best_form
from core.training.export.mimi_steps import MimiSteps
from tests.core.nn.codec_laws import random_weights

SMALL = MimiConfig(
    sample_rate=8000,
    seanet=SeanetConfig(dimension=32, n_filters=8, ratios=(4, 3, 2), n_residual_layers=2),
    transformer=TransformerConfig(
        dim=32, n_layers=2, n_heads=2, hidden=64, context=11, layer_scale=0.01, step_size=2
    ),
    n_codebooks=5,
    n_semantic=2,
    codebook_size=64,
    codebook_dim=16,
)
VARIANTS = {
    "small": SMALL,
    "weight norm": replace(SMALL, seanet=replace(SMALL.seanet, weight_norm=True, n_residual_layers=1)),
    "neighbours turned": replace(SMALL, transformer=replace(SMALL.transformer, rope="interleaved")),
    "no layer scale": replace(SMALL, transformer=replace(SMALL.transformer, layer_scale=None, context=4)),
    "gated, RMS norms, biases, shared keys": replace(
        SMALL,
        transformer=replace(
            SMALL.transformer, feed_forward="gated_silu", norm="rms", bias=True, n_kv_heads=1
        ),
    ),
    "three tokens a frame": replace(
        SMALL, transformer=replace(SMALL.transformer, step_size=3), frame_rate_divisor=3
    ),
}


def _mimi(config: MimiConfig) -> Mimi:
    """Random weights that leave nothing at zero or one, where a mistake would hide."""
    torch.manual_seed(0)
    model = Mimi(config)
    random_weights(model)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if ".scale" in name:
                value.uniform_(0.2, 0.5)
            elif "norm" in name and name.endswith("bias"):
                value.normal_(0, 0.1)
        pcm = torch.from_numpy(_sound(30, config.frame_size))[None, None]
        latent, _ = model.encoder(pcm, model.encoder_state(1))
        for part in model.quantizer.children():
            _lay_codes(part, latent)
    return model


def _lay_codes(part: nn.Module, latent: torch.Tensor) -> None:
    """Codes where the frames are, so that frames differ in their codes."""
    assert isinstance(part, ResidualVQ)
    frames = part.input_proj(latent)[0].T
    for level, book in enumerate(part.codebooks):
        around = 0 if level else frames.mean(dim=0)
        book.embedding.copy_(around + frames.std(dim=0) * torch.randn(book.embedding.shape))


def _sound(frames: int, frame_size: int) -> np.ndarray:
    random = np.random.default_rng(1)
    loud = np.repeat(random.uniform(0.02, 1, frames), frame_size)
    return (random.normal(0, 0.3, frames * frame_size) * loud).astype(np.float32)


def _exported(model: Mimi, folder: Path, n_codebooks: int, *, int8: bool = False) -> OnnxCodec:
    spec = write_graphs(model, folder, n_codebooks, int8=int8)
    return OnnxCodec(spec, folder / "encoder.onnx", folder / "decoder.onnx")


def _assert_same(exported: Codec, original: Codec, frames: int) -> None:
    pcm = _sound(frames, original.spec.format.frame_size)
    codes, wanted = exported.encoder().push(pcm), original.encoder().push(pcm)
    assert len(np.unique(wanted)) > 5, "the codes are too much alike to compare"
    # two codes may be equally near to a frame, to the last bit: then the order of a sum decides
    assert np.mean(codes == wanted) > 0.99
    np.testing.assert_allclose(exported.decoder().push(wanted), original.decoder().push(wanted), atol=1e-5)


@pytest.mark.parametrize("name", VARIANTS)
def test_graphs_equal_torch(name: str, tmp_path: Path) -> None:
    model = _mimi(VARIANTS[name])
    _assert_same(_exported(model, tmp_path, 5), TorchCodec(model), 60)


@pytest.mark.parametrize("n_codebooks", [1, 2, 3])
def test_the_first_codebooks_alone(n_codebooks: int, tmp_path: Path) -> None:
    model = _mimi(SMALL)
    _assert_same(_exported(model, tmp_path, n_codebooks), TorchCodec(model, n_codebooks), 30)


def test_codebooks_that_are_left_out_add_nothing(tmp_path: Path) -> None:
    model = _mimi(SMALL)
    exported, original = _exported(model, tmp_path, 5), TorchCodec(model)
    codes = original.encoder().push(_sound(20, SMALL.frame_size))
    for k in (1, 2, 4):
        heard, wanted = exported.decoder().push(codes[:k]), original.decoder().push(codes[:k])
        np.testing.assert_allclose(heard, wanted, atol=1e-5)


def test_streams_are_apart(tmp_path: Path) -> None:
    codec = _exported(_mimi(SMALL), tmp_path, 5)
    first, second = codec.encoder(), codec.encoder()
    pcm, other = _sound(30, SMALL.frame_size), -_sound(30, SMALL.frame_size)
    alone, alone_too = codec.encoder().push(pcm), codec.encoder().push(other)
    heard = [
        (first.push(a), second.push(b)) for a, b in zip(np.split(pcm, 30), np.split(other, 30), strict=True)
    ]
    assert np.array_equal(np.concatenate([a for a, _ in heard], axis=1), alone)
    assert np.array_equal(np.concatenate([b for _, b in heard], axis=1), alone_too)


def test_int8_is_smaller_and_near(tmp_path: Path) -> None:
    wide = replace(
        SMALL,
        seanet=replace(SMALL.seanet, dimension=128, n_filters=32),
        transformer=replace(SMALL.transformer, dim=128, hidden=512),
    )
    model = _mimi(wide)
    (tmp_path / "exact").mkdir()
    exact = _exported(model, tmp_path / "exact", 5)
    small = _exported(model, tmp_path, 5, int8=True)
    sizes = [(folder / "encoder.onnx").stat().st_size for folder in (tmp_path / "exact", tmp_path)]
    assert sizes[1] < 0.5 * sizes[0]
    codes = exact.encoder().push(_sound(30, wide.frame_size))
    wanted, heard = exact.decoder().push(codes), small.decoder().push(codes)
    assert np.square(heard - wanted).mean() < 1e-3 * np.square(wanted).mean()


@pytest.mark.parametrize("form", ["signed", "unsigned"])
def test_rounded_weights_are_the_nearest(form: str) -> None:
    weight = np.random.default_rng(0).normal(0, 1, (64, 32)).astype(np.float32)
    rounded = round_weight(weight, form)  # type: ignore[arg-type]
    zero = 0 if rounded.zero is None else rounded.zero.astype(int)
    assert np.abs((rounded.values.astype(int) - zero) * rounded.scale - weight).max() <= rounded.scale.max()
    assert best_form() in ("signed", "unsigned")


def test_what_a_graph_cannot_hold_is_said() -> None:
    anchored = replace(SMALL, transformer=replace(SMALL.transformer, sinks=2))
    with pytest.raises(ModelError, match="sinks with several tokens a frame cannot be made a graph"):
        MimiSteps(Mimi(anchored), 5).encoder()
    with pytest.raises(ModelError, match="6 codebooks were asked"):
        MimiSteps(Mimi(SMALL), 6)


def test_a_graph_of_another_codec_is_refused(tmp_path: Path) -> None:
    spec = write_graphs(_mimi(SMALL), tmp_path, 5, int8=False)
    other = replace(spec, codebook_sizes=(64, 64, 64, 64, 32))
    with pytest.raises(ModelError, match="codebook_sizes"):
        OnnxCodec(other, tmp_path / "encoder.onnx", tmp_path / "decoder.onnx")


def test_an_installed_codec_is_exported_beside_itself(tmp_path: Path) -> None:
    model, own = _mimi(SMALL), tmp_path / "own"
    MIMI.save(model, SMALL, tmp_path / "weights.safetensors")
    card = import_weights(tmp_path / "weights.safetensors", own)
    said: list[str] = []
    made = export_installed(card, own, n_codebooks=4, on_progress=said.append)
    assert made.id == f"{card.id}-onnx" and said
    registry = Registry(tmp_path / "none", own)
    _assert_same(load_codec(registry.find(made.id)), TorchCodec(model, 4), 10)
    assert sorted(path.name for path in own.iterdir()) == [card.id, made.id]
    with pytest.raises(ModelError, match="already here"):
        export_installed(card, own)
    with pytest.raises(ModelError, match="nothing to export"):
        export_installed(made, own)


def test_the_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    graph = FrameGraph("nothing")
    graph.output("y", graph.input("x", (1, 2)), (1, 2))
    graph.save(tmp_path / "nothing.onnx", {})
    assert [path.name for path in tmp_path.iterdir()] == ["nothing.onnx"]


def _growth(codec: Codec, frames: int) -> tuple[float, int]:
    """How much slower the last frames are than the first, by the best of each; and bytes gained."""
    import psutil

    encoder, decoder = codec.encoder(), codec.decoder()
    pcm = _sound(1, codec.spec.format.frame_size)
    times, process = [], psutil.Process()
    held = 0
    for frame in range(frames):
        start = time.perf_counter()
        decoder.push(encoder.push(pcm))
        times.append(time.perf_counter() - start)
        if frame == frames // 10:
            held = process.memory_info().rss
    tenth = frames // 10
    return min(times[-tenth:]) / min(times[tenth : 2 * tenth]), process.memory_info().rss - held


@pytest.mark.parametrize("frames", [2000, pytest.param(45_000, marks=pytest.mark.slow)])
def test_a_long_talk_stays_as_fast_and_small(frames: int, tmp_path: Path) -> None:
    slower, gained = _growth(_exported(_mimi(SMALL), tmp_path, 5), frames)
    assert slower < 1.5
    assert gained < 4 << 20


@pytest.mark.slow
def test_full_size_equals_torch(tmp_path: Path) -> None:
    model = _mimi(MimiConfig())
    _assert_same(_exported(model, tmp_path, 8), TorchCodec(model, 8), 150)


@pytest.mark.slow
@pytest.mark.parity
def test_full_size_equals_the_moshi_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_TORCH_COMPILE", "1")
    pytest.importorskip("moshi.models.loaders", exc_type=ImportError)
    from core.workbench.peers import moshi_worker

    weights = tmp_path / "mimi.safetensors"
    moshi_worker.make(str(weights), 8)
    theirs = importlib.import_module("moshi.models.loaders").get_mimi(str(weights), num_codebooks=8)
    model = read_model(weights, [MIMI])
    assert isinstance(model, Mimi)
    ours = _exported(model, tmp_path, 8)
    assert asdict(ours.spec.format) == {"sample_rate": 24_000, "frame_size": 1920}
    encoder, decoder = ours.encoder(), ours.decoder()
    with torch.inference_mode(), theirs.streaming(1):
        for frame in np.split(_sound(150, 1920), 150):
            codes = theirs.encode(torch.from_numpy(frame)[None, None])
            assert np.array_equal(encoder.push(frame), codes[0].numpy())
            np.testing.assert_allclose(decoder.push(codes[0].numpy()), theirs.decode(codes)[0, 0], atol=1e-5)
