"""Settings survive a round trip, and nothing that a file says can stop the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import Answering, Look, Settings, Sound, Talking, load, save

CHOSEN = Settings(
    look=Look(appearance="dark", spectrograms=False, text_size=1.3),
    sound=Sound(microphone='మైక్ "1"'),
    talking=Talking(mode="hands_free", pause=1.5),
    answering=Answering(speaker="lakshmi", strength=0.25),
)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.toml"
    save(CHOSEN, file)
    assert load(file).settings == CHOSEN
    assert [entry.name for entry in file.parent.iterdir()] == ["settings.toml"]
    assert 'appearance = "dark"' in file.read_text(encoding="utf-8")


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    loaded = load(tmp_path / "settings.toml")
    assert loaded.settings == Settings() and loaded.reason == ""


def test_a_part_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[talking]\npause = 2\n", encoding="utf-8")
    assert load(file).settings == Settings(talking=Talking(pause=2.0))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"[look", ""),
        (b"\xff\xfe", ""),
        (b"colour = 1", "colour"),
        (b"look = 1", "look must be a section"),
        (b"[look]\nsize = 1", "look.size"),
        (b'[look]\nappearance = "pink"', "system, light, dark"),
        (b'[talking]\npause = "long"', "talking.pause must be a float"),
        (b"[talking]\npause = true", "talking.pause must be a float"),
        (b"[place]\nwidth = 1.5", "place.width must be a int"),
    ],
)
def test_a_broken_file_is_set_aside(tmp_path: Path, text: bytes, reason: str) -> None:
    file = tmp_path / "settings.toml"
    for number in (1, 2):
        file.write_bytes(text)
        loaded = load(file)
        assert loaded.settings == Settings()
        assert reason in loaded.reason and loaded.reason
        assert loaded.set_aside == tmp_path / f"settings.broken-{number}.toml"
        assert loaded.set_aside.read_bytes() == text and not file.exists()
    assert load(file).reason == ""  # told once


def test_a_save_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.toml"
    save(CHOSEN, file)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(Settings(), file)
    assert load(file).settings == CHOSEN
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.toml"]
