from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from core.nn.config import from_json, to_json
from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.duplex import DUPLEX as PRESETS
from core.nn.s2s.streams import NOTHING, StreamsConfig, inputs_of, steps_of
from core.nn.s2s.voice import VoiceTokens
from core.nn.state import total_bytes
from tests.core.nn.s2s.tiny_speech import CONFORMER, DEEP, DUPLEX, WORDY, duplex, frames, voice

ALL = [DUPLEX, *(config.decoder for config in (CONFORMER, WORDY, DEEP))]
LENGTH = 30


def parameters(module: torch.nn.Module) -> int:
    return sum(weight.numel() for weight in module.parameters())


def source(config: DecoderConfig) -> Tensor | None:
    width = config.temporal.source_dim
    return None if width is None else torch.randn(2, 7, width, generator=torch.Generator().manual_seed(2))


def hidden(model: SpeechDecoder, tokens: Tensor, sizes: list[int], wished: VoiceTokens) -> Tensor:
    state, heard, at = model.initial_state(2, source(model.config)), [], 0
    for size in sizes:
        y, state = model(tokens[..., at : at + size], state, wished)
        heard.append(y)
        at += size
    assert at == tokens.shape[-1]
    return torch.cat(heard, dim=1)


@pytest.mark.parametrize("config", ALL)
def test_pieces_equal_whole(config: DecoderConfig) -> None:
    model, tokens = duplex(config), frames(config.streams, LENGTH)
    with torch.no_grad():
        whole = hidden(model, tokens, [LENGTH], voice())
        for sizes in ([1] * LENGTH, [3, 1, 1, 20, 5]):
            torch.testing.assert_close(hidden(model, tokens, sizes, voice()), whole, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("config", ALL)
def test_what_comes_later_changes_nothing(config: DecoderConfig) -> None:
    model, tokens = duplex(config), frames(config.streams, LENGTH)
    other = tokens.clone()
    other[..., 12:] = 0
    with torch.no_grad():
        one, two = (model.predict(t, voice(), source=source(config)) for t in (tokens, other))
    # step 12 is given frame 11, and draws frame 12 code by code
    torch.testing.assert_close(one.hidden[:, :13], two.hidden[:, :13])
    assert not torch.allclose(one.hidden[:, 13:], two.hidden[:, 13:])
    torch.testing.assert_close(one.codes[0][:, :12], two.codes[0][:, :12])
    torch.testing.assert_close(one.codes[-1][:, :12], two.codes[-1][:, :12])


@pytest.mark.parametrize("config", ALL)
def test_training_is_the_same_as_talking(config: DecoderConfig) -> None:
    """The logits for a recording, all at once and step by step."""
    model, tokens = duplex(config), frames(config.streams, LENGTH)
    with torch.no_grad():
        said = model.predict(tokens, voice(), source=source(config))
        state = model.initial_state(2, source(config))
        given = inputs_of(said.targets, config.streams)
        for step in range(LENGTH):
            h, state = model(given[..., step : step + 1], state, voice())
            torch.testing.assert_close(h, said.hidden[:, step : step + 1], atol=1e-5, rtol=1e-4)
        steps = torch.tensor([0, 7, 29])
        chosen = model.predict(tokens, voice(), source=source(config), chosen=steps)
        for few, all_ in zip(chosen.codes, said.codes, strict=True):
            torch.testing.assert_close(few, all_[:, steps], atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("config", ALL)
def test_a_changed_speaker_changes_only_what_comes_after(config: DecoderConfig) -> None:
    model, tokens = duplex(config), frames(config.streams, LENGTH)
    speakers = torch.zeros(2, LENGTH, dtype=torch.long)
    changed = speakers.clone()
    changed[:, 10:] = 3
    with torch.no_grad():
        one, two = (
            hidden(model, tokens, [LENGTH], voice()._replace(speaker=wished))
            for wished in (speakers, changed)
        )
    assert torch.equal(one[:, :10], two[:, :10])
    assert ((one[:, 10:] - two[:, 10:]).abs().amax(dim=-1) > 1e-4).all()


def test_the_strength_of_an_emotion() -> None:
    model = duplex().voice
    none, half, full = (model(voice(emotion=4, strength=strength)) for strength in (0.0, 0.5, 1.0))
    without = model(voice(emotion=NOTHING))
    torch.testing.assert_close(none, without)
    torch.testing.assert_close(half, (none + full) / 2)
    assert not torch.allclose(none, full)


def test_traits_are_left_open_now_and_then_in_training() -> None:
    model = duplex().voice.train()
    many = voice(speaker=1, emotion=NOTHING, batch=2000)
    with torch.no_grad():
        vectors = model(many._replace(language=many.emotion))
    dropped = (vectors == 0).all(dim=-1).float().mean()
    assert abs(dropped - 0.15) < 0.03


def test_delays() -> None:
    streams = StreamsConfig(own_sizes=(9, 9), heard_sizes=(9,), text_size=9, delays=(0, 1, 2, 0))
    recorded = torch.arange(4).expand(1, 4, 4) + 1
    steps, real = steps_of(recorded, streams)
    assert steps[0].tolist() == [[1, 2, 3, 4], [-1, 1, 2, 3], [-1, -1, 1, 2], [1, 2, 3, 4]]
    assert real.tolist() == [[True] * 4, [False] + [True] * 3, [False] * 2 + [True] * 2, [True] * 4]
    assert inputs_of(steps, streams)[0, :, 0].tolist() == [-1] * 4
    assert inputs_of(steps, streams)[0, :, 1:].tolist() == steps[0, :, :-1].tolist()
    assert (streams.lead, streams.made) == (2, (0, 1, 2))


def test_independent_heads_need_a_delay_for_each_code() -> None:
    with pytest.raises(ValueError, match="grows"):
        replace(DUPLEX, depth=None)
    with pytest.raises(ValueError, match="delays"):
        StreamsConfig(own_sizes=(9, 9), delays=(0,))


def test_a_talk_takes_the_same_room_however_long() -> None:
    model = duplex()
    with torch.inference_mode():
        state = model.initial_state(1)
        size = total_bytes(state)
        for _ in range(5):
            _, state = model(frames(DUPLEX.streams, 11, batch=1), state, voice(batch=1))
            assert total_bytes(state) == size


def test_sizes_of_the_presets() -> None:
    found = {}
    for name, config in PRESETS.items():
        with torch.device("meta"):
            model = SpeechDecoder(config)
        found[name] = parameters(model), parameters(model.temporal)
    assert found["moshi-7b"] == (7_687_729_152, 6_576_930_816)
    assert found["duplex-26m"][1] == 25_219_072
    assert found["duplex-86m"][1] == 85_054_464
    assert found["duplex-200m"][1] == 201_596_928


@pytest.mark.parametrize("config", [*ALL, *PRESETS.values()])
def test_configs_survive_being_written(config: DecoderConfig) -> None:
    assert from_json(DecoderConfig, to_json(config)) == config
