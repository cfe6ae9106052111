"""Diagnoses of codecs of which the verdict is known."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from core.audio.base import Pcm
from core.audio.spectrogram import spectrogram_pictures
from core.cards import Registry
from core.codecs.base import Codes, Decoder
from core.commands.main import main
from core.errors import PalukuError
from core.nn.codecs.telugu import TeluguCodec
from core.nn.runtime import TorchCodec
from core.training.corpus.take import Take
from core.workbench.diagnosis.controls import IdentityCodec
from core.workbench.diagnosis.diagnosis import Diagnosis, DiagnosisConfig, diagnose
from core.workbench.diagnosis.page import to_html
from core.workbench.diagnosis.patient import Patient, find_patient, pass_through
from core.workbench.diagnosis.report import write_report
from core.workbench.spoken import Line, can_speak, say
from tests import tiny
from tests.core.nn.codec_laws import random_weights
from tests.core.nn.test_telugu import tiny as tiny_telugu

NOTHING = Registry(Path("/nowhere"), Path("/nowhere"))
PAIRS = DiagnosisConfig(most_pairs=3)
speaks = pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")


@pytest.fixture(autouse=True)
def _spoken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a process to speak takes longer than most tests."""
    for module in "diagnosis.speech", "telugu.trial":
        monkeypatch.setattr(f"core.workbench.{module}.say", lambda lines: list(_said(tuple(lines))))


@cache
def _said(lines: tuple[Line, ...]) -> tuple[Take, ...]:
    return tuple(say(lines))


@cache
def patient(name: str) -> Patient:
    if name == "random":  # an encoder that has learned nothing
        return Patient(name, TorchCodec(random_weights(TeluguCodec(tiny_telugu("telugu-50hz")))))
    return find_patient(name, NOTHING)


@cache
def diagnosed(name: str) -> Diagnosis:
    return diagnose(patient(name), [], PAIRS)


def levels(diagnosis: Diagnosis) -> dict[str, str]:
    return {each.what: each.level for each in diagnosis.judgements}


@speaks
def test_a_codec_that_loses_nothing_passes_everything() -> None:
    found = diagnosed("identity")
    assert found.verdict == "good"
    assert set(levels(found).values()) <= {"good", "not judged"}
    assert all(contrast.passes for contrast in found.contrasts)
    assert found.behaviour.pieces_difference == 0 and found.behaviour.measured_delay_ms == 0


@speaks
@pytest.mark.parametrize("name", ["starved", "random"])
def test_a_codec_that_loses_much_fails_the_bands_and_the_pairs(name: str) -> None:
    found = diagnosed(name)
    assert found.verdict == "poor"
    assert levels(found)["STOI"] == "poor" and levels(found)["PESQ"] in ("poor", "not judged")
    judged = [contrast for contrast in found.contrasts if contrast.passes is not None]
    assert len(judged) >= 3 and not any(contrast.passes for contrast in judged)


@speaks
def test_a_pair_that_the_original_does_not_separate_is_not_blamed_on_the_codec() -> None:
    pairs = [pair for contrast in diagnosed("starved").contrasts for pair in contrast.pairs]
    apart = [pair for pair in pairs if not pair.separated]
    assert apart and all(pair.kept for pair in apart)


@speaks
def test_lengths_are_measured() -> None:
    found = {contrast.name: contrast for contrast in diagnosed("identity").contrasts}
    for name in "long / short vowel", "geminate / single":
        for pair in found[name].pairs:
            assert pair.ratio_original is not None and pair.ratio_original > 1.1
            assert pair.ratio_through == pytest.approx(pair.ratio_original, rel=0.02)
    assert all(pair.ratio_original is None for pair in found["aspirated / plain"].pairs)


def same(diagnosis: Diagnosis) -> dict[str, Any]:
    return {key: value for key, value in diagnosis.to_json().items() if key != "timing"}


@speaks
def test_the_same_again_to_the_last_digit() -> None:
    again = diagnose(patient("random"), [], PAIRS)
    assert json.dumps(same(diagnosed("random"))) == json.dumps(same(again))


@speaks
def test_words_sound_the_same_again() -> None:
    lines = [Line("అమ్మ", "te+f2"), Line("hello", "en-us+m3")]
    one, other = say(lines), say(lines)
    for before, after in zip(one, other, strict=True):
        assert np.array_equal(before.pcm, after.pcm) and before.phonemes == after.phonemes


def speech(path: Path, seconds: float = 1.5, rate: int = 22_050) -> Path:
    """Something like a voice: harmonics that come and go."""
    t = np.arange(round(seconds * rate)) / rate
    loud = 0.5 + 0.5 * np.sin(2 * np.pi * 3 * t)
    tone = sum(np.sin(2 * np.pi * 130 * k * t) / k for k in range(1, 20))
    soundfile.write(path, 0.1 * loud * tone, rate)
    return path


