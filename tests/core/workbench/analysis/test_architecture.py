"""Architectures: counted as the reference table has them, and told to people and to programs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from core.cards import Registry
from core.commands.main import main
from core.errors import PalukuError
from core.nn.codecs.jodio import Jodio
from core.nn.codecs.telugu import TeluguCodec
from core.nn.readers import TELUGU
from core.nn.s2s.conformer import CONFORMER, Conformer
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.duplex import DUPLEX
from core.workbench.analysis.architecture import SCHEMA, VERSION, Architecture, analyse
from core.workbench.analysis.components import Component
from core.workbench.analysis.picture import draw
from core.workbench.analysis.run import run_codec, run_speech, seconds_seen
from core.workbench.analysis.subject import Subject, find_subject
from core.workbench.analysis.text import compare, to_text
from tests.core.nn.codec_laws import random_weights
from tests.core.nn.test_jodio import tiny as tiny_jodio
from tests.core.nn.test_telugu import tiny as tiny_telugu

ONE_OF_EACH = (
    *("mimi", "dac-16khz", "telugu-hybrid-12hz-small", "dualcodec-25hz", "dualcodec-12hz-live"),
    *("paluku-voice", "paluku-voice-istft", "jodio-small"),
)
NOTHING = Registry(Path("/nowhere"), Path("/nowhere"))


@cache
def taken_apart(name: str) -> Architecture:
    return analyse(find_subject(name, NOTHING))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("mimi", 79_308_609),
        ("dac-16khz", 74_141_697),
        ("dualcodec-12hz", 83_982_353),
        ("jodio", 442_435_257),
        ("jodio-printed", 385_750_713),
        ("conformer-66m", 66_869_760),
        ("moshi-7b", 7_687_729_152),
        ("audiosr", 258_195_088 + 223_535_569 + 190_281_889),
    ],
)
def test_the_reference_table(name: str, parameters: int) -> None:
    architecture = taken_apart(name)
    assert architecture.parameters == parameters
    assert sum(part.parameters for part in architecture.root.parts) == parameters


def test_codebooks_that_are_no_parameters_are_told_apart() -> None:
    assert taken_apart("mimi").root.buffers == 32 * 2048 * 256 + 32 * 2048 + 32


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_every_codec_has_a_page_and_points(name: str) -> None:
    architecture = taken_apart(name)
    page = to_text(architecture)
    assert f"{architecture.parameters:,}" in page
    names = [point.name for point in architecture.points]
    assert len(names) == len(set(names))
    assert {"enc.block0", "pre_vq", "vq1", "acoustic.cum1", "sum", "dec.block0"} <= set(names)
    assert all(point.dim > 0 and point.rate > 0 for point in architecture.points)
    on_the_way_in = [point.macs_so_far for point in architecture.points if point.side == "encoder"]
    assert on_the_way_in == sorted(on_the_way_in)
    assert architecture.points[-1].macs_so_far <= architecture.root.macs
    json.dumps(architecture.to_json())


def test_a_print_is_named_with_what_is_broken() -> None:
    page = to_text(taken_apart("jodio-printed"))
    assert "semantic_rvq + acoustic_rvq gives 1028 features, decoder_transformer takes 256" in page
    assert "decoder_transformer gives 256 features, post_vq_proj takes 6" in page


def test_where_the_transformer_stands() -> None:
    architecture = taken_apart("mimi")
    inner, outer = architecture.transformers
    assert (inner.path, inner.rate, inner.context_seconds) == ("encoder.transformer", 25.0, 10.0)
    assert (outer.layers, outer.dim, outer.heads) == (8, 512, 8)
    assert architecture.stream is not None and architecture.stream.latency_ms == 80.0
    temporal, depth = taken_apart("duplex-26m").transformers
    assert temporal.context_seconds == 60.0 and depth.context_seconds is None


def test_json_has_a_schema_and_adds_up() -> None:
    described = taken_apart("paluku-voice").to_json()
    assert (described["schema"], described["version"]) == (SCHEMA, VERSION)
    assert described["encode_macs_per_second"] + described["decode_macs_per_second"] == pytest.approx(
        described["macs_per_second"]
    )
    assert sum(part["macs_share"] for part in described["components"]) == pytest.approx(1, abs=1e-6)


def test_the_tree_never_counts_twice() -> None:
    def check(part: Component) -> None:
        assert sum(inner.parameters for inner in part.parts) <= part.parameters
        assert sum(inner.macs for inner in part.parts) <= part.macs * (1 + 1e-9)
        for inner in part.parts:
            check(inner)

    for name in "mimi", "paluku-voice", "conformer-66m", "duplex-26m":
        check(taken_apart(name).root)


def test_two_side_by_side_and_a_drawing() -> None:
    one, other = taken_apart("mimi"), taken_apart("jodio-printed")
    page = compare(one, other)
    assert "79,308,609" in page and "385,750,713" in page
    drawing = draw(one)
    assert drawing.startswith("<svg") and "encoder.transformer" in drawing
    assert draw(other).count("<rect") > 4


def test_work_within_two_percent_of_torch() -> None:
    codec = random_weights(TeluguCodec(tiny_telugu("telugu-hybrid-12hz"))).eval()
    there, back = run_codec(codec)
    pcm = torch.zeros(1, 1, codec.spec.format.frame_size)
    with torch.no_grad(), sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        codes, _ = codec.encode(pcm, codec.encoder_state(1))
        codec.decode(codes, codec.decoder_state(1))
    flops = counter.get_total_flops() * codec.spec.frame_rate / 2
    assert there.total + back.total == pytest.approx(flops, rel=0.02)


@pytest.mark.parametrize("name", ["conformer-mini", "duplex-26m"])
def test_work_of_a_speech_model_within_two_percent_of_torch(name: str) -> None:
    model = Conformer(CONFORMER[name]) if name in CONFORMER else SpeechDecoder(DUPLEX[name])
    model.eval()
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        there, back = run_speech(model, 12.5)
    looked_at = 0.0
    if isinstance(model, Conformer):  # the turn is looked at once for an answer, not in every frame
        dim = model.config.decoder.temporal.dim
        looked_at = 125 * 2 * dim * dim * model.config.decoder.temporal.n_layers
    per_second = 12.5 * (counter.get_total_flops() / 2 - looked_at)
    assert there.total + back.total == pytest.approx(per_second, rel=0.02)


def test_how_far_convolutions_see_is_what_changes_an_output() -> None:
    codec = random_weights(TeluguCodec(tiny_telugu("telugu-200hz"))).eval()
    there, _ = run_codec(codec)
    seen = round(seconds_seen(there)[0] * codec.spec.format.sample_rate) + 1
    frames, size = 40, codec.spec.format.frame_size
    pcm = torch.randn(1, 1, frames * size, requires_grad=True)
    latent, _ = codec.encoder(pcm, codec.encoder_state(1))
    latent[0, :, -1].sum().backward()
    assert pcm.grad is not None
    first = int(pcm.grad[0, 0].nonzero()[0])
    assert frames * size - first == seen


def test_a_weights_file_tells_what_it_is(tmp_path: Path) -> None:
    config = tiny_telugu("telugu-hybrid-50hz")
    path = tmp_path / "mine.safetensors"
    TELUGU.save(random_weights(TeluguCodec(config)), config, path)
    subject = find_subject(str(path), NOTHING)
    assert subject.trained and analyse(subject).parameters == sum(
        p.numel() for p in TeluguCodec(config).parameters()
    )


def test_a_name_that_nobody_has(tmp_path: Path) -> None:
    with pytest.raises(PalukuError, match=r"no model 'mimmi'.*telugu-50hz"):
        find_subject("mimmi", NOTHING)
    with pytest.raises(PalukuError, match="is a folder"):
        find_subject(str(tmp_path), NOTHING)
    text = tmp_path / "text.txt"
    text.write_text("not weights")
    with pytest.raises(PalukuError, match=r"text\.txt"):
        find_subject(str(text), NOTHING)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", "jodio-small", "-o", str(tmp_path / "out"), "--plot", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["parameters"] == 13_245_633
    assert json.loads((tmp_path / "out" / "architecture.json").read_text()) == printed
    assert (tmp_path / "out" / "architecture.txt").read_text().startswith("jodio-small")
    assert (tmp_path / "out" / "architecture.svg").read_text().endswith("</svg>\n")
    picture = (tmp_path / "out" / "architecture.png").read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) > 10_000


def test_features_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tiny_telugu("telugu-hybrid-12hz")
    weights, wav, out = tmp_path / "mine.safetensors", tmp_path / "talk.wav", tmp_path / "f.npz"
    TELUGU.save(random_weights(TeluguCodec(config)), config, weights)
    soundfile.write(wav, np.random.default_rng(0).normal(0, 0.1, 12_000), 24_000)
    words = ["analyze", str(weights), "--extract", "enc.tr1,sum", str(wav), "-o", str(out), "--json"]
    assert main(words) == 0
    said = json.loads(capsys.readouterr().out)
    assert [point["name"] for point in said["points"]] == ["enc.tr1", "sum"]
    with np.load(out) as kept:
        assert kept["sum"].shape == (7, 16) and kept["enc.tr1"].shape == (14, 8)
        assert kept["rates"].tolist() == [25.0, 12.5]
    for bad, sentence in (("enc.tr9", "no point 'enc.tr9'"),):
        assert main([*words[:3], bad, *words[4:]]) == 1
        assert sentence in capsys.readouterr().err
    for bad, sentence in ((tmp_path, "is a folder"), (weights, "not a sound file")):
        assert main([*words[:4], str(bad), *words[5:]]) == 1
        assert sentence in capsys.readouterr().err
    for model in "jodio-printed", "conformer-mini":
        assert main(["analyze", model, *words[2:]]) == 1
        assert "it has no encoder that takes sound" in capsys.readouterr().err


def test_a_subject_without_weights_runs_on_shapes() -> None:
    subject = find_subject("jodio-small", NOTHING)
    assert isinstance(subject, Subject) and all(p.is_meta for p in subject.outline.parameters())
    assert isinstance(tiny_jodio(), Jodio)
