"""The user's word on identity: how it is written, that it wins, and that explanations show it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

import series
from oncopact.assembly import apply
from oncopact.curation import Curation, Statement, load, parse
from oncopact.errors import VocabularyError
from oncopact.exporters import rdf
from oncopact.graph_view import GraphView
from oncopact.knowledge import KnowledgeGraph
from oncopact.knowledge import known as vocabulary
from oncopact.lexicon import load as lexicon
from oncopact.namespaces import OP
from oncopact.overlay import Overlay
from oncopact.union import graphs

HEADER = "subject_id\tpredicate_id\tobject_id\tobject_label\tcomment\n"


def written(*rows: tuple[str, ...]) -> str:
    return HEADER + "".join("\t".join(row) + "\n" for row in rows)


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize(
    ("subject", "predicate", "relation"),
    [
        ("company/a", "owl:sameAs", "same"),
        ("https://w3id.org/oncopact/id/company/a", "same", "same"),
        ("company:a", "skos:exactMatch", "same"),
        ("company/a", "owl:differentFrom", "different"),
        ("company/a", "different", "different"),
    ],
)
def test_ids_and_predicates_may_be_written_in_several_ways(subject: str, predicate: str, relation: str) -> None:
    [found] = parse(written((subject, predicate, "company/b", "", "seen"))).statements
    assert found == Statement("company/a", relation, "company/b", "seen")


def test_a_file_keeps_its_meaning_when_it_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(
        "# mine\n" + written(("company/b", "same", "company/a"), ("company/a", "preferred", "", "A plc", "so"))
    )
    found = load(path)
    assert len(found.statements) == 2
    assert parse(found.to_tsv()) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subject_id\tobject_id\nx\ty\n", r"mine\.tsv:1: the column predicate_id is missing"),
        (written(("company/a", "narrower", "company/b")), r"mine\.tsv:2: unknown predicate 'narrower'"),
        (written(("Acme", "same", "company/b")), r"mine\.tsv:2: 'Acme' is no id; give class and name"),
        (written(("company/a", "same", "company/a")), r"mine\.tsv:2: a thing is set against itself"),
        (written(("company/a", "preferred", "")), r"mine\.tsv:2: the preferred label is missing"),
        (
            written(("company/a", "same", "company/b"), ("company/b", "different", "company/a")),
            r"company/a and company/b are said to be both the same and different",
        ),
        (
            written(("company/a", "preferred", "", "A"), ("company/a", "preferred", "", "B")),
            r"company/a has two preferred labels",
        ),
    ],
)
def test_a_broken_file_says_where_and_what_to_do(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        parse(text, name="mine.tsv")


# ---------------------------------------------------------------- what it does

SAME = Statement("company/brisco-pharmaceuticals", "same", "company/tessera-oncology", "Ann read the register")
APART = Statement("company/marrowgate-biosciences", "different", "company/oriel-therapeutics")
LABEL = Statement("company/halvorsen-pharma", "preferred", "Halvorsen")


def graph(*statements: Statement) -> KnowledgeGraph:
    return KnowledgeGraph.of(series.findings(), lexicon=lexicon(), curation=Curation(tuple(sorted(statements))))


def companies(found: KnowledgeGraph) -> list[str]:
    return sorted(found.view.label(iri) for iri in found.view.instances(OP.Company))


def test_what_the_user_says_is_the_same_is_one_node_and_says_so() -> None:
    found = graph(SAME)
    assert len(companies(found)) == 3
    told = found.explain("company/brisco-pharmaceuticals").text
    assert "the curation file says so: Ann read the register (rule curation.same)" in told


def test_what_the_user_says_is_different_stays_two() -> None:
    found = companies(graph(APART))
    assert "Marrowgate Biosciences, Inc." in found
    assert "Oriel Therapeutics, Inc." in found


def test_the_users_label_wins() -> None:
    found = graph(LABEL)
    assert "Halvorsen" in companies(found)
    assert found.validate().conforms


def test_agreements_can_be_joined_by_the_ids_that_the_graph_shows() -> None:
    plain = graph().view
    [vague] = [iri for iri in plain.instances(OP.Agreement) if plain.value(iri, OP.signedOn) == "2000-03"]
    [right] = [iri for iri in plain.instances(OP.Agreement) if plain.value(iri, OP.signedOn) == "2000-05"]
    one, two = sorted(iri.partition("/id/")[2] for iri in (vague, right))
    found = graph(Statement(one, "same", two, "a slip of the pen"))
    assert len(found.view.instances(OP.Agreement)) == len(plain.instances(OP.Agreement)) - 1
    assert found.validate().conforms


def test_a_new_word_reaches_a_store_that_is_there_and_can_be_taken_back() -> None:
    store = Store()
    texts: list[str] = []
    for curation in (Curation(), Curation((SAME, LABEL)), Curation((APART,)), Curation()):
        overlay = Overlay(store)
        apply(overlay, () if texts else series.parts(), vocabulary=vocabulary(lexicon()), curation=curation)
        overlay.commit()
        found = [quad for part in graphs(store) for quad in part]
        assert rdf.nquads(found) == rdf.nquads(
            KnowledgeGraph.of(series.findings(), lexicon=lexicon(), curation=curation).quads
        )
        texts.append(rdf.nquads(found))
    assert texts[0] == texts[-1]
    assert len(set(texts)) == 3


def test_the_word_also_holds_for_what_comes_later() -> None:
    store = Store()
    overlay = Overlay(store)
    apply(overlay, curation=Curation((SAME,)))
    overlay.commit()
    for part in series.parts():
        overlay = Overlay(store)
        apply(overlay, (part,), vocabulary=vocabulary(lexicon()))
        overlay.commit()
    view = GraphView(quad for found in graphs(store) for quad in found)
    assert len(view.instances(OP.Company)) == 3
