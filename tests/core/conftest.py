"""Tiny models for every test of the engine, made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.cards import Registry
from tests import tiny
from tests.fakes import FakeWorld


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny models. Tests that change files work on a copy."""
    return tiny.make_all(tmp_path_factory.mktemp("models"))


@pytest.fixture
def registry(tiny_models: Path, tmp_path: Path) -> Registry:
    return Registry(tiny_models, tmp_path / "own")


@pytest.fixture
def world(registry: Registry) -> FakeWorld:
    return FakeWorld(registry)
