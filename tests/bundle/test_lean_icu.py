"""The Unicode tables that ship sort and change words as those of all locales do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

pytestmark = [
    pytest.mark.bundle,
    pytest.mark.skipif(sys.platform != "linux", reason="Qt uses ICU on Linux alone"),
]

ROOT = Path(__file__).parents[2]
_WORDS = (
    *("పలుకు", "అమ్మ", "క్షమ", "కాయ", "డబ్బు", "ధనం", "ऋषि", "क्ष"),
    *("अंगूर", "தமிழ்", "ಕನ್ನಡ", "മലയാളം", "zebra", "Äpfel", "apple", "10", "9"),
)
_LOCALES = ("te", "hi", "en", "te_IN", "ta_IN", "mr", "bn", "ur", "ru")

# Asked of the libraries themselves, each in a process of its own: two of them do not fit into one.
_ASKED = """
import ctypes, functools, json, sys
folder, version = sys.argv[1:3]
words, locales = map(json.loads, sys.argv[3:])
names = ["libicudata", "libicuuc", "libicui18n"]
_, common, wide = [ctypes.CDLL(f"{folder}/{name}.so.{version}", ctypes.RTLD_GLOBAL) for name in names]
def of(library, name):
    return getattr(library, f"{name}_{version}")

of(wide, "ucol_open").restype = ctypes.c_void_p

def text(word):
    raw = word.encode("utf-16-le")
    return ctypes.create_string_buffer(raw + bytes(2)), len(raw) // 2

def sorted_in(locale):
    failed = ctypes.c_int(0)
    collator = ctypes.c_void_p(of(wide, "ucol_open")(locale.encode(), ctypes.byref(failed)))
    assert failed.value <= 0 and collator, (locale, failed.value)
    compare = lambda one, other: of(wide, "ucol_strcoll")(collator, *text(one), *text(other))
    return sorted(words, key=functools.cmp_to_key(compare))

def upper(word, locale):
    failed, room = ctypes.c_int(0), ctypes.create_string_buffer(400)
    size = of(common, "u_strToUpper")(room, 200, *text(word), locale, ctypes.byref(failed))
    assert failed.value <= 0
    return room.raw[: 2 * size].decode("utf-16-le")

print(json.dumps([[sorted_in(locale) for locale in locales], upper("stra\\u00dfe i", b"tr")]))
"""


def _answer(folder: Path, version: str) -> object:
    asked = [sys.executable, "-c", _ASKED, folder, version, json.dumps(_WORDS), json.dumps(_LOCALES)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_words_are_sorted_as_ever(tmp_path: Path) -> None:
    whole = Path(PySide6.__file__).parent / "Qt" / "lib"
    name = next(whole.glob("libicudata.so.*")).name
    version = name.rpartition(".")[2]
    for beside in ("libicuuc", "libicui18n"):
        shutil.copy(whole / f"{beside}.so.{version}", tmp_path)
    lean = tmp_path / name
    subprocess.run(
        [sys.executable, "packaging/lean_icu.py", whole / lean.name, lean], cwd=ROOT, check=True, timeout=120
    )
    assert lean.stat().st_size < (whole / lean.name).stat().st_size / 5
    answer = _answer(tmp_path, version)
    assert answer == _answer(whole, version)
    assert isinstance(answer, list) and answer[1] == "STRASSE İ"
    assert answer[0][0] != answer[0][1] != answer[0][2]  # Telugu, Hindi and English each put theirs first
    again = tmp_path / "again"
    again.mkdir()
    subprocess.run(
        [sys.executable, "packaging/lean_icu.py", whole / lean.name, again / lean.name],
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    assert (again / lean.name).read_bytes() == lean.read_bytes()  # the same input gives the same bytes
