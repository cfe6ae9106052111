"""Exporting a speech model: its step graphs, its vocabulary and its card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.cards import ModelCard
from core.errors import ModelError
from core.new_card import write_card
from core.nn.s2s.conformer import Conformer
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.stored import SpeechNet
from core.s2s.base import SpeechSpec
from core.s2s.sampling import SpeechSampling
from core.s2s.vocabulary import WORD_START
from core.training.export.conformer_steps import ConformerSteps
from core.training.export.int8_probe import best_form
from core.training.export.speech_steps import DecoderSteps

VOCABULARY = "words.txt"
LARGEST = 1_900_000_000
"""Bytes that fit into one graph file."""


def write_speech(
    model: SpeechNet,
    spec: SpeechSpec,
    pieces: Sequence[str],
    folder: Path,
    *,
    sampling: SpeechSampling | None = None,
    int8: bool = False,
) -> dict[str, Path]:
    """The graphs of a model by the roles they play; `pieces` is what its text is made of."""
    check_size(model, int8=int8)
    sampling, form = sampling or SpeechSampling(), best_form() if int8 else None
    begins = [piece.startswith(WORD_START) for piece in pieces]
    told = {"codebook_sizes": spec.codebook_sizes, "frame_rate": spec.frame_rate}
    if isinstance(model, SpeechDecoder):
        made = {"converse": DecoderSteps(model, sampling, begins, int8=form).graph("converse")}
    else:
        assert isinstance(model, Conformer)
        # a turn is at most as long as an answer; of a longer one the end is looked back at
        frames = round(spec.max_seconds * spec.frame_rate)
        steps = ConformerSteps(model, sampling, begins, frames=frames, int8=form)
        made = {"listen": steps.listener(), "speak": steps.speaker()}
    files = {role: folder / f"{role}.onnx" for role in made}
    for role, graph in made.items():
        graph.save(files[role], told)
    return files


def check_size(model: SpeechNet, *, int8: bool) -> None:
    """Whether a model fits into graph files."""
    size = sum(p.numel() for p in model.parameters()) * (1 if int8 else 4)
    if size > LARGEST:
        raise ModelError(
            f"This model is too large for a graph: {size / 1e9:.1f} GB.",
            "It runs with torch; or try it with 8-bit weights.",
        )


def export_speech(
    model: SpeechNet,
    spec: SpeechSpec,
    text: Path | None,
    folder: Path,
    *,
    title: str,
    licence: str,
    languages: tuple[str, ...] = (),
    int8: bool = False,
) -> ModelCard:
    """Fill a folder, whose name is the model's id."""
    pieces = read_pieces(text) if text else ("<nothing>",)
    decoder = model if isinstance(model, SpeechDecoder) else model.decoder
    if len(pieces) < decoder.config.streams.text_size:
        raise ModelError(
            f"The model writes {decoder.config.streams.text_size} pieces of text, its vocabulary has "
            f"{len(pieces)}.",
            "Name the vocabulary that it was trained with.",
        )
    files = write_speech(model, spec, pieces, folder, int8=int8)
    (folder / VOCABULARY).write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return write_card(
        folder,
        id=folder.name,
        kind="speech",
        title=title,
        licence=licence,
        runtime="onnx",
        files={role: path.name for role, path in files.items()} | {"vocabulary": VOCABULARY},
        parameters=sum(p.numel() for p in model.parameters()),
        languages=languages,
        speech=spec,
    )


def read_pieces(path: Path) -> tuple[str, ...]:
    """The pieces of a vocabulary: a list, or a SentencePiece model; what is never printed in brackets."""
    if path.suffix != ".model":
        return tuple(path.read_text(encoding="utf-8").splitlines())
    from core.nn.s2s.text import SentencePieceText

    text = SentencePieceText(path)
    return tuple(text.piece(number) or f"<{number}>" for number in range(len(text)))
