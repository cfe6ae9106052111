"""AudioSR's nets against the public `audiosr` package, with random weights and no download."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from core.nn.reader import read_model
from core.nn.superres.audiosr import AudioSr, AudioSrConfig
from core.nn.superres.audiosr_weights import AUDIOSR
from core.nn.superres.mel import MelConfig, mel_filters
from core.nn.superres.unet import UNet, UNetConfig
from core.nn.superres.vae import Vae, VaeConfig
from core.nn.superres.vocoder import Vocoder, VocoderConfig
from tests.core.nn.parity.packages import import_part

pytestmark = [
    pytest.mark.parity,
    pytest.mark.filterwarnings(
        "ignore:.*weight_norm:FutureWarning", "ignore:.*weight_norm:DeprecationWarning"
    ),
]

UNET = UNetConfig(model_channels=32, channel_mult=(1, 2, 3), num_res_blocks=1, attention_factors=(4, 2))
VAE = VaeConfig(channels=32, channel_mult=(1, 2, 4), num_res_blocks=1)
VOCODER = VocoderConfig(channels=64, rates=(6, 5, 2), kernels=(12, 10, 4), block_kernels=(3, 5))

# Imported by the package's modules beside what is compared here
TOOLS = ("PIL",)


def scatter(model: nn.Module) -> None:
    """Random numbers everywhere: what starts at zero would hide all that lies before it."""
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for value in model.parameters():
            scale = 0.7 / value[0].numel() ** 0.5 if value.dim() > 1 else 0.1
            value.normal_(0, scale, generator=generator)
            if value.dim() == 1:
                value += 0.5


def their_unet(monkeypatch: pytest.MonkeyPatch) -> nn.Module:
    part = import_part(
        monkeypatch, "audiosr.latent_diffusion.modules.diffusionmodules.openaimodel", without=TOOLS
    )
    model: nn.Module = part.UNetModel(
        image_size=64,
        in_channels=UNET.in_channels,
        out_channels=UNET.out_channels,
        model_channels=UNET.model_channels,
        attention_resolutions=list(UNET.attention_factors),
        num_res_blocks=UNET.num_res_blocks,
        channel_mult=list(UNET.channel_mult),
        num_head_channels=UNET.num_head_channels,
        extra_sa_layer=True,
        use_spatial_transformer=True,
        transformer_depth=1,
    )
    scatter(model)
    return model.eval()


def their_halves(monkeypatch: pytest.MonkeyPatch) -> nn.ModuleDict:
    """Encoder, decoder and the two convolutions between them, as the package's autoencoder holds them."""
    part = import_part(monkeypatch, "audiosr.latent_diffusion.modules.diffusionmodules.model", without=TOOLS)
    options = {
        "double_z": True,
        "z_channels": VAE.z_channels,
        "resolution": 64,
        "in_channels": 1,
        "out_ch": 1,
        "ch": VAE.channels,
        "ch_mult": list(VAE.channel_mult),
        "num_res_blocks": VAE.num_res_blocks,
        "attn_resolutions": [],
    }
    model = nn.ModuleDict(
        {
            "encoder": part.Encoder(**options),
            "decoder": part.Decoder(**options),
            "quant_conv": nn.Conv2d(2 * VAE.z_channels, 2 * VAE.z_channels, 1),
            "post_quant_conv": nn.Conv2d(VAE.z_channels, VAE.z_channels, 1),
        }
    )
    scatter(model)
    return model.eval()


def their_vocoder(monkeypatch: pytest.MonkeyPatch) -> nn.Module:
    part = import_part(monkeypatch, "audiosr.hifigan.models", without=TOOLS)

    class Settings:
        num_mels = VOCODER.n_mels
        upsample_initial_channel = VOCODER.channels
        upsample_rates = VOCODER.rates
        upsample_kernel_sizes = VOCODER.kernels
        resblock_kernel_sizes = VOCODER.block_kernels
        resblock_dilation_sizes = (VOCODER.dilations,) * len(VOCODER.block_kernels)

    model: nn.Module = part.Generator(Settings())
    model.remove_weight_norm()
    scatter(model)
    return model.eval()


def close(ours: Tensor, theirs: Tensor) -> None:
    assert float(theirs.abs().max()) > 1e-2, "a silent comparison proves nothing"
    torch.testing.assert_close(ours, theirs, atol=1e-4, rtol=1e-4)


