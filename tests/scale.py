"""A graph of a thousand things, made by count and not by reading: what a page must stay readable and quick with."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import URIRef

from oncopact.knowledge import KnowledgeGraph
from oncopact.namespaces import DCTERMS, ID, OP, RDF, SKOS, XSD, evidence_graph, facts_graph

RELEASE = "0123456789abcdef"
COMPANIES, AGREEMENTS, PAYMENTS = 400, 350, 250


def large_graph() -> KnowledgeGraph:
    """400 companies, 350 agreements between them, 250 payments; a few companies have many."""
    return KnowledgeGraph(_quads())


def _quads() -> Iterator[Quad]:
    def said(subject: str, prop: str, value: NamedNode | Literal) -> Quad:
        return Quad(NamedNode(ID[subject]), NamedNode(prop), value, NamedNode(facts_graph(RELEASE)))

    def node(name: str) -> NamedNode:
        return NamedNode(ID[name])

    release = f"release/{RELEASE}"
    yield said(release, RDF.type, NamedNode(OP.Release))
    yield said(release, DCTERMS.title, Literal("A thousand things"))
    yield said(release, OP.latest, Literal("2020-01-01", datatype=NamedNode(XSD.date)))
    for at in range(COMPANIES):
        yield said(f"company/c{at}", RDF.type, NamedNode(OP.Company))
        yield said(f"company/c{at}", SKOS.prefLabel, Literal(f"Company number {at}"))
    for at in range(AGREEMENTS):
        yield said(f"agreement/a{at}", RDF.type, NamedNode(OP.Agreement))
        yield said(f"agreement/a{at}", OP.party, node(f"company/c{at}"))
        yield said(f"agreement/a{at}", OP.party, node(f"company/c{(at * at + 7) % (at // 9 + 1)}"))
        yield said(f"agreement/a{at}", OP.earliest, Literal(f"{1990 + at % 30}-01-01", datatype=NamedNode(XSD.date)))
    for at in range(PAYMENTS):
        yield said(f"payment/p{at}", RDF.type, NamedNode(OP.Payment))
        yield said(f"payment/p{at}", OP.underAgreement, node(f"agreement/a{at}"))
        yield said(f"payment/p{at}", OP.payer, node(f"company/c{at}"))
    proof: dict[URIRef, NamedNode | Literal] = {
        OP.evidenceFor: node("company/c0"),
        OP.inRelease: node(release),
        OP.quote: Literal("Company number 0"),
        OP.rule: Literal("by-hand"),
        RDF.type: NamedNode(OP.Evidence),
    }
    for prop, value in proof.items():
        yield Quad(node("evidence/e0"), NamedNode(prop), value, NamedNode(evidence_graph(RELEASE)))
