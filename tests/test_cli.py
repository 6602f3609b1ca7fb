"""Commands: what goes to which stream, what the exit status says, what a newcomer reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from findings import LICENCE_TEXT, MILESTONE_TEXT, licence_findings, milestone_findings
from oncopact.cli import cli
from oncopact.cli_tables import aligned
from oncopact.knowledge import WRITTEN, KnowledgeGraph
from oncopact.lexicon import load

COMMANDS = ("build", "records", "validate", "query", "ask", "explain", "rules", "evaluate", "vocabulary")


def run(*words: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], input=stdin, catch_exceptions=False)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `build` writes it, from findings made by hand."""
    folder = tmp_path_factory.mktemp("out")
    KnowledgeGraph.of((milestone_findings(), licence_findings()), lexicon=load()).write(folder)
    return folder


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "deal.txt"
    path.write_text(MILESTONE_TEXT)
    return path


# ---------------------------------------------------------------- help


def test_help_names_every_command_with_a_first_try() -> None:
    shown = run("--help").stdout
    assert all(name in shown for name in COMMANDS)
    assert "oncopact build release.txt --out out" in shown


@pytest.mark.parametrize("command", COMMANDS[:-1])
def test_each_commands_help_has_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"  oncopact {command}" in result.stdout


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys, oncopact.cli\n"
        "from click.testing import CliRunner\n"
        "CliRunner().invoke(oncopact.cli.cli, ['--help'])\n"
        "print(*sorted({'rdflib', 'pyoxigraph', 'networkx', 'pyshacl', 'rich', 'lxml', 'ftfy'} & set(sys.modules)))\n"
    )
    source = Path(__file__).resolve().parents[1] / "src"
    environment = os.environ | {"PYTHONPATH": str(source)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("build",),
        ("build", "a.txt"),
        ("records",),
        ("validate",),
        ("query",),
        ("explain", "graph.trig"),
        ("unknown",),
        ("build", "a.txt", "--out", "x", "--vocabulary", "no-such-folder"),
    ],
)
def test_a_wrong_call_exits_with_2(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


# ---------------------------------------------------------------- build and records


def test_build_writes_the_files_and_prints_what_was_found(release: Path, tmp_path: Path) -> None:
    result = run("build", release, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*WRITTEN, "texts"}
    assert "companies" in result.stdout
    assert "conforms" in result.stdout
    assert result.stderr == ""


def test_build_can_be_quiet(release: Path, tmp_path: Path) -> None:
    result = run("build", release, "--out", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_build_reads_standard_input(tmp_path: Path) -> None:
    result = run("records", "-", "--out", tmp_path, stdin=MILESTONE_TEXT)
    assert result.exit_code == 0, result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["stdin.json"]


def spoilt(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / kind
    if kind == "empty.txt":
        path.write_bytes(b"")
    elif kind == "binary.bin":
        path.write_bytes(bytes(range(256)) * 8)
    elif kind == "folder":
        path.mkdir()
    return path


@pytest.mark.parametrize("kind", ["empty.txt", "binary.bin", "missing.txt", "folder"])
def test_an_input_that_is_no_release_is_one_line_and_the_rest_is_built(
    kind: str, release: Path, tmp_path: Path
) -> None:
    path = spoilt(tmp_path, kind)
    result = run("build", path, release, "--out", tmp_path / "out")
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith("failed: ")
    assert kind in line
    assert (tmp_path / "out" / "graph.trig").exists()


@pytest.mark.parametrize("kind", ["empty.txt", "binary.bin", "missing.txt", "folder"])
def test_nothing_is_written_where_no_input_is_a_release(kind: str, tmp_path: Path) -> None:
    result = run("build", spoilt(tmp_path, kind), "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


def test_a_release_given_twice_counts_once(release: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.txt"
    again.write_text(release.read_text())
    run("build", release, again, "--out", tmp_path / "twice")
    run("build", again, "--out", tmp_path / "once")
    names = ("graph.ttl", "graph.trig", "graph.graphml", "validation.ttl")
    twice, once = ([(tmp_path / side / name).read_bytes() for name in names] for side in ("twice", "once"))
    assert twice == once


def test_the_order_of_inputs_does_not_change_a_byte(release: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(LICENCE_TEXT)
    run("build", release, other, "--out", tmp_path / "a")
    run("build", other, release, "--out", tmp_path / "b")
    for name in WRITTEN:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_folder_that_cannot_be_written_is_one_line(release: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    result = run("build", release, "--out", tmp_path / "out")
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert "cannot write" in line


def test_records_are_named_after_their_releases(release: Path, tmp_path: Path) -> None:
    result = run("records", release, "--out", tmp_path / "records")
    assert result.exit_code == 0, result.stderr
    record = json.loads((tmp_path / "records" / "deal.json").read_text())
    assert record["id"] == "deal"
    assert record["release_date"] == "2002-10-15"


def test_records_go_to_standard_output_without_a_folder(release: Path) -> None:
    assert json.loads(run("records", release).stdout)["id"] == "deal"


# ---------------------------------------------------------------- asking a graph


def test_a_valid_graph_exits_with_0_and_an_invalid_one_with_1(out: Path, tmp_path: Path) -> None:
    assert run("validate", out / "graph.trig").exit_code == 0
    broken = (out / "graph.trig").read_text().replace('op:status "achieved"', 'op:status "perhaps"')
    (tmp_path / "broken.trig").write_text(broken)
    result = run("validate", tmp_path / "broken.trig")
    assert result.exit_code == 1
    assert "op:status" in result.stdout


def test_validation_can_be_printed_as_rdf(out: Path) -> None:
    assert "sh:conforms true" in run("validate", out, "--format", "turtle").stdout


def test_a_question_is_answered_as_a_table_csv_or_json(out: Path) -> None:
    assert "Boehringer Ingelheim" in run("query", out, "agreements").stdout
    assert run("query", out, "agreements", "--format", "csv").stdout.startswith("kind,licensor,licensee,")
    assert len(json.loads(run("query", out, "payments", "--format", "json").stdout)) == 7


def test_words_about_an_answer_do_not_mix_with_it(out: Path) -> None:
    result = run("query", out, "agreements", "--format", "csv")
    assert result.stderr == ""
    assert run("query", out, "agreements").stderr == "3 rows\n"


def test_a_query_comes_from_a_file_or_standard_input(out: Path, tmp_path: Path) -> None:
    sparql = "SELECT (COUNT(*) AS ?n) WHERE { ?s a op:Agreement }"
    (tmp_path / "q.rq").write_text(sparql)
    assert run("query", out, "--file", tmp_path / "q.rq", "--format", "csv").stdout == "n\n3\n"
    assert run("query", out, "--file", "-", "--format", "csv", stdin=sparql).stdout == "n\n3\n"


def test_an_unknown_question_names_the_known_ones(out: Path) -> None:
    result = run("query", out, "deals")
    assert result.exit_code == 1
    assert "agreements" in result.stderr
    assert run("query", out).exit_code == 2


def test_a_broken_query_is_one_line(out: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("SELECT ?x WHERE {")
    result = run("query", out, "--file", tmp_path / "q.rq")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_explain_shows_words_and_places(out: Path) -> None:
    result = run("explain", out, "company/british-biotech")
    assert result.exit_code == 0
    assert "op:licensee" in result.stdout
    assert "about, rule by-hand" in result.stdout
    assert json.loads(run("explain", out, "payload/dm1", "--format", "json").stdout)["label"] == "DM1"


def test_an_unknown_node_or_graph_is_one_line(out: Path, tmp_path: Path) -> None:
    for words in (("explain", out, "company/nobody"), ("validate", tmp_path / "missing.trig")):
        result = run(*words)
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1


# ---------------------------------------------------------------- rules and vocabulary


def test_rules_are_listed_with_examples() -> None:
    rows = json.loads(run("rules", "--format", "json").stdout)
    assert rows
    assert {"rule", "stage", "description", "example", "counterexample"} == set(rows[0])


def test_rules_count_their_hits_in_releases(release: Path) -> None:
    rows = json.loads(run("rules", release, "--format", "json").stdout)
    assert any(int(row["hits"]) > 0 for row in rows)


def test_the_shipped_vocabulary_has_no_problems() -> None:
    result = run("vocabulary", "lint")
    assert (result.exit_code, result.stdout) == (0, ""), result.stdout


def test_a_vocabulary_with_a_problem_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "companies.tsv").write_text("key\tnonsense\ncompany/x\ty\n")
    result = run("vocabulary", "lint", tmp_path)
    assert result.exit_code == 1
    assert "companies.tsv" in result.stdout


def test_columns_are_aligned() -> None:
    assert aligned([["a", "b"], ["long", "x"]]) == ["a     b", "long  x"]
    assert aligned([]) == []
