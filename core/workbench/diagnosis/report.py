"""Report: a diagnosis in a folder, for ears, eyes and programs."""

from __future__ import annotations

import json
from pathlib import Path

from core.audio.base import AudioFormat, Pcm
from core.audio.spectrogram import spectrogram_pictures
from core.audio.wav import WavSink
from core.errors import StorageError
from core.workbench.diagnosis.diagnosis import Diagnosis
from core.workbench.diagnosis.page import to_html

ORIGINAL, RECONSTRUCTED = "diagnostic_original.wav", "diagnostic_reconstructed.wav"
PAGE, VALUES = "diagnosis.html", "diagnosis.json"


def write_report(diagnosis: Diagnosis, folder: Path) -> Path:
    """Two sounds, three pictures, one page and one JSON file; returns where the page is."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be made: {error.strerror or error}.", "Choose another place."
        ) from error
    rate = diagnosis.sample_rate
    _write_sound(folder / ORIGINAL, diagnosis.original, rate)
    _write_sound(folder / RECONSTRUCTED, diagnosis.decoded, rate)
    pictures = spectrogram_pictures(diagnosis.original, diagnosis.decoded, rate)
    values = json.dumps(diagnosis.to_json(), indent=1, ensure_ascii=False)
    try:
        sounds = {
            "Original": (folder / ORIGINAL).read_bytes(),
            "Reconstructed": (folder / RECONSTRUCTED).read_bytes(),
        }
        for name, picture in pictures.items():
            (folder / name).write_bytes(picture)
        (folder / VALUES).write_text(values, encoding="utf-8")
        (folder / PAGE).write_text(to_html(diagnosis, pictures, sounds), encoding="utf-8")
    except OSError as error:
        raise StorageError(f"The report in {folder} cannot be written: {error.strerror}.") from error
    return folder / PAGE


def _write_sound(path: Path, pcm: Pcm, rate: int) -> None:
    with WavSink(path, AudioFormat(rate, rate)) as sink:
        sink.write(pcm)
