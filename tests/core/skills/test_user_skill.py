"""A user's own skill in one file."""

from __future__ import annotations

import re
from pathlib import Path

from core.domain.book import UNKNOWN
from core.skills import registry as registry_module
from tests.core.skills.desks import make_talk


def test_the_example_of_the_readme_works(tmp_path: Path) -> None:
    readme = (Path(registry_module.__file__).parent / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert example
    (tmp_path / "plants.py").write_text(example[1], encoding="utf-8")
    dialogue, registry = make_talk()
    assert dialogue.answer("I watered the plants").intent != "plants_watered"
    registry.load_folder(tmp_path)
    assert registry.errors == []
    assert dialogue.answer("I watered the plants").intent == "plants_watered"
    assert dialogue.answer("మొక్కలకి నీళ్ళు ఎప్పుడు పోశాను").intent == "plants_asked"
    assert dialogue.answer("what time is it").intent == "time"


def test_a_file_that_rests_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "_bad.py").write_text("raise RuntimeError('must not run')", encoding="utf-8")
    _, registry = make_talk()
    registry.load_folder(tmp_path)
    registry.load_folder(tmp_path / "nowhere")
    assert registry.errors == []


def test_what_is_no_answer_is_named(tmp_path: Path) -> None:
    (tmp_path / "mumbles.py").write_text(
        "class S:\n    name = 'mumbles'\n    intents = ('mumbled',)\n"
        "    phrasings = {'mumbled': {'en': ['mumble something']}}\n"
        "    def answer(self, request, desk):\n        return None\nSKILL = S()\n",
        encoding="utf-8",
    )
    dialogue, registry = make_talk()
    registry.load_folder(tmp_path)
    assert dialogue.answer("mumble something").intent == UNKNOWN
    assert "mumbles" in registry.errors[-1].message


def test_errors_are_named_and_never_end_the_talk(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def f(:", encoding="utf-8")
    (tmp_path / "empty.py").write_text("", encoding="utf-8")
    (tmp_path / "fails.py").write_text(
        "class S:\n    name = 'fails'\n    intents = ('joke',)\n"
        "    def answer(self, request, desk):\n        return 1 / 0\nSKILL = S()\n",
        encoding="utf-8",
    )
    dialogue, registry = make_talk()
    registry.load_folder(tmp_path)
    assert [error.message.split()[3] for error in registry.errors] == ["broken.py", "empty.py"]
    assert dialogue.answer("tell me a joke").intent == UNKNOWN
    assert "fails" in registry.errors[-1].message
