from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pytest

from core.errors import ModelError
from core.nn.codecs.mimi import MimiConfig
from core.nn.config import from_json, to_json


@dataclass(frozen=True, kw_only=True)
class Inner:
    sizes: tuple[int, ...] = (1, 2)


@dataclass(frozen=True, kw_only=True)
class Outer:
    name: str
    rate: float = 0.5
    kind: Literal["a", "b"] = "a"
    width: int | None = None
    inner: Inner = field(default_factory=Inner)


def test_configs_survive() -> None:
    for config in (Outer(name="x", width=3, kind="b", inner=Inner(sizes=())), Outer(name="y", rate=1.0)):
        assert from_json(Outer, to_json(config)) == config
    assert from_json(MimiConfig, to_json(MimiConfig())) == MimiConfig()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"name": "x", "colour": 1}', "Outer has no colour"),
        ('{"name": "x", "inner": {"size": 1}}', "Outer.inner has no size"),
        ('{"name": 1}', "Outer.name is 1"),
        ('{"name": "x", "width": true}', "Outer.width is True"),
        ('{"name": "x", "kind": "c"}', "one of"),
        ('{"name": "x", "inner": {"sizes": [1, "2"]}}', "Outer.inner.sizes"),
        ('{"name": "x", "inner": 3}', "a table"),
        ("{}", "name"),
        ("[1", "not understood"),
        ("", "not understood"),
    ],
)
def test_a_wrong_config_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ModelError, match=complaint):
        from_json(Outer, text)
