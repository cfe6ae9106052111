from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.commands.main import main
from core.errors import PalukuError
from core.loading import open_registry
from core.training.corpus.espeak import Espeak
from core.workbench.diagnosis.controls import IdentityCodec
from core.workbench.quality.code_probe import phoneme_error
from core.workbench.quality.held_out import held_out
from core.workbench.quality.report import codec_quality, phoneme_probes
from core.workbench.quality.round_trip import open_round_trip
from core.workbench.quality.timbre import fingerprint, similarities
from tests.core.training.codec_fakes import tiny_corpus
from tests.core.training.corpus_fakes import hum

needs_espeak = pytest.mark.skipif(Espeak.version() is None, reason="espeak-ng speaks the sentence")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_corpus(tmp_path_factory.mktemp("corpus"))


def test_held_out_voices_are_those_of_the_split(corpus: Path) -> None:
    found = held_out([corpus], 5)
    assert [u.group for u in found] == ["real te", "synthetic te"]
    assert {u.speaker for u in found} == {"person4", "person5"}
    assert [u.index for u in held_out([corpus], 5)] == [u.index for u in found]
    with pytest.raises(PalukuError, match="valid"):
        held_out([corpus], 5, "valid")


def test_a_codec_that_loses_nothing(corpus: Path) -> None:
    report = codec_quality(IdentityCodec(), held_out([corpus], 2), print)
    for figures in report["groups"].values():
        assert figures["voicing_error"] < 0.01 and figures["log_mel"] < 0.2
        assert figures["stoi"] is None or figures["stoi"] > 0.8


def test_a_probe_finds_what_a_code_tells_and_when() -> None:
    rng = np.random.default_rng(0)
    phonemes = [rng.integers(2, 6, 50) for _ in range(8)]
    late = [np.concatenate([[0, 0], 2 * row[:-2]]) for row in phonemes]
    noise = [rng.integers(0, 16, 50) for _ in range(8)]
    for codes, wanted in ((late, (0.0, 2)), (noise, None)):
        pairs = list(zip(codes, phonemes, strict=True))
        error, delay = phoneme_error(pairs[:4], pairs[4:], 16)
        assert (error, delay) == wanted if wanted else error > 0.5


def test_probes_of_a_codec(corpus: Path) -> None:
    probes = phoneme_probes(IdentityCodec(), [corpus])
    assert probes == [] or all(0 <= probe["phoneme_error"] <= 1 for probe in probes)


def test_timbre_knows_its_own() -> None:
    voices = [hum(2.0, pitch) + hum(2.0, 2.7 * pitch) for pitch in (100, 150, 220, 300)]
    prints = [fingerprint(voice, 16_000) for voice in voices]
    quieter = [fingerprint(0.5 * voice, 16_000) for voice in voices]
    own, other = similarities(prints, quieter)
    assert own > 0.9 > other


def test_the_command(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["bench", "quality", "--only", "codec", "--codec", "identity"]
    arguments += ["--corpus", str(corpus), "--utterances", "1", "--no-voices"]
    assert main([*arguments, "--json"]) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["split"] == "test" and len(report["groups"]) == 2 and report["codebooks"]
    assert main(arguments) == 0
    assert "codebooks used" in capsys.readouterr().out


@needs_espeak
def test_sounds_are_told_before_and_behind_a_codec() -> None:
    round_trip = open_round_trip(open_registry())
    assert round_trip is not None
    take = Espeak().speak("what is the time now", "en")
    pcm = (0.3 * take.at_rate(16_000).pcm).astype(np.float32)
    for behind, group in ((pcm, "kept"), (np.zeros_like(pcm), "lost")):
        round_trip.count(group, "what is the time now", "en", pcm, behind, 16_000)
    round_trip.count("unread", "", "en", pcm, pcm, 16_000)
    kept, lost = round_trip.figures()["kept"], round_trip.figures()["lost"]
    assert kept["behind"] == kept["original"] < 0.7
    assert lost["behind"] > 0.9 and lost["original"] == kept["original"]
    assert "unread" not in round_trip.figures()
