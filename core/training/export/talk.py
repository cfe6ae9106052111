"""Exporting a speech model of three parts, ear, pronouncer and mouth, as graphs, vocabulary and card."""

from __future__ import annotations

import io
import json
import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import onnx
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.codecs.base import Codes
from core.errors import StorageError
from core.graph import NEXT, SPEC_KEY, STATE
from core.new_card import write_card
from core.nn.s2s.ear import Ear
from core.nn.s2s.mouth import LONGEST, Mouth, Outlook, settled
from core.nn.s2s.pronouncer import Pronouncer, sounded
from core.nn.streaming import State
from core.s2s.base import SpeechSpec
from core.s2s.words import Usage, write_words
from core.training.export.shrink import name_constants, share_tables, store_small
from core.training.export.step_graph import OPSET, flat, nested
from core.training.speech.letters import LETTERS
from core.training.speech.sounds import NUMBERS, PAUSES, SOUNDS

LISTEN, PRONOUNCE, SPEAK = "listen.onnx", "pronounce.onnx", "speak.onnx"
VOCABULARY, WORDS = "vocabulary.txt", "words.tsv"

Tensors = Mapping[str, Tensor]
Step = Callable[[Tensors, State], tuple[Tensors, State]]


@dataclass(frozen=True, slots=True)
class TalkParts:
    """What a speech model is made of."""

    ear: Ear
    pronouncer: Pronouncer
    mouth: Mouth
    silence: Codes
    """Codes [K, T] of a silence that is long enough for the last words to be heard."""
    usage: Usage
    """The words that it knows."""


