"""DualCodec: the released sizes, the rules of its widths, and the live mode."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.codecs.dualcodec import DUALCODEC_12HZ_V1, DUALCODEC_25HZ_V1, DualCodec, DualCodecConfig
from core.nn.codecs.mel_features import MelFeatures, MelFeaturesConfig
from core.nn.codecs.w2vbert import load_w2vbert
from tests.core.nn.codec_laws import assert_streams, pushed, random_weights, sound

TINY = DualCodecConfig(
    encoder_dim=4, decoder_dim=32, n_codebooks=3, codebook_size=16, codebook_dim=4, semantic_codebook_size=32,
    semantic_codebook_dim=4, convnext_dim=12, convnext_layers=2, convnext_hidden=24, semantic_dim=64,
)  # fmt: skip
MEL = MelFeaturesConfig(dim=8, n_layers=1, n_mels=10, out_dim=64)
LIVE = replace(TINY, streaming=True, mel_features=MEL)


def live(config: DualCodecConfig = LIVE) -> DualCodec:
    codec = DualCodec(config)
    random_weights(codec)
    return codec


def test_sizes_of_the_releases() -> None:
    for config, folded, stored, tensors, bitrate in (
        (DUALCODEC_12HZ_V1, 83_982_353, 84_014_578, 420, 1225),
        (DUALCODEC_25HZ_V1, 102_256_129, 102_291_874, 392, 3100),
    ):
        with torch.device("meta"):
            plain, normed = DualCodec(config), DualCodec(replace(config, weight_norm=True))
        assert sum(p.numel() for p in plain.parameters()) == folded
        assert sum(p.numel() for p in normed.parameters()) == stored
        assert len(normed.state_dict()) == tensors
        assert plain.spec.bitrate() == bitrate and not plain.spec.streaming


@pytest.mark.parametrize("look_ahead", [0, 2])
def test_the_live_mode_streams(look_ahead: int) -> None:
    codec = live(replace(LIVE, look_ahead=look_ahead))
    assert codec.spec.streaming and codec.spec.delay_samples == look_ahead * 960
    assert_streams(codec)


def test_released_modes_look_both_ways() -> None:
    for config in TINY, replace(TINY, is_causal=False):
        codec = DualCodec(config)
        random_weights(codec)
        pcm, features = sound(codec, 10), torch.randn(1, 64, 20)
        codes, _ = codec.encode_with(pcm, features, codec.encoder_state(1))
        heard, _ = codec.decode(codes, codec.decoder_state(1))
        assert codes.shape == (1, 4, 10) and heard.shape == pcm.shape
        changed = features.clone()
        changed[..., 10:] = torch.randn(1, 64, 10)
        again, _ = codec.encode_with(pcm, changed, codec.encoder_state(1))
        same = (again[:, 0, :5] == codes[:, 0, :5]).all()
        assert bool(same) == config.is_causal  # only the semantic path is causal in the releases


def test_look_ahead_lets_the_decoder_hear_what_comes() -> None:
    """Sound of frame t comes `look_ahead` frames later, and depends on the frames that came meanwhile."""
    codec = live(replace(LIVE, look_ahead=2))
    codes = torch.randint(0, 16, (1, 4, 12))
    delay, size = codec.spec.delay_samples, codec.spec.format.frame_size

    def frame(codes: Tensor, t: int) -> Tensor:
        heard, _ = codec.decode(codes, codec.decoder_state(1))
        return heard[..., delay + t * size : delay + (t + 1) * size]

    for later, heard in ((1, True), (2, True), (3, False)):
        changed = codes.clone()
        changed[:, :, 5 + later] = (changed[:, :, 5 + later] + 1) % 16
        assert bool((frame(codes, 5) != frame(changed, 5)).any()) == heard, later


def test_training_hears_sound_at_its_own_time() -> None:
    codec = live(replace(LIVE, look_ahead=2, bypass_rate=0.0, quantizer_dropout=0.0))
    pcm = sound(codec, 8)
    with torch.no_grad():
        made = codec(pcm)
        codes, _ = codec.encode(pcm, codec.encoder_state(1))
        padded = torch.cat([codes, codes[..., :2]], -1)
        streamed, _ = codec.decode(padded, codec.decoder_state(1))
    assert (made.quantized.codes == codes).all()
    settled = slice(0, 960 * 6)  # the last frames see what comes after: nothing, or the padding
    torch.testing.assert_close(
        made.pcm[..., settled], streamed[..., 1920:][..., settled], atol=1e-5, rtol=1e-4
    )


def test_the_feature_is_subtracted_decoded_or_as_it_is() -> None:
    config = replace(LIVE, decode_semantic_for_codec=False, convnext_dim=64)
    codec = live(config)
    assert_streams(codec)
    made = codec.train()(sound(codec, 4))
    made.quantized.losses["semantic_features"].backward()
    assert any(p.grad is not None for p in codec.semantic_decoder.parameters())


def test_losses_and_the_bypass() -> None:
    codec = live(replace(LIVE, bypass_rate=0.0)).train()
    losses = codec(sound(codec, 4, batch=2)).quantized.losses
    acoustic = {"commitment", "codebook"}
    semantic = {"semantic_commitment", "semantic_codebook", "semantic_features"}
    assert losses.keys() == acoustic | semantic
    bypassed = live(replace(LIVE, bypass_rate=1.0)).train()
    assert bypassed(sound(codec, 4)).quantized.losses.keys() == semantic
    distilled = DualCodec(replace(LIVE, distill=True, distill_projection_out_dim=7))
    assert distilled.distill_head is not None and distilled.distill_head.project.out_features == 7


def test_features_are_asked_for(tmp_path: Path) -> None:
    codec = DualCodec(TINY)
    with pytest.raises(ModelError, match="needs semantic features"):
        codec.encode(sound(codec, 2), codec.encoder_state(1))
    with pytest.raises(ModelError, match="learns from semantic features"):
        codec(sound(codec, 2))
    with pytest.raises(ModelError, match="features make 5 frames where the sound makes 9"):
        codec.encode_with(sound(codec, 9), torch.zeros(1, 64, 10), codec.encoder_state(1))
    with pytest.raises(ModelError, match="not on this computer"):
        load_w2vbert(tmp_path, tmp_path / "stats.pt", 24_000)


def test_a_frame_more_or_less_of_features_is_trimmed() -> None:
    codec = DualCodec(TINY)
    random_weights(codec)
    for pooled, frames in ((8, 8), (11, 9)):
        codes, _ = codec.encode_with(sound(codec, 9), torch.zeros(1, 64, 2 * pooled), codec.encoder_state(1))
        assert codes.shape[-1] == frames


def test_mel_features_stream_and_see_the_past_only() -> None:
    features = MelFeatures(MelFeaturesConfig(dim=8, n_layers=2, n_mels=20, out_dim=6))
    codec = live()
    codes, _ = pushed(codec, sound(codec, 6), [6])
    assert codes.shape == (1, 4, 6)
    with pytest.raises(ModelError, match="whole frames of 480"):
        features(torch.zeros(1, 1, 500), features.initial_state(1))
    with pytest.raises(ModelError, match="do not fit"):
        MelFeaturesConfig(window=256)


def test_impossible_configs() -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        ({"encoder_dim": 32}, "latent is 512 wide, and what is subtracted from it 1024"),
        ({"latent_dim": 512}, "latent is 512 wide"),
        ({"decode_semantic_for_codec": False}, "what is subtracted from it 768"),
        ({"semantic_downsample_factor": 4}, "25 Hz and semantic ones at 12.5 Hz"),
        ({"decoder_rates": (8, 6, 5, 2)}, "960 samples, and the decoder 480"),
        ({"streaming": True, "is_causal": False}, "must be causal"),
        ({"look_ahead": 1}, "for a streaming DualCodec"),
        ({"streaming": True, "look_ahead": 7}, "between 0 and 6"),
        ({"mel_features": MEL}, "features of a DualCodec are"),
    ]
    for change, said in wrong:
        with pytest.raises(ModelError, match=said):
            replace(DUALCODEC_25HZ_V1, **change)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="is_casual"):
        DualCodecConfig(is_casual=True)  # type: ignore[call-arg]
