"""The voice codec: pitch in its codes, two waveform decoders, live in any pieces."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from core.errors import ModelError
from core.nn.codecs.pitch_code import PitchCode, PitchCodeConfig
from core.nn.codecs.voice import VoiceCodec
from core.nn.codecs.voice_config import VOICE_50HZ, VOICE_PRESETS, VoiceConfig
from core.nn.pitch import PitchConfig, PitchTracker
from core.nn.source_filter import SourceFilterDecoder
from tests.core.nn.codec_laws import assert_streams, random_weights, sound


def tiny(name: str = "paluku-voice-transformer") -> VoiceConfig:
    return replace(
        VOICE_PRESETS[name],
        encoder_dim=8, encoder_layers=1, n_mels=12, n_filters=2, dim=16, n_layers=1, n_heads=2, hidden=16,
        context_seconds=0.3, codebook_sizes=(16, 64, 16, 16), codebook_dim=4, decoder_dim=12,
        decoder_hidden=16, decoder_blocks=1,
    )  # fmt: skip


def fresh(config: VoiceConfig) -> VoiceCodec:
    codec = VoiceCodec(config)
    table = codec.pitch_code.contours.embedding.clone() if codec.pitch_code else torch.zeros(0)
    random_weights(codec)
    if codec.pitch_code:
        codec.pitch_code.contours.embedding.copy_(table)
    return codec


@pytest.mark.parametrize("name", VOICE_PRESETS)
@pytest.mark.parametrize("codes_pitch", [True, False])
def test_streams(name: str, codes_pitch: bool) -> None:
    codec = fresh(replace(tiny(name), codes_pitch=codes_pitch))
    # a pitch that is found, not coded, differs in its last bit, and the phase of the pulses sums that up
    assert_streams(codec, atol=1e-5 if codes_pitch else 1e-4)


@pytest.mark.parametrize("name,millions", [
    ("paluku-voice-transformer", 9.29),
    ("paluku-voice-istft", 9.29),
    ("paluku-voice-24khz", 9.38),
    ("paluku-voice-12hz", 10.08),
    ("paluku-voice-seanet-12hz", 11.08),
])  # fmt: skip
def test_sizes(name: str, millions: float) -> None:
    with torch.device("meta"):
        codec = VoiceCodec(VOICE_PRESETS[name])
    assert round(sum(p.numel() for p in codec.parameters()) / 1e6, 2) == millions
    rate = 12.5 if "12hz" in name else 50
    assert codec.spec.frame_rate == rate and codec.spec.bitrate() == 81 * rate


def voiced(codec: VoiceCodec, hertz: float, seconds: float = 1.0) -> torch.Tensor:
    time = torch.arange(int(seconds * codec.config.sample_rate)) / codec.config.sample_rate
    return 0.05 * sum(torch.cos(2 * math.pi * hertz * k * time) for k in range(1, 12))[None, None]


def test_the_pitch_of_the_codes_is_the_pitch_of_the_sound() -> None:
    """Untrained: pitch goes its own way through the codes, to the pulses of the source-filter decoder."""
    codec = fresh(replace(tiny(), codebook_sizes=(16, 1024, 16)))
    assert isinstance(codec.decoder.waveform, SourceFilterDecoder)
    bins = codec.decoder.waveform.config.fourier.bins
    with torch.no_grad():  # flat envelopes, and little noise
        codec.decoder.waveform.envelope_proj.weight.zero_()
        codec.decoder.waveform.envelope_proj.bias[bins:] = -5.0
    tracker = PitchTracker(PitchConfig())
    for hertz in (95.0, 140.0, 233.0):
        codes, _ = codec.encode(voiced(codec, hertz), codec.encoder_state(1))
        assert codec.pitch_code is not None
        coded = codec.pitch_code.decode(codes[:, 1:2])
        torch.testing.assert_close(coded[0, 0, 30:], torch.full((70,), hertz), rtol=5e-3, atol=0)
        heard, _ = codec.decode(codes, codec.decoder_state(1))
        found, _ = tracker(heard, tracker.initial_state(1))
        assert abs(float(found[0, 0, 30:].detach().median()) - hertz) < 0.02 * hertz


@pytest.mark.parametrize("steps", [1, 2, 8])
def test_pitch_codes_there_and_back(steps: int) -> None:
    code = PitchCode(PitchCodeConfig(steps=steps)).eval()
    pitch = torch.tensor([0.0, 61.0, 87.0, 0.0, 211.0, 495.0]).repeat_interleave(steps)[None, None]
    codes = code.encode(pitch)
    assert codes.shape == (1, 1, 6)
    back = code.decode(codes)
    torch.testing.assert_close(back, pitch, rtol=3e-3, atol=0)
    made = code.train()(pitch)
    assert made.codes.shape == (1, 1, 6) and made.quantized.shape == pitch.shape
    with pytest.raises(ModelError, match="cannot be coded"):
        PitchCodeConfig(steps=0)


def test_one_codebook_is_enough_to_decode() -> None:
    codec = fresh(tiny())
    codes, _ = codec.encode(sound(codec, 6), codec.encoder_state(1))
    for kept in (1, 2, 3):
        heard, _ = codec.decode(codes[:, :kept], codec.decoder_state(1))
        assert heard.shape[-1] == 6 * 320 and torch.isfinite(heard).all()
    fewer, _ = codec.encode(sound(codec, 6), codec.encoder_state(1), 2)
    assert (fewer == codes[:, :2]).all()


@pytest.mark.parametrize("decoder", ["source_filter", "istft"])
def test_training_is_on_time_and_reaches_every_weight(decoder: str) -> None:
    codec = fresh(replace(tiny(), decoder=decoder, quantizer_dropout=0.0, kmeans_iterations=0))  # type: ignore[arg-type]
    pcm = voiced(codec, 140.0) + 0.01 * torch.randn(1, 1, 16_000)
    with torch.no_grad():
        codes, _ = codec.encode(pcm, codec.encoder_state(1))
        streamed, _ = codec.decode(codes, codec.decoder_state(1))
        made = codec(pcm)
    assert (made.quantized.codes == codes).all()
    late = codec.spec.delay_samples
    assert late == 480 + 480
    torch.testing.assert_close(made.pcm[..., :-late], streamed[..., late:], atol=1e-4, rtol=1e-3)
    codec.train()
    made = codec(pcm)
    (made.pcm.square().mean() + sum(made.quantized.losses.values())).backward()
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in codec.parameters())


def test_impossible_configs() -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        ({"feature_rate": 90}, "do not fit"),
        ({"attention_rate": 100}, "50 at most"),
        ({"n_heads": 3}, "heads of even width"),
        ({"codebook_sizes": (16, 16)}, "one acoustic codebook"),
        ({"look_ahead": -1}, "negative"),
        ({"encoder": "seanet", "ratios": (8, 5, 4)}, "do not make 50 frames"),
    ]
    for change, said in wrong:
        with pytest.raises(ModelError, match=said):
            replace(VOICE_50HZ, **change)  # type: ignore[arg-type]
