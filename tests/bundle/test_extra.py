"""The frozen program finds torch in an extra, and without one says what a person can do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.folders import DATA_VARIABLE

pytestmark = [pytest.mark.bundle, pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parents[2]
EXTRA = ROOT / "dist" / "extra"


@pytest.fixture(scope="module")
def extra() -> Path:
    """The extra of the Python that the program was frozen with."""
    if not (EXTRA / "extra.json").is_file():
        subprocess.run(
            [sys.executable, "packaging/make_extra.py", "--folder-only"], cwd=ROOT, check=True, timeout=900
        )
    return EXTRA


def run(program: Path, data: Path, *order: str) -> subprocess.CompletedProcess[str]:
    """A verb of the frozen program, which sees nothing of the Python around it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [program, *order],
        cwd=data,
        env={**kept, DATA_VARIABLE: str(data)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def test_torch_is_found_where_an_extra_is(program: Path, extra: Path, tmp_path: Path) -> None:
    done = run(program, tmp_path, "analyze", "conformer-mini", "--json")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "paluku extra add" in done.stderr and "pip" not in done.stderr
    (tmp_path / "extra").symlink_to(extra, target_is_directory=True)
    told = json.loads(run(program, tmp_path, "extra", "--json").stdout)
    assert told["fits"] is True and told["here"]["bytes"] > 100e6
    done = run(program, tmp_path, "analyze", "conformer-mini", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.strip().splitlines()[-1])["parameters"] == 19_501_312
