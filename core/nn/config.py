"""Configs as text: frozen dataclasses to JSON and back, with every key known."""

from __future__ import annotations

import dataclasses
import json
import types
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from core.errors import ModelError

C = TypeVar("C")


def to_json(config: object) -> str:
    """A config as JSON."""
    if not dataclasses.is_dataclass(config) or isinstance(config, type):
        raise TypeError(f"{config!r} is not a config")
    return json.dumps(dataclasses.asdict(config))


def from_json(kind: type[C], text: str) -> C:
    """The config that a JSON text describes; an unknown key or an impossible value is a ModelError."""
    try:
        found: C = _value(kind, json.loads(text), kind.__name__)
    except (ValueError, TypeError) as error:
        raise ModelError(f"A model's config is not understood: {error}.", _HINT) from error
    return found


_HINT = "The file may come from a newer version of Paluku."


def _value(kind: Any, value: Any, name: str) -> Any:
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, value, name)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in get_args(kind):
            return None
        (kind,) = (choice for choice in get_args(kind) if choice is not type(None))
        return _value(kind, value, name)
    if origin is Literal:
        return _checked(value in get_args(kind), value, name, f"one of {get_args(kind)}")
    if origin is tuple:
        _checked(isinstance(value, list), value, name, "a list")
        kinds = get_args(kind)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            kinds = (kinds[0],) * len(value)
        _checked(len(kinds) == len(value), value, name, f"a list of {len(kinds)}")
        return tuple(_value(inner, item, name) for inner, item in zip(kinds, value, strict=True))
    if kind is float:
        return float(_checked(isinstance(value, int | float), value, name, "a number"))
    return _checked(type(value) is kind, value, name, f"of type {kind.__name__}")


def _dataclass(kind: Any, value: Any, name: str) -> Any:
    _checked(isinstance(value, dict), value, name, "a table")
    hints = get_type_hints(kind)
    known = {field.name for field in dataclasses.fields(kind)}
    if unknown := sorted(set(value) - known):
        raise ValueError(f"{name} has no {', '.join(unknown)}")
    return kind(**{key: _value(hints[key], item, f"{name}.{key}") for key, item in value.items()})


def _checked(right: bool, value: Any, name: str, wanted: str) -> Any:
    if not right:
        raise ValueError(f"{name} is {value!r}, not {wanted}")
    return value
