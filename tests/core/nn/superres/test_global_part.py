"""The global part: silent until trained, and what its two contexts can and cannot say."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from core.errors import ModelError
from core.nn.superres.audiosr import AudioSr
from core.nn.superres.audiosr_weights import load_global_part, save_global_part, with_global_part
from core.nn.superres.global_encoder import GlobalAudioEncoder
from core.nn.superres.spatial_transformer import GlobalConditionedSpatialTransformer, GlobalContext
from tests.core.nn.superres.tiny_nets import CONFIG, ENCODER, FRAMES, scatter, tiny_audiosr


def said(model: AudioSr) -> torch.Tensor:
    """What the UNet says of fixed inputs, with the context that the model would give it."""
    generator = torch.Generator().manual_seed(1)
    mel = torch.randn(2, 64, FRAMES, generator=generator)
    latent = torch.randn(2, 4, FRAMES // 2, 32, generator=generator)
    with torch.no_grad():
        return model.velocity(latent, torch.tensor([10, 700]), latent, model.context(mel))


@pytest.mark.parametrize("context", ["sequence", "pooled"])
def test_untrained_it_changes_nothing_to_the_last_digit(context: GlobalContext) -> None:
    base = tiny_audiosr()
    assert torch.equal(said(with_global_part(base, context, ENCODER)), said(base))


@pytest.mark.parametrize("context", ["sequence", "pooled"])
def test_trained_it_changes_something(context: GlobalContext) -> None:
    base = tiny_audiosr()
    model = with_global_part(base, context, ENCODER)
    for module in model.modules():
        if isinstance(module, GlobalConditionedSpatialTransformer):
            torch.nn.init.normal_(module.global_attn.out_proj.weight, std=0.3)
    assert not torch.allclose(said(model), said(base))


def test_one_key_tells_every_place_the_same() -> None:
    """Why the sequence is the default: attention onto a single key has nothing to choose."""
    transformer = GlobalConditionedSpatialTransformer(32, 2, 8)
    torch.nn.init.normal_(transformer.global_attn.out_proj.weight)
    heard = []
    transformer.norm.register_forward_hook(lambda module, inputs, output: heard.append(inputs[0]))
    x = torch.randn(1, 32, 4, 3)
    with torch.no_grad():
        for context in (torch.randn(1, 8), torch.randn(1, 5, 8)):
            transformer(x, context)
    pooled, sequence = (after - x for after in heard)
    assert torch.allclose(pooled, pooled[..., :1, :1].expand_as(pooled), atol=1e-5)
    assert not torch.allclose(sequence, sequence[..., :1, :1].expand_as(sequence), atol=1e-3)


def test_encoder_answers_twice() -> None:
    encoder = GlobalAudioEncoder(ENCODER).eval()
    pooled, sequence = encoder(torch.randn(2, 1, 64, 40))
    assert pooled.shape == (2, 128) and sequence.shape == (2, 40, 128)
    with pytest.raises(ValueError, match="65 frames"):
        encoder(torch.randn(1, 1, 64, 65))


def test_it_is_kept_in_a_file_of_its_own(tmp_path: Path) -> None:
    trained = with_global_part(tiny_audiosr(), "sequence", ENCODER)
    scatter(trained)
    save_global_part(trained, tmp_path / "global.safetensors")
    fresh = with_global_part(tiny_audiosr(), "sequence", ENCODER)
    load_global_part(fresh, tmp_path / "global.safetensors")
    for ours, theirs in zip(fresh.global_parameters(), trained.global_parameters(), strict=True):
        assert torch.equal(ours, theirs)
    other = with_global_part(tiny_audiosr(), "sequence", type(ENCODER)(n_mels=64, hidden_dim=64))
    with pytest.raises(ModelError, match="does not fit"):
        load_global_part(other, tmp_path / "global.safetensors")


def test_parts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ModelError, match="global encoder"):
        type(CONFIG)(unet=CONFIG.unet, vae=CONFIG.vae, vocoder=CONFIG.vocoder, global_encoder=ENCODER)
    with pytest.raises(ModelError, match="latents differ"):
        type(CONFIG)(unet=CONFIG.unet, vocoder=CONFIG.vocoder)
