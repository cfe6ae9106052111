"""DualCodec against the `dualcodec` package, with random weights and no download."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from core.nn.codecs.dualcodec import DualCodec
from core.nn.codecs.dualcodec_weights import DUALCODEC
from core.nn.reader import read_model
from tests.core.nn.parity.packages import import_part
from tests.core.nn.parity.test_dac_parity import fill

pytestmark = [
    pytest.mark.parity,
    pytest.mark.filterwarnings("ignore:.*weight_norm:FutureWarning", "ignore:.*jit"),
]

TOOLS = ("audiotools", "audiotools.ml", "easydict")
SHAPE = {
    "encoder_dim": 4,
    "encoder_rates": [4, 5, 6, 8],
    "latent_dim": 1024,
    "decoder_dim": 64,
    "decoder_rates": [8, 6, 5, 4],
    "n_codebooks": 3,
    "codebook_size": 64,
    "semantic_codebook_size": 128,
    "codebook_dim": 4,
    "semantic_codebook_dim": 6,
    "sample_rate": 24_000,
    "convnext_layers": 2,
    "is_causal": True,
}
FRAMES = 19


def published(monkeypatch: pytest.MonkeyPatch, **change: object) -> nn.Module:
    package = import_part(monkeypatch, "dualcodec.model_codec.dualcodec_model", without=TOOLS)
    model: nn.Module = package.DualCodec(**{**SHAPE, **change}).eval()
    fill(model)
    return model


def read(theirs: nn.Module, folder: Path) -> DualCodec:
    save_file(
        {name: value.contiguous() for name, value in theirs.state_dict().items()},
        folder / "weights.safetensors",
    )
    model = read_model(folder / "weights.safetensors", [DUALCODEC])
    assert isinstance(model, DualCodec)
    return model


def test_codes_and_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    theirs = published(monkeypatch)
    model = read(theirs, tmp_path)
    generator = torch.Generator().manual_seed(5)
    loud = 2 * torch.rand(2, 1, FRAMES, generator=generator).repeat_interleave(960, dim=-1)
    pcm = loud * torch.randn(2, 1, 960 * FRAMES, generator=generator)
    features = torch.randn(2, 1024, 2 * FRAMES, generator=generator)
    pooled = torch.nn.functional.avg_pool1d(features, 2, 2)
    with torch.no_grad():
        semantic, acoustic = theirs.encode(pcm, semantic_repr=pooled)
        heard = theirs.decode_from_codes(semantic, acoustic)
        codes, _ = model.encode_with(pcm, features, model.encoder_state(2))
        ours, _ = model.decode(codes, model.decoder_state(2))
        short, _ = model.encode_with(pcm, features, model.encoder_state(2), 2)
        alone, _ = model.decode(codes[:, :1], model.decoder_state(2))
        theirs_alone = theirs.decode_from_codes(semantic, None)
    assert (codes == torch.cat([semantic, acoustic], dim=1)).all()
    assert (short == codes[:, :2]).all()
    assert len(semantic.unique()) > 15 and len(acoustic.unique()) > 15
    assert heard.std() > 0.01
    torch.testing.assert_close(ours[..., : heard.shape[-1]], heard, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(alone[..., : heard.shape[-1]], theirs_alone, atol=1e-5, rtol=1e-5)


def test_the_quantised_feature_is_subtracted_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """decode_semantic_for_codec = False: the one switch that the weights do not tell."""
    change = {"decode_semantic_for_codec": False, "convnext_dim": 1024, "convnext_layers": 1}
    theirs = published(monkeypatch, **change)
    told = read(theirs, tmp_path)
    model = DualCodec(replace(told.config, decode_semantic_for_codec=False)).eval()
    model.load_state_dict(told.state_dict())
    pcm = torch.randn(1, 1, 960 * 7)
    features = torch.randn(1, 1024, 14)
    with torch.no_grad():
        semantic, acoustic = theirs.encode(pcm, semantic_repr=torch.nn.functional.avg_pool1d(features, 2, 2))
        heard = theirs.decode_from_codes(semantic, acoustic)
        codes, _ = model.encode_with(pcm, features, model.encoder_state(1))
        ours, _ = model.decode(codes, model.decoder_state(1))
    assert (codes == torch.cat([semantic, acoustic], dim=1)).all()
    torch.testing.assert_close(ours[..., : heard.shape[-1]], heard, atol=1e-5, rtol=1e-5)
