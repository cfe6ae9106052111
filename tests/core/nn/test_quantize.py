from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import Tensor

from core.nn.quantize.base import Quantizer
from core.nn.quantize.euclidean import AverageConfig, EuclideanCodebook
from core.nn.quantize.factorised import FactorisedVQ, FactorisedVQConfig
from core.nn.quantize.fsq import FSQ, FSQConfig
from core.nn.quantize.gradient import pass_gradient
from core.nn.quantize.kmeans import kmeans, nearest
from core.nn.quantize.residual import ResidualVQ, ResidualVQConfig
from core.nn.quantize.split import SplitVQ

RESIDUAL = ResidualVQConfig(dim=12, codebook_dim=6, codebook_sizes=(16, 8, 8))
FACTORISED = FactorisedVQConfig(dim=12, codebook_dim=4, codebook_sizes=(16, 8, 8), weight_norm=True)


def filled_residual(config: ResidualVQConfig = RESIDUAL) -> ResidualVQ:
    quantizer = ResidualVQ(config)
    for book in quantizer.codebooks:
        book.embedding.normal_()
        book.initialised.fill_(True)
    return quantizer


def quantizers() -> dict[str, Quantizer]:
    first = dataclasses.replace(RESIDUAL, codebook_sizes=(32,))
    return {
        "residual": filled_residual(),
        "factorised": FactorisedVQ(FACTORISED),
        "split": SplitVQ(filled_residual(first), filled_residual()),
        "split with fsq": SplitVQ(
            filled_residual(first), FSQ(FSQConfig(dim=12, levels=(5, 4), n_codebooks=2))
        ),
        "fsq": FSQ(FSQConfig(dim=12, levels=(8, 5, 3), n_codebooks=3)),
    }


