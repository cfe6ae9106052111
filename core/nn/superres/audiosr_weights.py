"""AudioSR's published weights (basic and speech), and a global part on top of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.checkpoint import Shapes, Weights, open_weights, write_weights
from core.nn.reader import Layout, Reader
from core.nn.superres.audiosr import AudioSr, AudioSrConfig
from core.nn.superres.global_encoder import GlobalEncoderConfig
from core.nn.superres.spatial_transformer import GlobalContext
from core.nn.superres.unet import UNetConfig
from core.nn.superres.vae import VaeConfig
from core.nn.superres.vocoder import VocoderConfig

_UNET, _VAE, _CONDITION = "model.diffusion_model.", "first_stage_model.", "cond_stage_models.0.vae."
_FOLDING = ("encoder.", "quant_conv.")
_GLOBAL_FILE = "audiosr-global"

# A released file holds more than is used: averaged weights, a text model, a second vocoder, schedules.


def _is_released(shapes: Shapes) -> bool:
    return {
        f"{_UNET}time_embed.0.weight",
        f"{_VAE}post_quant_conv.weight",
        f"{_VAE}vocoder.conv_pre.weight",
        "scale_factor",
    } <= set(shapes)


def _from_released(weights: Weights) -> tuple[AudioSrConfig, dict[str, Tensor]]:
    ours = {"scale_factor": weights["scale_factor"].float().reshape(())}
    for name in weights:
        if name.startswith(_UNET):
            ours[f"unet.{name.removeprefix(_UNET)}"] = weights[name]
        elif name.startswith(f"{_VAE}vocoder."):
            ours[name.removeprefix(_VAE)] = weights[name]
        elif name.startswith(_VAE) and name.removeprefix(_VAE).startswith(
            (*_FOLDING, "decoder.", "post_quant_conv.")
        ):
            ours.setdefault(f"vae.{name.removeprefix(_VAE)}", weights[name])
        elif name.startswith(_CONDITION) and name.removeprefix(_CONDITION).startswith(_FOLDING):
            # polishing folds only conditions, and these are the weights that the release folds them with
            ours[f"vae.{name.removeprefix(_CONDITION)}"] = weights[name]
    return _told_config(ours), ours


def _told_config(ours: Weights) -> AudioSrConfig:
    """The config that the shapes tell."""
    return AudioSrConfig(unet=_told_unet(ours), vae=_told_vae(ours), vocoder=_told_vocoder(ours))


def _told_unet(ours: Weights) -> UNetConfig:
    first = _seen(ours, "unet.input_blocks.0.0.weight")
    width = first.shape[0]
    mults: list[int] = []
    blocks_per_level = 0
    factors: list[int] = []
    factor = 1
    for number in _numbers(ours, "unet.input_blocks.{}.0.", start=1):
        block = f"unet.input_blocks.{number}"
        if f"{block}.0.op.weight" in ours:
            factor *= 2
            continue
        mult = _seen(ours, f"{block}.0.in_layers.2.weight").shape[0] // width
        if 2 ** len(mults) == factor:
            mults.append(mult)
        if factor == 1:
            blocks_per_level += 1
        if f"{block}.1.norm.weight" in ours and factor not in factors:
            factors.append(factor)
    return UNetConfig(
        in_channels=first.shape[1],
        out_channels=_seen(ours, "unet.out.2.weight").shape[0],
        model_channels=width,
        channel_mult=tuple(mults),
        num_res_blocks=blocks_per_level,
        attention_factors=tuple(reversed(factors)),
    )


def _told_vae(ours: Weights) -> VaeConfig:
    channels = _seen(ours, "vae.encoder.conv_in.weight").shape[0]
    levels = list(_numbers(ours, "vae.encoder.down.{}."))
    return VaeConfig(
        channels=channels,
        channel_mult=tuple(
            _seen(ours, f"vae.encoder.down.{level}.block.0.conv1.weight").shape[0] // channels
            for level in levels
        ),
        num_res_blocks=len(list(_numbers(ours, "vae.encoder.down.0.block.{}."))),
        z_channels=_seen(ours, "vae.post_quant_conv.weight").shape[0],
    )


def _told_vocoder(ours: Weights) -> VocoderConfig:
    first = _seen(ours, "vocoder.conv_pre.weight")
    kernels = [
        _seen(ours, f"vocoder.ups.{stage}.weight").shape[2] for stage in _numbers(ours, "vocoder.ups.{}.")
    ]
    blocks = list(_numbers(ours, "vocoder.resblocks.{}."))
    return VocoderConfig(
        n_mels=first.shape[1],
        channels=first.shape[0],
        rates=tuple(kernel // 2 for kernel in kernels),  # each kernel of the released model is twice its rate
        kernels=tuple(kernels),
        block_kernels=tuple(
            _seen(ours, f"vocoder.resblocks.{block}.convs1.0.weight").shape[2]
            for block in blocks[: len(blocks) // max(1, len(kernels))]
        ),
    )


def _numbers(ours: Weights, pattern: str, start: int = 0) -> Iterator[int]:
    """The numbers, from `start` without a gap, for which there are weights."""
    number = start
    while any(name.startswith(pattern.format(number)) for name in ours):
        yield number
        number += 1


def _seen(ours: Weights, name: str) -> Tensor:
    if name not in ours:
        raise ModelError(f"The weights of AudioSR lack {name}.", "The file may be cut or changed.")
    return ours[name]


AUDIOSR = Reader(
    "audiosr",
    AudioSrConfig,
    AudioSr,
    (Layout("released", _is_released, _from_released),),
)


def with_global_part(
    base: AudioSr, context: GlobalContext = "sequence", encoder: GlobalEncoderConfig | None = None
) -> AudioSr:
    """The same nets with an untrained global part, which changes nothing until it is trained."""
    config = base.config
    heard = encoder or GlobalEncoderConfig(n_mels=config.vocoder.n_mels, context_dim=config.unet.context_dim)
    model = AudioSr(replace(config, unet=replace(config.unet, global_context=context), global_encoder=heard))
    model.load_state_dict(base.state_dict(), strict=False)  # what is missing is the global part
    return model.eval()


def global_part(model: AudioSr) -> dict[str, Tensor]:
    """The weights, and running means, that the global conditioning adds."""
    return {name: value for name, value in model.state_dict().items() if _is_global(name)}


def save_global_part(model: AudioSr, path: Path) -> None:
    """Write only what was trained; the base stays its own file."""
    write_weights(path, global_part(model), {"paluku.model": _GLOBAL_FILE})


def load_global_part(model: AudioSr, path: Path) -> None:
    """Put a trained global part on top of a model that was made with `with_global_part`."""
    file = open_weights(path)
    if file.metadata.get("paluku.model") != _GLOBAL_FILE:
        raise ModelError(f"{path.name} holds no global part of AudioSR.")
    wanted: Mapping[str, torch.Size] = {name: value.shape for name, value in global_part(model).items()}
    if {name: tuple(shape) for name, shape in wanted.items()} != dict(file.shapes):
        raise ModelError(
            f"The global part in {path.name} does not fit these nets.", "It was trained on another base."
        )
    model.load_state_dict(dict(file), strict=False)


def _is_global(name: str) -> bool:
    return name.startswith("global_encoder.") or ".global_proj." in name or ".global_attn." in name
