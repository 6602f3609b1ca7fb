"""Our questions: each has an answer written by reading the releases, with the words that it rests on."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import series
from oncopact import pipeline, queries
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.questions import answer, question
from oncopact.tables import Table

MARKET = Path(__file__).parent / "cases" / "market"
FOLDERS = {"series": series.FOLDER, "market": MARKET}


@cache
def graph(name: str) -> KnowledgeGraph:
    """The series of 1999 to 2012, or the market of 2011 to 2018 that has what the series lacks."""
    if name == "series":
        return KnowledgeGraph.of(series.findings(), lexicon=load())
    found = pipeline.run(sorted(MARKET.glob("*.txt")), lexicon=load()).findings
    return KnowledgeGraph.of(found, lexicon=load())


def cases() -> list[Any]:
    found = []
    for name, folder in FOLDERS.items():
        for case in json.loads((folder / "questions.json").read_text(encoding="utf-8")):
            given = " ".join(f"{key}={value}" for key, value in case["parameters"].items())
            found.append(pytest.param(name, case, id=f"{name} {case['question']} {given}".strip()))
    return found


def asked(name: str, case: dict[str, Any]) -> Table:
    made = graph(name)
    return answer(made.store, question(case["question"]), case["parameters"], evidence=True, texts=made.text).table


def shown(table: Table, columns: list[str]) -> list[list[str]]:
    kept = [table.columns.index(column) for column in columns]
    return [[row[index] or "" for index in kept] for row in table.rows]


# ---------------------------------------------------------------- the 25 questions


def test_each_of_the_25_questions_has_a_written_answer() -> None:
    numbers = [query.number for query in queries.catalogue() if query.number]
    assert numbers == list(range(1, 26))
    answered = {str(case.values[1]["question"]) for case in cases() if case.values[0] == "series"}
    assert answered == {query.name for query in queries.catalogue() if query.number}
    filled = {str(case.values[1]["question"]) for case in cases() if case.values[1]["answer"]}
    assert filled == answered


@pytest.mark.parametrize(("name", "case"), cases())
def test_the_answer_is_the_written_one(name: str, case: dict[str, Any]) -> None:
    table = asked(name, case)
    assert shown(table, case["columns"]) == [row.get("read", row["row"]) for row in case["answer"]]
    assert all(row["why"] for row in case["answer"] if "read" in row)


@pytest.mark.parametrize(("name", "case"), cases())
def test_each_row_has_the_words_that_it_rests_on(name: str, case: dict[str, Any]) -> None:
    table = asked(name, case)
    for row, quotes in zip(case["answer"], table.evidence, strict=True):
        for source, words in row["evidence"]:
            said = [" ".join(quote.sentence.split()) for quote in quotes if quote.source.startswith(source)]
            assert any(words in sentence for sentence in said), (row["row"], source, words)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_quote_is_the_text_between_its_offsets(name: str) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDERS[name].glob("*.txt")}
    quotes = {
        quote
        for case in cases()
        if case.values[0] == name
        for row in asked(name, case.values[1]).evidence
        for quote in row
    }
    assert len(quotes) > 30
    for quote in quotes:
        assert texts[quote.source][quote.start : quote.end] == quote.quote
        assert quote.quote in quote.sentence
