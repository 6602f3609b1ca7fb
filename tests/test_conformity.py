"""The quick check of the shapes says what pySHACL says, and only pySHACL's word ends in a report."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import SH, XSD

from oncopact.conformity import judge, near
from oncopact.conformity_queries import TWINS, digest
from oncopact.exporters import rdf
from oncopact.extract import extract
from oncopact.graph import release_quads
from oncopact.knowledge import KnowledgeGraph, build
from oncopact.lexicon import load
from oncopact.model import Release
from oncopact.namespaces import ID, OP, RDF, RDFS, SKOS, facts_graph
from oncopact.readers import read_bytes
from oncopact.segment import segment
from oncopact.validate import SHAPES, ValidationReport, shapes, validate, validate_quads

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE / "shapes").glob("*/*.ttl"))
FAILING = [next(files) for _, files in groupby(EXAMPLES[::2], key=lambda path: path.parent)]
RELEASES = HERE.parent / "examples" / "releases"


def turtle(path: Path) -> tuple[Quad, ...]:
    return tuple(parse(path=str(path), format=RdfFormat.TURTLE))


def graph_of(text: str) -> tuple[Quad, ...]:
    (release,) = (item for item in read_bytes(text.encode(), name="deal.txt") if isinstance(item, Release))
    return release_quads(extract(segment(release), load()))


WHOLE = graph_of(
    "Alderis Licenses HexaLink to Borgmann\n\n"
    "OSLO, May 4, 2004 - Alderis, Inc. (Nasdaq: ALDR) today announced that it has granted Borgmann AG an exclusive "
    "licence to its HexaLink technology to develop anti-CD44v6 antibodies in Japan. Under the agreement signed on "
    "3 May 2004 Borgmann AG will pay Alderis, Inc. an upfront fee of $5 million, and royalties of 3 to 5 percent on "
    "net sales. Alderis, Inc. has received a milestone payment of $2 million from Borgmann AG upon acceptance of the "
    "IND for trastuzumab emtansine, an antibody-drug conjugate of trastuzumab and the maytansinoid DM1.\n"
)
OTHER = Literal("none of these")


def said(report: ValidationReport) -> tuple[object, ...]:
    return report.conforms, report.coverage, report.results, sorted(report.graph)


# ---------------------------------------------------------------- the shapes' examples


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_that_pass_conform_and_those_that_fail_are_doubtful(path: Path) -> None:
    # that pySHACL says the same of each is tested in test_shapes
    conforms = judge(turtle(path), coverage=path.parent.name == "coverage").conforms
    assert conforms == path.stem.endswith("-pass")


@pytest.mark.parametrize("path", FAILING, ids=lambda path: path.stem)
def test_report_of_an_example_is_that_of_pyshacl(path: Path) -> None:
    quads, coverage = turtle(path), path.parent.name == "coverage"
    assert said(validate_quads(quads, coverage=coverage)) == said(validate(rdf.dataset(quads), coverage=coverage))


def test_every_query_of_the_shapes_has_a_twin_for_its_wording() -> None:
    queries = {
        str(constraint).removeprefix(str(SHAPES)): digest(str(text))
        for constraint, text in shapes().subject_objects(SH.select)
    }
    assert queries == {name: wording for name, (wording, _) in TWINS.items()}


# ---------------------------------------------------------------- graphs that were tampered with


def kinds(quads: tuple[Quad, ...]) -> list[Quad]:
    """The first quad of each property and class of subject."""
    types = {quad.subject: quad.object for quad in quads if quad.predicate.value == str(RDF.type)}
    first: dict[tuple[object, object], Quad] = {}
    for quad in quads:
        first.setdefault((types.get(quad.subject), quad.predicate), quad)
    return list(first.values())


def renamed(quad: Quad, value: NamedNode | Literal) -> Quad:
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)


def name_of(quad: Quad) -> str:
    return quad.predicate.value.rpartition("#")[2].rpartition("/")[2]


KINDS = kinds(WHOLE)
ROUNDS = range(4)
"""Each graph is tampered with in a quarter of the ways: pySHACL takes its time."""


@pytest.mark.parametrize("number", ROUNDS)
def test_graph_without_some_triples_is_judged_as_by_pyshacl(number: int) -> None:
    gone = set(KINDS[number :: len(ROUNDS)])
    left = tuple(quad for quad in WHOLE if quad not in gone)
    assert said(validate_quads(left)) == said(validate(rdf.dataset(left)))


@pytest.mark.parametrize("number", ROUNDS)
def test_graph_with_other_values_is_judged_as_by_pyshacl(number: int) -> None:
    changed = set(KINDS[number :: len(ROUNDS)])
    quads = tuple(renamed(quad, OTHER) if quad in changed else quad for quad in WHOLE)
    assert said(validate_quads(quads)) == said(validate(rdf.dataset(quads)))


@pytest.mark.parametrize("number", ROUNDS)
def test_graph_with_values_more_is_judged_as_by_pyshacl(number: int) -> None:
    more = [renamed(quad, NamedNode(str(ID["company/none"]))) for quad in KINDS[number :: len(ROUNDS)]]
    assert said(validate_quads([*WHOLE, *more])) == said(validate(rdf.dataset([*WHOLE, *more])))


ODD = (
    (OP.earliest, Literal("2024-02-29", datatype=NamedNode(str(XSD.date)))),
    (OP.latest, Literal("2003-01-01Z", datatype=NamedNode(str(XSD.date)))),
    (OP.amount, Literal("+5", datatype=NamedNode(str(XSD.decimal)))),
    (OP.exclusive, Literal("1", datatype=NamedNode(str(XSD.boolean)))),
    (SKOS.prefLabel, Literal("Alderis", language="en")),
    (OP.start, Literal("007", datatype=NamedNode(str(XSD.integer)))),
)


def test_odd_spellings_are_judged_as_by_pyshacl() -> None:
    changed, whole = list(WHOLE), set(WHOLE)
    for prop, value in ODD:
        at = next(i for i, quad in enumerate(changed) if quad.predicate.value == str(prop) and quad in whole)
        changed[at] = renamed(changed[at], value)
    assert said(validate_quads(changed)) == said(validate(rdf.dataset(changed)))


# ---------------------------------------------------------------- what cannot be judged here


def test_blank_nodes_are_left_to_pyshacl() -> None:
    blank = Quad(BlankNode(), NamedNode(str(RDF.type)), NamedNode(str(OP.Company)))
    assert judge((*WHOLE, blank)).doubtful is None


def test_new_subclasses_are_left_to_pyshacl() -> None:
    own = Quad(NamedNode("urn:mine"), NamedNode(str(RDFS.subClassOf)), NamedNode(str(OP.Company)))
    assert judge((*WHOLE, own)).doubtful is None


# ---------------------------------------------------------------- many releases


def test_releases_of_ours_conform_without_pyshacl() -> None:
    verdict = judge(build(RELEASES).quads)
    assert verdict.conforms
    assert verdict.coverage


def test_what_is_doubtful_is_asked_about_with_its_surroundings_only() -> None:
    node = next(quad.subject for quad in WHOLE if quad.predicate.value == str(OP.agreementKind))
    assert isinstance(node, NamedNode)
    part = near(WHOLE, frozenset({node.value}))
    assert {quad for quad in WHOLE if quad.subject == node} < set(part)
    assert len(part) < len(WHOLE)


def test_one_breach_among_many_releases_is_reported_as_by_pyshacl() -> None:
    graph = build(sorted(RELEASES.iterdir())[:3])
    agreement = next(quad for quad in graph.quads if quad.predicate.value == str(OP.agreementKind))
    exclusive = NamedNode(str(OP.exclusive))
    boolean = NamedNode(str(XSD.boolean))
    name = NamedNode(str(facts_graph("r")))
    more = [Quad(agreement.subject, exclusive, Literal(word, datatype=boolean), name) for word in ("true", "false")]
    quads = KnowledgeGraph([*graph.quads, *more]).quads
    report = validate_quads(quads)
    assert said(report) == said(validate(rdf.dataset(quads)))
    assert [result.severity for result in report.results] == ["Warning"]
