"""The scientist's guide does what it says: its code and its commands are run on the examples."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from oncopact.cli import cli
from oncopact.exporters.formats import FORMATS
from oncopact.exporters.network import View

HOME = Path(__file__).parent.parent
GUIDE = (HOME / "docs" / "scientist.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "examples").symlink_to(HOME / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_code_gives_what_the_guide_shows(elsewhere: Path) -> None:
    text = "\n".join(code for kind, code in BLOCKS if kind == "python")
    test = doctest.DocTestParser().get_doctest(text, {}, "scientist.md", "scientist.md", 0)
    said: list[str] = []
    results = doctest.DocTestRunner().run(test, out=said.append)
    assert results.attempted > 20
    assert results.failed == 0, "".join(said)


def test_the_commands_make_the_picture(elsewhere: Path) -> None:
    lines = [line for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]
    commands = [shlex.split(line)[2:] for line in lines if line.startswith("$ oncopact ")]
    for command in commands:
        assert CliRunner().invoke(cli, command).exit_code == 0, command
    picture = "docs/pictures/rights.png"
    assert (elsewhere / picture).read_bytes().startswith(b"\x89PNG")
    assert f"]({picture.removeprefix('docs/')})" in GUIDE
    assert 10_000 < (HOME / picture).stat().st_size < 150_000


def test_every_view_and_format_is_told() -> None:
    table = "\n".join(line for line in GUIDE.splitlines() if line.startswith("|"))
    assert all(f"`{view}`" in table for view in View)
    assert all(re.search(rf"`\.?{form}`", GUIDE) for form in FORMATS if form not in ("nquads.gz",))
