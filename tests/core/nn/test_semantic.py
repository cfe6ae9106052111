"""The semantic hook: every kind of target, at every pair of frame rates."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from core.errors import ModelError
from core.nn.semantic import SemanticConfig, SemanticHead, SemanticTarget, match_rates


def latent(frames: int, dim: int = 8) -> Tensor:
    return torch.randn(2, dim, frames, generator=torch.Generator().manual_seed(1)).requires_grad_()


def test_the_gradient_reaches_the_latent_for_each_kind() -> None:
    targets = [
        SemanticTarget("features", 50.0, torch.randn(2, 6, 40)),
        SemanticTarget("frame_labels", 50.0, torch.randint(0, 6, (2, 40))),
        SemanticTarget("label_sequence", 0.0, torch.randint(0, 6, (2, 3))),
    ]
    for target in targets:
        head = SemanticHead(SemanticConfig(dim=8, kind=target.kind, out_dim=6))
        z = latent(10)
        loss = head(z, 12.5, target)
        loss.backward()
        assert loss.ndim == 0 and torch.isfinite(loss)
        assert z.grad is not None and z.grad.abs().sum() > 0, target.kind


def test_features_that_agree_cost_nothing() -> None:
    head = SemanticHead(SemanticConfig(dim=6, kind="features", out_dim=6))
    with torch.no_grad():
        head.project.weight.copy_(torch.eye(6))
        head.project.bias.zero_()
    z = torch.randn(1, 6, 10)
    assert head(z, 50.0, SemanticTarget("features", 50.0, z * 3)) < 1e-6
    assert head(z, 50.0, SemanticTarget("features", 50.0, -z)) > 1.99


def test_fast_features_are_pooled_as_in_mimi() -> None:
    features = torch.randn(1, 3, 41)
    _, slow = match_rates(torch.zeros(1, 8, 10), 12.5, SemanticTarget("features", 50.0, features))
    assert slow.tensor.shape == (1, 3, 10)
    torch.testing.assert_close(slow.tensor[..., 4], features[..., 14:22].mean(-1))
    torch.testing.assert_close(
        slow.tensor[..., 0], features[..., :6].mean(-1)
    )  # silence before the start is not counted


def test_a_slower_target_slows_the_latent() -> None:
    z = torch.randn(1, 2, 400)
    quantized, target = match_rates(z, 200.0, SemanticTarget("features", 50.0, torch.randn(1, 3, 100)))
    assert quantized.shape[-1] == target.tensor.shape[-1] == 100
    torch.testing.assert_close(quantized[..., 7], z[..., 28:32].mean(-1))


def test_labels_are_read_in_the_middle_of_the_codec_frame() -> None:
    labels = torch.arange(40)[None]
    _, slow = match_rates(torch.zeros(1, 2, 10), 12.5, SemanticTarget("frame_labels", 50.0, labels))
    assert slow.tensor[0].tolist() == list(range(2, 40, 4))


def test_what_the_mask_hides_does_not_count() -> None:
    mask = torch.ones(2, 40, dtype=torch.bool)
    mask[:, 20:] = False
    for kind, spoiled in (
        ("features", torch.randn(2, 6, 40)),
        ("frame_labels", torch.randint(0, 6, (2, 40))),
    ):
        head = SemanticHead(SemanticConfig(dim=8, kind=kind, out_dim=6))
        clean = spoiled.clone()
        spoiled[..., 20:] = 5
        z = latent(10)
        a = head(z, 12.5, SemanticTarget(kind, 50.0, clean, mask))
        b = head(z, 12.5, SemanticTarget(kind, 50.0, spoiled, mask))
        torch.testing.assert_close(a, b)
    nothing = SemanticTarget("frame_labels", 50.0, torch.zeros(2, 40, dtype=torch.long), torch.zeros(2, 40))
    assert head(latent(10), 12.5, nothing) == 0


def test_ctc_prefers_the_right_order_and_survives_short_sound() -> None:
    head = SemanticHead(SemanticConfig(dim=4, kind="label_sequence", out_dim=3))
    with torch.no_grad():
        head.project.weight.copy_(torch.eye(4) * 9)
        head.project.bias.zero_()
    heard = torch.tensor([0, 3, 1, 1, 2])  # 3 is the blank
    z = torch.nn.functional.one_hot(heard, 4).T[None].float()
    right = head(z, 12.5, SemanticTarget("label_sequence", 0.0, torch.tensor([[0, 1, 2]])))
    wrong = head(z, 12.5, SemanticTarget("label_sequence", 0.0, torch.tensor([[2, 1, 0]])))
    assert right < 0.1 < wrong
    assert head(z[..., :1], 12.5, SemanticTarget("label_sequence", 0.0, torch.tensor([[0, 1, 2]]))) == 0


def test_mistakes_are_named() -> None:
    head = SemanticHead(SemanticConfig(dim=8, kind="features", out_dim=6))
    with pytest.raises(ModelError, match="features"):
        head(latent(10), 50.0, SemanticTarget("frame_labels", 50.0, torch.zeros(2, 10, dtype=torch.long)))
    with pytest.raises(ModelError, match="width 6, not 7"):
        head(latent(10), 50.0, SemanticTarget("features", 50.0, torch.zeros(2, 7, 10)))
    with pytest.raises(ModelError, match="20 frames where the codec has 10"):
        head(latent(10), 50.0, SemanticTarget("features", 50.0, torch.zeros(2, 6, 20)))
    with pytest.raises(ModelError, match="3 axes"):
        SemanticTarget("features", 50.0, torch.zeros(2, 20))
    with pytest.raises(ModelError, match="mask"):
        SemanticTarget("features", 50.0, torch.zeros(2, 6, 20), torch.ones(2, 19))
    with pytest.raises(ModelError, match="'melody'"):
        SemanticConfig(dim=8, kind="melody", out_dim=6)  # type: ignore[arg-type]
