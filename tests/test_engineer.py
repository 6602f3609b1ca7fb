"""The engineer's guide does what it says: its commands, its script and its code are run against a triple store."""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, QuerySolutions

import oncopact
import triplestore
from oncopact.cli import cli
from oncopact.endpoint import SERVERS, layout
from oncopact.knowledge import KnowledgeGraph
from oncopact.loading import load
from oncopact.offers import offered
from triplestore import TripleStore

HOME = Path(__file__).parents[1]
GUIDE = (HOME / "docs" / "engineer.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
HERE = "http://localhost:7878"


@pytest.fixture
def server() -> Iterator[TripleStore]:
    with triplestore.running() as store:
        yield store


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has the examples, and the store that the guide's first command builds."""
    place = tmp_path_factory.mktemp("engineer")
    (place / "examples").symlink_to(HOME / "examples", target_is_directory=True)
    words = ["build", str(place / "examples" / "releases"), "--store", str(place / "out" / "kg")]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output
    return place


@pytest.fixture(autouse=True)
def there(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """We are in that folder, and nobody."""
    for name in ("ONCOPACT_USER", "ONCOPACT_PASSWORD", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(place / "none"))
    monkeypatch.chdir(place)


def run(line: str, server: TripleStore) -> Result:
    return CliRunner().invoke(cli, shlex.split(line.replace(HERE, server.url))[1:], catch_exceptions=False)


def code(kind: str) -> list[str]:
    return [text for found, text in BLOCKS if found == kind]


def test_the_commands_run_in_their_order(server: TripleStore) -> None:
    lines = [line.removeprefix("$ ") for block in code("console") for line in block.splitlines()]
    assert [line.split()[1] for line in lines] == ["build", "status", "validate", "load", "load", "load", "export"]
    results = [run(line, server) for line in lines]
    assert all(result.exit_code == 0 for result in results), [result.output for result in results]
    planned, first, again = results[3:6]
    assert planned.stdout.count("\n") == int(first.stdout.split()[3]) > 10
    assert "nothing was sent" in again.stderr
    with offered("out/kg") as found:
        assert server.quads() == {quad for offer in found.graphs for quad in offer.quads}


def test_the_nightly_script_runs_and_says_what_is_wrong(server: TripleStore, place: Path) -> None:
    [script] = code("sh")
    (place / "nightly.sh").write_text(script.replace(HERE, server.url), encoding="utf-8")
    command = place / "bin" / "oncopact"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m oncopact.cli "$@"\n', encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    source = str(Path(oncopact.__file__).parents[1])
    environ = os.environ | {"PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": source}

    def night() -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", "nightly.sh"], env=environ, capture_output=True, text=True, check=False)

    good = night()
    assert good.returncode == 0, good.stderr
    assert "added" in good.stdout
    server.fault = lambda _: 500
    bad = night()
    assert bad.returncode == 1
    assert bad.stderr.count("Error: ") == 1


def test_the_code_runs(server: TripleStore, capsys: pytest.CaptureFixture[str]) -> None:
    done = load("out/kg", server.url)
    run("oncopact export out/kg --format nquads.gz --shards 4 --out out/shards", server)
    blocks = code("python")
    assert len(blocks) == 2
    for text in blocks:
        exec(compile(text.replace(HERE, server.url), "engineer.md", "exec"), {})
    assert capsys.readouterr().out == f"0 0 0 {done.added} 0\n"


def test_the_question_has_the_same_answers_there_as_here(server: TripleStore) -> None:
    load("out/kg", server.url)
    [question] = code("sparql")
    here = {tuple(map(str, row)) for row in KnowledgeGraph.load("out/kg").query(question).rows}
    assert len(here) > 5
    answer = server.graph.query(question)
    assert isinstance(answer, QuerySolutions)
    assert {tuple(cell.value for cell in row if isinstance(cell, Literal)) for row in answer} == here


@pytest.mark.parametrize("kind", SERVERS)
def test_each_server_is_in_the_guide_with_an_address_that_leads_to_it(kind: str) -> None:
    [address] = re.findall(rf"^\| {kind} \| `(http[^`]+)`", GUIDE, flags=re.MULTILINE | re.IGNORECASE)
    assert layout(kind, address).graphs.startswith(address)


def test_the_guides_messages_and_options_are_those_of_the_program(server: TripleStore) -> None:
    options = run("oncopact load --help", server).stdout + run("oncopact export --help", server).stdout
    told = set(re.findall(r"`(--[a-z-]+)[ `]", GUIDE))
    assert {"--prune", "--full", "--timeout", "--server", "--update-url", "--graph-store-url"} <= told
    others = {"--union-default-graph"}  # Oxigraph's
    assert all(option in options for option in told - others), told
    source = "".join(path.read_text(encoding="utf-8") for path in (HOME / "src" / "oncopact").glob("*.py"))
    for words in (
        "the server asks for a user and a password",
        "the server knows no such user and password",
        "give a user who may write, or a server that is not read-only",
        "another load of the store is under way",
    ):
        assert words in GUIDE
        assert words in source


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", GUIDE)
    assert targets
    for target in targets:
        assert (HOME / "docs" / target).is_file(), target
