"""Timelines and contradictions read well: entries with their sentences, once each, within the width."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import series
from oncopact.cli import cli
from oncopact.evidence_places import Places
from oncopact.graph_view import GraphView
from oncopact.history import conflicts, timeline
from oncopact.history_text import conflict_table, conflict_text, timeline_table, timeline_text
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.text import folded

FINDINGS = series.findings()
VIEW = GraphView(KnowledgeGraph.of(FINDINGS, lexicon=load()).quads)
TEXTS = {item.document.release.id: item.document.text for item in FINDINGS}
PLACES = Places(VIEW, TEXTS.get)


def test_each_entry_has_its_sentence_and_file_below() -> None:
    text = timeline_text(timeline(VIEW, "HVP-220"), PLACES, width=100)
    lines = text.splitlines()
    heads = [at for at, line in enumerate(lines) if not line.startswith(" ")]
    assert len(heads) == len({(item.when, item.what, item.words) for item in timeline(VIEW, "HVP-220")})
    for at, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        assert lines[end - 1].endswith(".txt")
        said = folded(" ".join(lines[at:end])).partition("“")[2].rpartition("”")[0]
        assert any(said in folded(whole) for whole in TEXTS.values())
        assert said[0].isupper()
        assert said[-1] in ".!?" or said.istitle() or " " in said


def test_no_line_is_wider_than_asked_and_none_begins_with_half_a_word() -> None:
    for width in (60, 120):
        lines = timeline_text(timeline(VIEW, "Oriel"), PLACES, width=width).splitlines()
        assert max(map(len, lines)) <= max(width, 90)


def test_an_old_deal_recalled_by_many_is_one_entry() -> None:
    told = [(item.what, item.words) for item in timeline(VIEW, "Oriel") if item.what == "referenced"]
    assert len(told) == len(set(told))


def test_what_is_printed_alike_is_one_entry_that_says_how_often() -> None:
    (first, *_) = timeline(VIEW, "Oriel")
    text = timeline_text([first, first], PLACES)
    assert text.count(first.when) == 1
    assert "(x2)" in text


def test_each_side_of_a_contradiction_has_its_sentence() -> None:
    text = conflict_text(conflicts(VIEW), PLACES)
    assert text.startswith("date: ")
    assert text.count("“") == text.count(".txt") == 2
    for side in conflicts(VIEW)[0].sides:
        assert side.value in text
        assert side.source in text


def test_tables_carry_the_sentences_too() -> None:
    for table in (timeline_table(timeline(VIEW, "Oriel"), PLACES), conflict_table(conflicts(VIEW), PLACES)):
        column = table.columns.index("words")
        said = [(row[column] or "").strip("… ") for row in table.rows]
        assert all(any(words in folded(text) for text in TEXTS.values()) for words in said)


def test_without_the_texts_the_words_alone_are_shown() -> None:
    quotes = {item.quote for item in timeline(VIEW, "Oriel")}
    table = timeline_table(timeline(VIEW, "Oriel"), Places(VIEW))
    assert {row[table.columns.index("words")] for row in table.rows} == quotes


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("history") / "out"
    done = CliRunner().invoke(cli, ["build", str(series.FOLDER), "--out", str(place), "--quiet"])
    assert done.exit_code == 0, done.output
    return place


def test_the_commands_print_text_and_tables(out: Path) -> None:
    run = CliRunner().invoke
    told = run(cli, ["timeline", str(out), "Oriel"])
    assert told.exit_code == 0
    assert "announced" in told.stdout
    assert "“" in told.stdout
    rows = json.loads(run(cli, ["timeline", str(out), "Oriel", "--format", "json"]).stdout)
    assert rows
    against = run(cli, ["conflicts", str(out)])
    assert against.stdout.startswith("date: ")
    assert against.stderr == "1 contradiction\n"
    assert run(cli, ["conflicts", str(out), "--format", "csv"]).stdout.startswith("kind,about,says,source,words")
