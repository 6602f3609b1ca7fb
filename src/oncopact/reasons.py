"""What only the whole says: which nodes are one and why, what is not certain, which plans came to pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, Quad

from oncopact.books import ASSEMBLED, DEFAULT, entity_node
from oncopact.graph_keys import digest
from oncopact.graph_terms import node
from oncopact.identity import Decision, NameDecision, Reason
from oncopact.namespaces import OP, OWL, RDF, RDFS, SKOS

__all__ = ["why_claim", "why_name"]

_FULFILLED: Final = node(OP.fulfilledBy)


def why_name(entity: str, decision: NameDecision) -> Iterator[Quad]:
    """Why an entity is another, and what it may be."""
    for reason in decision.why:
        yield from _axiom(entity, OWL.sameAs, reason)
    for reason in decision.perhaps:
        yield from _axiom(entity, SKOS.closeMatch, reason)


def why_claim(stated: str, decision: Decision) -> Iterator[Quad]:
    """Why a claim's node is another, and what it came to.

    Args:
        stated: The node in the graphs of the releases that make the claim.
        decision: What is decided on it.
    """
    for reason in decision.why:
        yield from _axiom(stated, OWL.sameAs, reason)
    for reason in decision.perhaps:
        yield from _axiom(decision.to, SKOS.closeMatch, reason)
    if decision.fulfilled:
        for graph in (ASSEMBLED, DEFAULT):
            yield Quad(entity_node(decision.to), _FULFILLED, entity_node(decision.fulfilled), graph)


def _axiom(thing: str, relation: str, reason: Reason) -> Iterator[Quad]:
    """A mapping with its reason, as SSSOM writes it in RDF: an annotated axiom, here with a name of its own."""
    if thing == reason.other and str(relation) == str(SKOS.closeMatch):
        return
    subject = entity_node(f"mapping/{digest([thing, str(relation), reason.other, reason.rule, reason.words])}")
    for predicate, value in (
        (RDF.type, node(OWL.Axiom)),
        (OWL.annotatedSource, entity_node(thing)),
        (OWL.annotatedProperty, node(relation)),
        (OWL.annotatedTarget, entity_node(reason.other)),
        (SKOS.notation, Literal(reason.rule)),
        (RDFS.comment, Literal(reason.words)),
    ):
        yield Quad(subject, node(predicate), value, ASSEMBLED)
