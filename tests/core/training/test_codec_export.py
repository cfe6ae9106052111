from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.cards import read_card
from core.codecs.onnx import OnnxCodec
from core.commands.main import main
from core.errors import ModelError
from core.graph import Graph
from core.nn.codecs.envelope import ENVELOPE, EnvelopeCodec
from core.nn.codecs.telugu import TeluguCodec
from core.nn.runtime import TorchCodec
from core.training.export.check import compare
from core.training.export.codec import CardText, decoder_graph, export_codec
from core.training.export.read_back import read_back
from core.training.export.step_graph import flat, nested
from tests.core.nn.test_telugu import tiny as tiny_telugu
from tests.core.training.codec_fakes import TINY
from tests.core.training.corpus_fakes import hum


@pytest.fixture(scope="module")
def model() -> EnvelopeCodec:
    torch.manual_seed(3)
    codec = EnvelopeCodec(TINY)
    codec.settle(torch.from_numpy(hum(8.0, 140)).reshape(4, 1, -1))
    return codec.eval()


def exported(model: EnvelopeCodec, folder: Path, *, small: bool) -> OnnxCodec:
    export_codec(model, folder, CardText(id=folder.name, title="Tiny"), small=small)
    card = read_card(folder / "model.toml")
    assert card.codec == model.spec and card.runtime == "onnx" and card.macs > 0
    return OnnxCodec(card.codec, card.file("encoder"), card.file("decoder"))


def test_graphs_say_what_torch_says(model: EnvelopeCodec, tmp_path: Path) -> None:
    codec = exported(model, tmp_path / "tiny", small=False)
    voice = hum(4.0, 150) + 0.01 * np.random.default_rng(0).standard_normal(64_000).astype(np.float32)
    agreement = compare(codec, TorchCodec(model), voice)
    assert agreement.frames == 200
    assert agreement.codes_equal > 0.99 and agreement.largest_difference < 2e-4  # of a loud hum


def test_small_files_sound_nearly_the_same(model: EnvelopeCodec, tmp_path: Path) -> None:
    whole, small = (exported(model, tmp_path / n, small=n == "small") for n in ("whole", "small"))
    sizes = [sum(f.stat().st_size for f in (tmp_path / n).iterdir()) for n in ("whole", "small")]
    assert sizes[1] < sizes[0]
    codes = whole.encoder().push(hum(2.0, 150))
    sounds = [codec.decoder().push(codes) for codec in (whole, small)]
    assert np.corrcoef(*sounds)[0, 1] > 0.98


def test_codebooks_that_are_not_used(model: EnvelopeCodec, tmp_path: Path) -> None:
    codec = exported(model, tmp_path / "tiny", small=False)
    codes = codec.encoder().push(hum(1.0, 150))[:2]
    heard = codec.decoder().push(codes)
    np.testing.assert_allclose(heard, TorchCodec(model).decoder().push(codes), atol=1e-4)


def test_a_graph_tells_what_it_is(model: EnvelopeCodec, tmp_path: Path) -> None:
    exported(model, tmp_path / "tiny", small=True)
    graph = Graph(tmp_path / "tiny" / "encoder.onnx")
    assert graph.spec()["codebook_sizes"] == list(TINY.codebook_sizes)
    assert graph.one_frame("pcm") == (1, TINY.hop_length) and graph.frames == (1, 2, 4)


def test_memories_flat_and_nested() -> None:
    state = {"a": {"x": torch.ones(1), "none": {}}, "b": torch.zeros(2)}
    assert list(flat(state)) == ["a.x", "b"]
    assert nested(flat(state), state) == state


def test_a_codec_that_needs_every_codebook() -> None:
    with pytest.raises(ModelError, match="cannot be exported yet"):
        decoder_graph(TeluguCodec(tiny_telugu("telugu-50hz")))


def test_the_command(model: EnvelopeCodec, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ENVELOPE.save(model, TINY, tmp_path / "codec.safetensors")
    arguments = ["export", "codec", str(tmp_path / "codec.safetensors"), "-o", str(tmp_path / "mine")]
    assert main([*arguments, "--whole", "--json", "--languages", "te,en"]) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["id"] == "mine" and report["frames"] == 200 and report["largest_difference"] < 2e-4
    assert read_card(tmp_path / "mine" / "model.toml").languages == ("te", "en")


def test_several_frames_at_once_are_the_same(model: EnvelopeCodec, tmp_path: Path) -> None:
    """Whole pieces of seven frames go as four, two and one."""
    codec = exported(model, tmp_path / "tiny", small=False)
    voice, size = hum(1.4, 150), TINY.hop_length
    frames = len(voice) // size
    one, many = codec.encoder(), codec.encoder()
    single = np.concatenate([one.push(voice[i * size : (i + 1) * size]) for i in range(frames)], axis=1)
    sevens = range(0, frames, 7)
    several = np.concatenate([many.push(voice[i * size : (i + 7) * size]) for i in sevens], axis=1)
    np.testing.assert_array_equal(single, several)
    slow, fast = codec.decoder(), codec.decoder()
    sounds = [slow.push(single[:, i : i + 1]) for i in range(frames)]
    np.testing.assert_allclose(
        np.concatenate(sounds), np.concatenate([fast.push(single[:, i : i + 7]) for i in sevens]), atol=1e-5
    )


@pytest.mark.parametrize(("small", "error"), [(False, 1e-6), (True, 2e-2)])
def test_weights_are_read_back_from_graphs(
    model: EnvelopeCodec, tmp_path: Path, small: bool, error: float
) -> None:
    """All of them, as exact as they are kept; scales that were folded in are one."""
    codec = exported(model, tmp_path / "tiny", small=small)
    found = read_back(read_card(tmp_path / "tiny" / "model.toml"), lambda: EnvelopeCodec(TINY))
    kept = found.state_dict()
    for name, value in model.state_dict().items():
        if not any(part in name for part in (".usage", "layer_scale", ".contract.")):
            torch.testing.assert_close(
                kept[name], value, atol=error * float(value.float().abs().max()), rtol=0
            )
    agreement = compare(codec, TorchCodec(found), hum(4.0, 150))
    assert agreement.codes_equal > 0.99 and agreement.largest_difference < 2e-4


def test_graphs_of_another_shape_are_not_read_back(model: EnvelopeCodec, tmp_path: Path) -> None:
    exported(model, tmp_path / "tiny", small=False)
    card = read_card(tmp_path / "tiny" / "model.toml")
    with pytest.raises(ModelError, match="not built like"):
        read_back(card, lambda: EnvelopeCodec(replace(TINY, codebook_sizes=(8, 16, 16))))
    with pytest.raises(ModelError, match="another version"):
        read_back(card, lambda: EnvelopeCodec(replace(TINY, decoder_blocks=TINY.decoder_blocks + 1)))
    with pytest.raises(ModelError, match="no longer tell"):
        read_back(card, lambda: TeluguCodec(tiny_telugu("telugu-50hz")))
