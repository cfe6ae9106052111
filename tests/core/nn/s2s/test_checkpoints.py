from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psutil
import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from core.errors import ModelError
from core.nn.rope import interleaved_to_split_half
from core.nn.s2s.checkpoints import open_speech
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.device import Device
from core.nn.s2s.loading import load_speech
from core.nn.s2s.stored import CONFORMER_READER, DUPLEX_READER
from core.nn.s2s.torch_duplex import TorchDuplexModel
from core.nn.s2s.torch_turns import TorchTurnModel
from tests.core.nn.s2s.tiny_moshi import HIBIKI_ZERO, LISTENER, MOSHI, PERSONAPLEX, publish, random_weights
from tests.core.nn.s2s.tiny_speech import DUPLEX, WORDY, conformer, duplex
from tests.core.nn.s2s.tiny_text import make_tokenizer

CPU = Device("cpu", torch.float32, 1 << 40)


def loaded(path: Path) -> SpeechDecoder:
    model = open_speech(path).load(CPU)
    assert isinstance(model, SpeechDecoder)
    return model


@pytest.mark.parametrize("published", [MOSHI, PERSONAPLEX, HIBIKI_ZERO, LISTENER])
def test_families(tmp_path: Path, published: dict[str, Any]) -> None:
    model = loaded(publish(tmp_path, random_weights(published), published))
    streams = model.config.streams
    assert len(streams.own_sizes) + len(streams.heard_sizes) == published["n_q"]
    assert len(streams.own_sizes) == min(published["dep_q"], 8)
    assert model.config.temporal.attention.kv_heads == 4 // published.get("kv_repeat", 1)
    assert len(model.extra_heads) == published.get("extra_heads_num_heads", 0)
    assert (model.depth is None) is (published["dep_q"] == 0)


def test_the_early_end_of_hibiki_is_a_pause(tmp_path: Path) -> None:
    table = loaded(publish(tmp_path, random_weights(HIBIKI_ZERO), HIBIKI_ZERO)).text_embedding.table.weight
    assert torch.equal(table[2], table[3])


def test_rows_with_scales(tmp_path: Path) -> None:
    """Whole numbers with a scale for each row become what they stand for."""
    plain = random_weights(MOSHI)
    packed: dict[str, Tensor] = {}
    for name, weight in plain.items():
        if weight.dim() == 2 and not name.startswith(("emb", "text_emb", "depformer_emb", "depformer_text")):
            scale = weight.abs().amax(dim=1)
            packed[name] = (weight / scale[:, None] * 127).round().to(torch.int8)
            packed[name + "_scb"] = scale
        else:
            packed[name] = weight
    exact, near = loaded(publish(tmp_path, plain, MOSHI)), loaded(publish(tmp_path, packed, MOSHI))
    for one, two in zip(exact.parameters(), near.parameters(), strict=True):
        assert two.dtype == torch.float32
        assert (one - two).abs().max() <= one.abs().max() / 200


def test_halves_that_turn_together(tmp_path: Path) -> None:
    """Rotary pairs as neighbours or as halves: the same model once its rows are moved."""
    weights = random_weights(MOSHI)
    moved = dict(weights)
    for name in (name for name in weights if name.startswith("transformer.") and "in_proj" in name):
        q, k, v = weights[name].chunk(3)
        moved[name] = torch.cat([interleaved_to_split_half(q, 4), interleaved_to_split_half(k, 4), v])
    neighbours = loaded(publish(tmp_path, weights, MOSHI))
    halves = loaded(publish(tmp_path, moved, {**MOSHI, "positional_embedding": "rope_concat"}))
    tokens = torch.randint(32, (1, 17, 50))
    with torch.no_grad():
        torch.testing.assert_close(neighbours.predict(tokens).text, halves.predict(tokens).text)


def test_what_a_translator_can_be_told(tmp_path: Path) -> None:
    values = ["very_bad", "neutral", "very_good"]
    lut = {"n_bins": 3, "dim": 5, "tokenizer": "noop", "possible_values": values}
    published = {
        **MOSHI,
        "conditioners": {"description": {"type": "lut", "lut": lut}},
        "fuser": {"sum": ["description"]},
    }
    prefix = "condition_provider.conditioners.description."
    weights = {
        **random_weights(MOSHI),
        prefix + "embed.weight": torch.randn(4, 5),
        prefix + "output_proj.weight": torch.randn(64, 5),
        prefix + "learnt_padding": torch.randn(1, 1, 64),
    }
    path = publish(tmp_path, weights, published)
    assert open_speech(path).traits == tuple(values)
    table = loaded(path).voice.get_parameter("traits.speaker.table.weight")
    expected = weights[prefix + "embed.weight"][:3] @ weights[prefix + "output_proj.weight"].T
    torch.testing.assert_close(table, expected)


