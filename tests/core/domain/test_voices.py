"""The voices and moods that can be asked for are those that Paluku's corpus makes."""

from __future__ import annotations

import pytest

from core.domain.book import Domain
from core.skills.voice import MEN, WOMEN
from core.training.corpus.emotions import EMOTIONS
from core.training.corpus.speakers import SPEAKERS


@pytest.mark.parametrize("language", ["te", "en"])
def test_who_can_be_asked_for_can_speak(language: str) -> None:
    lists = Domain.load().lists[language]
    assert set(lists.speakers) == set(SPEAKERS) == {*WOMEN, *MEN}
    assert set(lists.emotions) == set(EMOTIONS)
    assert {name for name in WOMEN if SPEAKERS[name].woman} == set(WOMEN)
    assert not any(SPEAKERS[name].woman for name in MEN)
