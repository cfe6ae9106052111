"""Ear: chunks equal the whole, and a letter is told when it begins, once."""

from __future__ import annotations

import torch

from core.nn.s2s.code_space import CodeSpaceConfig
from core.nn.s2s.conformer_layers import ConformerStackConfig
from core.nn.s2s.ear import BLANK, Ear, EarConfig, best_path
from tests.core.nn.streams import assert_pieces_equal_whole

CONFIG = EarConfig(
    n_pieces=12,
    space=CodeSpaceConfig(codebook_sizes=(16, 32, 8, 8), semantic_dim=4, contour_dim=4, acoustic_dim=6),
    stack=ConformerStackConfig(
        dim=32, n_layers=2, n_heads=2, hidden=48, kernel_size=5, context=20, step_size=1
    ),
)


def ear() -> Ear:
    torch.manual_seed(4)
    return Ear(CONFIG).eval()


def test_chunks_equal_the_whole() -> None:
    x = torch.randn(2, 60, CONFIG.space.dim)
    assert_pieces_equal_whole(ear(), x, [[2] * 30, [4] * 15, [2, 18, 40]], axis=1)


def test_later_frames_change_nothing_before() -> None:
    model, x = ear(), torch.randn(1, 60, CONFIG.space.dim)
    with torch.no_grad():
        whole, _ = model(x, model.initial_state(1))
        for length in (2, 30, 58):
            early, _ = model(x[:, :length], model.initial_state(1))
            torch.testing.assert_close(early, whole[:, :length], atol=1e-5, rtol=1e-4)


def test_a_piece_begins_once() -> None:
    best = [BLANK, 3, 3, BLANK, 3, 5, 5, 5, BLANK, BLANK, 2]
    logits = torch.nn.functional.one_hot(torch.tensor(best), 6).float()
    whole, last = best_path(logits, torch.tensor([BLANK]))
    assert [piece for piece in whole.tolist() if piece >= 0] == [3, 3, 5, 2]
    assert whole.tolist()[1] == 3 and whole.tolist()[2] == -1 and last.tolist() == [2]
    for cut in range(1, len(best)):
        first, memory = best_path(logits[:cut], torch.tensor([BLANK]))
        second, _ = best_path(logits[cut:], memory)
        assert torch.equal(torch.cat([first, second]), whole)
