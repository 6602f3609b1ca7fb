"""The pages that are made from the sources say what the sources say now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from rdflib import OWL, RDF, SKOS, Graph

from oncopact import cli_docs, ontology_docs, question_docs
from oncopact.cli import cli
from oncopact.queries import catalogue

ROOT = Path(__file__).resolve().parents[1]
PAGES: dict[str, Callable[[], str]] = {
    "commands": cli_docs.page,
    "ontology": ontology_docs.page,
    "questions": question_docs.page,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_fresh(name: str) -> None:
    written = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    assert written == PAGES[name](), "run: make reference"


def test_every_command_and_option_is_explained() -> None:
    page = cli_docs.page()
    for name, command in cli.commands.items():
        inner = command.commands.values() if isinstance(command, click.Group) else [command]
        assert f"## oncopact {name}" in page
        for option in (each for item in inner for each in item.params if isinstance(each, click.Option)):
            assert option.help, f"{name} {option.name}"
            assert f"`{option.opts[-1]}" in page


def test_every_term_of_the_ontology_is_explained() -> None:
    page = ontology_docs.page()
    ontology = Graph().parse(ROOT / "ontology" / "oncopact.ttl")
    concepts = Graph().parse(ROOT / "ontology" / "concepts.ttl")
    terms = {
        term
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ontology.subjects(RDF.type, kind)
    }
    assert len(terms) > 60
    for term in terms:
        assert page.count(f"\n| `op:{str(term).rpartition('#')[2]}` | ") == 1, term
    for term in concepts.subjects(RDF.type, SKOS.Concept):
        assert f"\n| `{str(term).rpartition('/')[2]}` | " in page


def test_every_question_is_explained_by_all_its_names() -> None:
    page = question_docs.page()
    for query in catalogue():
        for name in (query.name, *query.also):
            assert name in page
