"""A duplex talk on a computer that is too slow."""

from __future__ import annotations

import pytest

from core.cards import Registry
from core.codecs.base import Codes
from core.loading import load_codec, load_speech
from core.s2s.base import Conversation, DuplexModel, SpeechSpec, Spoken, Voice
from core.talks.base import NARROW, SHORT, TOGETHER, Relievable
from core.talks.duplex import DuplexTalk
from tests import tiny


class LongMemory(Conversation):
    """A talk that can be shortened, if it may, and says how it was told to be."""

    def __init__(self, talk: Conversation, able: bool) -> None:
        self._talk = talk
        self._able = able
        self.told: list[bool] = []

    def push(self, codes: Codes) -> Spoken:
        return self._talk.push(codes)

    def words_heard(self) -> str:
        return self._talk.words_heard()

    def set_voice(self, voice: Voice) -> None:
        self._talk.set_voice(voice)

    def say(self, words: str) -> None:
        self._talk.say(words)

    def shorten(self, on: bool) -> bool:
        self.told.append(on)
        return self._able


class LongModel(DuplexModel):
    """A duplex model whose only talk is looked at."""

    def __init__(self, model: DuplexModel, able: bool) -> None:
        self._model = model
        self._able = able
        self.talk: LongMemory | None = None

    @property
    def spec(self) -> SpeechSpec:
        return self._model.spec

    def converse(self, voice: Voice, *, seed: int) -> LongMemory:
        self.talk = LongMemory(self._model.converse(voice, seed=seed), self._able)
        return self.talk


@pytest.mark.parametrize("able", [True, False])
def test_a_shorter_memory_while_the_computer_is_slow(able: bool, registry: Registry) -> None:
    found = load_speech(registry.find(tiny.DUPLEX))
    assert isinstance(found, DuplexModel)
    model = LongModel(found, able)
    codec = load_codec(registry.find(found.spec.codec))
    voice = Voice(found.spec.speakers[0])
    talk = DuplexTalk(codec, model, voice, emit=lambda _: None, keep=lambda _: None, seed=1)
    assert isinstance(talk, Relievable) and model.talk is not None
    changed = [talk.relieve(step) for step in (NARROW, SHORT, TOGETHER, SHORT, NARROW, 0)]
    assert changed == [False, able, False, False, able, False]
    assert model.talk.told == [True, False]
