"""A reply yields to evidence of a voice, and goes on where it was if nobody takes the turn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core.audio.base import AudioFormat, Pcm
from core.audio.endpoint import Activity
from core.audio.evidence import NearEnd
from core.codecs.base import Codes
from core.events import Ducked, Event, Finished, Hearing, Listening, Thinking
from core.s2s.base import Listener, Reply, Spoken, Voice
from core.talks.floor import is_nod
from core.talks.heard_turn import HeardTurn
from core.talks.rounds import HeardRounds
from core.talks.turns import TurnTalk
from core.workbench.echo.narrator import Narration, Narrator

FORMAT = AudioFormat(16_000, 320)
FRAMES = 150


class Sink:
    """A speaker that plays one frame a tick, and six ahead; what is heard is kept."""

    format = FORMAT
    latency_seconds = 0.0

    def __init__(self) -> None:
        self.queue: list[Pcm] = []
        self.heard: list[Pcm] = []

    def has_room(self) -> bool:
        return len(self.queue) < 6

    def write(self, pcm: Pcm) -> None:
        self.queue.append(pcm)

    def drop(self) -> None:
        self.queue.clear()

    def pending(self) -> int:
        return sum(map(len, self.queue))

    def scale(self, gain: float) -> None:
        self.queue = [pcm * gain for pcm in self.queue]

    def play(self) -> None:
        self.heard.append(self.queue.pop(0) if self.queue else np.zeros(320, np.float32))


class Detector:
    """A detector that is told."""

    pause_seconds = 0.8
    activity = Activity.SILENCE
    silence = 0.0
    voiced = 0.0
    foretold = 0.0

    def push(self, pcm: Pcm) -> Activity:
        return self.activity


class Ears:
    """Evidence as the test wants it."""

    near_end: NearEnd | None = NearEnd()
    faithful = np.zeros(320, np.float32)


class Hearer(Narrator):
    """A narrator that finds these words in whatever it hears, and says those."""

    def __init__(self, narration: Narration, heard: str, said: str) -> None:
        super().__init__(narration)
        self._heard, self._said = heard, said

    def listen(self) -> Listener:
        return Words(self._heard)

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        return Answer(super().reply(heard, voice, seed=seed), self._said)


class Words:
    """A listener that finds its words when the turn is over."""

    def __init__(self, words: str) -> None:
        self.words = words

    def push(self, codes: Codes) -> str:
        return ""

    def last_words(self) -> Iterator[str]:
        yield self.words


class Answer:
    """A narration with words of its own."""

    def __init__(self, inner: Reply, words: str) -> None:
        self._inner, self._words = inner, words

    def __iter__(self) -> Answer:
        return self

    def __next__(self) -> Spoken:
        words, self._words = self._words, ""
        return Spoken(next(self._inner).codes, words)

    def set_voice(self, voice: Voice) -> None:
        """It has its own."""

    def close(self) -> None:
        self._inner.close()


class Talk:
    """A talk whose reply is the numbers of its frames, and all around it."""

    def __init__(self, heard: str = "", said: str = "narrator", *, echo: bool = True) -> None:
        sound = np.repeat(np.arange(1, FRAMES + 1, dtype=np.float32), 320)
        narration = Narration(sound, FORMAT)
        self.events: list[Event] = []
        self.sink, self.detector, self.ears = Sink(), Detector(), Ears()
        self.kept: list[object] = []
        self._echo = echo
        self.talk = TurnTalk(
            narration,
            Hearer(narration, heard, said),
            self.detector,
            Voice("narrator"),
            emit=self.events.append,
            keep=self.kept.append,
            seed=1,
            ears=self.ears,
        )
        self.talk.hold(True)
        self.talk.hear(np.zeros(320, np.float32))
        self.talk.hold(False)

    def tick(self, count: int, evidence: float = 0.0, activity: Activity = Activity.SILENCE) -> None:
        self.ears.near_end = NearEnd(seconds=evidence) if self._echo else None
        self.detector.activity = activity
        for _ in range(count):
            self.talk.hear(np.zeros(320, np.float32))
            self.talk.speak(self.sink)
            self.sink.play()

    def hear_voice(self, count: int) -> None:
        """Somebody speaks, and the detector is certain of it after a while."""
        for frame in range(count):
            self.detector.voiced += 0.06
            certain = Activity.SPEAKING if frame > 2 else Activity.STARTED
            self.tick(1, activity=certain if self.detector.voiced > 0.16 else Activity.SILENCE)
        self.detector.voiced = 0.0

    def said(self) -> list[str]:
        return [event.how for event in self.events if isinstance(event, Ducked)]

    def full(self) -> set[int]:
        """The frames that were heard at their full loudness."""
        return {
            int(pcm[0]) for pcm in self.sink.heard if pcm[0] == pcm[-1] and pcm[0] in range(1, FRAMES + 1)
        }

    def of(self, kind: type[Event]) -> list[Event]:  # type: ignore[valid-type]
        return [event for event in self.events if isinstance(event, kind)]


def test_a_first_sign_makes_it_quiet_and_no_more() -> None:
    talk = Talk()
    talk.tick(40)
    talk.tick(3, 0.08)
    assert talk.sink.heard[-1][0] == pytest.approx(0.25 * 43, abs=1)
    talk.tick(30)
    assert talk.said() == ["quiet", "resumed"]
    assert talk.sink.heard[-1][0] == round(float(talk.sink.heard[-1][0]))
    talk.tick(FRAMES)
    (done,) = talk.of(Finished)
    assert not done.interrupted and not talk.of(Hearing)[1:]


def test_nobody_follows_and_the_reply_goes_on_without_losing_a_frame() -> None:
    talk = Talk()
    talk.tick(40)
    talk.tick(2, 0.08)
    talk.tick(1, 0.2)
    silent = len(talk.sink.heard)
    talk.tick(65)
    assert talk.said() == ["quiet", "stopped", "resumed"]
    assert not np.any(talk.sink.heard[silent : silent + 60])
    talk.tick(2 * FRAMES)
    assert talk.full() == set(range(1, FRAMES + 1))
    (done,) = talk.of(Finished)
    assert not done.interrupted


def test_the_reply_goes_on_within_a_second_and_a_half() -> None:
    talk = Talk()
    talk.tick(40)
    talk.tick(1, 0.2)
    silent = len(talk.sink.heard)
    talk.tick(75)
    assert any(np.any(pcm) for pcm in talk.sink.heard[silent : silent + 75])


def test_with_headphones_a_cough_only_holds_the_reply_up() -> None:
    talk = Talk(echo=False)
    talk.tick(40)
    talk.hear_voice(3)
    talk.tick(8)
    assert talk.said() == ["quiet", "stopped"]
    talk.detector.silence = 0.7
    talk.tick(2, activity=Activity.SPEAKING)
    assert talk.said() == ["quiet", "stopped", "resumed"]
    talk.tick(2 * FRAMES)
    assert talk.full() == set(range(1, FRAMES + 1))
    assert not talk.of(Finished)[0].interrupted


def test_with_headphones_a_voice_that_goes_on_is_a_turn() -> None:
    talk = Talk(echo=False)
    talk.tick(40)
    talk.hear_voice(60)
    assert talk.of(Finished)[0].interrupted
    talk.tick(1, activity=Activity.ENDED)
    assert len(talk.of(Thinking)) == 2


def test_a_voice_that_goes_on_is_a_turn() -> None:
    talk = Talk()
    talk.tick(40)
    talk.tick(1, 0.2, Activity.STARTED)
    talk.tick(60, 0.4, Activity.SPEAKING)
    (first,) = talk.of(Finished)
    assert first.interrupted
    talk.tick(1, 0.0, Activity.ENDED)
    talk.tick(20)
    assert talk.full() >= set(range(1, 15))  # the answer to the interruption
    assert len(talk.of(Hearing)) == 2


def test_a_nod_is_no_turn() -> None:
    talk = Talk()
    talk.tick(40)
    talk.tick(1, 0.2, Activity.STARTED)
    talk.tick(10, 0.3, Activity.SPEAKING)
    talk.detector.silence = 0.7
    talk.tick(2, 0.0, Activity.SPEAKING)
    assert talk.said() == ["stopped", "resumed"]
    talk.tick(2 * FRAMES)
    assert talk.full() == set(range(1, FRAMES + 1))


def test_after_a_key_nothing_is_heard_any_more() -> None:
    talk = Talk()
    talk.tick(40)
    talk.tick(1, 0.2)
    talk.talk.interrupt()
    talk.tick(200)
    assert not np.any(talk.sink.heard[-195:])
    assert len([event for event in talk.of(Finished) if event.interrupted]) == 1


def test_never_means_never() -> None:
    talk = Talk()
    talk.talk.set_barge_in(False)
    talk.tick(40)
    talk.tick(60, 0.4, Activity.SPEAKING)
    assert talk.said() == [] and not talk.of(Finished)


def after_the_reply(talk: Talk, voice_frames: int) -> int:
    """Somebody says something once the reply is over; how many answers there are."""
    talk.tick(2 * FRAMES)
    talk.tick(1, 0.0, Activity.STARTED)
    talk.tick(voice_frames, 0.0, Activity.SPEAKING)
    talk.detector.silence = 0.5
    talk.tick(25, 0.0, Activity.SPEAKING)
    talk.tick(1, 0.0, Activity.ENDED)
    talk.detector.silence = 0.0
    talk.tick(5)
    return len(talk.of(Thinking))


@pytest.mark.parametrize(
    ("heard", "said", "voice_frames", "answers"),
    [
        ("avunu", "it rains", 30, 1),  # I am listening
        ("avunu", "shall I go on?", 30, 2),  # yes
        ("avunu", "", 30, 2),  # who knows what was asked
        ("avunu kaani aagu", "it rains", 30, 2),
        ("", "it rains", 15, 1),  # a hum
        ("", "it rains", 40, 2),
    ],
)
def test_a_nod_after_a_reply_is_answered_only_where_something_was_asked(
    heard: str, said: str, voice_frames: int, answers: int
) -> None:
    talk = Talk(heard, said)
    assert after_the_reply(talk, voice_frames) == answers
    assert isinstance(talk.events[-1], Listening) is (answers == 1)


class Foreteller(Words):
    """A listener that knows how much its words sound like all of a turn, and counts how often it is asked."""

    def __init__(self, words: str, closed: float) -> None:
        super().__init__(words)
        self._closed, self.asked = closed, 0

    def closed(self) -> float:
        self.asked += 1
        return self._closed


@pytest.mark.parametrize(
    ("words", "closed", "voice", "nods"),
    [("m em", -3.0, 0.3, True), ("m em", -3.0, 0.8, False), ("stop", 0.8, 0.3, False)],
)
def test_a_hum_that_is_misheard_is_no_turn(words: str, closed: float, voice: float, nods: bool) -> None:
    heard = HeardTurn(HeardRounds(Narration(np.zeros(320), FORMAT), 0.02), Foreteller(words, closed))
    heard.text, heard.voice = words, voice
    assert heard.nods() is nods


def test_the_words_are_asked_in_a_silence_and_again_when_it_lasts() -> None:
    listener = Foreteller("set a timer for", -2.0)
    heard = HeardTurn(HeardRounds(Narration(np.zeros(320), FORMAT), 0.02), listener)
    assert [heard.closed(silence) for silence in (0.0, 0.1, 0.2, 0.3, 0.4, 0.0)] == [0, 0, -2, -2, -2, 0]
    assert listener.asked == 2


def test_nods_in_three_languages() -> None:
    assert all(is_nod(words) for words in ("haan", "Avunu.", "mm", "hmm hmm", "అవును", "हाँ जी", "ఊ"))
    assert not any(is_nod(words) for words in ("stop", "అవును కానీ ఆగు", "हाँ लेकिन रुको"))
