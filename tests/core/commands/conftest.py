"""The command line as a person uses it: arguments in, sentences and JSON out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from core.commands.main import main
from core.folders import DATA_VARIABLE, MODELS_VARIABLE


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return [json.loads(line) for line in self.out.splitlines()]


Paluku = Callable[..., Said]


@pytest.fixture
def paluku(
    tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Paluku:
    """Runs `paluku …` with the tiny models and a data folder of the test's own."""
    monkeypatch.setenv(MODELS_VARIABLE, str(tiny_models))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))

    def call(*words: object) -> Said:
        capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        return Said(status, *capsys.readouterr())

    return call


@pytest.fixture
def question(tmp_path: Path) -> Path:
    """Half a second of a tone, as a WAV at a rate that no model has."""
    t = np.arange(22_050) / 44_100
    tone = 0.3 * np.sin(2 * np.pi * 500 * t)
    path = tmp_path / "question.wav"
    soundfile.write(path, np.stack([tone, tone], axis=1), 44_100)
    return path
