"""A short bombardment of everything that reads files; the long one is `python -m tests.fuzz.full`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.settings import load
from core.cards import CARD_NAME, read_card
from core.errors import CardError, PalukuError
from core.folders import stays_inside
from tests import tiny
from tests.fuzz.mutations import mutated
from tests.fuzz.readers import SUBJECTS

ROOT = Path(__file__).parents[2]
COUNT = 150


@pytest.mark.parametrize("subject", SUBJECTS)
def test_broken_files_are_refused_and_nothing_worse(subject: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.bombard", subject, "--count", str(COUNT)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert done.stdout, done.stderr[-2000:]
    report = json.loads(done.stdout.strip().splitlines()[-1])
    assert report["faults"] == [] and done.returncode == 0
    assert report["read"] == COUNT


@pytest.mark.parametrize(
    ("subject", "of", "instead"),
    [
        ("card", rb"sample_rate = \d+", b"sample_rate = 1e999"),
        # as long as what it takes the place of, and without any effect
        ("pickle", rb"ccollections\nOrderedDict\nq\n\)R", b"r\n\0\0\0" + 12 * b"q\n"),
    ],
)
def test_what_was_found_once(tmp_path: Path, subject: str, of: bytes, instead: bytes) -> None:
    """A number beyond all numbers; a tensor that is asked for without all that it takes."""
    path = tmp_path / tiny.CODEC / SUBJECTS[subject].file
    path.parent.mkdir()
    SUBJECTS[subject].make(path)
    broken, count = re.subn(of, lambda _: instead, path.read_bytes(), count=1)
    assert count == 1
    path.write_bytes(broken)
    with pytest.raises(PalukuError):
        SUBJECTS[subject].read(path)


def test_a_bombardment_finds_a_fault(tmp_path: Path) -> None:
    """A reader that trusts what it reads is found out, by each of the ways."""
    code = """
import sys, time
from pathlib import Path
from tests.fuzz.bombard import bombard
from tests.fuzz.readers import Subject

def believe(path):
    content = path.read_bytes()
    if content != b"good" * 50:
        if sys.argv[1] == "crash": content.decode("ascii"); raise KeyError(0)
        if sys.argv[1] == "outside": Path(sys.argv[2]).write_bytes(content)
        if sys.argv[1] == "hang":
            while True: pass

make = lambda path: path.write_bytes(b"good" * 50)
report = bombard(Subject("x", "x", make, believe), 0, 1 if sys.argv[1] == "hang" else 5)
print(report["faults"][0].splitlines()[0][:40])
"""
    found = {
        how: subprocess.run(
            [sys.executable, "-c", code, how, str(tmp_path / "outside")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
        for how in ("crash", "outside", "hang")
    }
    assert "Traceback" in found["crash"]
    assert "wrote outside" in found["outside"]
    assert "longer than a second" in found["hang"]


def test_a_seed_gives_the_same_mutation() -> None:
    assert [mutated(b"abc" * 99, seed) for seed in range(50)] == [mutated(b"abc" * 99, s) for s in range(50)]
    assert len({mutated(b"abc" * 99, seed) for seed in range(50)}) > 40


_toml = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(
    table=st.dictionaries(
        st.sampled_from(["look", "sound", "privacy", "mirror", "x"]),
        st.dictionaries(
            st.sampled_from(["private", "offline", "codec", "text_size", "microphone", "y"]),
            _toml,
            max_size=3,
        ),
    )
)
def test_any_settings_are_read_or_set_aside(
    table: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    import tomlkit

    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    text = tomlkit.dumps(table)
    file.write_text(text, encoding="utf-8")
    loaded = load(file)
    assert file.exists() == (loaded.reason == "")
    if loaded.reason:
        assert loaded.set_aside is not None and tomllib.loads(
            loaded.set_aside.read_text("utf-8")
        ) == tomllib.loads(text)


@settings(max_examples=60, deadline=None)
@given(table=st.dictionaries(st.sampled_from(["id", "kind", "title", "files", "codec", "parameters"]), _toml))
def test_any_card_is_read_or_refused(
    table: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    import tomlkit

    folder = tmp_path_factory.mktemp("card")
    (folder / CARD_NAME).write_text(tomlkit.dumps(table), encoding="utf-8")
    with pytest.raises(CardError):
        read_card(folder / CARD_NAME)


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../../x", "/etc/x", "C:\\x", "..\\x", "a\\..\\..\\x", "\\\\host\\x", "", "a\0b", "x:stream"],
)
def test_names_that_lead_outside(name: str) -> None:
    assert not stays_inside(name)


@settings(max_examples=300)
@given(st.text(max_size=40))
def test_what_stays_inside_stays_inside(name: str) -> None:
    folder = Path("/somewhere/of/ours")
    if stays_inside(name):
        import os.path

        assert os.path.normpath(folder / name).startswith(f"{folder}")
