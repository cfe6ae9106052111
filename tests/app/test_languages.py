"""Every word of the window in every language, with the same places to fill in."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.languages import TRANSLATED, Languages

ROOT = Path(__file__).parents[2]


def _words(file: Path) -> dict[tuple[str, str], str]:
    return {
        (str(context.findtext("name")), str(message.findtext("source"))): message.findtext("translation")
        or ""
        for context in xml.parse(file).getroot().iter("context")
        for message in context.iter("message")
    }


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """All that the program says, as Qt's own tool finds it."""
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("pyside6-lupdate is not installed")
    file = tmp_path_factory.mktemp("words") / "all.ts"
    sources = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "app").rglob("*.py"))]
    subprocess.run([tool, *sources, "-ts", str(file)], cwd=ROOT, check=True, capture_output=True)
    return set(_words(file))


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_untranslated(found: set[tuple[str, str]], language: str) -> None:
    words = _words(ROOT / "app" / "i18n" / f"paluku_{language}.ts")
    assert found - {key for key, translation in words.items() if translation} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_filled_in_stays(language: str) -> None:
    for (_, source), translation in _words(ROOT / "app" / "i18n" / f"paluku_{language}.ts").items():
        assert sorted(re.findall(r"\{\w+\}", source)) == sorted(re.findall(r"\{\w+\}", translation)), source


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_words_are_those_of_the_source(qapp: QApplication, language: str) -> None:
    languages = Languages(qapp)
    languages.choose(language)  # type: ignore[arg-type]
    try:
        for (context, source), translation in _words(ROOT / "app" / "i18n" / f"paluku_{language}.ts").items():
            assert QCoreApplication.translate(context, source) == translation
    finally:
        languages.choose("en")
    assert QCoreApplication.translate("Rail", "Keys") == "Keys"
