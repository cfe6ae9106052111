"""Reference packages whose models are imported without the tools around them, which need much more."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types

import pytest
from torch import nn


class AnyTools(types.ModuleType):
    """A module in which every name is something harmless."""

    BaseModel = type("BaseModel", (nn.Module,), {"INTERN": [], "EXTERN": []})

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return self if name == "ml" else type(name, (), {})


def import_part(
    monkeypatch: pytest.MonkeyPatch, name: str, *, without: tuple[str, ...] = ()
) -> types.ModuleType:
    """The module `name` of a package, whose own first file is not run; `without` names are replaced.

    Skips the test where it cannot be imported.
    """
    package = name.partition(".")[0]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        pytest.skip(f"the {package} package is not installed")
    bare = types.ModuleType(package)
    bare.__path__ = list(spec.submodule_search_locations)
    bare.__spec__ = spec
    monkeypatch.setitem(sys.modules, package, bare)
    for tool in without:
        monkeypatch.setitem(sys.modules, tool, AnyTools(tool))
    try:
        return importlib.import_module(name)
    except ImportError as error:
        pytest.skip(f"{name} cannot be imported: {error}")
