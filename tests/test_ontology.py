"""The ontology says of every term what it means, and the code knows the same terms."""

from __future__ import annotations

import csv
from enum import StrEnum

import pytest
from rdflib import OWL, PROV, RDF, RDFS, SDO, SH, SKOS, BNode, Literal, URIRef

from oncopact.errors import GraphError
from oncopact.model import (
    AgreementKind,
    Basis,
    EventKind,
    MilestoneKind,
    Modality,
    PaymentKind,
    Qualifier,
    SectionKind,
    Status,
)
from oncopact.namespaces import (
    CLASSES,
    ID,
    OP,
    PATHS,
    PREFIXES,
    PROPERTIES,
    compact,
    concept,
    expand,
    payload_family,
)
from oncopact.resources import folder
from oncopact.validate import SHAPES, ontology, shapes

GRAPH = ontology()
TERMS = sorted({term for term in GRAPH.subjects() if isinstance(term, URIRef) and term.startswith(str(OP))})


def one(term: URIRef, prop: URIRef) -> str:
    values = list(GRAPH.objects(term, prop))
    assert len(values) == 1, f"{term} has {len(values)} {prop}"
    return str(values[0])


def test_code_and_ontology_name_the_same_terms() -> None:
    assert sorted(CLASSES + PROPERTIES) == TERMS


def test_there_are_at_most_fourteen_classes() -> None:
    assert len(CLASSES) <= 14
    assert set(GRAPH.subjects(RDF.type, OWL.Class)) == set(CLASSES)


@pytest.mark.parametrize("term", TERMS)
def test_term_says_what_it_means(term: URIRef) -> None:
    assert one(term, RDFS.label)
    comment = one(term, RDFS.comment)
    assert comment.endswith((".", "%."))
    assert len(comment.split()) >= 5


@pytest.mark.parametrize("prop", PROPERTIES)
def test_property_has_domain_range_and_kind(prop: URIRef) -> None:
    domain, range_ = URIRef(one(prop, RDFS.domain)), URIRef(one(prop, RDFS.range))
    assert domain in {*CLASSES, OWL.Thing}
    if domain == OWL.Thing:
        assert set(GRAPH.objects(prop, SDO.domainIncludes)) <= set(CLASSES)
        assert len(set(GRAPH.objects(prop, SDO.domainIncludes))) > 1
    kind = URIRef(one(prop, RDF.type))
    literal = str(range_).startswith("http://www.w3.org/2001/XMLSchema#") or range_ == RDFS.Literal
    assert kind == (OWL.DatatypeProperty if literal else kind)
    assert kind in {OWL.DatatypeProperty, OWL.ObjectProperty, RDF.Property}


def test_classes_are_aligned_to_other_vocabularies() -> None:
    local = {OP.Technology}
    for term in set(CLASSES) - local:
        assert any(
            not str(value).startswith(str(OP))
            for prop in (RDFS.subClassOf, SKOS.closeMatch)
            for value in GRAPH.objects(term, prop)
        ), term


def test_axioms_that_the_promise_names() -> None:
    assert {OP.licensor, OP.licensee} == set(GRAPH.subjects(RDFS.subPropertyOf, OP.party))
    assert (OP.Antibody, OWL.disjointWith, OP.Conjugate) in GRAPH
    assert (OP.Company, RDFS.subClassOf, PROV.Agent) in GRAPH
    assert (OP.Release, RDFS.subClassOf, PROV.Entity) in GRAPH
    for term, name in ((OP.quote, "exact"), (OP.start, "start"), (OP.end, "end")):
        assert (term, RDFS.subPropertyOf, URIRef(f"http://www.w3.org/ns/oa#{name}")) in GRAPH


def test_ontology_has_no_blank_nodes() -> None:
    assert not [term for triple in GRAPH for term in triple if isinstance(term, BNode)]


@pytest.mark.parametrize("kind", [*AgreementKind, *MilestoneKind, *PaymentKind])
def test_kind_is_a_concept_whose_notation_is_its_value(kind: AgreementKind | MilestoneKind | PaymentKind) -> None:
    node = concept(kind)
    assert (node, RDF.type, SKOS.Concept) in GRAPH
    assert (node, SKOS.notation, Literal(kind.value)) in GRAPH
    assert one(node, SKOS.prefLabel)
    assert one(node, SKOS.definition)
    assert URIRef(one(node, SKOS.inScheme)) == URIRef(str(node).rpartition("/")[0])


@pytest.mark.parametrize(
    ("scheme", "kinds"),
    [("agreement-kind", AgreementKind), ("milestone-kind", MilestoneKind), ("payment-kind", PaymentKind)],
)
def test_scheme_holds_the_kinds_and_no_more(scheme: str, kinds: type[StrEnum]) -> None:
    notations = {
        str(GRAPH.value(node, SKOS.notation)) for node in GRAPH.subjects(SKOS.inScheme, ID[f"concept/{scheme}"])
    }
    assert notations == {kind.value for kind in kinds}


@pytest.mark.parametrize(
    ("shape", "values"),
    [
        ("AgreementEvent-eventKind", EventKind),
        ("Milestone-status", Status),
        ("Payment-qualifier", Qualifier),
        ("Evidence-basis", Basis),
        ("Evidence-modality", Modality),
    ],
)
def test_value_lists_of_the_shapes_are_those_of_the_model(shape: str, values: type[StrEnum]) -> None:
    everything = shapes()
    head = everything.value(SHAPES[shape], SH["in"])
    assert head is not None
    assert [str(item) for item in everything.items(head)] == [value.value for value in values]


def test_evidence_may_stand_in_the_sections_that_state_facts() -> None:
    everything = shapes()
    head = everything.value(SHAPES["Evidence-section"], SH["in"])
    assert head is not None
    assert {str(item) for item in everything.items(head)} == {kind.value for kind in SectionKind if kind.states_facts}


def test_families_of_the_vocabulary_are_concepts() -> None:
    concepts = set(GRAPH.subjects(SKOS.inScheme, ID["concept/payload-family"]))
    with (folder("ontology") / "vocabulary" / "families.tsv").open(encoding="utf-8", newline="") as file:
        families = [row["label"] for row in csv.DictReader(file, delimiter="\t")]
    assert families
    assert {payload_family(family) for family in families} <= concepts


def test_expand_and_compact_are_inverse() -> None:
    for term in (*CLASSES, *PROPERTIES, SKOS.altLabel, ID["company/halden"], concept(AgreementKind.CO_DEVELOPMENT)):
        assert expand(compact(term)) == term


@pytest.mark.parametrize("wrong", ["op:licenser", "licensor", "foaf:name", "op:"])
def test_expand_refuses_what_the_ontology_lacks(wrong: str) -> None:
    with pytest.raises(GraphError, match="; "):
        expand(wrong)


def test_misspelt_term_is_refused() -> None:
    with pytest.raises(AttributeError):
        getattr(OP, "licenser")  # noqa: B009  (an attribute access would not pass the type check either)


def test_every_class_has_a_path_and_every_path_a_prefix() -> None:
    assert set(PATHS) == set(CLASSES)
    assert len(set(PATHS.values())) == len(PATHS)
    assert all(PREFIXES[path] == f"{ID}{path}/" for path in PATHS.values())
