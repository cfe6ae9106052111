"""An onlooker sees every sound once, and notices when another stream begins."""

from __future__ import annotations

import numpy as np
import pytest

from app.onlooker import BANDS, COLUMNS_PER_SECOND, Onlooker
from core.audio.base import Pcm
from core.audio.level import QUIETEST_DB


class Stream:
    """A sound of which more and more has come."""

    def __init__(self, pcm: Pcm) -> None:
        self.pcm = pcm

    def peek(self, since: int) -> tuple[Pcm, int]:
        return self.pcm[since:], len(self.pcm)


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
def test_columns_come_at_the_pace_of_the_screen(rate: int) -> None:
    tone = (0.5 * np.sin(np.arange(2 * rate) * 2 * np.pi * 440 / rate)).astype(np.float32)
    stream = Stream(tone[:0])
    onlooker = Onlooker(stream.peek)
    columns = 0
    for part in range(1, 41):
        stream.pcm = tone[: part * rate // 20]
        glance = onlooker.look(rate, part / 20)
        assert glance.columns.shape[1] == BANDS
        assert glance.anew == (part == 1)
        columns += len(glance.columns)
    assert columns == pytest.approx(2 * COLUMNS_PER_SECOND, abs=4)
    assert glance.level_db == pytest.approx(-6.0, abs=0.1)


def test_the_level_sinks_evenly_after_a_loud_moment() -> None:
    stream = Stream(np.ones(2400, np.float32))
    onlooker = Onlooker(stream.peek)
    levels = [onlooker.look(24_000, now).level_db for now in (0.0, 0.5, 1.0, 60.0)]
    assert levels == pytest.approx([0.0, -20.0, -40.0, QUIETEST_DB])


def test_a_stream_that_begins_again_is_another_picture() -> None:
    stream = Stream(np.zeros(24_000, np.float32))
    onlooker = Onlooker(stream.peek)
    assert onlooker.look(24_000, 0.0).anew
    stream.pcm = stream.pcm[:2400]
    assert onlooker.look(24_000, 0.1).anew
    assert not onlooker.look(24_000, 0.2).anew
    assert onlooker.look(16_000, 0.3).anew


def test_another_scale_begins_anew_with_bands_in_even_hz() -> None:
    tone = np.sin(np.arange(24_000) * 2 * np.pi * 3000 / 24_000).astype(np.float32)
    stream = Stream(tone)
    onlooker = Onlooker(stream.peek)
    assert onlooker.look(24_000, 0.0).frequencies.shape == (BANDS,)
    onlooker.choose_scale("linear")
    glance = onlooker.look(24_000, 0.1)
    loudest = glance.frequencies[glance.columns.mean(0).argmax()]
    assert glance.anew and loudest == pytest.approx(3000, abs=24)
