"""Every verb: what it does, what programs rely on, and one sentence for each kind of bad input."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests import tiny
from tests.core.commands.conftest import Paluku


def test_help_names_every_verb(paluku: Paluku) -> None:
    said = paluku("--help")
    assert said.status == 0
    for verb in ("talk", "codec", "models", "doctor", "bench"):
        assert verb in said.out
    assert paluku("talk", "--help").out.count("example") == 1


def test_wrong_arguments_end_in_2(paluku: Paluku) -> None:
    assert paluku("sing").status == 2
    assert paluku("talk").status == 2


def test_without_a_screen_the_window_says_where_to_go(
    paluku: Paluku, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    said = paluku()
    assert said.status == 1
    assert "no screen" in said.err
    assert "paluku talk" in said.err


def test_talk_answers_each_file(paluku: Paluku, question: Path, tmp_path: Path) -> None:
    answer = tmp_path / "answer.wav"
    said = paluku(
        "talk", question, question, "-o", answer, "--model", tiny.TURN, "--speaker", "ravi", "--json"
    )
    assert said.status == 0, said.err
    first, second = said.json
    assert first["reply"] == second["reply"] == tiny.REPLY
    assert set(first) == {"heard", "reply", "language", "first_sound_ms", "seconds", "interrupted", "rang"}
    sound, rate = soundfile.read(answer)
    assert rate == tiny.RATE
    assert len(sound) == 2 * tiny.REPLY_FRAMES * tiny.FRAME
    assert np.abs(sound).max() > 0.05


def test_the_same_seed_gives_the_same_bytes(paluku: Paluku, question: Path, tmp_path: Path) -> None:
    paths = [tmp_path / "a.wav", tmp_path / "b.wav"]
    for path in paths:
        paluku("talk", question, "-o", path, "--model", tiny.TURN, "--seed", 3)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_codec_there_and_back(paluku: Paluku, question: Path, tmp_path: Path) -> None:
    tokens, heard, direct = tmp_path / "q.plk", tmp_path / "q.wav", tmp_path / "d.wav"
    coded = paluku("codec", "encode", question, "-o", tokens, "--json").json[0]
    assert coded["frames"] == 25
    assert coded["bitrate"] == tiny.BOOKS * 8 * 50
    assert paluku("codec", "decode", tokens, "-o", heard).status == 0
    assert paluku("codec", "roundtrip", question, "-o", direct).status == 0
    assert np.array_equal(soundfile.read(heard)[0], soundfile.read(direct)[0])
    assert len(soundfile.read(heard)[0]) == 8_000


def test_fewer_codebooks_make_a_smaller_file(paluku: Paluku, question: Path, tmp_path: Path) -> None:
    whole, part = tmp_path / "w.plk", tmp_path / "p.plk"
    paluku("codec", "encode", question, "-o", whole)
    assert paluku("codec", "encode", question, "-o", part, "--codebooks", 40).status == 0
    assert part.stat().st_size < whole.stat().st_size / 2
    assert "1 to 160" in paluku("codec", "encode", question, "-o", part, "--codebooks", 500).err


def test_models_lists_imports_and_removes(paluku: Paluku, tiny_models: Path, tmp_path: Path) -> None:
    rows = {row["id"]: row for row in paluku("models", "--json").json[0]}
    assert rows[tiny.CODEC]["frame_rate"] == 50
    assert rows[tiny.CODEC]["installed"]
    folder = shutil.copytree(tiny_models / tiny.CODEC, tmp_path / "second-codec")
    card = folder / "model.toml"
    card.write_text(card.read_text().replace(f'id = "{tiny.CODEC}"', 'id = "second-codec"'))
    assert paluku("models", "import", folder).status == 0
    assert "second-codec" in paluku("models").out
    assert paluku("models", "remove", "second-codec").status == 0
    assert "second-codec" not in paluku("models").out


def test_doctor_tells_nothing_private(paluku: Paluku) -> None:
    said = paluku("doctor", "--json")
    report = said.json[0]
    names = [check["name"] for check in report["checks"]]
    assert {"system", "libraries", "models", "codec", "microphone level"} <= set(names)
    assert report["ok"] == all(check["ok"] for check in report["checks"])
    assert (said.status == 0) == report["ok"]
    assert str(Path.home()) not in said.out


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _text(path: Path) -> Path:
    path.write_text("this is a letter, not a sound")
    return path


def _silent(path: Path) -> Path:
    soundfile.write(path, np.zeros(0), 16_000)
    return path


def _nan(path: Path) -> Path:
    soundfile.write(path, np.full(1_000, np.nan, np.float32), 16_000, subtype="FLOAT")
    return path


def _missing(path: Path) -> Path:
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _cut(path: Path) -> Path:
    soundfile.write(path, np.zeros(16_000), 16_000)
    path.write_bytes(path.read_bytes()[:30])
    return path


@pytest.mark.parametrize("spoil", [_empty, _text, _silent, _nan, _missing, _folder, _cut])
@pytest.mark.parametrize("verb", [("talk",), ("codec", "encode"), ("codec", "roundtrip")])
def test_bad_sound_ends_in_one_sentence(paluku: Paluku, tmp_path: Path, verb: tuple[str, ...], spoil) -> None:  # type: ignore[no-untyped-def]
    said = paluku(*verb, spoil(tmp_path / "in.wav"), "-o", tmp_path / "out.wav")
    assert said.status == 1
    assert "in.wav" in said.err
    assert "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) <= 2
    assert not (tmp_path / "out.wav").exists()


def test_odd_but_good_sound_is_taken(paluku: Paluku, tmp_path: Path) -> None:
    cases = {
        "eight": (np.zeros(800), 8_000, "PCM_U8"),
        "one": (np.zeros(1), 48_000, "PCM_16"),
        "stereo": (np.zeros((4_410, 2)), 44_100, "PCM_24"),
        "clipped": (np.sign(np.sin(np.arange(8_000) / 9)), 16_000, "PCM_16"),
    }
    for name, (sound, rate, subtype) in cases.items():
        path = tmp_path / f"{name}.wav"
        soundfile.write(path, sound, rate, subtype=subtype)
        said = paluku("codec", "roundtrip", path, "-o", tmp_path / "out.wav")
        assert said.status == 0, (name, said.err)


def test_unknown_names_are_answered_with_the_known_ones(
    paluku: Paluku, question: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.wav"
    for words, known in (
        (("talk", question, "-o", out, "--model", "nobody"), tiny.TURN),
        (("talk", question, "-o", out, "--model", tiny.TURN, "--speaker", "nobody"), "asha, ravi"),
        (("talk", question, "-o", out, "--model", tiny.TURN, "--emotion", "hungry"), "neutral, happy"),
        (("codec", "encode", question, "-o", out, "--codec", "nobody"), tiny.CODEC),
    ):
        said = paluku(*words)
        assert said.status == 1
        assert known in said.err


def test_the_answer_never_overwrites_the_question(paluku: Paluku, question: Path) -> None:
    before = question.read_bytes()
    assert paluku("talk", question, "-o", question, "--model", tiny.TURN).status == 1
    assert question.read_bytes() == before
