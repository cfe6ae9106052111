"""EchoBench: what the canceller and the talk make of speakers, rooms and people; one figure a scene."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from core.audio.base import AudioFormat, Pcm
from core.audio.ear import Ear
from core.cast import Cast
from core.events import Ducked, Finished
from core.talks.floor import DUCKED
from core.workbench.echo.asked import asked
from core.workbench.echo.narrator import hold_talk
from core.workbench.echo.room import Room, shoebox
from core.workbench.echo.scene import Scene, Stage
from core.workbench.echo.turns import spoken_turns
from core.workbench.echo.voices import Voices, onset

FORMAT = AudioFormat(16_000, 320)
SETTLED_SECONDS = 3.0
_CANCELLED_SECONDS, _QUICK_SECONDS = 14.0, 9.0  # of narration in a room
_BETWEEN_SECONDS = 6.0  # two interruptions
_NARRATION_PIECE = 60.0
_AFTER_STOP_SECONDS = 1.5  # in which a stop still belongs to the interruption before it
_CONDITIONS = (  # delay, drift in ppm, distortion
    (0.02, 0.0, 0.0),
    (0.08, 0.0, 1.0),
    (0.2, 50.0, 0.5),
    (0.35, 200.0, 1.0),
    (0.12, -100.0, 2.0),
)

Say = Callable[[str], None]
Figures = dict[str, Any]


def bench_echo(
    voices: Voices, rooms: list[Room], hearing: Cast | None, *, quick: bool, minutes: float, say: Say
) -> Iterator[Figures]:
    """All figures, in the order in which they are made; `hearing` hears words."""
    chosen = rooms[:3] if quick else rooms
    conditions = _CONDITIONS[:2] if quick else _CONDITIONS
    found = []
    for number, room in enumerate(chosen):
        for delay, drift, distortion in conditions:
            say(f"cancelling in {room.name}")
            stage = Stage(room, delay=delay, drift_ppm=drift, distortion=distortion)
            seconds = _QUICK_SECONDS if quick else _CANCELLED_SECONDS
            found.append(cancelled(voices, stage, number, seconds))
            yield found[-1]
    erle = [row["erle_db"] for row in found]
    yield {
        "what": "echo rooms",
        "scenes": len(erle),
        **{f"erle_db_{name}": round(float(np.percentile(erle, at)), 1) for name, at in _QUANTILES.items()},
        "below_20": sum(value < 20 for value in erle),
    }
    for near_db in (0.0,) if quick else (-10.0, 0.0, 10.0):
        say(f"double talk at {near_db:+.0f} dB")
        yield double_talk(voices, Stage(rooms[0], delay=0.06, distortion=0.5), near_db, quick)
    say("narration")
    yield narrated(voices, rooms, 60 * minutes)
    say("interruptions")
    yield interrupted(voices, rooms, 4 if quick else 40)
    say("nods")
    yield nodded(voices, rooms[0], 2 if quick else 8)
    count = 4 if quick else 40
    for name, sentences in (("turns", asked(FORMAT.sample_rate, count)), ("turns other", voices.sentences)):
        say("sentences with pauses")
        yield {"what": name, **spoken_turns(sentences, voices, rooms, FORMAT, count, hearing)}
    say("a delay that jumps")
    yield jumped(voices, rooms[0])


_QUANTILES = {"min": 0, "p10": 10, "median": 50, "max": 100}


def simulated_rooms(rate: int, count: int) -> list[Room]:
    """Rooms that decay in 0.2 to 0.6 s, the speaker half a metre or more from the microphone."""
    rng = np.random.default_rng(2)
    decays = np.linspace(0.2, 0.6, count)
    return [shoebox(rate, float(decay), float(rng.uniform(0.3, 1.2)), rng) for decay in decays]


def cancelled(voices: Voices, stage: Stage, seed: int = 0, seconds: float = _CANCELLED_SECONDS) -> Figures:
    """How much of the echo is gone once it is settled, and what that costs."""
    scene = Scene(FORMAT, stage, seconds, seed)
    raw, heard, _, spent, ear = _listen(scene, voices.narration)
    settled = round(SETTLED_SECONDS * FORMAT.sample_rate)
    return {
        "what": "echo",
        "scene": f"{stage.room.name}, {stage.delay * 1000:.0f} ms, {stage.drift_ppm:.0f} ppm, "
        f"distortion {stage.distortion:.1f}",
        "rt60": stage.room.rt60,
        "erle_db": round(_decibel(raw[settled:], heard[settled:]), 1),
        "drift_ppm": round(1e6 * ear.drift),
        "core": round(spent / seconds, 4),
    }


def double_talk(voices: Voices, stage: Stage, near_db: float, quick: bool = False) -> Figures:
    """What is left of a voice over the echo: as the speech model gets it, and as it would by AEC3 alone."""
    from pystoi import stoi

    rate = FORMAT.sample_rate
    script = _script(voices.interruptions[: 2 if quick else 5], 4.0, 2.5, rate, near_db)
    seconds = len(script) / rate
    scene = Scene(FORMAT, Stage(**{**vars(stage), "script": script}), seconds)
    raw, heard, faithful, _, ear = _listen(scene, voices.narration)
    late = round(ear.delay_seconds * rate)
    said = np.nonzero(np.convolve(np.abs(script) > 0.01 * np.abs(script).max(), np.ones(800), "same"))[0]
    said = said[said < len(heard) - late]
    clean = script[said]
    return {
        "what": "echo double talk",
        "near_db": near_db,
        "stoi_microphone": round(float(stoi(clean, raw[said], rate)), 3),
        "stoi_voice": round(float(stoi(clean, faithful[said + late], rate)), 3),
        "stoi_heard": round(float(stoi(clean, heard[said + late], rate)), 3),
        "stoi_drop": round(1 - float(stoi(clean, faithful[said + late], rate)), 3),
    }


def narrated(voices: Voices, rooms: list[Room], seconds: float) -> Figures:
    """Nobody speaks but the speaker: how often the reply stops all the same."""
    stops = quiet = 0
    left, number = seconds, 0
    while left > 0:
        piece = min(left, _NARRATION_PIECE)
        delay, drift, distortion = _CONDITIONS[number % len(_CONDITIONS)]
        stage = Stage(rooms[number % len(rooms)], delay=delay, drift_ppm=drift, distortion=distortion)
        held = hold_talk(Scene(FORMAT, stage, piece, number), _long(voices.narration, piece, number))
        stops += len(held.times(Ducked, "stopped"))
        quiet += len(held.times(Ducked, "quiet"))
        left, number = left - piece, number + 1
    return {
        "what": "echo narration",
        "minutes": round(seconds / 60, 2),
        "false_stops": stops,
        "false_ducks": quiet,
    }


def interrupted(voices: Voices, rooms: list[Room], count: int) -> Figures:
    """Somebody speaks over the reply: how often and how soon it stops."""
    rate = FORMAT.sample_rate
    waits: list[float | None] = []
    confirmed = false = 0
    for number in range(count):
        voice = voices.interruptions[number % len(voices.interruptions)]
        level = (0.0, 5.0, 10.0)[number % 3]
        script = _script([voice], 5.0, 3.0, rate, level)
        delay, drift, distortion = _CONDITIONS[number % len(_CONDITIONS)]
        stage = Stage(
            rooms[number % len(rooms)], delay=delay, drift_ppm=drift, distortion=distortion, script=script
        )
        seconds = 5.0 + len(voice) / rate + 1.0
        held = hold_talk(Scene(FORMAT, stage, seconds, number), _long(voices.narration, seconds, number))
        begin = 5.0 + onset(voice, rate) / rate
        stops = held.times(Ducked, "stopped")
        false += sum(stop < begin for stop in stops)
        after = [stop for stop in stops if stop >= begin]
        waits.append(1000 * (after[0] - begin) if after else None)
        confirmed += any(
            isinstance(row.event, Finished) and row.event.interrupted and row.at > begin
            for row in held.events
        )
    found = sorted(wait for wait in waits if wait is not None)
    return {
        "what": "echo interruptions",
        "scenes": count,
        "true_stops": round(sum(wait is not None and wait <= 300 for wait in waits) / count, 3),
        "stopped_at_all": round(len(found) / count, 3),
        "taken_as_turn": round(confirmed / count, 3),
        "stop_ms": round(float(np.median(found))) if found else None,
        "stop_ms_p95": round(float(np.percentile(found, 95))) if found else None,
        "false_stops": false,
    }


def nodded(voices: Voices, room: Room, count: int) -> Figures:
    """A short yes over the reply: it goes on, and no word of it is lost."""
    rate = FORMAT.sample_rate
    stopped = resumed = lost = softened = 0
    waits = []
    for number in range(count):
        nod = voices.nods[number % len(voices.nods)]
        script = _script([nod], 4.0, 3.0, rate, 5.0)
        scene = Scene(FORMAT, Stage(room, delay=0.06, script=script), 9.0, number)
        narration = _long(voices.narration, 4.5, number)
        held = hold_talk(scene, narration)
        stops, backs = held.times(Ducked, "stopped"), held.times(Ducked, "resumed")
        if stops:
            stopped += 1
            back = [at for at in backs if at > stops[0]]
            resumed += bool(back)
            waits += [back[0] - 4.0 - len(nod) / rate] if back else []
        lost += not said_whole(scene, narration, 0.8 * DUCKED)
        softened += not said_whole(scene, narration)
    return {
        "what": "echo nods",
        "scenes": count,
        "stopped": stopped,
        "resumed": resumed,
        "resume_ms": round(1000 * float(np.median(waits))) if waits else None,
        "lost_words": lost,
        "softened": softened,
    }


def jumped(voices: Voices, room: Room) -> Figures:
    """The delay becomes longer by 0.2 s in mid-reply: what is left of the echo 3 s later, and what stops."""
    scene = Scene(FORMAT, Stage(room, delay=0.08, jump_at=8.0), 16.0)
    raw, heard, _, _, ear = _listen(scene, voices.narration)
    settled = round((8.0 + 3.0) * FORMAT.sample_rate)
    other = Scene(FORMAT, Stage(room, delay=0.08, jump_at=8.0), 16.0)
    held = hold_talk(other, _long(voices.narration, 16.0, 0))
    return {
        "what": "echo jump",
        "erle_db": round(_decibel(raw[settled:], heard[settled:]), 1),
        "moves": ear.moves,
        "false_stops": len(held.times(Ducked, "stopped")),
    }


def said_whole(scene: Scene, narration: Pcm, least: float = 0.9) -> bool:
    """Whether each tenth of a second of a narration was played in its order, some of it twice.

    Each hundredth of it at least so loud, against how loud it is.
    """
    size, rate = FORMAT.sample_rate // 10, FORMAT.sample_rate
    played = scene.timeline[: scene.played].astype(np.float64)
    power = np.concatenate(([0.0], np.cumsum(np.square(played))))
    at = 0
    for begin in range(0, len(narration) - size, size):
        piece = narration[begin : begin + size].astype(np.float64)
        own = float(np.sum(np.square(piece)))
        if own < 1e-3:
            continue
        first = max(0, at - 2 * rate)
        reach = played[first : at + 4 * rate]
        if len(reach) < size:
            return False
        there = power[first + size : first + len(reach) + 1] - power[first : first + len(reach) - size + 1]
        match = np.correlate(reach, piece, "valid") / np.sqrt(own * (there + 1e-3 * own))
        place = int(np.argmax(match))
        if not _is_this(reach[place : place + size], piece, least):
            return False
        at = first + place + size
    return True


def _is_this(heard: np.ndarray, piece: np.ndarray, least: float) -> bool:
    """Whether a sound is this piece, each hundredth of a second of it at least so loud."""
    heard, piece = (sound.reshape(10, -1) for sound in (heard, piece))
    own = np.sum(np.square(piece), axis=1)
    gains = np.sum(heard * piece, axis=1) / (own + 1e-12)
    unlike = float(np.sum(np.square(heard - gains[:, None] * piece)) / np.sum(own))
    audible = own > 0.01 * own.max()
    return unlike < 0.02 and bool(np.all(gains[audible] >= least))


def _listen(scene: Scene, narration: Pcm) -> tuple[Pcm, Pcm, Pcm, float, Ear]:
    """The narration through speaker, room and canceller: raw, heard, voice, computing time, the ear."""
    size = FORMAT.frame_size
    ear = Ear(FORMAT.sample_rate, scene.speaker)
    raw, heard, faithful = [], [], []
    spent, at = 0.0, 0
    while (frame := scene.microphone.read()) is not None:
        started = time.process_time()
        heard.append(ear.push(frame))
        spent += time.process_time() - started
        raw.append(frame)
        faithful.append(ear.faithful)
        while scene.speaker.has_room():
            scene.speaker.write(np.take(narration, range(at, at + size), mode="wrap"))
            at += size
    return np.concatenate(raw), np.concatenate(heard), np.concatenate(faithful), spent, ear


def _script(voices: list[Pcm], begin: float, pause: float, rate: int, over_db: float) -> Pcm:
    """Voices one after another, so much louder than the echo."""
    parts = [np.zeros(round(begin * rate), np.float32)]
    for voice in voices:
        parts += [
            np.asarray(voice * 10 ** (over_db / 20), np.float32),
            np.zeros(round(pause * rate), np.float32),
        ]
    return np.concatenate(parts)


def _long(narration: Pcm, seconds: float, number: int) -> Pcm:
    """So many seconds of it, each time from another place."""
    begin = number * FORMAT.sample_rate * 5
    return np.take(narration, range(begin, begin + round(seconds * FORMAT.sample_rate)), mode="wrap")


def _decibel(before: Pcm, after: Pcm) -> float:
    power = float(np.mean(np.square(before, dtype=np.float64)))
    return 10 * float(np.log10(power / (float(np.mean(np.square(after, dtype=np.float64))) + 1e-12)))
