"""Counted work against torch's own counter, and against the reference table."""

from __future__ import annotations

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from core.nn.codecs.jodio import Jodio
from core.nn.codecs.model import CodecModel
from core.nn.codecs.presets import build
from core.nn.codecs.voice import VoiceCodec
from core.nn.macs import codec_macs, count_macs, search_macs
from tests.core.nn.test_dualcodec import live
from tests.core.nn.test_jodio import tiny as tiny_jodio
from tests.core.nn.test_telugu import TeluguCodec
from tests.core.nn.test_telugu import tiny as tiny_telugu
from tests.core.nn.test_voice import tiny as tiny_voice


def small_codecs() -> list[CodecModel]:
    names = "telugu-200hz", "telugu-hybrid-50hz", "telugu-hybrid-12hz"
    voices = [
        VoiceCodec(tiny_voice(name)) for name in ("paluku-voice-transformer", "paluku-voice-seanet-12hz")
    ]
    return [*(TeluguCodec(tiny_telugu(name)) for name in names), tiny_jodio(), live(), *voices]


@pytest.mark.parametrize("frames", [1, 40])
def test_within_two_percent_of_torch(frames: int) -> None:
    for codec in small_codecs():
        codec.eval()
        pcm = torch.randn(1, 1, frames * codec.spec.format.frame_size)

        def there_and_back(codec: CodecModel = codec, pcm: torch.Tensor = pcm) -> None:
            codes, _ = codec.encode(pcm, codec.encoder_state(1))
            codec.decode(codes, codec.decoder_state(1))

        # the fused kernel of a CPU is unknown to torch's counter
        with torch.no_grad(), sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
            there_and_back()
        ours = count_macs(codec, there_and_back).total() + frames * search_macs(codec)
        assert ours == pytest.approx(counter.get_total_flops() / 2, rel=0.02)


@pytest.mark.parametrize(
    "name,encode,decode",  # multiply-accumulates a second, in thousand millions
    [
        ("mimi", 2.02 + 0.63 + 0.05 + 0.21, 2.06 + 0.63 + 0.05),  # attention to 10 s, 32 codebooks
        ("dac-16khz", 12.3, 27.8),
        ("telugu-200hz", 21, 48),
        ("telugu-50hz", 12.3, 27.8),
        ("jodio", 245 + 32.5 + 3.5, 245 + 32.5),  # as printed, longer resamplers, 22 layers
    ],
)
def test_the_reference_table(name: str, encode: float, decode: float) -> None:
    macs = codec_macs(build(name, "meta"))
    assert macs.encode / 1e9 == pytest.approx(encode, rel=0.02)
    assert macs.decode / 1e9 == pytest.approx(decode, rel=0.02)


def test_hooks_are_taken_away_and_names_are_kept() -> None:
    codec = tiny_jodio().eval()
    assert isinstance(codec, Jodio)
    counts = count_macs(codec, lambda: codec.encode(torch.zeros(1, 1, 1920), codec.encoder_state(1)))
    assert counts["encoder.0.conv"] == 1920 * 8 * 3
    assert not any(module._forward_hooks for module in codec.modules())
