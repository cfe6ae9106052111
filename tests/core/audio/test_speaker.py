"""The speaker plays what is written, all of it, without a gap, and forgets at once when told to."""

from __future__ import annotations

import numpy as np
import pytest

from core.audio import speaker as speaker_module
from core.audio.base import AudioFormat
from core.audio.devices import Device
from core.audio.speaker import Speaker
from core.errors import DeviceError

RATE = 16_000
FRAME = 1280
LEAD_SECONDS = 0.06
LEAD = round(LEAD_SECONDS * RATE)


class FakeOutput:
    """A device that plays only when the test lets time pass, and remembers what it played."""

    def __init__(self, rate: int = RATE, seconds: float = 4.0) -> None:
        self.rate = rate
        self.latency_seconds = 0.0
        self.loop = np.zeros((int(seconds * rate), 2), np.float32)
        self.alive = True
        self.late_blocks = 0
        self.closed = False
        self._played = 0
        self._silent = 0
        self._heard: list[np.ndarray] = []

    def pass_time(self, samples: int) -> None:
        at = np.arange(self._played, self._played + samples) % len(self.loop)
        self._heard.append(self.loop[at].copy())
        self._played += samples

    @property
    def heard(self) -> np.ndarray:
        heard = np.concatenate(self._heard)
        np.testing.assert_array_equal(heard[:, 0], heard[:, 1])
        return heard[:, 0]

    def played(self) -> int:
        return self._played

    def tend(self) -> None:
        self.loop[np.arange(self._silent, self._played) % len(self.loop)] = 0
        self._silent = self._played

    def close(self) -> None:
        self.closed = True


def device(name: str | None) -> Device:
    return Device(name or "default", "speaker", "fake", 0, RATE, 2)


def open_speaker(output: FakeOutput, rate: int = RATE, frame: int = FRAME) -> Speaker:
    format = AudioFormat(rate, frame)
    return Speaker(format, lead_seconds=LEAD_SECONDS, find=device, open_output=lambda *_: output)


def noise(samples: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-0.5, 0.5, samples).astype(np.float32)


def test_all_is_heard_in_order_after_the_lead() -> None:
    output, pcm = FakeOutput(), noise(FRAME * 100)  # twice round the loop
    with open_speaker(output) as speaker:
        for at in range(0, len(pcm), FRAME):
            speaker.write(pcm[at : at + FRAME])
            output.pass_time(FRAME)
        output.pass_time(LEAD + 100)
        assert (speaker.underruns, speaker.overruns) == (0, 0)
    np.testing.assert_array_equal(output.heard[:LEAD], 0)
    np.testing.assert_array_equal(output.heard[LEAD : LEAD + len(pcm)], pcm)
    np.testing.assert_array_equal(output.heard[LEAD + len(pcm) :], 0)
    assert output.closed


@pytest.mark.parametrize("rate", [8_000, 24_000, 44_100])
def test_at_another_rate_the_end_is_heard_too(rate: int) -> None:
    output = FakeOutput()
    tone = np.sin(2 * np.pi * 300 * np.arange(rate) / rate).astype(np.float32)
    frame = rate * 8 // 100
    with open_speaker(output, rate, frame) as speaker:
        for at in range(0, len(tone), frame):
            speaker.write(tone[at : at + frame])
            output.pass_time(FRAME)
        output.pass_time(RATE)
    expected = np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE)
    heard = output.heard[LEAD : LEAD + RATE]
    np.testing.assert_allclose(heard[300:-300], expected[300:-300], atol=1e-3)
    assert np.abs(heard[-100:]).max() > 0.5  # the resampler kept nothing back
    assert np.abs(output.heard[LEAD + RATE + 100 :]).max() == 0


def test_room_is_one_frame_and_the_lead() -> None:
    output = FakeOutput()
    with open_speaker(output) as speaker:
        written = 0
        while speaker.has_room():
            speaker.write(noise(FRAME))
            written += 1
        assert written == 2
        assert speaker.pending() == LEAD + 2 * FRAME
        output.pass_time(FRAME)
        assert speaker.has_room()


