"""The official DAC: its sizes, its config, and its weights read or refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from core.errors import ModelError
from core.nn.codecs.dac import Dac, DacConfig
from core.nn.codecs.dac_weights import DAC, fold_stored
from core.nn.codecs.model import CodecModel
from core.nn.conv import fold_weight_norm
from core.nn.reader import read_model
from tests.core.nn.codec_laws import pushed, random_weights, sound

TINY = DacConfig(encoder_dim=4, decoder_dim=32, n_codebooks=3, codebook_size=16, codebook_dim=4)


def test_sizes_of_the_release() -> None:
    with torch.device("meta"):
        folded, stored = Dac(DacConfig()), Dac(DacConfig(weight_norm=True))
    assert sum(p.numel() for p in folded.parameters()) == 74_141_697
    assert sum(p.numel() for p in stored.parameters()) == 74_175_906
    assert (len(folded.state_dict()), len(stored.state_dict())) == (238, 322)
    assert folded.spec.frame_rate == 50 and folded.spec.bitrate() == 6000 and not folded.spec.streaming


def test_whole_files_and_fewer_codebooks() -> None:
    codec = random_weights(Dac(TINY))
    pcm = sound(codec, 9, batch=2)
    codes, heard = pushed(codec, pcm, [9])
    assert codes.shape == (2, 3, 9) and heard.shape == pcm.shape
    fewer, _ = codec.encode(pcm, codec.encoder_state(2), 2)
    assert (fewer == codes[:, :2]).all()
    rough, _ = codec.decode(codes[:, :1], codec.decoder_state(2))
    assert rough.shape == pcm.shape and not torch.equal(rough, heard)


def test_weight_norm_folds_to_the_same_codec() -> None:
    codec = random_weights(Dac(replace(TINY, weight_norm=True)))
    pcm = sound(codec, 4)
    codes, heard = pushed(codec, pcm, [4])
    stored = dict(codec.state_dict())
    fold_weight_norm(codec)
    again, folded = pushed(codec, pcm, [4])
    assert (again == codes).all()
    torch.testing.assert_close(folded, heard, atol=1e-5, rtol=1e-4)
    weights = fold_stored(stored)
    assert weights.keys() == codec.state_dict().keys()
    for name, value in codec.state_dict().items():
        torch.testing.assert_close(weights[name], value)


def test_training_reaches_every_weight() -> None:
    codec = random_weights(Dac(replace(TINY, quantizer_dropout=0.0))).train()
    made = codec(sound(codec, 6))
    (made.pcm.square().mean() + sum(made.quantized.losses.values())).backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in codec.parameters())


def test_own_weights_come_back(tmp_path: Path) -> None:
    codec = random_weights(Dac(TINY))
    DAC.save(codec, TINY, tmp_path / "own.safetensors")
    read = read_model(tmp_path / "own.safetensors", [DAC])
    assert isinstance(read, Dac) and read.config == TINY
    assert all(torch.equal(value, read.state_dict()[name]) for name, value in codec.state_dict().items())


def published(codec: CodecModel | None = None) -> dict[str, torch.Tensor]:
    """Weights under the names of transformers, by a table that is not the reader's."""
    theirs = {}
    for name, value in (codec or random_weights(Dac(TINY))).state_dict().items():
        side, _, rest = name.partition(".")
        unit = {"encoder": {"0": 1, "1": 2, "2": 3}, "decoder": {"2": 1, "3": 2, "4": 3}}.get(side, {})
        match rest.split("."):
            case ["conv_in", "conv", leaf]:
                new = f"conv1.{leaf}"
            case ["conv_out", "conv", leaf]:
                new = f"conv2.{leaf}"
            case ["snake", leaf]:
                new = f"snake1.{leaf}"
            case ["blocks", b, u, "branch", i, *more] if u in unit:
                part = ("snake1", "conv1", "snake2", "conv2")[int(i)]
                new = f"block.{b}.res_unit{unit[u]}.{part}.{more[-1]}"
            case ["blocks", b, _, "alpha"]:
                new = f"block.{b}.snake1.alpha"
            case ["blocks", b, _, "conv", leaf]:
                new = f"block.{b}.{'conv1' if side == 'encoder' else 'conv_t1'}.{leaf}"
            case ["levels", k, *more]:
                new = f"quantizers.{k}.{'.'.join(more)}"
            case _:
                raise AssertionError(name)
        theirs[f"{side}.{new}"] = value[None] if new.endswith("alpha") else value
    return theirs


def test_published_weights_are_read_without_the_package(tmp_path: Path) -> None:
    written = random_weights(Dac(TINY))
    save_file(published(written), tmp_path / "w.safetensors")
    codec = read_model(tmp_path / "w.safetensors", [DAC])
    assert isinstance(codec, Dac)
    assert replace(codec.config, latent_dim=None) == TINY
    for name, value in written.state_dict().items():
        assert torch.equal(codec.state_dict()[name], value), name


@pytest.mark.parametrize("fault", ["missing", "extra", "misshapen", "no_codebooks", "half_a_weight_norm"])
def test_spoiled_weights_are_refused_by_name(tmp_path: Path, fault: str) -> None:
    weights = published()
    name = (
        "decoder.block.2.conv_t1.weight" if fault != "missing" else "encoder.block.1.res_unit2.snake1.alpha"
    )
    if fault == "missing":
        del weights[name]
        said = r"encoder\.blocks\.1\.1\.branch\.0\.alpha"
    elif fault == "extra":
        weights["decoder.block.2.melody"] = torch.zeros(1)
        said = "melody"
    elif fault == "misshapen":
        weights[name] = weights[name].transpose(0, 1).contiguous()
        said = r"decoder\.blocks\.2\.1\.conv\.weight"
    elif fault == "no_codebooks":
        for key in [key for key in weights if key.endswith("codebook.weight")]:
            del weights[key]
        said = "no model"
    else:
        weights["encoder.conv1.weight_g"] = torch.ones(4, 1, 1)
        said = r"direction of encoder\.conv_in\.conv"
    save_file(weights, tmp_path / "w.safetensors")
    with pytest.raises(ModelError, match=said):
        read_model(tmp_path / "w.safetensors", [DAC])


def test_impossible_configs() -> None:
    with pytest.raises(ModelError, match="320 samples, and the decoder 160"):
        DacConfig(decoder_rates=(4, 5, 4, 2))
    with pytest.raises(ModelError, match="cannot halve"):
        DacConfig(decoder_dim=1500)
    with pytest.raises(ModelError, match="rates of 1 or more"):
        DacConfig(encoder_rates=(), decoder_rates=())
    with pytest.raises(TypeError, match="encoder_rate"):
        DacConfig(encoder_rate=(2, 4))  # type: ignore[call-arg]
