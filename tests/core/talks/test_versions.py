"""Between two talks: files side by side of which one is heard, and a recording that becomes a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.events import Failed, Interlude, ModeChanged, Recorded
from core.talks.versions import FORMAT, Versions, side_by_side
from tests import tiny
from tests.fakes import FakeSink, FakeWorld, Listening

FRAME = FORMAT.frame_size


def _file(path: Path, value: float, seconds: float = 0.5, rate: int = 48_000) -> Path:
    soundfile.write(path, np.full(round(seconds * rate), value, np.float32), rate, "FLOAT")
    return path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return _file(tmp_path / "one.wav", 0.1), _file(tmp_path / "other.wav", 0.4, seconds=0.4)


class SlowSink(FakeSink):
    """A speaker with room for four frames, of which the test lets one be heard at a time."""

    def pending(self) -> int:
        return sum(len(frame) for frame in self.frames)

    def drop(self) -> None:
        super().drop()
        self.frames.clear()


def test_turning_to_the_other_goes_on_at_the_same_moment(pair: tuple[Path, Path]) -> None:
    ended: list[bool] = []
    talk = Versions(side_by_side(pair), 0, emit=lambda _: None, done=lambda: ended.append(True))
    sink = SlowSink(FORMAT, room=4)
    heard: list[np.ndarray] = []
    for tick in range(60):
        if tick == 10:
            talk.turn_to(1)
        talk.speak(sink)
        if sink.frames:
            heard.append(sink.frames.pop(0))
    sound = np.concatenate(heard)
    assert ended == [True] and sink.drops == 1
    assert len(sound) == 25 * FRAME  # as long as the file, though four frames were thrown away and made again
    assert np.allclose(sound[: 10 * FRAME], 0.1, atol=1e-3)  # at once, not after what was waiting
    assert np.allclose(sound[11 * FRAME : 20 * FRAME], 0.4, atol=1e-3)
    assert np.abs(np.diff(sound[: 19 * FRAME])).max() < 0.001  # faded, without a click
    assert np.all(sound[20 * FRAME :] == 0)  # the shorter one ends in silence


def test_files_are_played_and_the_talk_goes_on(world: FakeWorld, pair: tuple[Path, Path]) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.play(pair, 1)
        talk.engine.turn_to(7)  # there is none: the one that is heard stays
        assert talk.wait(ModeChanged, 2).mode == "hold"
        assert [e.doing for e in talk.events if isinstance(e, Interlude)] == ["playing", None]
        assert len(world.sink.sound) == 25 * FRAME and np.allclose(world.sink.sound[:FRAME], 0.4, atol=1e-3)


def test_playing_is_interrupted(world: FakeWorld, pair: tuple[Path, Path]) -> None:
    world.sink.room = 5
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.play(pair)
        talk.wait(Interlude)
        talk.engine.interrupt()
        assert talk.wait(Interlude, 2).doing is None
        assert world.sink.drops == 1


def test_what_is_no_sound_disturbs_nothing(world: FakeWorld, tmp_path: Path) -> None:
    (tmp_path / "words.wav").write_text("no sound")
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.set_mode("hold")
        talk.wait(ModeChanged)
        talk.engine.play([tmp_path / "words.wav"])
        assert "words.wav" in talk.wait(Failed).error.message
        assert not any(isinstance(event, Interlude) for event in talk.events)


def test_a_moment_is_recorded(world: FakeWorld, tmp_path: Path) -> None:
    world.source.format = FORMAT
    world.source.say(1.5)
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.record(tmp_path / "said.wav", 1.0)
        assert talk.wait(Recorded).path == str(tmp_path / "said.wav")
        assert talk.wait(ModeChanged).mode == "idle"
    sound, rate = soundfile.read(tmp_path / "said.wav")
    assert (len(sound), rate) == (48_000, 48_000) and np.abs(sound).max() == pytest.approx(0.3, abs=0.01)
    assert len(world.sink.frames) == 0  # it is not played


def test_a_recording_that_cannot_be_kept_is_a_sentence(world: FakeWorld, tmp_path: Path) -> None:
    world.source.format = FORMAT
    world.source.say(1.0)
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.record(tmp_path / "nowhere" / "said.wav", 0.5)
        assert "said.wav" in talk.wait(Failed).error.message
        talk.wait(ModeChanged)
        assert not any(isinstance(event, Recorded) for event in talk.events)


def test_a_recording_that_is_broken_off_leaves_no_file(world: FakeWorld, tmp_path: Path) -> None:
    with Listening(world, model=tiny.TURN) as talk:
        talk.engine.record(tmp_path / "said.wav", 1.0)
        talk.wait(Interlude)
        talk.engine.interrupt()
        assert talk.wait(Interlude, 2).doing is None
    assert not (tmp_path / "said.wav").exists()
