"""Cards and the registry: understood or refused, each refusal one sentence and a hint."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.cards import ModelCard, Registry, read_card
from core.errors import CardError, ModelError, PalukuError, StorageError
from tests import tiny


@pytest.fixture
def copy(tiny_models: Path, tmp_path: Path) -> Path:
    """A copy of the tiny models that a test may damage."""
    return Path(shutil.copytree(tiny_models, tmp_path / "models"))


def test_the_tiny_cards_are_read_whole(registry: Registry) -> None:
    cards = {card.id: card for card in registry.cards() if isinstance(card, ModelCard)}
    assert set(cards) == {tiny.CODEC, tiny.TURN, tiny.DUPLEX}
    codec = cards[tiny.CODEC].codec
    assert codec is not None
    assert (codec.frame_rate, codec.n_codebooks) == (50.0, tiny.BOOKS)
    assert codec.bitrate(2) == pytest.approx(50 * 16)
    assert cards[tiny.TURN].installed
    assert registry.is_shipped(cards[tiny.TURN])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('colour = "blue"', "unknown key “colour”"),
        ('title = "again"', "cannot be read"),
        ("parameters = “many”", "cannot be read"),
        ('parameters = "many"', "must be a int"),
        ('runtime = "magic"', "unknown"),
        ('kind = "planet"', "unknown"),
        ('id = "somebody-else"', "that of somebody-else"),
        ("[speech]\ncodec = 'x'", "impossible"),
        ("[files.extra]\npath = '../../etc/passwd'\nsha256 = ''\nbytes = 1", "outside its folder"),
        ("[files.extra]\npath = 'x'\nsha256 = ''", "impossible"),
    ],
)
def test_an_odd_card_is_refused_in_one_sentence(copy: Path, line: str, said: str) -> None:
    path = copy / tiny.CODEC / "model.toml"
    key = line.split(" = ")[0]
    kept = [row for row in path.read_text().splitlines() if not row.startswith(f"{key} =") or key == "title"]
    table = next(i for i, row in enumerate(kept) if row.startswith("["))
    kept[len(kept) if line.startswith("[") else table : table] = [line]
    path.write_text("\n".join(kept))
    with pytest.raises(CardError, match=said) as caught:
        read_card(path)
    assert "\n" not in caught.value.message


def test_a_broken_card_does_not_hide_the_others(copy: Path, tmp_path: Path) -> None:
    (copy / tiny.TURN / "model.toml").write_text("not toml at all [")
    found = list(Registry(copy, tmp_path / "own").cards())
    assert sum(isinstance(card, ModelCard) for card in found) == 2
    assert sum(isinstance(card, CardError) for card in found) == 1


def test_an_unknown_model_names_the_known_ones(registry: Registry) -> None:
    with pytest.raises(ModelError, match="no model called") as caught:
        registry.find("../tiny-codec")
    assert tiny.CODEC in caught.value.hint


@pytest.mark.parametrize("damage", ["cut", "changed", "missing"])
def test_a_damaged_file_is_refused_before_it_is_used(copy: Path, tmp_path: Path, damage: str) -> None:
    path = copy / tiny.CODEC / "encoder.onnx"
    content = path.read_bytes()
    if damage == "cut":
        path.write_bytes(content[:100])
    elif damage == "changed":
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    else:
        path.unlink()
    card = Registry(copy, tmp_path / "own").find(tiny.CODEC)
    with pytest.raises(ModelError) as caught:
        card.file("encoder")
    assert damage in caught.value.message
    assert caught.value.hint


def test_a_model_is_imported_once_and_removed(tiny_models: Path, tmp_path: Path) -> None:
    registry = Registry(tmp_path / "shipped", tmp_path / "own")
    assert registry.add(tiny_models / tiny.CODEC).id == tiny.CODEC
    assert registry.find(tiny.CODEC).installed
    with pytest.raises(ModelError, match="already here"):
        registry.add(tiny_models / tiny.CODEC)
    registry.remove(tiny.CODEC)
    assert list(registry.cards()) == []
    assert not list((tmp_path / "own").iterdir())


def test_a_cut_model_is_not_imported(copy: Path, tmp_path: Path) -> None:
    (copy / tiny.CODEC / "decoder.onnx").write_bytes(b"short")
    registry = Registry(tmp_path / "shipped", tmp_path / "own")
    with pytest.raises(ModelError, match="cut"):
        registry.add(copy / tiny.CODEC)
    assert list(registry.cards()) == []


def test_what_ships_cannot_be_removed(registry: Registry) -> None:
    with pytest.raises(PalukuError, match="ships"):
        registry.remove(tiny.CODEC)


def test_a_full_disk_leaves_no_half_model(
    tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    registry = Registry(tmp_path / "shipped", tmp_path / "own")
    with pytest.raises(StorageError, match="No space left"):
        registry.add(tiny_models / tiny.CODEC)
    assert not list((tmp_path / "own").iterdir())
