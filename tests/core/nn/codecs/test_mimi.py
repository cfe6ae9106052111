from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import torch
from torch import nn

from core.errors import ModelError
from core.nn.checkpoint import write_weights
from core.nn.codecs.mimi import Mimi, MimiConfig
from core.nn.codecs.mimi_weights import MIMI
from core.nn.reader import read_model
from core.nn.state import total_bytes
from tests.core.nn.codecs.tiny_mimi import TINY, as_moshi, tiny_mimi
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole

FRAME = TINY.frame_size


def count(module: nn.Module) -> int:
    return sum(weight.numel() for weight in module.parameters())


def test_parameters_of_the_released_mimi() -> None:
    with torch.device("meta"):
        mimi = Mimi(MimiConfig())
    assert count(mimi) == 79_308_609
    assert count(mimi.encoder.seanet) == 12_628_256
    assert count(mimi.decoder.seanet) == 14_724_641
    assert count(mimi.encoder.transformer) == count(mimi.decoder.transformer) == 25_190_400
    assert count(mimi.quantizer) == 524_288
    assert count(mimi.encoder.downsample) == 1_048_576
    assert count(mimi.decoder.upsample) == 2_048
    codes = [value for name, value in mimi.state_dict().items() if name.endswith(".embedding")]
    assert sum(table.numel() for table in codes) == 32 * 2048 * 256


def test_spec_of_the_released_mimi() -> None:
    with torch.device("meta"):
        spec = Mimi(MimiConfig(n_codebooks=8)).spec
    assert (spec.format.sample_rate, spec.format.frame_size, spec.frame_rate) == (24_000, 1920, 12.5)
    assert spec.codebook_sizes == (2048,) * 8
    assert spec.bitrate() == pytest.approx(1100)


def test_encoder_and_decoder_stream() -> None:
    mimi = tiny_mimi()
    pcm = 0.3 * torch.randn(2, 1, 12 * FRAME)
    cuts = [[FRAME] * 12, [3 * FRAME, FRAME, 5 * FRAME]]
    assert_pieces_equal_whole(mimi.encoder, pcm, cuts)
    assert_causal(mimi.encoder, pcm, frame=FRAME)
    latent = torch.randn(2, 64, 12)
    assert_pieces_equal_whole(mimi.decoder, latent, [[1] * 12, [4, 1, 6]])
    assert_causal(mimi.decoder, latent)


@pytest.mark.parametrize("n_codebooks", [1, 2, 5])
def test_any_number_of_codebooks(n_codebooks: int) -> None:
    mimi = tiny_mimi()
    pcm = 0.3 * torch.randn(1, 1, 4 * FRAME)
    with torch.no_grad():
        codes, _ = mimi.encode(pcm, mimi.encoder_state(1), n_codebooks)
        heard, _ = mimi.decode(codes, mimi.decoder_state(1))
        everything, _ = mimi.encode(pcm, mimi.encoder_state(1))
    assert codes.shape == (1, n_codebooks, 4)
    assert torch.equal(codes, everything[:, :n_codebooks])
    assert heard.shape == pcm.shape


def test_a_mimi_with_one_codebook_can_be_built_and_trained() -> None:
    mimi = Mimi(replace(TINY, n_codebooks=1)).train()
    found = mimi(0.3 * torch.randn(2, 1, 3 * FRAME))
    assert found.quantized.codes.shape == (2, 1, 3)


def test_training_reaches_every_weight() -> None:
    mimi = tiny_mimi(replace(TINY, quantizer_dropout=0, no_quantization_rate=0)).train()
    found = mimi(0.3 * torch.randn(2, 1, 3 * FRAME))
    (found.pcm.square().mean() + found.quantized.losses["commitment"]).backward()
    still = [name for name, weight in mimi.named_parameters() if weight.grad is None or not weight.grad.any()]
    assert still == []


def test_reads_the_moshi_layout(tmp_path: Path) -> None:
    mimi = tiny_mimi()
    write_weights(tmp_path / "any.bin", as_moshi(mimi), {})
    found = read_model(tmp_path / "any.bin", [MIMI])
    assert isinstance(found, Mimi)
    assert found.config.seanet == TINY.seanet
    assert (found.config.n_codebooks, found.config.codebook_size, found.config.n_semantic) == (5, 32, 1)
    for name, weight in mimi.state_dict().items():
        torch.testing.assert_close(found.state_dict()[name], weight)


def test_reads_its_own_layout(tmp_path: Path) -> None:
    mimi = tiny_mimi()
    MIMI.save(mimi, mimi.config, tmp_path / "tiny.safetensors")
    found = read_model(tmp_path / "tiny.safetensors", [MIMI])
    assert isinstance(found, Mimi)
    assert found.config == TINY
    assert [path.name for path in tmp_path.iterdir()] == ["tiny.safetensors"]


def test_changed_weights_are_named(tmp_path: Path) -> None:
    def refused(**changes: torch.Tensor | None) -> str:
        weights = as_moshi(tiny_mimi())
        for name, value in changes.items():
            weights.pop(name, None)
            if value is not None:
                weights[name] = value
        write_weights(tmp_path / "changed.safetensors", weights, {})
        with pytest.raises(ModelError) as error:
            read_model(tmp_path / "changed.safetensors", [MIMI])
        return str(error.value)

    assert "missing: encoder.seanet.1.branch.1.conv.bias" in refused(
        **{"encoder.model.1.block.1.conv.conv.bias": None}
    )
    assert "not part of it: decoder.extra" in refused(**{"decoder.extra": torch.zeros(3)})
    assert "encoder.seanet.0.conv.weight is (4, 7, 1), not (4, 1, 7)" in refused(
        **{"encoder.model.0.conv.conv.weight": torch.zeros(4, 7, 1)}
    )
    assert "semantic.codebooks.0" in refused(
        **{"quantizer.rvq_first.vq.layers.0._codebook.cluster_usage": None}
    )
    assert "counts" in refused(**{"quantizer.rvq_first.vq.layers.0._codebook.cluster_usage": torch.ones(31)})
    assert "downsample" in refused(**{"downsample.conv.conv.conv.weight": None})


def stream(mimi: Mimi, seconds: float) -> tuple[list[int], list[int]]:
    """State bytes and resident bytes over a talk of synthetic sound, looked at every tenth of it."""
    frames = round(seconds * mimi.spec.frame_rate)
    encoder, decoder = mimi.encoder_state(1), mimi.decoder_state(1)
    sizes, resident, process = [], [], psutil.Process()
    with torch.inference_mode():
        for frame in range(frames):
            codes, encoder = mimi.encode(0.3 * torch.randn(1, 1, FRAME), encoder)
            _, decoder = mimi.decode(codes, decoder)
            if frame % (frames // 10) == frames // 10 - 1:
                gc.collect()
                sizes.append(total_bytes(encoder) + total_bytes(decoder))
                resident.append(process.memory_info().rss)
    return sizes, resident


def test_a_long_talk_takes_no_more_memory() -> None:
    mimi = tiny_mimi()
    seconds = 600 / mimi.spec.frame_rate
    sizes, resident = stream(mimi, seconds)
    assert len(set(sizes)) == 1
    assert max(resident[2:]) < 1.01 * resident[2]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_an_hour_takes_no_more_memory() -> None:
    mimi = tiny_mimi(replace(TINY, sample_rate=FRAME * 25 // 2))
    sizes, resident = stream(mimi, 3600)
    assert len(set(sizes)) == 1
    assert max(resident[1:]) < 1.01 * resident[1]