@pytest.mark.parametrize("name", list(quantizers()))
def test_use_agrees_with_training(name: str) -> None:
    quantizer = quantizers()[name].eval()
    x = torch.randn(2, 12, 9)
    found = quantizer(x)
    codes = quantizer.encode(x)
    sizes = torch.tensor(quantizer.codebook_sizes)[:, None]
    assert codes.shape == (2, quantizer.n_codebooks, 9)
    assert codes.dtype == torch.int64
    assert bool(((codes >= 0) & (codes < sizes)).all())
    assert torch.equal(found.codes, codes)
    torch.testing.assert_close(quantizer.decode(codes), found.quantized, atol=1e-5, rtol=1e-4)
    for n in range(1, quantizer.n_codebooks + 1):
        assert torch.equal(quantizer.encode(x, n), codes[:, :n])
    torch.testing.assert_close(quantizer.decode(codes[:, :1]), found.first, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("name", list(quantizers()))
def test_frames_are_quantised_one_by_one(name: str) -> None:
    quantizer = quantizers()[name].eval()
    x = torch.randn(1, 12, 6)
    codes = quantizer.encode(x)
    for t in range(6):
        assert torch.equal(quantizer.encode(x[..., t : t + 1]), codes[..., t : t + 1])


@pytest.mark.parametrize("name", list(quantizers()))
def test_a_gradient_passes(name: str) -> None:
    quantizer = quantizers()[name].train()
    x = torch.randn(2, 12, 9, requires_grad=True)
    found = quantizer(x)
    (found.quantized.square().sum() + found.first.sum() + sum(found.losses.values())).backward()
    assert x.grad is not None
    assert bool((x.grad.abs().amax(dim=1) > 0).all())


def test_the_nearest_code_is_chosen() -> None:
    x, table = torch.randn(40, 5), torch.randn(30, 5)
    assert torch.equal(nearest(x, table), torch.cdist(x, table).argmin(dim=1))


def test_kmeans_moves_centres_to_where_vectors_are() -> None:
    x = torch.tensor([[0.0, 0.0], [5.0, 0.0], [0.0, 5.0], [5.0, 5.0]]).repeat(50, 1) + 0.1 * torch.randn(
        200, 2
    )

    def spread(iterations: int) -> float:
        torch.manual_seed(3)
        centres, counts = kmeans(x, 8, iterations)
        assert iterations == 0 or counts.sum() == 200
        return float(torch.cdist(x, centres).amin(dim=1).mean())

    assert spread(20) < 0.8 * spread(0)


def test_codebooks_start_one_a_batch_and_all_get_used() -> None:
    quantizer = ResidualVQ(RESIDUAL).train()
    x = torch.randn(16, 12, 32)
    for batch in range(1, 4):
        quantizer(x)
        assert [bool(book.initialised) for book in quantizer.codebooks] == [n < batch for n in range(3)]
    errors = []
    for _ in range(20):
        found = quantizer(torch.randn(16, 12, 32))
        errors.append(float(found.losses["commitment"].detach()))
    used = [len(found.codes[:, k].unique()) for k in range(3)]
    assert used == [16, 8, 8]


def test_averages_follow_the_frames() -> None:
    book = EuclideanCodebook(2, 1, AverageConfig(decay=0.5, check_every=1000))
    book.embedding.copy_(torch.tensor([[0.0], [10.0]]))
    x = torch.tensor([[[1.0, 3.0, 11.0]]])
    for _ in range(30):
        book.follow(x, book.encode(x))
    torch.testing.assert_close(book.embedding, torch.tensor([[2.0], [11.0]]), atol=1e-4, rtol=0)
    torch.testing.assert_close(book.usage, torch.tensor([2.0, 1.0]), atol=1e-4, rtol=0)


def test_dead_codes_are_revived() -> None:
    book = EuclideanCodebook(4, 2, AverageConfig(decay=0.5, check_every=5))
    book.embedding.copy_(torch.tensor([[0.0, 0.0], [99.0, 0.0], [0.0, 99.0], [99.0, 99.0]]))
    book.initialised.fill_(True)
    for _ in range(60):
        x = torch.randn(1, 2, 64)
        book.follow(x, book.encode(x))
    assert len(book.encode(torch.randn(1, 2, 200)).unique()) == 4


def test_factorised_codes_can_start_by_kmeans_and_be_revived() -> None:
    config = dataclasses.replace(FACTORISED, kmeans_iterations=10, dead_below=0.1, check_every=2)
    quantizer = FactorisedVQ(config).train()
    assert "levels.0.usage" in quantizer.state_dict()
    assert "levels.0.usage" not in FactorisedVQ(FACTORISED).state_dict()
    for _ in range(20):
        found = quantizer(torch.randn(8, 12, 64))
    assert [len(found.codes[:, k].unique()) for k in range(3)] == [16, 8, 8]


@pytest.mark.parametrize("make", [filled_residual, FactorisedVQ])
def test_dropout_and_unquantised_items(make: type) -> None:
    config = RESIDUAL if make is filled_residual else FACTORISED
    x = torch.randn(200, 12, 2)

    def full(**changes: float) -> tuple[Tensor, Tensor]:
        torch.manual_seed(1)
        quantizer = make(dataclasses.replace(config, **changes)).train()
        with torch.no_grad():
            decoded = quantizer.eval().decode(quantizer.encode(x))
            return quantizer.train()(x).quantized, decoded

    found, decoded = full()
    torch.testing.assert_close(found, decoded, atol=1e-4, rtol=1e-4)
    for changes, low, high in (
        ({"quantizer_dropout": 1.0}, 0.2, 0.5),  # a third draws all codebooks
        ({"no_quantization_rate": 0.5}, 0.35, 0.65),
    ):
        found, decoded = full(**changes)
        same = torch.isclose(found, decoded, atol=1e-4).all(dim=2).all(dim=1).float().mean()
        assert low < same < high


def test_rotation_keeps_the_value_and_turns_the_gradient() -> None:
    x = torch.randn(2, 6, 4, requires_grad=True)
    quantized = torch.randn(2, 6, 4)
    turned = pass_gradient(x, quantized, "rotation")
    torch.testing.assert_close(turned, quantized, atol=1e-5, rtol=1e-4)
    gradient = torch.randn_like(x)
    (back,) = torch.autograd.grad(turned, x, gradient)
    # a rotation and a scale keep angles: between gradient and value as between what comes back and x
    before = torch.cosine_similarity(gradient, quantized, dim=1)
    torch.testing.assert_close(torch.cosine_similarity(back, x, dim=1), before, atol=1e-4, rtol=1e-3)
    (straight,) = torch.autograd.grad(pass_gradient(x, quantized, "straight_through"), x, gradient)
    torch.testing.assert_close(straight, gradient)


def test_fsq_reaches_every_code() -> None:
    quantizer = FSQ(FSQConfig(dim=3, levels=(4, 3, 2)))
    with torch.no_grad():
        quantizer.input_proj.weight.copy_(torch.eye(3)[:, :, None])
        quantizer.input_proj.bias.zero_()
    codes = quantizer.encode(4 * torch.randn(1, 3, 4000))
    assert codes.unique().tolist() == list(range(24))


def test_distances_stay_exact_under_autocast() -> None:
    quantizer = filled_residual().train()
    x = torch.randn(4, 12, 50)
    expected = quantizer.eval().encode(x)
    with torch.autocast("cpu", torch.bfloat16):
        assert (quantizer(x).codes == expected).float().mean() > 0.8
        assert quantizer(x).losses["commitment"].dtype == torch.float32
