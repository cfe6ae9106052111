"""Work that is more than a frame's is spread over frames, and what begins meanwhile waits for none of it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from core.audio.base import AudioFormat, Pcm
from core.audio.endpoint import Activity
from core.codecs.base import Codec, CodecSpec, Codes, Decoder, Encoder
from core.events import Event, Finished, Heard, Hearing, Speaking
from core.history import Turn
from core.s2s.base import Listener, SpeechSpec, Spoken, TurnModel, Voice
from core.talks.delivery import Delivery
from core.talks.floor import Floor
from core.talks.floor import Spoken as Sound
from core.talks.heard_turn import HeardTurn
from core.talks.rounds import HeardRounds
from core.talks.share import Share
from core.talks.turn_reply import TurnReply
from core.talks.turns import TurnTalk
from tests.fakes import FakeSink

FORMAT = AudioFormat(16_000, 320)
MORE_THAN_A_SHARE = 0.012
BITS = 5
WORDS = 3
REPLY_FRAMES = 12


class Coder(Encoder, Decoder):
    """A coder that counts its calls, each of which may take long."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.calls = 0
        self.seconds = seconds

    def push(self, given: Pcm | Codes) -> Pcm | Codes:  # type: ignore[override]
        self.calls += 1
        time.sleep(self.seconds)
        if given.ndim == 2:
            return np.full(FORMAT.frame_size * given.shape[1], 0.1, np.float32)
        return np.zeros((2, len(given) // FORMAT.frame_size), np.int64)


class Coding(Codec):
    """A codec with one coder."""

    spec = CodecSpec(format=FORMAT, codebook_sizes=(16, 16))

    def __init__(self, coder: Coder) -> None:
        self._coder = coder

    def encoder(self) -> Encoder:
        return self._coder

    def decoder(self) -> Decoder:
        return Coder()


class Ponderer(Listener):
    """A listener that finds its last words in many bits."""

    def __init__(self) -> None:
        self.thought = 0

    def push(self, codes: Codes) -> str:
        return ""

    def last_words(self) -> Iterator[str]:
        for _ in range(BITS):
            time.sleep(MORE_THAN_A_SHARE)
            self.thought += 1
            yield ""
        yield " tell me more"


class LongWords(Iterator[Spoken]):
    """A reply whose first words have to be looked up."""

    def __init__(self) -> None:
        self.known = 0
        self._left = REPLY_FRAMES

    def prepare(self) -> Iterator[None]:
        while self.known < WORDS:
            time.sleep(MORE_THAN_A_SHARE)
            self.known += 1
            yield

    def __next__(self) -> Spoken:
        assert self.known == WORDS
        if self._left <= 0:
            raise StopIteration
        self._left -= 1
        return Spoken(np.zeros((2, 1), np.int64), " word")

    def set_voice(self, voice: Voice) -> None:
        """It has but one."""

    def close(self) -> None:
        self._left = 0


class Slow(TurnModel):
    """A model that thinks long before it speaks."""

    spec = SpeechSpec(codec="slow", codebook_sizes=(16, 16), frame_rate=50.0, speakers=("one",))

    def __init__(self) -> None:
        self.listener = Ponderer()
        self.answer: LongWords | None = None

    def listen(self) -> Ponderer:
        self.listener = Ponderer()
        return self.listener

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> LongWords:
        self.answer = LongWords()
        return self.answer

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> LongWords:
        return self.reply(heard, voice, seed=seed)


class Detector:
    """A detector that is told."""

    pause_seconds = 0.8
    activity = Activity.SILENCE
    silence = 0.0
    voiced = 0.0

    def push(self, pcm: Pcm) -> Activity:
        return self.activity


class Talk:
    """A talk with a slow model, and all around it."""

    def __init__(self, encoding_seconds: float = 0.0) -> None:
        self.coder, self.model, self.detector = Coder(encoding_seconds), Slow(), Detector()
        self.sink = FakeSink(FORMAT)
        self.events: list[Event] = []
        self.kept: list[Turn] = []
        self.talk = TurnTalk(
            Coding(self.coder),
            self.model,
            self.detector,
            Voice("one"),
            emit=self.events.append,
            keep=self.kept.append,
            seed=1,
        )

    def tick(self, activity: Activity = Activity.SILENCE, count: int = 1) -> None:
        self.detector.activity = activity
        for _ in range(count):
            self.talk.hear(np.zeros(320, np.float32))
            self.talk.speak(self.sink)

    def turn(self) -> None:
        """A turn that has just ended."""
        self.tick(Activity.STARTED)
        self.tick(Activity.SPEAKING, 4)
        self.tick(Activity.ENDED)

    def of(self, kind: type[Event]) -> list[Event]:  # type: ignore[valid-type]
        return [event for event in self.events if isinstance(event, kind)]


def test_the_end_of_a_turn_is_thought_over_in_the_frames_that_follow() -> None:
    talk = Talk()
    talk.turn()
    for ticks in range(1, BITS + 1):
        assert talk.model.listener.thought == ticks
        assert talk.talk.busy and not talk.of(Speaking)
        talk.tick()
    assert talk.of(Heard) == [Heard(1, "tell me more", final=True)]
    assert talk.model.answer
    for known in range(talk.model.answer.known, WORDS):
        assert talk.model.answer.known == known and not talk.of(Speaking)
        talk.tick()
    talk.tick(count=10)
    (done,) = talk.of(Finished)
    assert isinstance(done, Finished) and not done.interrupted
    assert done.first_sound_ms > 1000 * (BITS + WORDS) * MORE_THAN_A_SHARE, "counted from the end of the turn"
    assert len(talk.sink.frames) == REPLY_FRAMES


def test_without_a_microphone_the_speaker_alone_keeps_thinking() -> None:
    talk = Talk()
    talk.turn()
    for _ in range(BITS + WORDS + REPLY_FRAMES):
        talk.talk.speak(talk.sink)
    assert talk.of(Finished)


@pytest.mark.parametrize("how", ["button", "voice"])
def test_who_goes_on_talking_meanwhile_is_heard_at_once(how: str) -> None:
    talk = Talk()
    talk.turn()
    talk.tick()
    before = talk.coder.calls
    thinking = talk.model.listener
    if how == "button":
        talk.talk.hold(True)
        (done,) = talk.of(Finished)
        assert isinstance(done, Finished) and done.interrupted and done.heard == "tell me more"
    else:
        talk.detector.voiced = 0.2
        talk.tick(Activity.STARTED)
    assert thinking.thought == BITS, "the turn that was over is over"
    assert talk.of(Heard)[0] == Heard(1, "tell me more", final=True)
    assert talk.of(Hearing) == [Hearing(1), Hearing(2)]
    talk.tick(Activity.SPEAKING)
    assert talk.coder.calls > before, "and what was said meanwhile is heard as well"


def test_an_interruption_while_it_thinks_leaves_nothing_to_be_said() -> None:
    talk = Talk()
    talk.turn()
    talk.talk.interrupt()
    assert not talk.talk.busy
    talk.tick(count=BITS + WORDS)
    assert not talk.sink.frames and len(talk.of(Finished)) == 1


def test_what_came_before_a_turn_was_certain_is_heard_over_several_frames() -> None:
    talk = Talk(encoding_seconds=0.006)
    talk.tick(count=40)
    assert talk.coder.calls == 0
    heard = []
    for _ in range(4):
        before = talk.coder.calls
        talk.tick(Activity.STARTED if not heard else Activity.SPEAKING)
        heard.append(talk.coder.calls - before)
    assert all(2 <= count <= 3 for count in heard), heard
    talk.tick(Activity.ENDED)
    talk.tick(count=60)
    (turn,) = talk.kept
    assert turn.heard_codes.shape[1] == 25 + 4, "half a second before it, and all of it"


class Watch:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Waiting(FakeSink):
    """A sink in which so much waits."""

    waits = 0

    def pending(self) -> int:
        return self.waits


def test_where_a_gap_is_near_frames_are_made_however_late_they_are() -> None:
    clock, sink, events, floor = Watch(), Waiting(FORMAT), [], Floor()
    share, delivery = Share(FORMAT.frame_seconds, clock), Delivery(FORMAT.sample_rate, events.append)
    heard, words = HeardTurn(HeardRounds(Coder(), FORMAT.frame_seconds), Ponderer()), LongWords()
    sound = Sound(FORMAT.frame_seconds, FORMAT.sample_rate)
    reply = TurnReply(heard, words, Coder(), Voice("one"), 0.0, 1, events.append, sound)
    assert reply.ready(share), "before the first frame there is all the time"
    share.begin()
    clock.now += 1.0
    for waits, made in ((0.0, 4), (0.12, 1)):
        sink.waits, before = round(waits * FORMAT.sample_rate), len(sink.frames)
        delivery.settle(sink, reply, None, floor)
        assert not delivery.fill(sink, reply, None, share)
        assert len(sink.frames) - before == made
    share.end()
    share.begin()
    delivery.fill(sink, reply, None, share)
    assert len(sink.frames) == 4 + 1 + 4, "in a frame that has just begun there is time for all"
