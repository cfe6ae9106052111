"""The extra: what is unpacked, what is refused, and that a frozen program finds what it lacks."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from core import extra
from core.commands.main import main
from core.errors import ModelError, PalukuError, StorageError
from core.extra_archive import add
from core.folders import DATA_VARIABLE

ROOT = Path(__file__).parents[2]
CONTENT = b"WORDS = 'from the extra'\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def told(**changed: object) -> bytes:
    return json.dumps({"system": extra.system(), "torch": "2.0", "bytes": 0, **changed}).encode()


def packed(
    path: Path, *files: tuple[str, bytes], first: bytes | None = None, link: tuple[str, str] | None = None
) -> Path:
    """An archive with what an extra says of itself, these files, and a link."""
    size = sum(len(content) for _, content in files)
    with tarfile.open(path, "w:gz") as archive:
        for name, content in ((extra.TOLD, told(bytes=size) if first is None else first), *files):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        if link:
            entry = tarfile.TarInfo(link[0])
            entry.type, entry.linkname = tarfile.SYMTYPE, link[1]
            archive.addfile(entry)
    return path


def frozen(code: str, data: Path) -> str:
    """What a process prints that takes itself for the downloaded program."""
    head = "import sys\nsys.frozen = True\nfrom core import extra\nextra.join()\n"
    done = subprocess.run(
        [sys.executable, "-c", head + code],
        cwd=ROOT,
        env={**os.environ, DATA_VARIABLE: str(data)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_program_finds_what_it_lacks(tmp_path: Path, data: Path) -> None:
    made = packed(
        tmp_path / "extra.tar.gz",
        ("site/only_in_the_extra/__init__.py", CONTENT),
        ("python/json/only_in_the_extra.py", CONTENT),  # a part of a package that the program has
        ("python/json/decoder.py", b"raise SystemExit('this is not the one of the program')\n"),
        ("python/dataclasses.py", b"raise SystemExit('this is not the one of the program')\n"),
    )
    added = add(made)
    assert added == extra.find() and added.system == extra.system() and added.bytes > 2 * len(CONTENT)
    assert extra.place().parent.stat().st_mode & 0o077 == 0
    code = """
