from __future__ import annotations

import os
import pickle
import struct
from pathlib import Path

import pytest
import torch
from torch import nn

from core.errors import ModelError, StorageError
from core.nn.checkpoint import fill, open_weights, write_weights
from core.nn.reader import Reader, read_model

WEIGHTS = {"a.weight": torch.arange(6.0).reshape(2, 3), "a.bias": torch.ones(2)}


def refused(path: Path) -> ModelError:
    with pytest.raises(ModelError) as error:
        open_weights(path)
    return error.value


def test_safetensors_are_read_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"  # the name says nothing
    write_weights(path, WEIGHTS, {"origin": "here"})
    file = open_weights(path)
    assert file.shapes == {"a.weight": (2, 3), "a.bias": (2,)}
    assert file.metadata == {"origin": "here"}
    assert torch.equal(file["a.weight"], WEIGHTS["a.weight"])
    with pytest.raises(KeyError):
        file["b"]


@pytest.mark.parametrize(
    "wrapped", [WEIGHTS, {"state_dict": WEIGHTS, "epoch": 3}, {"model": {"state_dict": WEIGHTS}}]
)
@pytest.mark.parametrize("zipped", [True, False])
def test_pytorch_files(tmp_path: Path, wrapped: dict[str, object], zipped: bool) -> None:
    path = tmp_path / "weights.safetensors"
    torch.save(wrapped, path, _use_new_zipfile_serialization=zipped)
    file = open_weights(path)
    assert set(file) == set(WEIGHTS)
    assert torch.equal(file["a.bias"], WEIGHTS["a.bias"])


@pytest.mark.parametrize("kind", ["safetensors", "zip", "pickle"])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9, 0.999])
def test_a_file_cut_short(tmp_path: Path, kind: str, share: float) -> None:
    path = tmp_path / "weights"
    big = {"a": torch.randn(300, 300), "b": torch.randn(7)}
    if kind == "safetensors":
        write_weights(path, big, {})
    else:
        torch.save(big, path, _use_new_zipfile_serialization=kind == "zip")
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    assert "weights" in refused(path).message


def test_a_header_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(struct.pack("<Q", 1 << 60) + b"{}")
    assert "cut short" in refused(path).message


def test_no_file(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path / "nothing").message
    assert "cannot be read" in refused(tmp_path).message


class Trap:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("kind", ["zip", "old", "plain pickle"])
def test_a_pickle_that_tries_to_run_code_runs_nothing(tmp_path: Path, kind: str) -> None:
    sprung, path = tmp_path / "sprung", tmp_path / "weights.safetensors"
    trap = {"a": torch.ones(2), "trap": Trap(sprung)}
    if kind == "plain pickle":
        path.write_bytes(pickle.dumps(Trap(sprung), protocol=2))
    else:
        torch.save(trap, path, _use_new_zipfile_serialization=kind == "zip")
    error = refused(path)
    assert "Nothing in it was run" in error.message
    assert ".safetensors" in error.hint
    assert not sprung.exists()


def test_a_checkpoint_without_tensors(tmp_path: Path) -> None:
    torch.save({"epoch": 3}, tmp_path / "weights")
    assert "no tensors" in refused(tmp_path / "weights").message


def test_fill_names_what_does_not_fit() -> None:
    model = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1))
    weights = {**model.state_dict(), "2.weight": torch.zeros(1), "0.weight": torch.zeros(3, 2)}
    del weights["1.bias"]
    with pytest.raises(ModelError) as error:
        fill(model, weights, "test")
    for part in (
        "missing: 1.bias",
        "not part of it: 2.weight",
        "wrong shape: 0.weight is (3, 2), not (2, 3)",
    ):
        assert part in error.value.message


def test_what_is_unknown_is_said(tmp_path: Path) -> None:
    write_weights(tmp_path / "weights", WEIGHTS, {})
    reader = Reader("net", int, lambda width: nn.Linear(width, 2))
    with pytest.raises(ModelError, match="no model that Paluku knows") as error:
        read_model(tmp_path / "weights", [reader])
    assert "net" in error.value.hint


def test_saving_leaves_the_old_file_when_it_fails(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.mkdir()
    with pytest.raises(StorageError):
        write_weights(path, WEIGHTS, {})
    assert [item.name for item in tmp_path.iterdir()] == ["weights"]
