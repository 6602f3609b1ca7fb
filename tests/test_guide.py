"""The guide's commands do what it says, on the examples that come with the project."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from oncopact.cli import cli

HOME = Path(__file__).parents[1]
GUIDE = (HOME / "docs" / "analyst.md").read_text(encoding="utf-8")


def test_the_guides_commands_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(HOME / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```console\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    assert len(lines) > 8
    for line in lines:
        command, _, target = line.partition(" > ")
        result = CliRunner().invoke(cli, shlex.split(command)[1:], catch_exceptions=False)
        assert result.exit_code == 0, (line, result.output)
        if target:
            Path(target).write_text(result.stdout, encoding="utf-8")
    for name in ("page.html", "kairui.html", "kairui.csv", "tables/agreements.csv", "tables/payments.csv"):
        assert (tmp_path / "out" / name).stat().st_size > 100, name


def test_the_guides_pictures_and_links_lead_somewhere() -> None:
    found = re.findall(r"\]\(([^)]+)\)", GUIDE)
    assert "pictures/page.png" in found
    for target in found:
        path = HOME / "docs" / target
        assert path.is_file(), target
        assert path.suffix != ".png" or path.stat().st_size < 300_000, target
