"""DAC against the two public implementations, with random weights and no download."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from core.nn.codecs.dac import Dac, DacConfig
from core.nn.codecs.dac_weights import DAC
from core.nn.reader import read_model
from tests.core.nn.parity.packages import import_part

pytestmark = [
    pytest.mark.parity,
    pytest.mark.filterwarnings("ignore:.*weight_norm:FutureWarning", "ignore:.*jit"),
]

SMALL = DacConfig(encoder_dim=8, decoder_dim=96, n_codebooks=5, codebook_size=64, codebook_dim=4)


def fill(model: nn.Module) -> None:
    """Random numbers where initialisation leaves one value, or so little that nothing comes through."""
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith("alpha"):
                value.uniform_(0.5, 2.0, generator=generator)
            elif name.endswith("weight_g"):
                value.uniform_(0.5, 0.8, generator=generator)
            elif name.endswith("bias"):
                value.normal_(0, 0.02, generator=generator)
            elif name.endswith("codebook.weight"):
                value.normal_(0, 1, generator=generator)
            elif value.dim() == 3:
                value.normal_(0, 0.65 / math.sqrt(value[0].numel()), generator=generator)


def ours(weights: dict[str, Tensor], folder: Path) -> Dac:
    """What Paluku makes of the weights as they would lie in a file."""
    save_file({name: value.contiguous() for name, value in weights.items()}, folder / "weights.safetensors")
    model = read_model(folder / "weights.safetensors", [DAC])
    assert isinstance(model, Dac)
    assert replace(model.config, quantizer_dropout=0.5, latent_dim=None) == SMALL
    return model


def sound() -> Tensor:
    """Noise that is now loud, now soft, so that its frames differ."""
    generator = torch.Generator().manual_seed(7)
    loudness = 3 * torch.rand(2, 1, 46, generator=generator).square().repeat_interleave(160, dim=-1)
    return loudness * torch.randn(2, 1, 320 * 23, generator=generator)


def test_transformers(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="the transformers package is not installed")
    config = transformers.DacConfig(
        encoder_hidden_size=SMALL.encoder_dim,
        downsampling_ratios=list(SMALL.encoder_rates),
        decoder_hidden_size=SMALL.decoder_dim,
        upsampling_ratios=list(SMALL.decoder_rates),
        n_codebooks=SMALL.n_codebooks,
        codebook_size=SMALL.codebook_size,
        codebook_dim=SMALL.codebook_dim,
        sampling_rate=SMALL.sample_rate,
    )
    theirs = transformers.DacModel(config).eval()
    fill(theirs)
    model = ours(theirs.state_dict(), tmp_path)
    x = sound()
    with torch.no_grad():
        latent = theirs.encoder(x)
        codes = theirs.encode(x).audio_codes
        heard = theirs.decode(audio_codes=codes).audio_values
        compare(model, x, latent, codes, heard)


def test_descript(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    theirs = descript_model(monkeypatch)
    fill(theirs)
    weights = dict(theirs.state_dict())
    assert "encoder.block.0.weight_g" in weights
    model = ours(weights, tmp_path)
    x = sound()
    with torch.no_grad():
        latent = theirs.encoder(x)
        codes = theirs.quantizer(latent)[1]
        heard = theirs.decoder(theirs.quantizer.from_codes(codes)[0])[:, 0]
        compare(model, x, latent, codes, heard)


def compare(model: Dac, x: Tensor, latent: Tensor, codes: Tensor, heard: Tensor) -> None:
    ours_latent, _ = model.encoder(x, model.encoder_state(2))
    torch.testing.assert_close(ours_latent, latent, atol=1e-5, rtol=1e-5)
    ours_codes, _ = model.encode(x, model.encoder_state(2))
    assert (ours_codes == codes).all()
    assert len(codes.unique()) > 30  # the comparison would be empty if few codes were in use
    ours_heard, _ = model.decode(codes, model.decoder_state(2))
    assert ours_heard.shape[-1] == x.shape[-1]
    assert heard.std() > 0.01
    torch.testing.assert_close(ours_heard[:, 0, : heard.shape[-1]], heard, atol=1e-5, rtol=1e-5)


def descript_model(monkeypatch: pytest.MonkeyPatch) -> nn.Module:
    dac = import_part(monkeypatch, "dac.model.dac", without=("audiotools", "audiotools.ml"))
    return dac.DAC(
        encoder_dim=SMALL.encoder_dim,
        encoder_rates=list(SMALL.encoder_rates),
        decoder_dim=SMALL.decoder_dim,
        decoder_rates=list(SMALL.decoder_rates),
        n_codebooks=SMALL.n_codebooks,
        codebook_size=SMALL.codebook_size,
        codebook_dim=SMALL.codebook_dim,
        sample_rate=SMALL.sample_rate,
    ).eval()
