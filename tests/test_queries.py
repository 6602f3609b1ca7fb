"""Named questions answer with labels; the union counts a fact once, however many releases state it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from findings import licence_findings, milestone_findings, release_of
from oncopact import queries
from oncopact.errors import QueryError
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.queries import Table

GRAPH = KnowledgeGraph.of((milestone_findings(), licence_findings()), lexicon=load())


def column(table: Table, name: str) -> list[str | None]:
    return [row[table.columns.index(name)] for row in table.rows]


def test_every_question_says_what_it_asks_and_answers_with_columns() -> None:
    names = [query.name for query in queries.named()]
    assert names == ["agreements", "conjugates", "evidence", "milestones", "payments"]
    for query in queries.named():
        assert query.title.endswith("?")
        assert query.description
        assert GRAPH.query(query.name).rows


def test_agreements_say_who_licenses_what_to_whom_since_when() -> None:
    table = GRAPH.query("agreements")
    assert column(table, "licensor") == ["Halden Bio AS", "ImmunoGen", "ImmunoGen"]
    assert column(table, "licensee") == ["Corvane Therapeutics, Inc.", "Boehringer Ingelheim", "British Biotech"]
    assert column(table, "territory") == ["worldwide, not Japan", None, "certain territories"]
    assert column(table, "signed") == ["2023-02-28", "2001-11", None]


def test_payments_count_the_undisclosed_ones_too() -> None:
    table = GRAPH.query("payments")
    assert len(table.rows) == 7
    assert column(table, "amount").count(None) == 5
    assert "start of clinical testing" in column(table, "milestone")
    assert "8-12.5" in column(table, "percent")


def test_conjugates_have_their_halves_and_names() -> None:
    table = GRAPH.query("conjugates")
    rows = {row[0]: row for row in table.rows}
    assert rows["bivatuzumab mertansine"][table.columns.index("antibody")] == "bivatuzumab"
    assert rows["huN901-DM1"][table.columns.index("names")] == "BB-10901"


def test_evidence_comes_in_the_order_of_the_text() -> None:
    table = GRAPH.query("evidence")
    found = list(zip(column(table, "source"), (int(start or 0) for start in column(table, "start")), strict=True))
    assert found == sorted(found)
    [quote] = {row[-1] for row in table.rows if row[table.columns.index("property")] == "exclusive"}
    assert quote == "exclusive"


def test_a_payment_that_two_releases_state_is_summed_once() -> None:
    first = licence_findings()
    release = release_of(first.document.text + "\nAgain.\n", "again.txt")
    second = replace(first, document=replace(first.document, release=release))
    graph = KnowledgeGraph.of((first, second))
    table = graph.query("SELECT (SUM(?n) AS ?sum) (COUNT(?p) AS ?count) WHERE { ?p op:amount ?n }")
    assert table.rows == (("1245000000", "2"),)
    assert len(graph.query("payments").rows) == 3


def test_named_graphs_can_be_asked_for() -> None:
    table = GRAPH.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert len(table.rows) == 5


def test_ask_and_construct_give_tables_too() -> None:
    assert GRAPH.query("ASK { company:immunogen a op:Company }").rows == (("true",),)
    made = GRAPH.query("CONSTRUCT { ?s op:party ?o } WHERE { ?s op:licensor ?o }")
    assert made.columns == ("subject", "predicate", "object")
    assert len(made.rows) == 3


def test_rows_without_an_order_are_sorted() -> None:
    labels = column(GRAPH.query("SELECT ?label WHERE { ?s a op:Company ; skos:prefLabel ?label }"), "label")
    assert labels == sorted(str(label) for label in labels)


@pytest.mark.parametrize(("question", "complaint"), [("deals", "no query of that name"), ("SELECT ?x {", "failed")])
def test_a_question_that_cannot_be_asked_is_refused(question: str, complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint) as caught:
        GRAPH.query(question)
    assert "\n" not in str(caught.value)


def test_a_table_is_written_as_csv_and_json() -> None:
    table = Table(("a", "b"), (("x, y", None), ("1", "https://w3id.org/oncopact/id/company/a")))
    assert table.to_csv() == 'a,b\n"x, y",\n1,https://w3id.org/oncopact/id/company/a\n'
    assert json.loads(table.to_json()) == [{"a": "x, y"}, {"a": "1", "b": "https://w3id.org/oncopact/id/company/a"}]
    assert table.shortened().rows[1] == ("1", "company:a")
