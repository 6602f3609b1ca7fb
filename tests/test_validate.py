"""Validation: what is asked of which graph, and how the answer reads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, SH, SKOS, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from oncopact.graph import CLASS_OF
from oncopact.graph_vocabulary import vocabulary_quads
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.namespaces import ID, OP, VOCABULARY_GRAPH, evidence_graph, facts_graph
from oncopact.validate import SHAPES, ontology, shapes, validate

EXAMPLES = Path(__file__).parent / "shapes"


def example(name: str) -> Graph:
    return Graph().parse(EXAMPLES / f"{name}.ttl", format="turtle")


def shapes_broken(graph: Graph | Dataset) -> set[str]:
    return {result.shape.removeprefix(str(SHAPES)) for result in validate(graph).results}


def dataset(source: Graph, *, vocabulary: Graph | None = None) -> Dataset:
    """A release's dataset: evidence in one graph, facts in another."""
    found = Dataset()
    evidence = set(source.subjects(RDF.type, OP.Evidence))
    for subject, predicate, value in source:
        name = evidence_graph("r1") if subject in evidence else facts_graph("r1")
        found.graph(name).add((subject, predicate, value))
    for triple in vocabulary or Graph():
        found.graph(VOCABULARY_GRAPH).add(triple)
    return found


def test_named_graphs_are_checked_together() -> None:
    report = validate(dataset(example("coverage/relation-evidence-pass")))
    assert report.conforms
    assert report.coverage


def test_fact_without_evidence_is_found_across_named_graphs() -> None:
    report = validate(dataset(example("coverage/relation-evidence-fail")))
    assert [(result.focus, result.path, result.value) for result in report.results] == [
        (str(ID["conjugate/haldimab-mertansine"]), "op:hasPayload", "payload:dm1")
    ]


def test_what_only_the_vocabulary_knows_needs_no_evidence() -> None:
    facts = example("coverage/relation-evidence-fail")
    known = (ID["conjugate/haldimab-mertansine"], OP.hasPayload, ID["payload/dm1"])
    facts.remove(known)
    vocabulary = Graph()
    vocabulary.add(known)
    assert validate(dataset(facts, vocabulary=vocabulary)).conforms


def test_vocabulary_is_held_to_the_form_of_its_facts() -> None:
    vocabulary = Graph()
    vocabulary.add((ID["company/halden"], OP.cik, Literal("12")))
    assert shapes_broken(dataset(example("company/Company-cik-pass"), vocabulary=vocabulary)) == {"Company-cik"}


def test_graph_of_facts_alone_is_not_asked_for_evidence_and_says_so() -> None:
    report = validate(example("agreement/Agreement-licensor-pass"))
    assert report.conforms
    assert not report.coverage
    assert "no evidence" in report.text


def test_graph_of_facts_alone_is_asked_on_demand() -> None:
    report = validate(example("agreement/Agreement-licensor-pass"), coverage=True)
    assert {result.shape for result in report.results} == {f"{SHAPES}node-evidence", f"{SHAPES}relation-evidence"}


def test_dataset_without_any_evidence_does_not_conform() -> None:
    assert "node-evidence" in shapes_broken(dataset(example("agreement/Agreement-licensor-pass")))


def test_facts_in_the_default_graph_alone_are_not_asked_for_evidence() -> None:
    found = Dataset()
    for triple in example("agreement/Agreement-licensor-pass"):
        found.graph(DATASET_DEFAULT_GRAPH_ID).add(triple)
    report = validate(found)
    assert report.conforms
    assert not report.coverage


def test_text_says_where_what_and_what_to_do() -> None:
    assert validate(example("agreement/Agreement-licensor-not-licensee-fail")).text == (
        "The graph breaks the shapes in 1 place.\n"
        "There is no evidence in it, so facts were not asked for their evidence.\n"
        "\n"
        "agreement:1\n"
        "  property  op:licensor\n"
        "  value     company:halden\n"
        "  wrong     One company is both licensor and licensee of an agreement\n"
        "  to do     keep the side that the text states, or make two agreements.\n"
        "  shape     Agreement-licensor-not-licensee\n"
    )


def test_contradiction_between_sources_is_a_warning_and_conforms() -> None:
    report = validate(example("conjugate/Conjugate-one-antibody-fail"))
    assert report.conforms
    assert [result.severity for result in report.results] == ["Warning"]
    assert report.text.startswith("The graph conforms to the shapes, with 1 warning.\n")
    assert "conjugate:haldimab-mertansine (warning)\n" in report.text
    assert (None, SH.conforms, Literal(True)) in report.graph


