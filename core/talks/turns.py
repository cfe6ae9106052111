"""TurnTalk: a talk in turns. Hear until the turn ends, answer, stop when interrupted."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from core.audio.base import AudioSink, Pcm
from core.audio.endpoint import Activity, TurnDetector
from core.audio.evidence import NearEnd
from core.codecs.base import Codec
from core.errors import ModelError
from core.events import Ducked, Heard, Hearing, Listening, Thinking
from core.s2s.base import Listener, Reply, TurnModel, Voice
from core.talks.base import Emit, Keep, Reader
from core.talks.delivery import Delivery
from core.talks.floor import Ears, Floor, Spoken
from core.talks.heard_turn import HeardTurn
from core.talks.rounds import SPOKEN_SECONDS, HeardRounds, together
from core.talks.share import Share
from core.talks.thought import Thought
from core.talks.turn_reply import TurnReply

_AFTER_REPLY_SECONDS = 0.4  # in which what is heard may be the end of the reply
PRE_ROLL_SECONDS = 0.5  # kept from before speech was certain, so that its onset is heard


class TurnTalk:
    """A talk with a turn model; `detector` finds the turns, without one the talk button does."""

    def __init__(
        self,
        codec: Codec,
        model: TurnModel,
        detector: TurnDetector | None,
        voice: Voice,
        *,
        emit: Emit,
        keep: Keep,
        seed: int,
        ears: Ears | None = None,
    ) -> None:
        """With `ears` a reply yields to evidence of a voice, not to whatever sounds like one."""
        self._ears = ears
        self._codec = codec
        self._model = model
        self._detector = detector
        self._voice = voice
        self._emit = emit
        self._keep = keep
        self._seed = seed
        self._codebooks: int | None = None
        self._number = 0
        frames = max(1, round(PRE_ROLL_SECONDS * codec.spec.frame_rate))
        self._pre_roll: deque[Pcm] = deque(maxlen=frames)
        self._hearing: HeardTurn | None = None
        self._thought: Thought | None = None
        self._reply: TurnReply | None = None
        self._share = Share(codec.spec.format.frame_seconds)
        self._delivery = Delivery(codec.spec.format.sample_rate, emit)
        self._voice_stops = True
        self._held = False
        self._floor = Floor()
        self._stopped: TurnReply | None = None  # a reply that goes on if nobody takes its turn
        self._open = False  # whether what is heard is a turn is not yet known
        self._since_reply = _AFTER_REPLY_SECONDS
        self._ended_at = 0.0  # when the latest turn did
        self._relief = 0
        self._asked = False  # whether the last reply may have been a question
        emit(Listening())

    @property
    def busy(self) -> bool:
        return any((self._hearing, self._thought, self._reply, self._stopped))

    def hear(self, pcm: Pcm) -> None:
        self._share.begin()
        activity = self._detector.push(pcm) if self._detector else None
        seconds = len(pcm) / self._codec.spec.format.sample_rate
        if self._hearing:
            self._listen(pcm)
            if self._detector:
                self._detector.foretold = self._hearing.closed(self._detector.silence)
            if self._speaks(activity):
                self._hearing.voice += seconds
            if self._open and not self._held:
                self._judge_stop(activity, seconds)
            elif activity is Activity.ENDED and not self._held:
                self._think(self._answer_unless_nod)
            return
        if self._thought:
            if not self._starts(activity):
                self._pre_roll.append(pcm)
                return
            self._think_to_the_end()
        replying = self._reply is not None or self._delivery.sounding
        self._since_reply = 0.0 if replying else self._since_reply + seconds
        near = self._ears.near_end if self._ears and replying else None
        self._pre_roll.append(self._ears.faithful if self._ears and near else pcm)
        if near is None and replying and self._detector:
            near = NearEnd(self._detector.voiced)  # without an echo, whatever is heard is somebody
        if near is not None:
            if self._detector and self._voice_stops and self._floor.judge(near, seconds):
                self._stop_for_voice()
            return
        if self._starts(activity) and (self._voice_stops or not self._reply):
            self._begin_turn()
            self._listen_back()

    def _starts(self, activity: Activity | None) -> bool:
        if activity is Activity.STARTED:
            return True
        # Somebody was already talking when the reply ended.
        return self._speaks(activity) and self._since_reply >= _AFTER_REPLY_SECONDS

    def _speaks(self, activity: Activity | None) -> bool:
        """Whether there is a voice in this very frame of a turn."""
        return activity is Activity.SPEAKING and self._detector is not None and self._detector.silence == 0

    def _listen_back(self) -> None:
        assert self._hearing
        *earlier, latest = self._pre_roll
        self._hearing.waiting.extend(earlier)
        self._pre_roll.clear()
        self._listen(latest)

    def _stop_for_voice(self) -> None:
        """Somebody speaks: the reply waits, silent, until it is known whether that is a turn."""
        stopped, self._reply = self._reply, None
        self._begin_turn()
        self._stopped, self._open = stopped, True
        self._delivery.drop()
        if stopped:
            stopped.silenced = True
            self._emit(Ducked(stopped.number, "stopped"))
        self._listen_back()

    def _judge_stop(self, activity: Activity | None, seconds: float) -> None:
        assert self._detector
        speaking = activity in (Activity.STARTED, Activity.SPEAKING)
        verdict = self._floor.follow(speaking, self._detector.silence, seconds)
        if verdict:
            self._give_up_stopped()
        elif verdict is False or activity is Activity.ENDED:
            self._think(self._settle_short_turn)

    def _think(self, then: Callable[[HeardTurn], None]) -> None:
        """The turn is over; what becomes of it is known once its last words are."""
        assert self._hearing
        self._ended_at = time.perf_counter()
        self._thought, self._hearing = Thought(self._hearing, then), None

    def _think_to_the_end(self) -> None:
        """Something else is about to begin: it finds what follows from the turn as if no time had passed."""
        if self._thought:
            thought, self._thought = self._thought, None
            thought.end()

    def _answer_unless_nod(self, heard: HeardTurn) -> None:
        """A nod is no turn, unless something was asked: there is nothing to answer."""
        if self._asked or not heard.nods():
            self._answer_turn(heard)
            return
        self._number -= 1
        self._emit(Listening())

    def _settle_short_turn(self, heard: HeardTurn) -> None:
        """Little was said over the reply: with words that are more than a nod it was a turn after all."""
        if heard.text.strip() and not heard.nods():
            self._hearing = heard  # what ends now ends for this turn, not for silence
            self._give_up_stopped()
            self._hearing = None
            self._answer_turn(heard)
            return
        self._open = False
        self._number -= 1
        self._reply, self._stopped = self._stopped, None
        if self._reply:
            self._emit(Ducked(self._reply.number, "resumed"))
        else:
            self._emit(Listening())
        self._floor = Floor()

    def _give_up_stopped(self) -> None:
        self._open = False
        if self._stopped:
            self._reply, self._stopped = self._stopped, None
            self._finish(interrupted=True)

    def hold(self, down: bool) -> None:
        self._held = down
        if down:
            self._think_to_the_end()
            self._give_up_stopped()
        if down and not self._hearing:
            self._begin_turn()
        elif not down and self._hearing:
            self._end_turn()

    def read(self, words: str) -> None:
        """A turn that was typed; it is answered as if it had been spoken."""
        if not isinstance(self._model, Reader):
            raise ModelError(
                "This model hears what is said; it cannot read.", "Say it, or choose another model."
            )
        self._think_to_the_end()
        self._begin_turn(self._model.read(words))
        assert self._hearing
        self._hearing.text = words
        self._end_turn()

    def say(self, make: Callable[[Listener, Voice, int], Reply]) -> int:
        """Say something though nobody asked; `make` makes it of a listener, a voice and a seed."""
        self._think_to_the_end()
        self._number, self._ended_at = self._number + 1, time.perf_counter()
        heard = self._heard_turn(self._model.listen())
        self._answer(heard, lambda: make(heard.listener, self._voice, self._seed + self._number))
        return self._number

    def speak(self, sink: AudioSink) -> None:
        self._share.begin()
        thought, self._thought = self._thought, None
        if thought and not thought.go_on(self._share):
            self._thought = thought
        self._delivery.settle(sink, self._reply, self._stopped, self._floor)
        if self._reply and self._delivery.fill(sink, self._reply, self._codebooks, self._share):
            self._finish(interrupted=False)
        self._delivery.sounding = sink.pending() > 0
        self._share.end()

    def interrupt(self) -> None:
        self._end_reply()
        self._delivery.drop()

    def _end_reply(self) -> None:
        self._think_to_the_end()
        self._give_up_stopped()
        if self._reply:
            self._finish(interrupted=True)

    def set_voice(self, voice: Voice) -> None:
        self._voice = voice
        if self._reply:
            self._reply.set_voice(voice)

    def set_codebooks(self, count: int | None) -> None:
        self._codebooks = count

    def relieve(self, step: int) -> bool:
        """Do with less work (see Relievable)."""
        before, self._relief = self._relief, step
        if self._hearing:
            self._hearing.rounds.relieve(step)
        for reply in filter(None, (self._reply, self._stopped)):
            reply.rounds.relieve(step)
        seconds = self._codec.spec.format.frame_seconds
        return together(before, SPOKEN_SECONDS, seconds) != together(step, SPOKEN_SECONDS, seconds)

    def set_pause(self, seconds: float) -> None:
        if self._detector:
            self._detector.pause_seconds = seconds

    def set_barge_in(self, by_voice: bool) -> None:
        self._voice_stops = by_voice

    def close(self) -> None:
        self._end_reply()
        self._hearing = None

    def _begin_turn(self, listener: Listener | None = None) -> None:
        if self._reply or self._stopped:
            self.interrupt()
        self._open = False
        self._number += 1
        self._hearing = self._heard_turn(listener or self._model.listen())
        self._emit(Hearing(self._number))

    def _heard_turn(self, listener: Listener) -> HeardTurn:
        rounds = HeardRounds(self._codec.encoder(), self._codec.spec.format.frame_seconds)
        rounds.relieve(self._relief)
        return HeardTurn(rounds, listener)

    def _listen(self, pcm: Pcm) -> None:
        assert self._hearing
        words = self._hearing.push(pcm, self._share)
        if words:
            self._emit(Heard(self._number, words))

    def _end_turn(self) -> None:
        self._give_up_stopped()
        self._floor = Floor()
        self._think(self._answer_turn)

    def _answer_turn(self, heard: HeardTurn) -> None:
        self._floor = Floor()
        if not heard.codes and not heard.text:  # the button was only touched
            self._emit(Listening())
            return
        self._emit(Heard(self._number, heard.text.strip(), final=True))
        self._emit(Thinking(self._number))
        self._answer(
            heard,
            lambda: self._model.reply(heard.listener, self._voice, seed=self._seed + self._number),
        )

    def _answer(self, heard: HeardTurn, make: Callable[[], Reply]) -> None:
        frames = make()
        format = self._codec.spec.format
        self._reply = TurnReply(
            heard,
            frames,
            self._codec.decoder(),
            self._voice,
            self._ended_at,
            self._number,
            self._emit,
            Spoken(format.frame_seconds, format.sample_rate),
        )
        self._reply.rounds.relieve(self._relief)

    def _finish(self, *, interrupted: bool) -> None:
        assert self._reply
        reply, self._reply = self._reply, None
        reply.close()
        if reply.codes:
            self._asked = reply.asks
        self._emit(reply.finished(interrupted))
        if not reply.codes and not reply.heard.text.strip():  # nobody said anything, and nothing was answered
            self._emit(Listening())
            return
        self._keep(reply.turn(self._codec.spec.n_codebooks, self._seed + reply.number, interrupted))
        if not self._hearing:
            self._emit(Listening())