def test_unet(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, ours = their_unet(monkeypatch), UNet(UNET).eval()
    ours.load_state_dict(theirs.state_dict())  # the same keys and shapes
    x, steps = torch.randn(2, 32, 16, 8), torch.tensor([3, 950])
    with torch.no_grad():
        close(ours(x, steps), theirs(x, steps, context_list=[], context_attn_mask_list=[]))


def test_vae(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, ours = their_halves(monkeypatch), Vae(VAE).eval()
    ours.load_state_dict(theirs.state_dict())
    picture = torch.randn(2, 1, 32, 64)
    with torch.no_grad():
        mean = theirs["quant_conv"](theirs["encoder"](picture)).chunk(2, dim=1)[0]
        close(ours.encode(picture), mean)
        close(ours.decode(mean), theirs["decoder"](theirs["post_quant_conv"](mean)))


def test_vocoder(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, ours = their_vocoder(monkeypatch), Vocoder(VOCODER).eval()
    ours.load_state_dict(theirs.state_dict())
    mel = torch.randn(2, VOCODER.n_mels, 20)
    with torch.no_grad():
        sound = theirs(mel)
        assert sound.shape[-1] > 20 * VOCODER.hop, "the odd rate makes a few samples more"
        close(ours(mel), sound[..., : 20 * VOCODER.hop])


def test_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.nn.superres.ddim import Schedule

    part = import_part(monkeypatch, "audiosr.latent_diffusion.modules.diffusionmodules.util", without=TOOLS)
    betas = part.make_beta_schedule("cosine", 1000)
    alphas = torch.cumprod(1 - torch.from_numpy(betas), 0)
    torch.testing.assert_close(Schedule().alphas, alphas)
    steps = part.make_ddim_timesteps("uniform", 50, 1000, verbose=False)
    sigmas, now, before = part.make_ddim_sampling_parameters(alphas.numpy(), steps, 1.0, verbose=False)
    for step, plan in zip(steps, reversed(Schedule().plan(50, eta=1.0)), strict=True):
        index = list(steps).index(step)
        assert plan.step == step
        assert plan.alpha == pytest.approx(now[index])
        assert plan.alpha_before == pytest.approx(before[index])
        assert plan.sigma == pytest.approx(sigmas[index], abs=1e-9)


def test_mel_filters() -> None:
    tools = pytest.importorskip("transformers.audio_utils")
    config = MelConfig()
    theirs = tools.mel_filter_bank(1025, 256, 20.0, 24_000.0, 48_000, norm="slaney", mel_scale="slaney")
    torch.testing.assert_close(mel_filters(config).double(), torch.from_numpy(theirs.T), atol=1e-6, rtol=1e-4)


def test_the_released_checkpoint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file laid out as the released one becomes the same nets, whatever else lies in it."""
    unet, vae, vocoder = their_unet(monkeypatch), their_halves(monkeypatch), their_vocoder(monkeypatch)
    state: dict[str, Tensor] = {"scale_factor": torch.tensor(0.25), "betas": torch.zeros(1000)}
    state |= {f"model.diffusion_model.{name}": value for name, value in unet.state_dict().items()}
    state |= {f"model_ema.{name.replace('.', '')}": value for name, value in unet.state_dict().items()}
    for prefix in ("first_stage_model", "cond_stage_models.0.vae"):
        state |= {f"{prefix}.{name}": value for name, value in vae.state_dict().items()}
        state |= {f"{prefix}.vocoder.{name}": value for name, value in vocoder.state_dict().items()}
    torch.save({"state_dict": state, "epoch": 3}, tmp_path / "pytorch_model.bin")

    model = read_model(tmp_path / "pytorch_model.bin", [AUDIOSR])
    assert isinstance(model, AudioSr)
    assert model.config == AudioSrConfig(unet=UNET, vae=VAE, vocoder=VOCODER)
    assert float(model.scale_factor) == 0.25
    x, steps = torch.randn(1, 32, 16, 8), torch.tensor([500])
    with torch.no_grad():
        close(model.unet(x, steps), unet(x, steps, context_list=[], context_attn_mask_list=[]))
    AUDIOSR.save(model, model.config, tmp_path / "audiosr.safetensors")
    again = read_model(tmp_path / "audiosr.safetensors", [AUDIOSR])
    assert isinstance(again, AudioSr) and again.config == model.config