def export_talk(
    parts: TalkParts, spec: SpeechSpec, folder: Path, *, id: str, title: str, licence: str, small: bool = True
) -> None:
    """Write the graphs, the vocabulary and the card into a folder."""
    graphs = {
        LISTEN: listen_graph(parts.ear, parts.silence),
        PRONOUNCE: pronounce_graph(parts.pronouncer),
        SPEAK: speak_graph(parts.mouth),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, graph in graphs.items():
            name_constants(graph)
            share_tables(graph)
            if small:
                store_small(graph, bytes_too=True)
            onnx.checker.check_model(graph)
            (folder / name).write_bytes(graph.SerializeToString())
        write_words(folder / WORDS, parts.usage)
        (folder / VOCABULARY).write_text("\n".join(LETTERS) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"The graphs could not be saved: {error.strerror or error}.", "Is the disk full?"
        ) from error
    models: Sequence[nn.Module] = (parts.ear, parts.pronouncer, parts.mouth)
    write_card(
        folder,
        id=id,
        kind="speech",
        title=title,
        licence=licence,
        runtime="onnx",
        files={
            "listen": LISTEN,
            "pronounce": PRONOUNCE,
            "speak": SPEAK,
            "vocabulary": VOCABULARY,
            "words": WORDS,
        },
        parameters=sum(p.numel() for model in models for p in model.parameters()),
        languages=tuple(language for language in spec.languages if language != "auto"),
        speech=spec,
    )


def listen_graph(ear: Ear, silence: Codes) -> onnx.ModelProto:
    """`heard` [K, steps] -> `letters` [steps, n_pieces], `sounds` [steps, n_sounds]: chances (log)."""
    space, steps = ear.space, ear.config.steps

    def step(given: Tensors, state: State) -> tuple[Tensors, State]:
        space_state, ear_state = state["space"], state["ear"]
        assert isinstance(space_state, dict) and isinstance(ear_state, dict)
        frames, coded = space.heard(given["heard"][None], space_state)
        heard, after = ear.listen(frames, ear_state)
        letters, sounds = ear.letters(heard)[0], ear.sounds(heard)[0]
        chances = {"letters": letters.log_softmax(dim=-1), "sounds": sounds.log_softmax(dim=-1)}
        return chances, {"space": coded, "ear": after}

    state: State = {"space": space.initial_state(1), "ear": ear.initial_state(1)}
    given = {"heard": torch.zeros(len(ear.config.space.codebook_sizes), steps, dtype=torch.long)}
    return _traced(ear, step, given, state, ("letters", "sounds"), {"silence": silence.tolist()})


def pronounce_graph(pronouncer: Pronouncer) -> onnx.ModelProto:
    """`letters` [1, L] -> `sounds` [L * sounds_per_letter], -1 for none."""

    def step(given: Tensors, state: State) -> tuple[Tensors, State]:
        return {"sounds": sounded(pronouncer(given["letters"])[0])}, {}

    letters = torch.ones(1, pronouncer.config.longest, dtype=torch.long)
    told = {"signs": {sign: NUMBERS[sign] for sign in PAUSES}, "word_start": len(SOUNDS)}
    return _traced(pronouncer, step, {"letters": letters}, {}, ("sounds",), told)


def speak_graph(mouth: Mouth) -> onnx.ModelProto:
    """One frame of the sound in the middle of `pieces` [1, 2 * reach + 1], and whether it is `over` then.

    The rest of a frame that a sound cannot fill is owed to the next one, so that haste and delay even out.
    """
    space = mouth.space

    def step(given: Tensors, state: State) -> tuple[Tensors, State]:
        held = flat(state)
        voice = mouth.voice(given["speaker"], given["emotion"], given["strength"], given["language"])
        outlook = outlook_of_one(mouth.outlook, given["pieces"], voice)  # [1, 1, D]
        wanted = mouth.frames_of(outlook)[0] / given["pace"] + held["owed"]
        length = torch.floor(wanted + 0.5).clamp(1.0, LONGEST)
        begins = held["at"] >= held["lasts"]
        lasts = torch.where(begins, length, held["lasts"])
        owed = torch.where(begins, wanted - length, held["owed"])
        at = torch.where(begins, torch.zeros_like(length), held["at"])
        place = torch.stack([at, lasts], dim=-1)[None]
        mouth_state, space_state = state["mouth"], state["space"]
        assert isinstance(mouth_state, dict) and isinstance(space_state, dict)
        frames, uttered = mouth.utter(outlook, place, voice, mouth_state)
        codes, coded = space.spoken(settled(frames, space), space_state)
        over = (at + 1 >= lasts).long()
        after: State = {"at": at + 1, "lasts": lasts, "owed": owed, "mouth": uttered, "space": coded}
        return {"codes": codes[0], "over": over}, after

    state: State = {
        "at": torch.zeros(1),
        "lasts": torch.zeros(1),
        "owed": torch.zeros(1),
        "mouth": mouth.initial_state(1),
        "space": space.initial_state(1),
    }
    given = {
        "pieces": torch.ones(1, 2 * mouth.config.reach + 1, dtype=torch.long),
        **{name: torch.zeros(1, dtype=torch.long) for name in ("speaker", "emotion", "language")},
        **{name: torch.ones(1) for name in ("strength", "pace")},
    }
    return _traced(mouth, step, given, state, ("codes", "over"), {})


def outlook_of_one(outlook: Outlook, pieces: Tensor, voice: Tensor) -> Tensor:
    """The same as `outlook` for the piece in the middle, of the neighbours only what it depends on.

    Each layer looks twice as far as the one before it, so that every other of its results is of no use.
    """
    config = outlook.config
    kernel, dilations = config.piece_kernel, (*config.piece_dilations, config.piece_dilations[-1])
    strides = [after // before for before, after in pairwise(dilations)]
    reached = [dilations[0] * math.prod(strides[:number]) for number in range(len(dilations))]
    if dilations[0] != 1 or reached != list(dilations):
        every: Tensor = outlook(pieces, voice)
        return every
    x: Tensor = outlook.sounds(pieces % config.n_sounds) + outlook.begins(pieces // config.n_sounds)
    x = x + voice[:, None]
    layers = zip(outlook.convs, outlook.mixes, outlook.norms, strides, strict=True)
    for conv, mix, norm, stride in layers:
        assert isinstance(conv, nn.Conv1d)
        count = (x.shape[1] - kernel) // stride + 1
        normed, reach = norm(x), stride * (count - 1) + 1
        taps = [normed[:, tap : tap + reach : stride] for tap in range(kernel)]
        weight = conv.weight.transpose(1, 2).flatten(1)  # [2 * D, K * D]
        y = F.glu(F.linear(torch.cat(taps, dim=2), weight, conv.bias), dim=2)
        middle = kernel // 2
        x = x[:, middle : middle + reach : stride] + mix(y)
    return x


class _Traced(nn.Module):
    """A step with its inputs and memory as flat tensors."""

    def __init__(
        self, model: nn.Module, step: Step, given: Tensors, state: State, made: Sequence[str]
    ) -> None:
        super().__init__()
        self.model = model  # for its weights
        self.step = step
        self.given = list(given)
        self.state = state
        self.names = list(flat(state))
        self.made = made

    def forward(self, *tensors: Tensor) -> tuple[Tensor, ...]:
        count = len(self.given)
        given = dict(zip(self.given, tensors[:count], strict=True))
        held = dict(zip(self.names, tensors[count:], strict=True))
        made, after = self.step(given, nested(held, self.state))
        found = flat(after)
        return *(made[name] for name in self.made), *(found[name] for name in self.names)


def _traced(
    model: nn.Module, step: Step, given: Tensors, state: State, made: Sequence[str], told: Mapping[str, Any]
) -> onnx.ModelProto:
    graph = _Traced(model, step, given, state, made)
    memory = tuple(torch.zeros_like(value) for value in flat(state).values())
    buffer: Any = io.BytesIO()  # the exporter takes any file, and says it takes paths
    # this exporter is the old one, and warns of it and of every shape that it takes as fixed: ours are
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.eval(),
            (*given.values(), *memory),
            buffer,
            input_names=[*given, *(STATE + name for name in graph.names)],
            output_names=[*made, *(NEXT + name for name in graph.names)],
            opset_version=OPSET,
            dynamo=False,
        )
    exported = onnx.load_from_string(buffer.getvalue())
    entry = exported.metadata_props.add()
    entry.key, entry.value = SPEC_KEY, json.dumps(dict(told))
    onnx.checker.check_model(exported)
    return exported