def test_several_files(tmp_path: Path) -> None:
    weights = random_weights(MOSHI)
    whole = loaded(publish(tmp_path, weights, MOSHI))
    names = sorted(weights)
    files = {"a.safetensors": names[::2], "b.safetensors": names[1::2]}
    for file, held in files.items():
        save_file({name: weights[name] for name in held}, tmp_path / file)
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(
        json.dumps({"weight_map": {name: file for file, held in files.items() for name in held}})
    )
    parted = loaded(index)
    for one, two in zip(whole.parameters(), parted.parameters(), strict=True):
        assert torch.equal(one, two)
    index.write_text("{}")
    with pytest.raises(ModelError, match="list of weights"):
        open_speech(index)


def test_half_precision(tmp_path: Path) -> None:
    path = publish(tmp_path, {k: v.bfloat16() for k, v in random_weights(MOSHI).items()}, MOSHI)
    model = open_speech(path).load(Device("cpu", torch.bfloat16, 1 << 40))
    assert isinstance(model, SpeechDecoder)
    assert {weight.dtype for weight in model.parameters()} == {torch.bfloat16}
    with torch.no_grad():
        assert model.predict(torch.randint(32, (1, 17, 50))).text.isfinite().all()


def test_moshi_needs_no_config(tmp_path: Path) -> None:
    path = publish(tmp_path, random_weights(MOSHI), MOSHI)
    (tmp_path / "config.json").unlink()
    stored = open_speech(path)
    assert stored.config.temporal.dim == 4096  # it is taken for the released one
    assert 16e9 < stored.bytes_in_half() < 18e9
    with pytest.raises(ModelError, match=r"do not fit moshi .*wrong shape"):
        stored.load(CPU)


def test_our_own_files(tmp_path: Path) -> None:
    make_tokenizer(tmp_path / "words.model")
    for reader, model, config in ((DUPLEX_READER, duplex(), DUPLEX), (CONFORMER_READER, conformer(), WORDY)):
        path = tmp_path / f"{reader.name}.safetensors"
        reader.save(model, config, path)
        stored = open_speech(path)
        assert stored.config == config
        again = stored.load(CPU)
        for one, two in zip(model.parameters(), again.parameters(), strict=True):
            assert torch.equal(one, two)
        found = load_speech(path, text=tmp_path / "words.model", device=CPU)
        assert isinstance(found, TorchDuplexModel if reader is DUPLEX_READER else TorchTurnModel)


def refused(path: Path, **more: Any) -> ModelError:
    with pytest.raises(ModelError) as error:
        load_speech(path, **more)
    return error.value


def test_an_unknown_family(tmp_path: Path) -> None:
    path = publish(tmp_path, {"layers.0.weight": torch.ones(2, 2)}, {})
    error = refused(path)
    assert "no speech model that Paluku knows" in error.message
    assert "Moshi" in error.hint


def test_a_missing_tokenizer(tmp_path: Path) -> None:
    path = publish(tmp_path, random_weights(MOSHI), MOSHI)
    assert "tokenizer of moshi is missing" in refused(path).message
    assert "is missing" in refused(path, text=tmp_path / "no.model").message


def test_a_misshapen_tensor_is_named(tmp_path: Path) -> None:
    weights = random_weights(MOSHI)
    weights["transformer.layers.1.gating.linear_out.weight"] = torch.ones(64, 3)
    error = refused(publish(tmp_path, weights, MOSHI), text=make_tokenizer(tmp_path / "t.model"), device=CPU)
    assert "temporal.layers.1.feed_forward.sets.0.linear_out.weight is (64, 3)" in error.message


def test_a_missing_tensor_is_named(tmp_path: Path) -> None:
    weights = random_weights(MOSHI)
    del weights["linears.3.weight"]
    with pytest.raises(ModelError, match=r"missing: depth\.heads\.3\.weight"):
        open_speech(publish(tmp_path, weights, MOSHI)).load(CPU)


def test_what_is_larger_than_memory_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = publish(tmp_path, random_weights(MOSHI), MOSHI)
    memory = psutil.virtual_memory()._replace(available=100_000)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    stored = open_speech(path)
    monkeypatch.setattr(type(stored.weights), "__getitem__", lambda *_: pytest.fail("it was read"))
    with pytest.raises(ModelError, match=r"needs 0\.0 GB .*free \(cpu: 0\.0 GB\)"):
        stored.load()
    pickled = tmp_path / "model.pt"
    torch.save(random_weights(MOSHI), pickled)
    assert "piece by piece" in refused(pickled).hint


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"surprise": 1}, "has surprise"),
        ({"cross_attention": True}, "voice sample"),
        ({"norm": "batch"}, "cannot be followed"),
        ({"num_heads": 5}, "cannot be followed"),
        ({"delays": [0, 1]}, "cannot be followed"),
        ({"context": None}, "cannot be followed"),
    ],
)
def test_configs_that_cannot_be_followed(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    assert said in refused(publish(tmp_path, random_weights(MOSHI), {**MOSHI, **change})).message


def test_a_config_that_is_no_config(tmp_path: Path) -> None:
    path = publish(tmp_path, random_weights(MOSHI), MOSHI)
    for bad in ("[]", "{", "\x00"):
        (tmp_path / "config.json").write_text(bad)
        assert "config.json" in refused(path).message
    assert "cannot be read" in refused(path, config=tmp_path / "nothing.json").message