def test_a_report_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wav, out = speech(tmp_path / "talk.wav"), tmp_path / "out"
    assert main(["diagnose", "identity", str(wav), "-o", str(out), "--pairs", "none", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["verdict"] == "good" and len(printed["codebooks"]) == 8
    assert {"stoi", "pesq", "si_sdr", "log_mel"} <= printed.keys()
    kept = json.loads((out / "diagnosis.json").read_text(encoding="utf-8"))
    assert kept == printed and kept["schema"] == "paluku/diagnosis"
    original, rate = soundfile.read(out / "diagnostic_original.wav")
    decoded, _ = soundfile.read(out / "diagnostic_reconstructed.wav")
    assert rate == 16_000 and np.abs(original - decoded).max() < 1e-4
    page = (out / "diagnosis.html").read_text(encoding="utf-8")
    assert page.count("data:image/png") == 3 and page.count("data:audio/wav") == 2
    assert "http" not in page  # it needs nothing beside it
    assert (out / "spectrogram_difference.png").read_bytes().startswith(b"\x89PNG")


def test_a_page_names_what_it_was_not_given(tmp_path: Path) -> None:
    wav = speech(tmp_path / "talk <1>.wav")
    found = diagnose(patient("random"), [wav], DiagnosisConfig(languages=()))
    pictures = spectrogram_pictures(found.original, found.decoded, found.sample_rate)
    page = to_html(found, pictures, {})
    assert "They were left out." in page and "talk &lt;1&gt;.wav" in page and "<audio" not in page
    assert write_report(found, tmp_path / "a" / "b").name == "diagnosis.html"


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("folder", "is a folder, not a sound file"),
        ("text", "is not a sound file that can be read"),
        ("silence", "is silent"),
        ("short", "holds only 10 ms of sound"),
        ("nothing", "There is no file"),
    ],
)
def test_bad_input_gets_one_clear_sentence(tmp_path: Path, bad: str, sentence: str) -> None:
    path = tmp_path / bad
    if bad == "folder":
        path.mkdir()
    elif bad == "text":
        path.write_text("these are words")
    elif bad in ("silence", "short"):
        length = 16_000 if bad == "silence" else 160
        soundfile.write(path, np.full(length, 0.0 if bad == "silence" else 0.3), 16_000, format="WAV")
    with pytest.raises(PalukuError, match=sentence):
        diagnose(patient("identity"), [path], DiagnosisConfig(languages=()))


def test_models_that_cannot_be_diagnosed() -> None:
    for name in "conformer-mini", "jodio-printed":
        with pytest.raises(PalukuError, match="no encoder that takes sound"):
            find_patient(name, NOTHING)
    with pytest.raises(PalukuError, match="no model 'mimmi'"):
        find_patient("mimmi", NOTHING)
    assert main(["diagnose", "identity", "--pairs", "xx", "-o", "/tmp/never"]) == 1


def test_sound_comes_back_as_long_as_it_was_and_in_time() -> None:
    pcm = np.random.default_rng(0).normal(0, 0.1, 12_345).astype(np.float32)
    passed = pass_through(patient("identity").codec, pcm)
    assert len(passed.pcm) == len(pcm) and np.abs(passed.pcm - pcm).max() < 1e-4
    assert passed.codes.shape == (8, -(-12_345 // 8))


class MuteCodec(IdentityCodec):
    """A codec that makes silence of everything."""

    def decoder(self) -> Decoder:
        return Mute()


class Mute(Decoder):
    """Silence."""

    def push(self, codes: Codes) -> Pcm:
        return np.zeros(codes.shape[1] * 8, np.float32)


def test_silence_is_no_reconstruction(tmp_path: Path) -> None:
    wav = speech(tmp_path / "talk.wav")
    found = diagnose(Patient("mute", MuteCodec()), [wav], DiagnosisConfig(languages=()))
    assert found.verdict == "poor" and levels(found)["STOI"] == "poor"
    assert found.behaviour.measured_delay_ms is None


def test_an_installed_codec_and_its_first_codebooks(tmp_path: Path) -> None:
    tiny.make_codec(tmp_path / "models" / tiny.CODEC)
    installed = Registry(tmp_path / "models", tmp_path / "own")
    wav = speech(tmp_path / "talk.wav")
    whole = diagnose(find_patient(tiny.CODEC, installed), [wav], DiagnosisConfig(languages=()))
    few = diagnose(find_patient(tiny.CODEC, installed, 4), [wav], DiagnosisConfig(languages=()))
    assert len(whole.books) == tiny.BOOKS and len(few.books) == 4
    better, worse = (each.to_json()["log_mel"] for each in (whole, few))
    assert better < worse and few.verdict == "poor"
    with pytest.raises(PalukuError, match="1 to 160 codebooks, not 161"):
        find_patient(tiny.CODEC, installed, 161)
