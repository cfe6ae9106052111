"""What holds for every test: none leaves an engine running behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

_SECONDS_TO_END = 5.0


@pytest.fixture(autouse=True)
def engines_end() -> Iterator[None]:
    """An engine that goes on disturbs tests that have nothing to do with it."""
    yield
    for thread in threading.enumerate():
        if thread.name == "engine":
            thread.join(_SECONDS_TO_END)
            assert not thread.is_alive(), "this test left its engine running"
