"""Laboratory: the workbench as the window uses it: codecs to examine, and what was last found of each."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.cards import ModelCard, Registry
from core.errand import Making, Tell
from core.errors import StorageError
from core.folders import data_folder
from core.loading import open_registry

_REPORT = "diagnosis.json"
_PAGE = "diagnosis.html"
_PICTURES = ("spectrogram_original.png", "spectrogram_reconstructed.png", "spectrogram_difference.png")
_SOUNDS = ("diagnostic_original.wav", "diagnostic_reconstructed.wav")
_RECORDING = "recording.wav"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A codec that can be examined here."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement: what was measured, what came out, and what that is worth."""

    what: str
    value: float | None
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What a diagnosis found, and where its sounds, pictures and pages lie."""

    codec: str
    verdict: str
    bitrate: float
    frame_rate: float
    findings: tuple[Finding, ...]
    folder: Path

    @property
    def sounds(self) -> tuple[Path, Path]:
        """The original, and what came out of the codec."""
        return self.folder / _SOUNDS[0], self.folder / _SOUNDS[1]

    @property
    def pictures(self) -> tuple[Path, Path, Path]:
        """Spectrograms of the original, of what came out, and of the difference."""
        original, decoded, difference = (self.folder / name for name in _PICTURES)
        return original, decoded, difference

    @property
    def page(self) -> Path:
        """The whole report, for a browser."""
        return self.folder / _PAGE


class Laboratory:
    """Where codecs are examined. The last diagnosis of each is kept."""

    def __init__(self, folder: Path | None = None, registry: Registry | None = None) -> None:
        self._folder = folder or data_folder() / "workbench"
        self._registry = registry or open_registry()

    def candidates(self) -> tuple[Candidate, ...]:
        """The codecs that are whole on this computer."""
        cards = (card for card in self._registry.cards() if isinstance(card, ModelCard))
        found = [Candidate(card.id, card.title) for card in cards if card.kind == "codec" and card.installed]
        return tuple(sorted(found, key=lambda each: each.title.lower()))

    def recording(self) -> Path:
        """Where a recording for the next diagnosis goes."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{self._folder} cannot be made: {error.strerror}.") from error
        return self._folder / _RECORDING

    def diagnosis(
        self, codec: str, sounds: tuple[Path, ...], on_progress: Tell = lambda words, share: None
    ) -> Making:
        """A diagnosis with these sounds; without one, with sentences that are spoken for it."""
        return Making(partial(_diagnose, codec, sounds), self._place_of(codec), on_progress)

    def examined(self, codec: str) -> Examined | None:
        """What the last diagnosis of this codec found; None if there was none."""
        folder = self._place_of(codec)
        try:
            found = json.loads((folder / _REPORT).read_text(encoding="utf-8"))
            findings = tuple(
                Finding(each["what"], each["value"], each["level"], each["reason"])
                for each in found["judgements"]
            )
            return Examined(codec, found["verdict"], found["bitrate"], found["frame_rate"], findings, folder)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(f"The diagnosis in {folder} cannot be read: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError):
            return None  # of another version: it is made again when it is wished for

    def save(self, codec: str, target: Path) -> None:
        """Keep a copy of a whole report, as a folder."""
        try:
            shutil.copytree(self._place_of(codec), target)
        except FileExistsError as error:
            raise StorageError(f"{target} is already there.", "Choose another name.") from error
        except OSError as error:
            raise StorageError(f"{target} cannot be written: {error}.", "Choose another place.") from error

    def _place_of(self, codec: str) -> Path:
        return self._folder / "diagnoses" / codec


def _diagnose(codec: str, sounds: tuple[Path, ...], folder: Path, tell: Tell) -> None:
    """In the child process."""
    from core.workbench.diagnosis.diagnosis import DiagnosisConfig, diagnose
    from core.workbench.diagnosis.patient import find_patient
    from core.workbench.diagnosis.report import write_report
    from core.workbench.telugu.pairs import LANGUAGES

    tell("loading", None)
    patient = find_patient(codec, open_registry())
    config = DiagnosisConfig(languages=LANGUAGES)
    found = diagnose(patient, list(sounds), config, progress=lambda words: tell(words, None))
    write_report(found, folder)
