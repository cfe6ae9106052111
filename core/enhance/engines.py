"""Engines: the super-resolution that this computer has, found among its models."""

from __future__ import annotations

from core.cards import ModelCard, Registry
from core.enhance.live import LiveEnhancer
from core.errors import ModelError


def live_enhancer(registry: Registry, id: str = "") -> LiveEnhancer:
    """The extender that ships, or the one of this id."""
    card = enhancing_model(registry, "onnx", id, "Copy the folder models/paluku-wide again.")
    return LiveEnhancer(card.file("extender"))


def enhancing_model(registry: Registry, runtime: str, id: str, hint: str) -> ModelCard:
    """The model of this id, or else the first one for this runtime."""
    found = [
        card
        for card in registry.cards()
        if isinstance(card, ModelCard)
        and card.kind == "enhance"
        and card.runtime == runtime
        and card.installed
    ]
    if not found:
        what = "live extender" if runtime == "onnx" else "weights of AudioSR"
        raise ModelError(f"This computer lacks the {what}.", hint)
    return next((card for card in found if card.id == id), found[0])
