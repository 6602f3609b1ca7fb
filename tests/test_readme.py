"""The README's blocks do what they say, on the examples that come with the project."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from oncopact.cli import cli

HOME = Path(__file__).parent.parent
README = (HOME / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that has the examples and nothing else, so that the blocks write nothing into the project."""
    (tmp_path / "examples").symlink_to(HOME / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_readme_is_one_read() -> None:
    assert len(README.splitlines()) <= 150


def test_the_commands_run_in_their_order(elsewhere: Path) -> None:
    lines = [line for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]
    commands = [shlex.split(line)[2:] for line in lines if line.startswith("$ oncopact ")]
    assert len(commands) == len(lines)
    for command in commands:
        result = CliRunner().invoke(cli, command)
        assert result.exit_code == 0, (command, result.output)
        assert result.output.strip(), command


def test_the_code_runs(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind, text in BLOCKS:
        if kind == "python":
            exec(compile(text, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("True\n")
    assert (elsewhere / "out" / "library" / "graph.ttl").is_file()


def test_every_command_is_in_the_table() -> None:
    table = "\n".join(re.findall(r"^\| .*", README, flags=re.MULTILINE))
    told = set(re.findall(r"`(?:oncopact )?(\w+)(?: [^`]*)?`", table))
    assert told >= set(cli.list_commands(click.Context(cli)))