def test_silence_between_replies_adds_no_delay_and_is_no_underrun() -> None:
    output = FakeOutput()
    with open_speaker(output) as speaker:
        for _ in range(3):
            speaker.write(noise(FRAME))
            for _ in range(10):
                output.pass_time(RATE // 10)
                speaker.has_room()
            assert speaker.pending() == 0
        before = output.played()
        speaker.write(np.full(FRAME, 0.5, np.float32))
        output.pass_time(FRAME)
        assert int(np.argmax(output.heard[before:] != 0)) == LEAD
        assert speaker.underruns == 0


def test_speech_that_is_torn_is_counted() -> None:
    output = FakeOutput()
    with open_speaker(output) as speaker:
        speaker.write(noise(FRAME))
        output.pass_time(FRAME + LEAD + 800)  # the next frame comes 50 ms too late
        speaker.write(noise(FRAME))
        assert speaker.underruns == 1
        assert speaker.pending() == round(0.08 * RATE) + FRAME  # from now on a little more waits
        output.pass_time(FRAME)
        speaker.write(noise(FRAME))
        assert speaker.underruns == 1


def test_the_lead_grows_to_a_limit() -> None:
    output = FakeOutput()
    with open_speaker(output) as speaker:
        for _ in range(20):
            speaker.write(noise(FRAME))
            output.pass_time(FRAME + 6 * LEAD)
        assert speaker.underruns > 5
        speaker.write(noise(FRAME))
        assert speaker.pending() <= 0.23 * RATE + FRAME


def test_what_the_device_itself_missed_counts_only_while_speaking() -> None:
    output = FakeOutput()
    with open_speaker(output) as speaker:
        output.late_blocks = 5
        speaker.has_room()
        assert speaker.underruns == 0
        speaker.write(noise(FRAME))
        output.late_blocks = 7
        assert speaker.pending() > 0
        assert speaker.underruns == 2


def test_dropping_is_heard_within_5_ms_and_does_not_click() -> None:
    output = FakeOutput()
    with open_speaker(output) as speaker:
        speaker.write(np.full(FRAME, 0.5, np.float32))
        speaker.write(np.full(FRAME, 0.5, np.float32))
        output.pass_time(LEAD + FRAME // 2)
        speaker.drop()
        assert speaker.pending() == 0
        output.pass_time(RATE)
        after = output.heard[LEAD + FRAME // 2 :]
        assert np.abs(np.diff(after[:100])).max() < 0.02
        assert np.abs(after[80:]).max() == 0
        speaker.write(np.full(FRAME, 0.25, np.float32))  # at once, and no underrun
        assert speaker.underruns == 0
        output.pass_time(LEAD + FRAME)
        np.testing.assert_array_equal(output.heard[-FRAME:], 0.25)


def test_onlookers_see_what_sounded_silence_included() -> None:
    output = FakeOutput()
    seen, position = [], 0
    with open_speaker(output) as speaker:
        for tick in range(40):
            if tick in (5, 6, 7, 20):
                speaker.write(noise(FRAME, seed=tick))
            if tick == 21:
                speaker.drop()
            output.pass_time(FRAME)
            speaker.has_room()
            pcm, position = speaker.peek(position)
            seen.append(pcm)
    got, heard = np.concatenate(seen), output.heard
    assert position == len(got) == len(heard)
    fading = slice(21 * FRAME, 21 * FRAME + 64)
    got[fading] = heard[fading]  # the fade is not in the record
    np.testing.assert_array_equal(got, heard)


def test_positions_run_with_the_devices_clock_at_any_rate() -> None:
    output = FakeOutput(rate=48_000)
    output.latency_seconds = 0.02
    with open_speaker(output) as speaker:
        output.pass_time(48_000)
        pcm, position = speaker.peek(0)
        assert position == len(pcm) == round(0.98 * RATE)


def test_a_reply_written_all_at_once_is_cut_and_counted() -> None:
    output = FakeOutput(seconds=1.0)
    with open_speaker(output) as speaker:
        for _ in range(20):
            speaker.write(noise(FRAME))
        assert speaker.overruns > 0
        assert speaker.pending() <= RATE


def test_a_device_that_stands_still_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(speaker_module.time, "monotonic", lambda: now)
    output = FakeOutput()
    with open_speaker(output) as speaker:
        speaker.write(noise(FRAME))
        output.pass_time(FRAME)
        speaker.write(noise(FRAME))
        now += 0.9
        speaker.write(noise(FRAME))
        assert not speaker.has_room()
        now += 0.2
        assert speaker.has_room()  # so that whoever waits for room comes to know
        assert speaker.pending() == 0
        with pytest.raises(DeviceError, match="“default” does not play") as caught:
            speaker.write(noise(FRAME))
        assert caught.value.hint


def test_a_device_may_be_slow_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(speaker_module.time, "monotonic", lambda: now)
    with open_speaker(FakeOutput()) as speaker:
        now += 3.0
        speaker.write(noise(FRAME))
        now += 1.5
        with pytest.raises(DeviceError):
            speaker.write(noise(FRAME))


def test_a_device_that_died_is_gone_at_once() -> None:
    output = FakeOutput()
    with open_speaker(output) as speaker:
        output.alive = False
        with pytest.raises(DeviceError):
            speaker.write(noise(FRAME))


def test_a_closed_speaker_says_so() -> None:
    with pytest.raises(DeviceError, match="not open"):
        Speaker(AudioFormat(RATE, FRAME)).has_room()


def test_the_reference_is_exactly_what_was_played() -> None:
    """Written, made quieter in the queue, taken back, written again: the canceller is told all of it."""
    output, pcm = FakeOutput(), noise(FRAME * 12)
    with open_speaker(output) as speaker:
        for number in range(12):
            if number == 4:
                speaker.scale(0.25)
            if number == 8:
                speaker.drop()
                output.pass_time(FRAME)
            speaker.write(pcm[number * FRAME : (number + 1) * FRAME])
            output.pass_time(FRAME)
        heard = output.heard
        assert speaker.position() == len(heard)
        told = speaker.reference(0, len(heard))
        before = speaker.reference(-50, 100)
    unlike = np.abs(told - heard) > 1e-3
    assert np.count_nonzero(unlike) <= 0.004 * RATE  # the fade at the cut, which is short
    quiet = heard[4 * FRAME + RATE // 50 : 4 * FRAME + LEAD]  # what was queued, after its slope
    assert np.abs(heard).max() > 0.4 and 0 < np.abs(quiet).max() <= 0.126
    assert not np.any(before[:50])


def test_what_is_not_yet_written_is_silence_in_the_reference() -> None:
    output = FakeOutput()
    with open_speaker(output) as speaker:
        speaker.write(noise(FRAME))
        ahead = speaker.reference(LEAD, 2 * FRAME)
    assert np.any(ahead[:FRAME]) and not np.any(ahead[FRAME:])
