"""On Windows alone libraries are loaded before Qt's; elsewhere nothing happens."""

from __future__ import annotations

import sys

import pytest

from app import native_order


@pytest.mark.skipif(sys.platform == "win32", reason="there it loads libraries")
def test_nothing_to_do_here() -> None:
    before = set(sys.modules)
    native_order.load_before_qt()
    assert not {"torch", "onnxruntime"} & (set(sys.modules) - before)
