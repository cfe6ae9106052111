"""A model in a child process answers as it does here, and its end is a sentence."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from core.cards import Registry
from core.errors import ModelError
from core.hosting import Host, HostedCodec, HostedDuplexModel, HostedTurnModel
from core.loading import load_codec, load_speech
from core.s2s.base import TurnModel, Voice
from tests import tiny


def test_a_hosted_codec_equals_one_here(registry: Registry) -> None:
    card = registry.find(tiny.CODEC)
    here, host = load_codec(card), Host(partial(load_codec, card))
    there = HostedCodec(host)
    sound = np.random.default_rng(0).normal(0, 0.1, 6 * tiny.FRAME).astype(np.float32)
    assert there.spec == here.spec
    encoder, decoder = there.encoder(), there.decoder()
    codes = np.concatenate([encoder.push(piece) for piece in np.split(sound, 3)], axis=1)
    assert np.array_equal(codes, here.encoder().push(sound))
    assert np.array_equal(decoder.push(codes), here.decoder().push(codes))
    host.close()


def test_a_hosted_turn_model_equals_one_here(registry: Registry) -> None:
    card = registry.find(tiny.TURN)
    host = Host(partial(load_speech, card))
    models: list[TurnModel] = [HostedTurnModel(host), load_speech(card)]  # type: ignore[list-item]
    said = []
    for model in models:
        listener = model.listen()
        words = listener.push(np.full((tiny.BOOKS, 20), 200))
        reply = model.reply(listener, Voice("asha"), seed=1)
        first = next(reply)
        reply.set_voice(Voice("ravi"))
        rest = list(reply)
        said.append((words, first.text + "".join(s.text for s in rest), [s.codes.tolist() for s in rest]))
    assert said[0] == said[1]
    with pytest.raises(ModelError, match="no speaker “nobody”") as caught:
        models[0].reply(models[0].listen(), Voice("nobody"), seed=0)
    assert "asha" in caught.value.hint
    host.close()


def test_a_hosted_duplex_model_talks(registry: Registry) -> None:
    host = Host(partial(load_speech, registry.find(tiny.DUPLEX)))
    talk = HostedDuplexModel(host).converse(Voice("asha"), seed=0)
    first, second = np.full((tiny.BOOKS, 1), 140), np.full((tiny.BOOKS, 1), 90)
    assert talk.push(first).text.strip() == "one"
    assert np.array_equal(talk.push(second).codes, first)
    assert talk.words_heard() == ""
    host.close()


def test_what_cannot_be_loaded_is_said(registry: Registry) -> None:
    with pytest.raises(ModelError, match="not a codec"):
        Host(partial(load_codec, registry.find(tiny.TURN)))


def test_a_child_that_dies_is_a_sentence(registry: Registry) -> None:
    host = Host(partial(load_codec, registry.find(tiny.CODEC)))
    codec = HostedCodec(host)
    encoder = codec.encoder()
    os.kill(host._child.pid or 0, signal.SIGKILL)
    with pytest.raises(ModelError, match="ended by itself") as caught:
        for _ in range(100):
            encoder.push(np.zeros(tiny.FRAME, np.float32))
    assert caught.value.hint


def test_streams_that_are_no_longer_used_are_forgotten(registry: Registry, tmp_path: Path) -> None:
    host = Host(partial(load_codec, registry.find(tiny.CODEC)))
    codec = HostedCodec(host)
    for _ in range(5):
        codec.encoder().push(np.zeros(tiny.FRAME, np.float32))
    assert len(host._dropped) == 1  # the others were told with the calls that followed
    host.close()
