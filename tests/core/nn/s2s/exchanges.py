"""Scripted exchanges in a made-up codec: every word is three frames of codes that belong to it alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.codecs.base import Codes
from core.s2s.vocabulary import Vocabulary

SIZES = (32, 16, 16, 16)
WORD_FRAMES, GAP, WORDS_LATE = 3, 2, 1
TAIL = 5  # longer than any delay, so that the last codes are still in the recording
PAD, END = 0, 1

EXCHANGES = (
    ("hello", "hello to you"),
    ("who are you", "i am paluku"),
    ("what time is it", "it is five"),
    ("good night", "sleep well"),
    ("how are you", "very well thanks"),
    ("what is your name", "paluku is my name"),
    ("is it raining", "no it is dry"),
    ("is it cold", "yes very cold"),
    ("tell a story", "once there was rain"),
    ("sing a song", "i can not sing"),
    ("thanks", "you are welcome"),
    ("what day is it", "today is friday"),
    ("good morning", "good morning to you"),
    ("where are you", "here on your desk"),
    ("can you hear", "yes i can hear"),
    ("stop", "i am quiet now"),
    ("one and two", "that is three"),
    ("two and three", "that is five"),
    ("one and five", "that is six"),
    ("good bye", "see you soon"),
)
VOCABULARY = sorted({word for exchange in EXCHANGES for side in exchange for word in side.split()})
PIECES = ["<pad>", "<end>", "<soon>", *(f"▁{word}" for word in VOCABULARY)]
TEXT = Vocabulary(PIECES)


def spoken(words: str) -> Codes:
    """A sentence as codes [K, T]."""
    return np.concatenate([_PATTERNS[word] for word in words.split()], axis=1)


def understood(codes: Codes) -> str:
    """The words in codes; what is neither silence nor a word of the vocabulary is a question mark."""
    words, at = [], 0
    while at + WORD_FRAMES <= codes.shape[1]:
        if not codes[:, at].any():
            at += 1
            continue
        heard = codes[:, at : at + WORD_FRAMES]
        words.append(next((word for word, known in _PATTERNS.items() if np.array_equal(known, heard)), "?"))
        at += WORD_FRAMES
    return " ".join(words)


def _patterns() -> dict[str, Codes]:
    random = np.random.default_rng(11)
    return {word: np.stack([random.integers(1, size, WORD_FRAMES) for size in SIZES]) for word in VOCABULARY}


_PATTERNS = _patterns()


@dataclass(frozen=True)
class Talk:
    """One exchange with the sound of both and their words, frame by frame."""

    heard: Codes  # [K, T]
    own: Codes  # [K, T]
    text: np.ndarray[tuple[int], np.dtype[np.int64]]
    heard_text: np.ndarray[tuple[int], np.dtype[np.int64]]


def talk(question: str, answer: str, wait: int, length: int) -> Talk:
    """The question after a silence, then the answer; silence to the end."""
    asked, told = spoken(question), spoken(answer)
    start = wait + asked.shape[1] + GAP
    heard, own = (np.zeros((len(SIZES), length), np.int64) for _ in range(2))
    heard[:, wait : wait + asked.shape[1]] = asked
    own[:, start : start + told.shape[1]] = told
    text, heard_text = np.full(length, PAD), np.full(length, PAD)
    _write(text, answer, start)
    text[start + told.shape[1]] = END
    _write(heard_text, question, wait + WORD_FRAMES + WORDS_LATE)
    return Talk(heard, own, text, heard_text)


def _write(text: np.ndarray[tuple[int], np.dtype[np.int64]], words: str, start: int) -> None:
    for number, (piece, _) in enumerate(TEXT.pieces(words)):
        text[start + number * WORD_FRAMES] = piece


def duplex_batch(exchanges: tuple[tuple[str, str], ...], random: np.random.Generator) -> Tensor:
    """Every exchange once, after silences of different lengths: [B, S, T]."""
    longest = max(len(q.split()) + len(a.split()) for q, a in exchanges) * WORD_FRAMES
    length = longest + GAP + TAIL + 5
    rows = []
    for question, answer in exchanges:
        one = talk(question, answer, int(random.integers(0, 5)), length)
        rows.append(np.concatenate([one.text[None], one.own, one.heard, one.heard_text[None]]))
    return torch.tensor(np.stack(rows))


def turn_batch(exchanges: tuple[tuple[str, str], ...]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Questions [B, K, T], where they are real [B, T], their pieces [B, W], answers [B, S, T']."""
    asked = [spoken(question) for question, _ in exchanges]
    longest = max(codes.shape[1] for codes in asked)
    heard = np.stack([np.pad(codes, ((0, 0), (0, longest - codes.shape[1]))) for codes in asked])
    visible = np.stack([np.arange(longest) < codes.shape[1] for codes in asked])
    pieces = [[piece for piece, _ in TEXT.pieces(question)] for question, _ in exchanges]
    words = np.array([row + [PAD] * (max(map(len, pieces)) - len(row)) for row in pieces])
    length = max(len(answer.split()) for _, answer in exchanges) * WORD_FRAMES + TAIL
    answers = []
    for _, answer in exchanges:
        told, text = spoken(answer), np.full(length, PAD)
        _write(text, answer, 0)
        text[told.shape[1]] = END
        own = np.pad(told, ((0, 0), (0, length - told.shape[1])))
        answers.append(np.concatenate([text[None], own]))
    return torch.tensor(heard), torch.tensor(visible), torch.tensor(words), torch.tensor(np.stack(answers))
