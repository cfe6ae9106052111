"""Settings reach the disk a moment after the last change, or at the end."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.settings import Settings, Talking, load
from app.settings_keeper import SettingsKeeper


def test_only_the_last_of_many_changes_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    keeper = SettingsKeeper(file)
    for pause in (0.3, 0.5, 1.2):
        keeper.keep(Settings(talking=Talking(pause=pause)))
    assert not file.exists()
    qtbot.waitUntil(file.exists, timeout=3000)
    assert load(file).settings.talking.pause == 1.2


def test_the_end_does_not_wait(qtbot: QtBot, tmp_path: Path) -> None:
    keeper = SettingsKeeper(tmp_path / "settings.toml")
    keeper.flush()
    assert not (tmp_path / "settings.toml").exists()
    keeper.keep(Settings())
    keeper.flush()
    assert (tmp_path / "settings.toml").exists()


def test_a_disk_that_refuses_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    keeper = SettingsKeeper(tmp_path / "file" / "settings.toml")
    keeper.keep(Settings())
    with qtbot.waitSignal(keeper.refused) as refused:
        keeper.flush()
    assert refused.args[0]
