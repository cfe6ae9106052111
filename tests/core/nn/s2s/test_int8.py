from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from core.nn.s2s.checkpoints import open_speech
from core.nn.s2s.device import Device
from core.nn.s2s.int8 import Int8Linear, prepare_int8, rounded
from core.nn.s2s.stored import CONFORMER_READER, DUPLEX_READER
from tests.core.nn.s2s.tiny_speech import DUPLEX, WORDY, conformer, duplex, frames, voice


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("bias", [True, False])
def test_a_layer(dtype: torch.dtype, bias: bool) -> None:
    plain = nn.Linear(64, 48, bias=bias)
    small = Int8Linear(64, 48, bias=bias)
    small.load_state_dict({**plain.state_dict(), **dict(rounded("weight", plain.weight.detach()))})
    small.step.data = small.step.data.to(dtype)
    if small.bias is not None:
        small.bias.data = small.bias.data.to(dtype)
    x = torch.randn(2, 3, 64, dtype=dtype)
    expected = plain(x.float())
    assert (small(x).float() - expected).abs().max() < 0.03 * expected.abs().max()


def test_rounding_twice_changes_nothing() -> None:
    first = dict(rounded("a.weight", torch.randn(5, 9)))
    again = dict(rounded("a.weight", first["a.weight"] * first["a.step"][:, None]))
    assert torch.equal(first["a.weight"], again["a.weight"])


def test_heads_stay_as_they_are() -> None:
    model = duplex()
    prepare_int8(model)
    kinds = {name: type(module) for name, module in model.named_modules()}
    assert kinds["text_head"] is kinds["depth.heads.0"] is nn.Linear
    assert kinds["temporal.layers.0.attention.in_proj.sets.0"] is Int8Linear
    assert kinds["depth.transformer.layers.1.feed_forward.sets.1.linear_out"] is Int8Linear


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_model_in_whole_numbers(tmp_path: Path, dtype: torch.dtype) -> None:
    path = tmp_path / "model.safetensors"
    DUPLEX_READER.save(duplex(), DUPLEX, path)
    stored = open_speech(path)
    small = stored.load(Device("cpu", dtype, 1 << 40), int8=True)
    tokens = frames(DUPLEX.streams, 20)
    with torch.no_grad():
        expected = duplex().predict(tokens, voice()).hidden
        found = small.predict(tokens, voice()).hidden.float()
    assert (found - expected).abs().mean() < 0.05 * expected.abs().mean()
    assert stored.bytes_in_half(int8=True) < stored.bytes_in_half()


def test_a_conformer_in_whole_numbers(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    CONFORMER_READER.save(conformer(), WORDY, path)
    small = open_speech(path).load(Device("cpu", torch.bfloat16, 1 << 40), int8=True)
    heard, said = torch.randint(16, (2, 2, 9)), frames(WORDY.decoder.streams, 8)
    with torch.no_grad():
        expected, _ = conformer().predict(heard, said, voice())
        found, _ = small.predict(heard, said, voice())
    assert (found.hidden.float() - expected.hidden).abs().mean() < 0.05 * expected.hidden.abs().mean()
