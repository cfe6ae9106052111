"""Mouth: chunks equal the whole, moods are mixed by strength, and voicing is decided."""

from __future__ import annotations

import pytest
import torch

from core.nn.s2s.code_space import CodeSpace, CodeSpaceConfig
from core.nn.s2s.mouth import LONGEST, Mouth, MouthConfig, settled

SPACE = CodeSpaceConfig(codebook_sizes=(16, 32, 8, 8), semantic_dim=4, contour_dim=4, acoustic_dim=6)
CONFIG = MouthConfig(n_sounds=11, space=SPACE, piece_dim=16, frame_dim=24, frame_blocks=2)


def mouth() -> Mouth:
    torch.manual_seed(5)
    made = Mouth(CONFIG)
    torch.nn.init.normal_(made.manner.weight)
    return made.eval()


def voice(model: Mouth, speaker: int = 1, emotion: int = 2, strength: float = 1.0) -> torch.Tensor:
    numbers = torch.tensor([speaker]), torch.tensor([emotion])
    return model.voice(*numbers, torch.tensor([strength]), torch.tensor([0]))


@pytest.mark.parametrize("sizes", [[1] * 40, [4] * 10, [7, 1, 32]])
def test_uttered_chunks_equal_the_whole(sizes: list[int]) -> None:
    model = mouth()
    pieces, place = torch.randn(1, 40, 16), torch.rand(1, 40, 2) * 9 + 1
    with torch.no_grad():
        wished = voice(model)
        whole, _ = model.utter(pieces, place, wished, model.initial_state(1))
        state, made, at = model.initial_state(1), [], 0
        for size in sizes:
            y, state = model.utter(pieces[:, at : at + size], place[:, at : at + size], wished, state)
            made.append(y)
            at += size
    torch.testing.assert_close(torch.cat(made, dim=1), whole, atol=1e-5, rtol=1e-4)


def test_a_piece_depends_on_its_neighbours_within_reach_alone() -> None:
    model, reach = mouth(), CONFIG.reach
    pieces = torch.randint(1, 22, (1, 6 + 2 * reach))
    with torch.no_grad():
        whole = model.outlook(pieces, voice(model))
        assert whole.shape[1] == 6
        for at in range(6):
            alone = model.outlook(pieces[:, at : at + 2 * reach + 1], voice(model))
            torch.testing.assert_close(alone[:, 0], whole[:, at], atol=1e-5, rtol=1e-4)
        other = pieces.clone()
        other[:, 2 * reach + 1 :] = 5
        torch.testing.assert_close(model.outlook(other, voice(model))[:, 0], whole[:, 0])


def test_strength_goes_from_neutral_to_the_mood() -> None:
    model = mouth()
    with torch.no_grad():
        neutral, sad, half = voice(model, emotion=0), voice(model), voice(model, strength=0.5)
        torch.testing.assert_close(voice(model, strength=0.0), neutral)
        torch.testing.assert_close(half, (neutral + sad) / 2)
    assert not torch.allclose(neutral, sad)


def test_a_sound_lasts_a_frame_or_more_and_not_for_ever() -> None:
    model = mouth()
    with torch.no_grad():
        frames = model.frames_of(1e4 * torch.randn(1, 50, 16))
    assert frames.min() > 0 and frames.max() <= LONGEST + 1


def test_voicing_is_decided() -> None:
    space = CodeSpace(SPACE)
    space.mean.copy_(torch.randn(SPACE.dim))
    space.spread.copy_(torch.rand(SPACE.dim) + 0.5)
    frames = torch.randn(2, 30, SPACE.dim)
    made = settled(frames, space) * space.spread + space.mean
    _, melody, _ = torch.split(made, list(SPACE.parts), dim=-1)
    voiced, height = melody.chunk(2, dim=-1)
    _, wished, _ = torch.split(frames, list(SPACE.parts), dim=-1)
    assert torch.allclose(voiced, (wished[..., :2] > 0).float(), atol=1e-5)
    assert torch.allclose(height[voiced < 0.5], torch.zeros(1), atol=1e-5)
    with pytest.raises(TypeError, match="utter"):
        mouth()(frames, {})