def test_report_graph_is_a_shacl_report_without_blank_nodes() -> None:
    report = validate(example("coverage/achieved-before-release-fail"))
    assert not [term for triple in report.graph for term in triple if isinstance(term, BNode)]
    root = report.graph.value(predicate=RDF.type, object=SH.ValidationReport)
    assert report.graph.value(root, SH.conforms) == Literal(False)
    (result,) = report.graph.objects(root, SH.result)
    assert report.graph.value(result, SH.focusNode) == ID["milestone/1"]
    assert report.graph.value(result, SH.sourceConstraint) == SHAPES["achieved-before-release"]


def test_report_of_a_conforming_graph_says_so() -> None:
    report = validate(Graph())
    assert report.conforms
    assert report.results == ()
    assert (None, SH.conforms, Literal(True)) in report.graph


def test_blank_node_is_refused_and_named_as_one() -> None:
    graph = example("company/Company-cik-pass")
    node = BNode()
    graph.add((node, RDF.type, OP.Company))
    graph.add((node, SKOS.prefLabel, Literal("Nameless")))
    report = validate(graph)
    assert {result.shape for result in report.results} == {f"{SHAPES}Company-iri"}
    assert "a blank node\n" in report.text
    assert str(node) not in report.graph.serialize(format="nt")


def test_data_is_left_as_it_was() -> None:
    source = dataset(example("coverage/relation-evidence-fail"))
    before = set(source.quads())
    validate(source)
    assert set(source.quads()) == before


def test_validating_twice_gives_the_same_report() -> None:
    reports = [validate(example("payment/Payment-figure-fail")) for _ in range(2)]
    assert reports[0] == reports[1]
    assert set(reports[0].graph) == set(reports[1].graph)


def test_shapes_handed_out_are_the_callers_own() -> None:
    shapes().remove((None, None, None))
    ontology().remove((None, None, None))
    assert shapes_broken(example("company/Company-cik-fail")) == {"Company-cik"}


@pytest.mark.parametrize(
    ("triple", "shape"),
    [
        ((ID["agreement/1"], OP.party, ID["company/nobody"]), "Agreement-party"),
        ((ID["agreement/1"], OP.exclusive, Literal("yes")), "Agreement-exclusive"),
        ((ID["agreement/1"], OP.agreementKind, ID["concept/agreement-kind/merger"]), "Agreement-kind-scheme"),
        ((ID["agreement/1"], OP.signedOn, Literal("2001")), "signedOn"),
        (
            (
                ID["agreement/1"],
                OP.earliest,
                Literal("2001-02-30", datatype=XSD.date),
            ),
            "earliest",
        ),
    ],
)
def test_one_wrong_triple_is_found(triple: tuple[URIRef, URIRef, URIRef | Literal], shape: str) -> None:
    graph = example("agreement/Agreement-licensor-pass")
    graph.add(triple)
    assert shape in shapes_broken(graph)


def test_vocabulary_conforms() -> None:
    lexicon = load()
    found = KnowledgeGraph(vocabulary_quads(lexicon.keys, lexicon)).dataset
    for key in lexicon.keys:
        entry = lexicon.entry(key)
        found.graph(VOCABULARY_GRAPH).add((ID[key], RDF.type, URIRef(CLASS_OF[entry.kind])))
        found.graph(VOCABULARY_GRAPH).add((ID[key], SKOS.prefLabel, Literal(entry.label)))
    assert "".join(f"{result.focus} {result.message}\n" for result in validate(found).results) == ""


def test_report_is_the_same_under_any_hash_seed() -> None:
    program = (
        "import sys; from rdflib import Graph; from oncopact.validate import validate; "
        "r = validate(Graph().parse(sys.argv[1], format='turtle')); "
        "sys.stdout.write(r.text + ''.join(sorted(r.graph.serialize(format='nt').splitlines(True))))"
    )
    path = EXAMPLES / "conjugate" / "Conjugate-not-antibody-fail.ttl"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    "value",
    [
        Literal("x"),
        Literal(5),
        Literal(True),
        Literal("2003", datatype=XSD.gYear),
        Literal("2001-01-01T00:00:00", datatype=XSD.dateTime),
        Literal("P1D", datatype=XSD.duration),
        Literal("anything", lang="en"),
        BNode(),
        URIRef("urn:x"),
    ],
)
@pytest.mark.parametrize("prop", [OP.start, OP.end, OP.quote, OP.earliest, OP.latest, OP.evidenceFor, OP.modality])
def test_value_of_any_kind_is_reported_and_stops_nothing(prop: URIRef, value: Literal | BNode | URIRef) -> None:
    graph = example("coverage/achieved-before-release-pass")
    for node in list(graph.subjects(prop)):
        graph.set((node, prop, value))
    report = validate(graph)
    assert not report.conforms
    assert report.text
