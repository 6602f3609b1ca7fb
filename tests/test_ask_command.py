"""The command `oncopact ask`, and how it and its like find the graph that is meant."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, RdfFormat, Store, parse

import oncopact
from oncopact import pipeline, queries
from oncopact.asking import ask, opened
from oncopact.cli import cli
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.namespaces import OP
from oncopact.questions import answer
from oncopact.tables import Table

MARKET = Path(__file__).parent / "cases" / "market"


@cache
def market() -> KnowledgeGraph:
    """The market of 2011 to 2018."""
    return KnowledgeGraph.of(pipeline.run(sorted(MARKET.glob("*.txt")), lexicon=load()).findings, lexicon=load())


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The market as `build` writes it into a folder."""
    folder, made = tmp_path_factory.mktemp("market"), market()
    made.write(folder / "graph.trig")
    (folder / "texts").mkdir()
    for item in made.findings:
        (folder / "texts" / f"{item.document.release.id}.txt").write_text(item.document.text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The market as a store."""
    folder = tmp_path_factory.mktemp("store") / "kg"
    assert run("build", MARKET, "--store", folder, "--quiet").exit_code == 0
    return folder


def test_without_a_question_all_are_listed(out: Path) -> None:
    for result in (run("ask"), run("ask", out)):
        assert result.exit_code == 0
        assert " 4  rights-to-technology (or licences-of-technology)\n" in result.stdout
        assert "--technology [--target] [--state]" in result.stdout
        assert result.stdout.count("?\n") == 30


def test_an_answer_is_a_table(out: Path) -> None:
    result = run("ask", out, "open-options", "--company=kestrel")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split("  ")[0] == "by 2013-03-07"
    assert "agreement:" not in result.stdout
    assert "company: Kestrel Biologics, Inc. (company/kestrel-biologics)\n1 row\n" in result.stderr
    assert "agreement:" in run("ask", out, "11", "--ids").stdout


def test_evidence_stands_below_each_row(out: Path) -> None:
    shown = run("ask", out, "open-options", "--evidence").stdout
    assert 'an option to an exclusive license to KB-101 in Japan."' in " ".join(shown.split())
    assert "\n      05-2013-03-option-open.txt, 2013-03-07 [" in shown


def test_a_store_and_a_file_answer_as_a_fresh_graph_does(out: Path, kg: Path) -> None:
    names = {"company": "Kestrel", "technology": "Aerolink", "target": "mesothelin", "product": "KB-505"}
    names["antibody"] = "tasolimab"
    fresh = market()
    with opened(out) as (file, file_texts), opened(kg) as (store, store_texts):
        for query in queries.catalogue():
            given = {each.name: names[each.name] for each in query.parameters if each.required}
            first = answer(fresh.store, query, given, evidence=True, texts=fresh.text).table
            assert first.rows or query.name == "mentions-without-part", query.name
            assert answer(file, query, given, evidence=True, texts=file_texts).table == first, query.name
            assert answer(store, query, given, evidence=True, texts=store_texts).table == first, query.name


def test_turtle_gives_the_facts_behind_the_answer(out: Path) -> None:
    plain = run("ask", out, "open-options", "--format", "turtle").stdout
    facts = Store()
    facts.extend(parse(plain, format=RdfFormat.TURTLE))
    kinds = {
        quad.object for quad in facts.quads_for_pattern(None, None, None) if "agreementKind" in str(quad.predicate)
    }
    assert [str(kind).rpartition("/")[2] for kind in kinds] == ["option>"]
    assert Literal("Ostara Pharmaceuticals Co., Ltd.") in {quad.object for quad in facts}
    assert str(OP.quote) not in {quad.predicate.value for quad in facts}
    assert "op:quote" in run("ask", out, "open-options", "--format", "turtle", "--evidence").stdout


@pytest.mark.parametrize(
    ("words", "status", "complaint"),
    [
        (("open-options", "--company", "Kestrell Bio"), 1, "did you mean Kestrel Biologics, Inc.?"),
        (("open-option",), 1, "did you mean open-options?"),
        (("rights-to-technology",), 2, "needs --technology: a name. It takes:"),
        (("open-options", "--firm", "x"), 2, "open-options has no parameter --firm. It takes:"),
        (("open-options", "x"), 2, "x: one word too many; a value stands after its parameter's name: --company x"),
        (("open-options", "--company"), 2, "--company needs a value"),
        (("open-options", "--company", "a", "--company", "b"), 2, "--company is given twice"),
        (("agreements", "--company", "a"), 2, "It takes none."),
    ],
)
def test_what_cannot_be_asked_is_told(out: Path, words: tuple[str, ...], status: int, complaint: str) -> None:
    result = run("ask", out, *words)
    assert result.exit_code == status
    assert complaint in result.stderr
    assert result.stdout == ""


def test_a_question_goes_by_its_other_name_too(out: Path) -> None:
    first = run("ask", out, "rights-to-technology", "--technology", "Aerolink").stdout
    assert first.splitlines()[1].startswith("by 20")
    assert run("ask", out, "licences-of-technology", "--technology", "Aerolink").stdout == first
    every = [name for query in queries.catalogue() for name in (query.name, *query.also)]
    assert len(set(every)) == len(every)


def test_graph_question_and_parameters_stand_in_any_order(out: Path) -> None:
    first = run("ask", out, "open-options", "--company", "kestrel")
    assert first.exit_code == 0
    for words in (
        ("open-options", out, "--company", "kestrel"),
        ("--company", "kestrel", "open-options", out),
        ("open-options", "--company=kestrel", out),
    ):
        assert run("ask", *words).stdout == first.stdout


def test_without_a_graph_the_one_that_lies_here_is_asked(
    out: Path, kg: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "no graph lies here; name one, or make one" in run("ask", "open-options").stderr
    shutil.copytree(out, tmp_path / "out")
    built = run("ask", "open-options")
    assert (built.exit_code, built.stderr.splitlines()[0]) == (0, "graph: out")
    shutil.copytree(kg, tmp_path / "deals")
    kept = run("ask", "open-options")  # a store, which lasts, goes before a build
    assert kept.stderr.splitlines()[0] == "graph: deals"
    assert kept.stdout == built.stdout
    shutil.copytree(kg, tmp_path / "other")
    several = run("ask", "open-options")
    assert several.exit_code == 2
    assert "several graphs lie here: deals, other; name the one that is meant" in several.stderr
    monkeypatch.chdir(tmp_path / "deals")
    assert run("ask", "open-options").stderr.splitlines()[0] == "graph: ."


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("nowhere", "open-options"), "nowhere: there is no such file or folder"),
        (("open-options", "nowhere"), "nowhere: no graph is there"),
        (("nowhere.trig",), "nowhere.trig: there is no such file or folder"),
        (("--company", "kestrel"), "which question?"),
        (("-company", "kestrel", "open-options"), "begin with two hyphens"),
    ],
)
def test_what_is_no_graph_is_told(words: tuple[str, ...], complaint: str) -> None:
    result = run("ask", *words)
    assert result.exit_code in (1, 2)
    assert complaint in result.stderr


def test_commands_that_read_find_the_graph_and_the_name(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(out, tmp_path / "out")
    for command, *words in (
        ("explain", "Kestrel"),
        ("timeline", "Kestrel"),
        ("conflicts",),
        ("validate",),
        ("query", "agreements"),
    ):
        alone = run(command, *words)
        assert alone.exit_code == 0, alone.stderr
        assert "graph: out\n" in alone.stderr
        for order in (["out", *words], [*words, "out"]):
            assert run(command, *order).stdout == alone.stdout
    assert run("view", "--out", "page.html").exit_code == 0
    assert "NODE is missing" in run("explain", "out").stderr
    assert (
        "Biologics: one word too many; names of several words go in quotes"
        in run("explain", "out", "Kestrel", "Biologics").stderr
    )
    assert "the folder holds no graph" in run("validate", tmp_path).stderr


def test_a_period_ends_after_it_begins(out: Path) -> None:
    result = run("ask", out, "open-options", "--since", "2005", "--until", "2001")
    assert "since 2005 is later than until 2001" in result.stderr


def test_no_cell_of_csv_is_a_formula() -> None:
    table = Table(("quote", "amount"), (("=cmd|' /C calc'!A0", "-5"), ("+1", "-1.5")), frozenset({"amount"}))
    assert table.to_csv().splitlines()[1:] == ["'=cmd|' /C calc'!A0,-5", "+1,-1.5"]
    assert json.loads(table.to_json())[0]["quote"] == "=cmd|' /C calc'!A0"


def test_free_queries_may_construct_turtle(out: Path, tmp_path: Path) -> None:
    source = tmp_path / "q.rq"
    source.write_text("CONSTRUCT { ?a op:party ?c } WHERE { ?a op:licensor ?c }")
    shown = run("query", out, "--file", source, "--format", "turtle")
    assert shown.exit_code == 0
    assert "op:party company:kestrel-biologics" in shown.stdout
    source.write_text("SELECT ?a WHERE { ?a op:licensor ?c }")
    assert "use CONSTRUCT or DESCRIBE for Turtle" in run("query", out, "--file", source, "--format", "turtle").stderr
    assert run("query", out, "agreements", "--format", "turtle").exit_code == 2
    assert f"ask it with oncopact ask {out} open-options" in run("query", out, "open-options").stderr


def test_the_library_asks_graphs_on_disk(out: Path, kg: Path) -> None:
    rows = [ask(place, "rights-to-technology", technology="aerolink").rows for place in (out, kg)]
    assert rows[0] == rows[1] == market().ask("4", technology="Aerolink").rows
    assert oncopact.ask(kg, "open-options", evidence=True).evidence[0][0].sentence
