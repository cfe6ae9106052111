"""Telugu in either script."""

from __future__ import annotations

import pytest

from core.domain.script import aksharas, roman, sound_key, tokens


@pytest.mark.parametrize(
    ("telugu", "typed"),
    [("చెప్పు", "cheppu"), ("ఎలా ఉన్నావ్", "ela unnavu"), ("మీ పేరు ఏంటి", "mee peru enti"), ("తమ్ముడు", "thammudu")],
)
def test_typed_and_written_telugu_sound_alike(telugu: str, typed: str) -> None:
    assert [sound_key(word) for word in tokens(telugu)] == [sound_key(word) for word in tokens(typed)]


def test_aksharas() -> None:
    assert aksharas("పుస్తకం") == ["పు", "స్త", "కం"]
    assert aksharas("అమ్మ") == ["అ", "మ్మ"]


def test_roman_letters() -> None:
    assert roman("నమస్కారం") == "namaskaaram"


def test_tokens_drop_what_is_not_said() -> None:
    assert tokens("Hello, Paluku! What's 1,50,000 + 2?") == [
        "hello",
        "paluku",
        "what's",
        "1,50,000",
        "+",
        "2",
    ]
