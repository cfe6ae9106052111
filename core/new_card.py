"""Writing a model card: what importing, training and exporting leave beside the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import tomlkit

from core.cards import CARD_NAME, Kind, ModelCard, Runtime, read_card
from core.checked import fingerprint
from core.codecs.base import CodecSpec
from core.errors import StorageError
from core.s2s.base import SpeechSpec


def write_card(
    folder: Path,
    *,
    id: str,
    kind: Kind,
    title: str,
    licence: str,
    runtime: Runtime,
    files: Mapping[str, str],
    parameters: int = 0,
    macs: int = 0,
    languages: tuple[str, ...] = (),
    hub: str = "",
    codec: CodecSpec | None = None,
    speech: SpeechSpec | None = None,
) -> ModelCard:
    """Write model.toml into `folder`; `files` says which file there plays which role."""
    card = tomlkit.document()
    card.update({"id": id, "kind": kind, "title": title, "licence": licence, "runtime": runtime})
    card.update({"parameters": parameters, "macs": macs, "languages": list(languages), "hub": hub})
    if codec is not None:
        card["codec"] = {
            "sample_rate": codec.format.sample_rate,
            "frame_size": codec.format.frame_size,
            **_values(codec, leave_out="format"),
        }
    if speech is not None:
        card["speech"] = _values(speech)
    if files:
        card["files"] = {
            role: {
                "path": name,
                "sha256": fingerprint(folder / name),
                "bytes": (folder / name).stat().st_size,
            }
            for role, name in files.items()
        }
    try:
        (folder / CARD_NAME).write_text(tomlkit.dumps(card), encoding="utf-8")
    except OSError as error:
        raise StorageError(f"The card of {id} could not be written: {error.strerror}.") from error
    return read_card(folder / CARD_NAME)


def _values(spec: CodecSpec | SpeechSpec, leave_out: str = "") -> dict[str, Any]:
    found = {f.name: getattr(spec, f.name) for f in fields(spec) if f.name != leave_out}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
