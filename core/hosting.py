"""Host: a model in a child process, behind the same protocols as one in this process.

Loading torch here would stop the window for half a second, and a driver that crashes would take it along.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from core import errors
from core.audio.base import Pcm
from core.codecs.base import Codec, CodecSpec, Codes, Decoder, Encoder
from core.errors import ModelError, PalukuError
from core.offline import guard
from core.s2s.base import Conversation, DuplexModel, Listener, Reply, SpeechSpec, Spoken, TurnModel, Voice

LOAD_SECONDS = 600.0
STEP_SECONDS = 30.0

_MODEL = 0  # the number of the model itself among the objects of the child
_PLAIN = (type(None), bool, int, float, str, bytes, tuple, list, Spoken, CodecSpec, SpeechSpec)


class Host:
    """A child process with a model in it, and the calls that are made to it one at a time."""

    def __init__(self, make: Callable[[], object]) -> None:
        """`make` loads the model, in the child; it must be importable there by name."""
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, make), name="paluku model", daemon=True)
        self._child.start()
        theirs.close()
        self._dropped: list[int] = []
        self._answer(LOAD_SECONDS)

    def call(self, thing: int, method: str, *arguments: object, **named: object) -> Any:
        """Call a method of one of the child's objects. What is no plain value comes back as its number."""
        dropped, self._dropped = self._dropped, []
        try:
            self._line.send((dropped, thing, method, arguments, named))
        except OSError as error:
            raise _gone() from error
        return self._answer(STEP_SECONDS)

    def drop(self, thing: int) -> None:
        """The child may forget an object."""
        self._dropped.append(thing)

    def close(self) -> None:
        """End the child: it ends by itself when the line is cut, unless it is stuck."""
        self._line.close()
        self._child.join(timeout=0.5)
        if self._child.is_alive():
            self._child.kill()

    def __del__(self) -> None:
        self.close()

    def _answer(self, seconds: float) -> Any:
        try:
            if not self._line.poll(seconds):
                self.close()
                raise ModelError("The model does not answer any more.", "It is stopped; choose it again.")
            kind, value = self._line.recv()
        except (EOFError, OSError) as error:
            raise _gone() from error
        if kind == "stop":
            raise StopIteration
        if kind == "refused":
            name, message, hint = value
            raise getattr(errors, name)(message, hint)
        if kind == "fault":
            raise ModelError("The model failed because of a fault in Paluku.", value)
        return value


class _Remote:
    """One of the child's objects."""

    def __init__(self, host: Host, number: int) -> None:
        self.host = host
        self.number = number

    def __del__(self) -> None:
        self.host.drop(self.number)

    def call(self, method: str, *arguments: object, **named: object) -> Any:
        return self.host.call(self.number, method, *arguments, **named)


class HostedCodec(Codec):
    """A codec whose weights live in a child process."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._spec: CodecSpec = host.call(_MODEL, "spec")

    @property
    def spec(self) -> CodecSpec:
        return self._spec

    def encoder(self) -> HostedEncoder:
        return HostedEncoder(self._host, self._host.call(_MODEL, "encoder"))

    def decoder(self) -> HostedDecoder:
        return HostedDecoder(self._host, self._host.call(_MODEL, "decoder"))


class HostedEncoder(_Remote, Encoder):
    """A stream of sound becoming codes in the child."""

    def push(self, pcm: Pcm) -> Codes:
        codes: Codes = self.call("push", pcm)
        return codes


class HostedDecoder(_Remote, Decoder):
    """A stream of codes becoming sound in the child."""

    def push(self, codes: Codes) -> Pcm:
        pcm: Pcm = self.call("push", codes)
        return pcm


class HostedListener(_Remote, Listener):
    """A turn being heard in the child."""

    def push(self, codes: Codes) -> str:
        return str(self.call("push", codes))


class HostedReply(_Remote, Iterator[Spoken]):
    """An answer being made in the child."""

    def __next__(self) -> Spoken:
        spoken: Spoken = self.call("__next__")
        return spoken

    def set_voice(self, voice: Voice) -> None:
        self.call("set_voice", voice)

    def close(self) -> None:
        self.call("close")


class HostedTurnModel(TurnModel):
    """A turn model whose weights live in a child process."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._spec: SpeechSpec = host.call(_MODEL, "spec")

    @property
    def spec(self) -> SpeechSpec:
        return self._spec

    def listen(self) -> HostedListener:
        return HostedListener(self._host, self._host.call(_MODEL, "listen"))

    def reply(self, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        assert isinstance(heard, HostedListener), "a model answers what its own listener heard"
        number = self._host.call(_MODEL, "reply", _Number(heard.number), voice, seed=seed)
        return HostedReply(self._host, number)

    def say(self, words: str, heard: Listener, voice: Voice, *, seed: int) -> Reply:
        assert isinstance(heard, HostedListener), "a model answers what its own listener heard"
        number = self._host.call(_MODEL, "say", words, _Number(heard.number), voice, seed=seed)
        return HostedReply(self._host, number)


class HostedConversation(_Remote, Conversation):
    """A talk with a duplex model in the child."""

    def push(self, codes: Codes) -> Spoken:
        spoken: Spoken = self.call("push", codes)
        return spoken

    def words_heard(self) -> str:
        return str(self.call("words_heard"))

    def set_voice(self, voice: Voice) -> None:
        self.call("set_voice", voice)

    def say(self, words: str) -> None:
        self.call("say", words)

    def shorten(self, on: bool) -> bool:
        return bool(self.call("shorten", on))


class HostedDuplexModel(DuplexModel):
    """A duplex model whose weights live in a child process."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._spec: SpeechSpec = host.call(_MODEL, "spec")

    @property
    def spec(self) -> SpeechSpec:
        return self._spec

    def converse(self, voice: Voice, *, seed: int) -> HostedConversation:
        return HostedConversation(self._host, self._host.call(_MODEL, "converse", voice, seed=seed))


class _Number(int):
    """Stands for an object of the child among the arguments of a call."""


def _gone() -> PalukuError:
    return ModelError(
        "The model's process has ended by itself.",
        "Choose the model again; if it happens again, the memory or a driver may be at fault.",
    )


def _serve(line: Connection, make: Callable[[], object]) -> None:
    """The child: loads the model, then does what it is told until the other side is gone."""
    guard()
    things: dict[int, Any] = {}
    following = 1
    try:
        reply: tuple[str, object] = ("value", None)
        try:
            things[_MODEL] = make()
        except Exception as error:  # of whatever kind: it is told, and the child ends
            reply = _told(error)
        line.send(reply)
        while _MODEL in things:
            dropped, number, method, arguments, named = line.recv()
            for old in dropped:
                things.pop(old, None)
            try:
                given = [things[a] if isinstance(a, _Number) else a for a in arguments]
                found = getattr(things[number], method)
                value = found(*given, **named) if callable(found) else found
                if hasattr(value, "dtype") or isinstance(value, _PLAIN):
                    reply = ("value", value)
                else:
                    things[following] = value
                    reply = ("value", following)
                    following += 1
            except Exception as error:
                reply = _told(error)
            line.send(reply)
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _told(error: Exception) -> tuple[str, object]:
    if isinstance(error, StopIteration):
        return "stop", None
    if isinstance(error, PalukuError):
        return "refused", (type(error).__name__, error.message, error.hint)
    return "fault", "".join(traceback.format_exception_only(error)).strip()
