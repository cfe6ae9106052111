"""A small model of each kind learns a few exchanges and then holds them, frame by frame."""

from __future__ import annotations

import torch

from core.nn.s2s.conformer import Conformer
from core.nn.s2s.decoder import SpeechDecoder
from tests.core.nn.s2s.exchanges import EXCHANGES, spoken, understood
from tests.core.nn.s2s.overfit import (
    Said,
    ask_conformer,
    ask_duplex,
    conformer_config,
    duplex_config,
    teach_conformer,
    teach_duplex,
)

FEW = EXCHANGES[:3]


def test_words_are_understood() -> None:
    assert understood(spoken("good night paluku")) == "good night paluku"


def test_a_duplex_model_answers() -> None:
    torch.manual_seed(0)
    model = SpeechDecoder(duplex_config(64, 2))
    teach_duplex(model, FEW, 90)
    for question, answer in FEW:
        assert ask_duplex(model, question, len(answer.split())) == Said(question, answer, answer)


def test_a_conformer_answers() -> None:
    torch.manual_seed(0)
    model = Conformer(conformer_config(64, 2))
    teach_conformer(model, FEW, 90)
    for question, answer in FEW:
        assert ask_conformer(model, question) == Said(question, answer, answer)
