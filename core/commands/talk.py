"""paluku talk: one conversation from sound files and typed words, without a window."""

from __future__ import annotations

import argparse
import queue
import sys
from collections.abc import Iterator
from pathlib import Path

from core.commands.output import add_json_flag, print_json
from core.engine import Engine
from core.errors import AudioFileError, ModelError
from core.events import Event, Failed, Finished, Ready, Ringing, Stopped
from core.loading import FileWorld, open_registry
from core.s2s.base import Voice
from core.skills.registry import SkillError

_EXAMPLE = """example:
  paluku talk question.wav -o answer.wav --speaker asha --emotion happy
  paluku talk first.wav second.wav -o answers.wav --json
  paluku talk conversation.wav --live -o answers.wav
  paluku talk --text "set a timer for five seconds" --text "what time is it" --wait 10 -o answers.wav"""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "talk",
        help="answer sound files and typed words, without a window",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("heard", nargs="*", type=Path, metavar="IN.wav", help="what you say; a turn each")
    parser.add_argument(
        "--text",
        action="append",
        default=[],
        metavar="WORDS",
        help="what you type; turns after the files",
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.wav", help="the answers")
    parser.add_argument("--model", help="the speech model (default: the one that ships)")
    parser.add_argument("--speaker", help="who answers")
    parser.add_argument("--emotion", help="in which mood")
    parser.add_argument("--language", help="in which language")
    parser.add_argument(
        "--wait",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="at the end, wait at most so long for timers to ring; they end with the command",
    )
    parser.add_argument(
        "--live",
        action="store_true",
        help="hear the files in real time, as a microphone: a pause ends a turn, a voice stops an answer",
    )
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same answer")
    add_json_flag(parser)
    parser.set_defaults(run=run, refuse=parser.error)


def run(args: argparse.Namespace) -> int:
    if not args.heard and not args.text:
        args.refuse("there is nothing to answer: name a sound file, or give words with --text")
    if args.output.resolve() in {path.resolve() for path in args.heard}:
        raise AudioFileError("The answer would overwrite what is heard.", "Choose another name after -o.")
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    engine = Engine(
        lambda: FileWorld(
            open_registry(), args.heard, args.output, typed=args.text, seed=args.seed, live=args.live
        ),
        events.put,
        model=args.model,
        seed=args.seed,
        linger_seconds=args.wait,
    )
    engine.start()
    rung: set[int] = set()
    try:
        for event in _until_stopped(events):
            if isinstance(event, Ready):
                _begin(engine, event, args)
            elif isinstance(event, Ringing):
                rung.add(event.turn)
            elif isinstance(event, Finished):
                _report(event, rang=event.turn in rung, as_json=args.json)
    finally:
        engine.close()
    return 0


def _until_stopped(events: queue.SimpleQueue[Event]) -> Iterator[Event]:
    """What the engine says, to its end. A failure of files or models ends the command."""
    while True:
        event = events.get()
        if isinstance(event, Failed):
            if not isinstance(event.error, SkillError):
                raise event.error
            print(event.error, file=sys.stderr)  # the talk goes on without it
        if isinstance(event, Stopped):
            return
        yield event


def _begin(engine: Engine, ready: Ready, args: argparse.Namespace) -> None:
    if ready.model is None:
        raise ModelError("There is no speech model here to talk with.", "See: paluku models")
    wishes = (
        ("speaker", args.speaker, ready.speakers),
        ("emotion", args.emotion, ready.emotions),
        ("language", args.language, ready.languages),
    )
    for what, wish, known in wishes:
        if wish is not None and wish not in known:
            raise ModelError(f"{ready.model} has no {what} “{wish}”.", f"It has: {', '.join(known)}.")
    engine.set_voice(
        Voice(
            speaker=args.speaker or ready.speakers[0],
            emotion=args.emotion or ready.emotions[0],
            language=args.language or ready.languages[0],
        )
    )
    engine.set_mode("duplex" if ready.duplex else "hands_free" if args.live else "hold")
    if args.heard and not args.live:
        engine.hold(True)


def _report(turn: Finished, *, rang: bool, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "heard": turn.heard,
                "reply": turn.reply,
                "language": turn.language,
                "first_sound_ms": round(turn.first_sound_ms, 1),
                "seconds": round(turn.seconds, 2),
                "interrupted": turn.interrupted,
                "rang": rang,
            }
        )
        return
    print(f"You:    {turn.heard or ('(a timer or alarm)' if rang else '(no words recognised)')}")
    print(f"Paluku: {turn.reply or '(no words)'}")
    print(f"        {turn.seconds:.1f} s, first sound after {turn.first_sound_ms:.0f} ms")
