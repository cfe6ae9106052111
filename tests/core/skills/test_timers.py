"""Timers, alarms and reminders, by a clock that is set by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from core.skills.rings import Ring, Rings
from tests.core.skills.desks import HandClock, make_talk


def test_a_timer_rings_though_nobody_talks() -> None:
    clock = HandClock()
    dialogue, _ = make_talk(clock)
    assert "పది నిమిషాల" in dialogue.answer("పది నిమిషాల టైమర్ పెట్టు").text
    clock.pass_by(minutes=9, seconds=59)
    assert dialogue.ring() == []
    clock.pass_by(seconds=1)
    said = dialogue.ring()
    assert len(said) == 1
    assert "పది నిమిషాల టైమర్" in said[0].text
    assert dialogue.ring() == []


def test_asked_for_what_is_missing() -> None:
    clock = HandClock()
    dialogue, registry = make_talk(clock)
    dialogue.answer("set a timer")
    assert registry.desk.rings.waiting("timer") == []
    dialogue.answer("ten minutes")
    assert registry.desk.rings.waiting("timer")[0].seconds == 600
    dialogue.answer("అలారం పెట్టు")
    dialogue.answer("ఏడున్నరకి")
    assert registry.desk.rings.waiting("alarm")[0].at == datetime(2026, 11, 21, 19, 30)


def test_an_alarm_survives_a_restart(tmp_path: Path) -> None:
    clock = HandClock()
    path = tmp_path / "rings.json"
    dialogue, _ = make_talk(clock, path)
    dialogue.answer("wake me up tomorrow at six in the morning")
    clock.pass_by(hours=19, minutes=30)
    restarted, _ = make_talk(clock, path)
    assert "six o'clock in the morning" in restarted.ring()[0].text
    assert make_talk(clock, path)[1].desk.rings.waiting("alarm") == []


def test_what_came_due_while_the_program_was_shut_is_still_said(tmp_path: Path) -> None:
    clock = HandClock()
    path = tmp_path / "rings.json"
    make_talk(clock, path)[0].answer("remind me to buy milk in ten minutes")
    clock.pass_by(days=1)
    assert "buy milk" in make_talk(clock, path)[0].ring()[0].text


def test_left_and_cancelled() -> None:
    clock = HandClock()
    dialogue, registry = make_talk(clock)
    assert registry.desk.rings.waiting("timer") == []
    dialogue.answer("set a timer for ten minutes")
    clock.pass_by(minutes=4)
    assert "six minutes" in dialogue.answer("how much time is left on the timer").text
    dialogue.answer("cancel the timer")
    assert registry.desk.rings.waiting("timer") == []


def test_a_damaged_file_is_kept_aside_and_named(tmp_path: Path) -> None:
    path = tmp_path / "rings.json"
    path.write_text("[{", encoding="utf-8")
    rings = Rings(HandClock(), path)
    assert rings.trouble is not None
    assert (tmp_path / "rings.damaged").exists()
    rings.add(Ring("alarm", HandClock().now + timedelta(hours=1)))
    assert len(Rings(HandClock(), path).waiting("alarm")) == 1


def test_a_disk_that_refuses_does_not_stop_the_ring(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    rings = Rings(HandClock(), tmp_path / "file" / "rings.json")
    rings.add(Ring("alarm", HandClock().now))
    assert rings.trouble is not None
    assert len(rings.due()) == 1