import json.decoder, dataclasses, json.only_in_the_extra as part, only_in_the_extra as whole
print(part.WORDS, whole.WORDS)
extra.join()  # twice is once
print(sum(place.startswith(str(extra.place())) for place in sys.path))
"""
    assert frozen(code, data).splitlines() == ["from the extra from the extra", str(len(extra.PARTS))]
    missing = "from importlib.util import find_spec\nprint(find_spec('only_in_the_extra'))"
    assert frozen(missing, tmp_path / "elsewhere") == "None"
    extra.remove()
    assert frozen(missing, data) == "None"
    with pytest.raises(ModelError, match="no extra here"):
        extra.remove()


def test_another_pythons_extra_is_neither_unpacked_nor_used(tmp_path: Path, data: Path) -> None:
    other = told(system="linux-x86_64-python3.9.1")
    with pytest.raises(ModelError, match=r"made for linux-x86_64-python3\.9\.1"):
        add(packed(tmp_path / "extra.tar.gz", first=other))
    assert extra.find() is None
    add(packed(tmp_path / "extra.tar.gz", ("site/only_in_the_extra.py", CONTENT)))
    (extra.place() / extra.TOLD).write_bytes(other)  # the program was renewed, the extra was not
    missing = "from importlib.util import find_spec\nprint(find_spec('only_in_the_extra'))"
    assert frozen(missing, data) == "None"
    (extra.place() / extra.TOLD).write_bytes(b"[")
    assert frozen(missing, data) == "None"


@pytest.mark.parametrize("name", ["../outside.py", "/tmp/outside.py", "site/../../outside.py"])
def test_nothing_is_written_outside(tmp_path: Path, data: Path, name: str) -> None:
    with pytest.raises(ModelError):
        add(packed(tmp_path / "extra.tar.gz", (name, CONTENT)))
    assert not list(tmp_path.rglob("outside.py")) and not Path("/tmp/outside.py").exists()
    assert list(data.iterdir()) == []


def test_what_is_no_file_is_refused(tmp_path: Path, data: Path) -> None:
    with pytest.raises(ModelError, match="must not"):
        add(packed(tmp_path / "extra.tar.gz", link=("site/link", "/etc")))
    assert list(data.iterdir()) == []


def test_more_than_was_told_is_refused(tmp_path: Path, data: Path) -> None:
    bomb = packed(tmp_path / "extra.tar.gz", ("site/big", bytes(3_000_000)), first=told(bytes=1_000_000))
    with pytest.raises(ModelError, match="larger than it says"):
        add(bomb)
    with pytest.raises(StorageError, match="MB are free"):
        add(packed(tmp_path / "extra.tar.gz", first=told(bytes=10**18)))
    assert list(data.iterdir()) == []


@pytest.mark.parametrize(
    "first", [b"", b"[", b"[]", b"{}", told(bytes="many"), told(bytes=-1), bytes(20_000)]
)
def test_what_says_nothing_sound_of_itself(tmp_path: Path, first: bytes) -> None:
    with pytest.raises(ModelError):
        add(packed(tmp_path / "extra.tar.gz", first=first))


def test_half_an_archive_leaves_the_extra_that_is_here(tmp_path: Path) -> None:
    content = os.urandom(60_000)
    whole = packed(tmp_path / "extra.tar.gz", ("site/a.py", content), ("site/b.py", b""))
    add(whole)
    for size in (0, 30, 400, 40_000, 60_000):
        half = tmp_path / "half.tar.gz"
        half.write_bytes(whole.read_bytes()[:size])
        with pytest.raises(PalukuError):
            add(half)
        assert (extra.place() / "site" / "a.py").read_bytes() == content
    with pytest.raises(ModelError, match="Not all"):
        add(packed(half, ("site/a.py", CONTENT), first=told(bytes=10_000)))
    assert (extra.place() / "site" / "a.py").read_bytes() == content
    with pytest.raises(ModelError, match="There is no missing"):
        add(tmp_path / "missing.tar.gz")
    with pytest.raises(PalukuError):
        add(tmp_path)


def test_the_fingerprint_beside_it_counts(tmp_path: Path) -> None:
    made = packed(tmp_path / "extra.tar.gz", ("site/a.py", CONTENT))
    beside = tmp_path / "extra.tar.gz.sha256"
    beside.write_text(f"{'0' * 64}  extra.tar.gz\n")
    with pytest.raises(ModelError, match="is not what"):
        add(made)
    assert extra.find() is None
    beside.write_text(f"{hashlib.sha256(made.read_bytes()).hexdigest()}  extra.tar.gz\n")
    add(made)
    assert extra.find() is not None


def test_the_hint_is_what_this_person_can_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "pip install 'paluku[train]'" in extra.how_to_add("train")
    made = packed(tmp_path / "extra.tar.gz", ("site/a.py", CONTENT))
    assert main(["extra", "add", str(made)]) == 1  # Python's own tools do it there
    assert "pip install" in capsys.readouterr().err
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(extra, "join", lambda: None)
    assert "paluku extra add" in extra.how_to_add("train") and "pip" not in extra.how_to_add("torch")
    assert main(["extra"]) == 0 and "There is no extra here" in capsys.readouterr().out
    assert main(["extra", "add", str(made), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["torch"] == "2.0"
    assert main(["extra", "--json"]) == 0 and json.loads(capsys.readouterr().out)["fits"] is True
    assert main(["extra", "remove"]) == 0 and extra.find() is None


def test_a_verb_that_lacks_a_library_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def lacks(name: str) -> None:
        def run(args: object) -> int:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

        monkeypatch.setattr("core.commands.doctor.run", run)

    lacks("torch.nn")
    assert main(["doctor"]) == 1
    said = capsys.readouterr().err
    assert "needs the library torch" in said and "paluku[torch]" in said
    lacks("scipy")
    assert main(["doctor"]) == 1 and "paluku[train]" in capsys.readouterr().err
    lacks("core.of_a_fault")  # that is no library of an extra: it is our own fault, and shown as one
    with pytest.raises(ModuleNotFoundError):
        main(["doctor"])
