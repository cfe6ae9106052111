import argparse
import json

import pytest

from core.commands import corpus as command
from core.errors import PalukuError
from tests.core.training.corpus_fakes import hummed


def run(*words):
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["corpus", *map(str, words)])
    return args.run(args)


def test_the_last_line_is_json(tmp_path, capsys):
    config = hummed(tmp_path / "people", files=1)
    (tmp_path / "c.toml").write_text(config.to_toml(), encoding="utf-8")
    assert run("--out", tmp_path / "out", "--config", tmp_path / "c.toml", "--hours", 0, "--json") == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["complete"] and report["utterances"] == 5 and len(report["sha256"]) == 64


def test_the_config_can_be_shown_and_read_again(tmp_path, capsys):
    assert run("--show-config") == 0
    (tmp_path / "c.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("--show-config", "--config", tmp_path / "c.toml") == 0


def test_without_a_folder_it_asks_for_one():
    with pytest.raises(PalukuError, match="Where"):
        run()
