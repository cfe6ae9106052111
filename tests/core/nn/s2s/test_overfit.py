"""A small model of each kind learns a few exchanges and then holds them, frame by frame."""

from __future__ import annotations

from pathlib import Path

import torch

from core.nn.s2s.conformer import Conformer
from core.nn.s2s.decoder import SpeechDecoder
from tests.core.nn.s2s.exchanges import EXCHANGES, spoken, understood
from tests.core.nn.s2s.overfit import (
    SPEC,
    Said,
    ask_conformer,
    ask_duplex,
    conformer_config,
    duplex_config,
    teach_conformer,
    teach_duplex,
)
from tests.core.nn.s2s.sounding import ask, make_world

FEW = EXCHANGES[:3]


def test_words_are_understood() -> None:
    assert understood(spoken("good night paluku")) == "good night paluku"


def test_a_duplex_model_answers(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = SpeechDecoder(duplex_config(64, 2))
    teach_duplex(model, FEW, 90)
    for question, answer in FEW:
        assert ask_duplex(model, question, len(answer.split())) == Said(question, answer, answer)
    world = make_world(tmp_path, model, SPEC)
    ((_, reply, said),) = ask(world, [FEW[1][0]])  # from WAV to WAV, through the whole engine
    assert (reply, said) == (FEW[1][1], FEW[1][1])


def test_a_conformer_answers(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = Conformer(conformer_config(64, 2))
    teach_conformer(model, FEW, 90)
    for question, answer in FEW:
        assert ask_conformer(model, question) == Said(question, answer, answer)
    world = make_world(tmp_path, model, SPEC)
    assert ask(world, [FEW[0][0]]) == [(FEW[0][0], FEW[0][1], FEW[0][1])]
