"""The models of public packages in torch, with random weights.

python -m core.workbench.peers.package_worker dac|dualcodec SECONDS CONFIG
python -m core.workbench.peers.package_worker moshi 0 CONFIG

CONFIG is what the package builds its model of, as JSON.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import types
from typing import Any

import torch
from torch import nn

from core.workbench.peers import laps

_TOOLS = ("audiotools", "audiotools.ml", "easydict")


class AnyTools(types.ModuleType):
    """A module in which every name is something harmless."""

    BaseModel = type("BaseModel", (nn.Module,), {"INTERN": [], "EXTERN": []})

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return self if name == "ml" else type(name, (), {})


def dac(seconds: float, config: dict[str, Any]) -> laps.Lap:
    model = _part("dac.model.dac").DAC(**config).eval()
    pcm = torch.randn(1, 1, round(seconds * config["sample_rate"])) * 0.1
    kept: list[Any] = []

    def encode() -> None:
        kept[:] = [model.quantizer(model.encoder(pcm))[1]]

    return {"encode": encode, "decode": lambda: model.decoder(model.quantizer.from_codes(kept[0])[0])}


def dualcodec(seconds: float, config: dict[str, Any]) -> laps.Lap:
    model = _part("dualcodec.model_codec.dualcodec_model").DualCodec(**config).eval()
    hop = 1
    for rate in config["encoder_rates"]:
        hop *= rate
    frames = round(seconds * config["sample_rate"] / hop)
    pcm, features = torch.randn(1, 1, hop * frames) * 0.1, torch.randn(1, 1024, frames)
    kept: list[Any] = []

    def encode() -> None:
        kept[:] = [model.encode(pcm, semantic_repr=features)]

    return {"encode": encode, "decode": lambda: model.decode_from_codes(*kept[0])}


def moshi(_: float, config: dict[str, Any]) -> laps.Lap:
    model = importlib.import_module("moshi.models.lm").LMModel(device="cpu", dtype=torch.float32, **config)
    for value in model.parameters():
        value.data.normal_(0, 0.02) if value.dim() > 1 else value.data.fill_(1.0)
    talk = importlib.import_module("moshi.models").LMGen(model.eval(), temp=0.8, temp_text=0.7)
    talk.streaming_forever(1)
    heard = torch.randint(0, config["card"], (1, config["n_q"] - config["dep_q"], 1))
    return {"step": lambda: talk.step(heard)}


def _part(name: str) -> Any:
    """A module of a package, whose own first file and whose tools, which need much more, are not run."""
    package = name.partition(".")[0]
    found = importlib.util.find_spec(package)
    if found is None or found.submodule_search_locations is None:
        raise ModuleNotFoundError(f"{package} is not installed")
    bare = types.ModuleType(package)
    bare.__path__ = list(found.submodule_search_locations)
    bare.__spec__ = found
    sys.modules[package] = bare
    for tool in _TOOLS:
        sys.modules[tool] = AnyTools(tool)
    return importlib.import_module(name)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    torch.manual_seed(0)
    make = {"dac": dac, "dualcodec": dualcodec, "moshi": moshi}[sys.argv[1]]
    laps.serve(make(float(sys.argv[2]), json.loads(sys.argv[3])))
