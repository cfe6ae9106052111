"""TurnTalk: a talk in turns. Hear until the turn ends, answer, stop when interrupted."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import numpy as np

from core.audio.base import AudioSink, Pcm, Scalable
from core.audio.endpoint import Activity, TurnDetector
from core.audio.evidence import NearEnd
from core.codecs.base import Codec, Codes
from core.errors import ModelError
from core.events import Ducked, Finished, Heard, Hearing, Listening, Thinking
from core.history import Turn
from core.s2s.base import Listener, Reply, TurnModel, Voice
from core.talks.base import FRAMES_AHEAD, Emit, Keep, Reader
from core.talks.floor import DUCKED, Ears, Floor, Spoken, is_nod
from core.talks.heard_turn import HeardTurn
from core.talks.rounds import SPOKEN_SECONDS, HeardRounds, together
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
        self._reply: TurnReply | None = None
        self._dropping = False
        self._voice_stops = True
        self._held = False
        self._floor = Floor()
        self._stopped: TurnReply | None = None  # a reply that goes on if nobody takes its turn
        self._open = False  # whether what is heard is a turn is not yet known
        self._gain = 1.0
        self._sounding = False
        self._since_reply = _AFTER_REPLY_SECONDS
        self._relief = 0
        self._asked = False  # whether the last reply may have been a question
        emit(Listening())

    @property
    def busy(self) -> bool:
        return any((self._hearing, self._reply, self._stopped))

    def hear(self, pcm: Pcm) -> None:
        activity = self._detector.push(pcm) if self._detector else None
        seconds = len(pcm) / self._codec.spec.format.sample_rate
        if self._hearing:
            self._listen(pcm)
            if self._speaks(activity):
                self._hearing.voice += seconds
            if self._open and not self._held:
                self._judge_stop(activity, seconds)
            elif activity is Activity.ENDED and not self._held:
                self._end_by_silence()
            return
        replying = self._reply is not None or self._sounding
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
        for earlier in self._pre_roll:
            self._listen(earlier)
        self._pre_roll.clear()

    def _stop_for_voice(self) -> None:
        """Somebody speaks: the reply waits, silent, until it is known whether that is a turn."""
        stopped, self._reply = self._reply, None
        self._begin_turn()
        self._stopped, self._open, self._dropping = stopped, True, True
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
            self._settle_short_turn()

    def _end_by_silence(self) -> None:
        """A nod is no turn, unless something was asked: there is nothing to answer."""
        assert self._hearing
        if self._asked or not self._hearing.nods():
            self._end_turn()
            return
        self._hearing, self._number = None, self._number - 1
        self._emit(Listening())

    def _settle_short_turn(self) -> None:
        """Little was said over the reply: with words that are more than a nod it was a turn after all."""
        assert self._hearing
        self._hearing.finish()
        words = self._hearing.text.strip()
        if words and not is_nod(words):
            self._give_up_stopped()
            self._end_turn()
            return
        self._hearing, self._open = None, False
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
        self._begin_turn(self._model.read(words))
        assert self._hearing
        self._hearing.text = words
        self._end_turn()

    def say(self, make: Callable[[Listener, Voice, int], Reply]) -> int:
        """Say something though nobody asked; `make` makes it of a listener, a voice and a seed."""
        self._number += 1
        heard = self._heard_turn(self._model.listen())
        self._answer(heard, lambda: make(heard.listener, self._voice, self._seed + self._number))
        return self._number

    def speak(self, sink: AudioSink) -> None:
        reply = self._reply or self._stopped
        if self._dropping:
            if reply and reply.silenced:
                heard = reply.sound.heard(sink) if self._floor.quiet_from is None else self._floor.quiet_from
                reply.sound.again_from(heard)
                reply.silenced = False
            sink.drop()
            self._dropping, self._gain = False, 1.0
            self._floor.quiet, self._floor.quiet_from = False, None
        elif self._reply:
            self._soften(self._reply, sink)
        rate = self._codec.spec.format.sample_rate
        for _ in range(FRAMES_AHEAD):
            if self._reply is None or not sink.has_room():
                break
            pcm = self._reply.sound.next_again()
            if pcm is None:
                pcm = self._reply.next_frame(self._codebooks, sink.pending() / rate)
            if pcm is None:
                self._finish(interrupted=False)
                break
            self._reply.sound.write(pcm, sink, self._gain)
        self._sounding = sink.pending() > 0

    def _soften(self, reply: TurnReply, sink: AudioSink) -> None:
        """Make the reply as loud as the floor wants it, with what already waits in the sink."""
        gain = DUCKED if self._floor.quiet else 1.0
        if gain != self._gain:
            if self._floor.quiet:
                self._floor.quiet_from = reply.sound.heard(sink)
            if isinstance(sink, Scalable):
                sink.scale(gain / self._gain)
            self._gain = gain
            self._emit(Ducked(reply.number, "quiet" if self._floor.quiet else "resumed"))

    def interrupt(self) -> None:
        self._give_up_stopped()
        if self._reply:
            self._finish(interrupted=True)
        self._dropping = True

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
        self._give_up_stopped()
        if self._reply:
            self._finish(interrupted=True)
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
        words = self._hearing.push(pcm)
        if words:
            self._emit(Heard(self._number, words))

    def _end_turn(self) -> None:
        assert self._hearing
        self._give_up_stopped()
        self._floor = Floor()
        heard, self._hearing = self._hearing, None
        heard.take_in(heard.rounds.flush())
        if not heard.codes and not heard.text:  # the button was only touched
            self._emit(Listening())
            return
        heard.finish()
        self._emit(Heard(self._number, heard.text.strip(), final=True))
        self._emit(Thinking(self._number))
        self._answer(
            heard,
            lambda: self._model.reply(heard.listener, self._voice, seed=self._seed + self._number),
        )

    def _answer(self, heard: HeardTurn, make: Callable[[], Reply]) -> None:
        started = time.perf_counter()
        frames = make()
        format = self._codec.spec.format
        self._reply = TurnReply(
            heard,
            frames,
            self._codec.decoder(),
            self._voice,
            started,
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
        self._emit(
            Finished(
                turn=reply.number,
                heard=reply.heard.text.strip(),
                reply=reply.text.strip(),
                first_sound_ms=reply.first_sound_ms,
                seconds=len(reply.codes) / self._codec.spec.frame_rate,
                interrupted=interrupted,
                language=reply.voice.language,
            )
        )
        if not reply.codes and not reply.heard.text.strip():  # nobody said anything, and nothing was answered
            self._emit(Listening())
            return
        self._keep(
            Turn(
                number=reply.number,
                heard=reply.heard.text.strip(),
                reply=reply.text.strip(),
                heard_codes=_joined(reply.heard.codes, self._codec),
                reply_codes=_joined(reply.codes, self._codec),
                speaker=reply.voice.speaker,
                emotion=reply.voice.emotion,
                language=reply.voice.language,
                seed=self._seed + reply.number,
                first_sound_ms=reply.first_sound_ms,
                interrupted=interrupted,
                at=time.time(),
            )
        )
        if not self._hearing:
            self._emit(Listening())


def _joined(codes: list[Codes], codec: Codec) -> Codes:
    return np.concatenate(codes, axis=1) if codes else np.zeros((codec.spec.n_codebooks, 0), np.int64)
