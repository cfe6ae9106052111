"""The duplex decoder against the moshi package's LMModel and LMGen: random weights, no download."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.nn.s2s.checkpoints import open_speech
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.device import Device
from core.nn.s2s.generation import Generation, VoiceNumbers
from core.nn.s2s.step import FrameStep
from core.s2s.sampling import ALL_GREEDY
from tests.core.nn.s2s.tiny_moshi import HIBIKI_ZERO, LISTENER, MOSHI, PERSONAPLEX, SCHEDULED, publish

pytestmark = pytest.mark.parity

CONTEXT, LONG = 40, 100
CPU = Device("cpu", torch.float32, 1 << 40)


@pytest.fixture(scope="module")
def package() -> Any:
    os.environ["NO_TORCH_COMPILE"] = "1"
    return pytest.importorskip(
        "moshi.models.lm", reason="the moshi package cannot be imported", exc_type=ImportError
    )


def pair(package: Any, published: dict[str, Any], tmp_path: Any) -> tuple[Any, SpeechDecoder]:
    """Their model with random weights, and ours read from its file."""
    theirs = package.LMModel(**{name: value for name, value in published.items() if name != "model_type"})
    fill(theirs)
    theirs.eval()
    weights = publish(tmp_path, theirs.state_dict(), published)
    if published["model_type"] == "hibiki":
        # their loader does the same: an end that comes too early is a pause
        theirs.text_emb.weight.data[2] = theirs.text_emb.weight.data[3]
    return theirs, open_speech(weights).load(CPU)


def fill(model: nn.Module) -> None:
    """Weights that hide no mistake, as the usual ones would."""
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith("alpha"):
                value.uniform_(0.5, 1.5, generator=generator)
            else:
                value.normal_(0, 0.15, generator=generator)


def frames(decoder: SpeechDecoder, length: int) -> Tensor:
    generator = torch.Generator().manual_seed(5)
    sizes = decoder.config.streams.sizes
    return torch.stack([torch.randint(size, (2, length), generator=generator) for size in sizes], dim=1)


@pytest.mark.parametrize("published", [MOSHI, PERSONAPLEX, HIBIKI_ZERO, SCHEDULED])
def test_logits(package: Any, published: dict[str, Any], tmp_path: Any) -> None:
    theirs, ours = pair(package, published, tmp_path)
    tokens = frames(ours, LONG)
    with torch.no_grad():
        expected = theirs(tokens)
        found = ours.predict(tokens)
    torch.testing.assert_close(found.text, expected.text_logits[:, 0], atol=1e-4, rtol=1e-4)
    streams = ours.config.streams
    for book, logits in enumerate(found.codes):
        delay = streams.delay(streams.own.start + book)
        wanted = expected.logits[:, book, : LONG - delay]
        torch.testing.assert_close(logits[:, delay:], wanted, atol=1e-4, rtol=1e-4)
        assert wanted.std() > 0.1


@pytest.mark.parametrize("published", [MOSHI, HIBIKI_ZERO, SCHEDULED])
def test_step_by_step_past_the_context(package: Any, published: dict[str, Any], tmp_path: Any) -> None:
    theirs, ours = pair(package, published, tmp_path)
    streams = ours.config.streams
    heard = frames(ours, LONG)[:1, streams.heard]
    generation = talk(ours)
    generator = package.LMGen(theirs, use_sampling=False, check=True)
    with torch.no_grad(), generator.streaming(1):
        waited = [generator.step(heard[:, :, :1]) for _ in range(1)]
        assert waited == [None]
        for frame in range(LONG):
            wanted = generator.step(heard[:, :, frame : frame + 1])
            made = generation.hear(heard[0, :, frame].numpy())
            if wanted is None:
                assert made is None
                continue
            assert made is not None
            assert [made.text, *made.codes[:, 0].tolist()] == wanted[0, :, 0].tolist(), f"frame {frame}"
    assert LONG > 2 * CONTEXT


def test_a_listener(package: Any, tmp_path: Any) -> None:
    theirs, ours = pair(package, LISTENER, tmp_path)
    heard = frames(ours, LONG)[:1, ours.config.streams.heard]
    generation = talk(ours)
    generator = package.LMGen(theirs, use_sampling=False)
    with torch.no_grad(), generator.streaming(1):
        generator.step_with_extra_heads(heard[:, :, :1])
        for frame in range(LONG):
            tokens, extra = generator.step_with_extra_heads(heard[:, :, frame : frame + 1])
            made = generation.hear(heard[0, :, frame].numpy())
            assert made is not None
            assert made.text == tokens[0, 0, 0]
            np.testing.assert_allclose(made.extra, torch.cat(extra, dim=1)[0].numpy(), atol=1e-5)


def talk(decoder: SpeechDecoder) -> Generation:
    step = FrameStep(decoder, ALL_GREEDY)
    return Generation(decoder, step, voice=VoiceNumbers(), seed=0, state=decoder.initial_state(1))
