"""The model that ships talks for minutes on a loudspeaker that the microphone hears: it never answers itself.

MINUTES=10 makes it as long as it has to last.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import TypeVar

import pytest
import soundfile

from core.engine import desktop_engine
from core.events import Ducked, Event, Failed, Finished, Heard, Hearing, ModeChanged, Ready, Speaking
from core.folders import DATA_VARIABLE
from core.training.corpus.espeak import Espeak
from core.workbench.quality.talk.turns import RATE as SAID_RATE
from core.workbench.quality.talk.turns import held_out_voices, said
from tests.sound.virtual_sound import VirtualSound, demand, starvation

MINUTES = float(os.environ.get("MINUTES", "3"))
ECHOES = ((60, 0.5), (200, 0.3), (30, 0.8))  # milliseconds, loudness: each for as long
TYPED = (
    "tell me a story",
    "ఒక కథ చెప్పు",
    "tell me a riddle",
    "జోక్ చెప్పు",
    "what can you do",
    "tell me a joke",
    "సామెత చెప్పు",
    "tell me a fact",
    "నీ పేరు ఏమిటి",
    "tell me another story",
)
RESTS = (
    0.2,
    1.5,
    0.6,
    2.5,
    0.0,
)  # seconds after an answer: the next one begins before or after its echo ends
BREAK_IN = "what is the weather today"
SETTLING_SECONDS = 3.0  # in which an echo that comes another way may still be looked for
pytestmark = [
    pytest.mark.sound,
    pytest.mark.slow,
    pytest.mark.timeout(60 * (MINUTES + 5)),
    pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng speaks what breaks in"),
]
E = TypeVar("E")


class Talk:
    """A hands-free talk with the model that ships, and all that happened in it."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.typed = 0
        self.spoken = 0.0
        """Seconds of answers."""
        self._questions = zip(cycle(TYPED), cycle(RESTS), strict=False)
        self._engine = desktop_engine(self.events.append, private=True)

    @contextmanager
    def going_on(self, *, cancelled: bool = True) -> Iterator[None]:
        """The talk; without its canceller where headphones are said to be worn."""
        self._engine.start()
        self.wait(Ready)
        self._engine.set_interruption("voice" if cancelled else "headphones")
        self._engine.set_mode("hands_free")
        self.wait(ModeChanged)
        try:
            yield
        finally:
            assert self._engine.close(timeout=5)

    def type(self, words: str) -> int:
        """Ask in writing; where in the events the answer is to be looked for."""
        since = len(self.events)
        self._engine.tell(words)
        self.typed += 1
        return since

    def wait(self, kind: type[E], since: int = 0, seconds: float = 60.0) -> E:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for event in self.events[since:]:
                assert not isinstance(event, Failed), event
                if isinstance(event, kind):
                    return event
            time.sleep(0.01)
        raise AssertionError(f"no {kind.__name__} in {seconds:.0f} s")

    def ask_for(self, seconds: float) -> None:
        """Ask one thing after another."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            words, rest = next(self._questions)
            since = self.type(words)
            while (
                done := self.wait(Finished, since)
            ).heard != words:  # an answer to itself, or one it stopped
                since = self.events.index(done, since) + 1
            self.spoken += done.seconds
            time.sleep(rest)

    @property
    def own_turns(self) -> int:
        """Turns that nobody typed."""
        return sum(isinstance(event, Hearing) for event in self.events) - self.typed

    def ducks(self, how: str) -> int:
        return sum(isinstance(event, Ducked) and event.how == how for event in self.events)

    def misheard(self) -> list[str]:
        """The words of turns that were not typed."""
        found = (event for event in self.events if isinstance(event, Heard) and event.final)
        return [event.text for event in found if event.text not in TYPED]


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


def test_it_never_answers_itself(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    voice = said(Espeak(), BREAK_IN, "", "en", next(held_out_voices()))
    soundfile.write(tmp_path / "break_in.wav", voice.pcm, SAID_RATE)
    talk = Talk()
    with starvation() as starved, talk.going_on():
        for delay_ms, loudness in ECHOES:
            with virtual_sound.echo(delay_ms, loudness):
                talk.ask_for(60 * MINUTES / len(ECHOES))
                print(
                    f"\n{delay_ms} ms, {loudness}: {talk.typed} answers of {talk.spoken:.0f} s, "
                    f"{talk.own_turns} of its own turns, {talk.ducks('quiet')} times quieter"
                )
        own, stops, quiet = talk.own_turns, talk.ducks("stopped"), talk.ducks("quiet")
        words = talk.misheard()
        with virtual_sound.echo(*ECHOES[0]):
            since = talk.type("tell me a story")
            talk.wait(Speaking, since)
            time.sleep(SETTLING_SECONDS)
            since = len(talk.events)
            virtual_sound.play(tmp_path / "break_in.wav").wait()
            time.sleep(1.0)
            heard = any(isinstance(event, Ducked) and event.how == "stopped" for event in talk.events[since:])
    print(f"{own} own turns, {stops} stops, {quiet} times quieter in {talk.spoken:.0f} s of answers: {words}")
    assert talk.spoken > 0.4 * 60 * MINUTES, "it hardly spoke"
    demand(own == 0 and stops == 0, f"{own} turns of its own ({words}), {stops} stops", starved)
    demand(heard, "it is deaf to a voice while it speaks", starved)


def test_without_the_canceller_it_does(virtual_sound: VirtualSound) -> None:
    """The echo of the test above is one that is answered where nothing is done about it."""
    talk = Talk()
    with starvation() as starved, talk.going_on(cancelled=False), virtual_sound.echo(*ECHOES[0]):
        since = talk.type("tell me a story")
        talk.wait(Speaking, since)
        time.sleep(6.0)
    demand(talk.own_turns > 0, "nothing came back from the speaker", starved)
