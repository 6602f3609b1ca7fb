"""Check a whole store, some hundred nodes at a time: the cost grows with the store and no faster.

A node is checked with everything that is said of it, its evidence, and the types of what it points at. It is the same
check as that of a file, by the same engine; only results on the nodes of a batch count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from oncopact.books import VOCABULARY, Books, Plain
from oncopact.namespaces import CLASSES, DCTERMS, OP, RDF, facts_graph
from oncopact.rewrite import named
from oncopact.store_view import StoreView
from oncopact.union import is_stated, known_triples
from oncopact.validate import ValidationReport, joined, validate_quads

__all__ = ["validate_store"]

BATCH: Final = 300
_FACTS: Final = NamedNode(str(facts_graph("0")))
_WHOLE_RELEASE: Final = "evidence-has-fact"


def validate_store(graph: Store, *, progress: Callable[[int], None] | None = None) -> ValidationReport:
    """What the shapes say of a store.

    Args:
        graph: The embedded store.
        progress: Called with the number of nodes checked so far.
    """
    view, books = StoreView(graph), Books(Plain(graph))
    described = {node for kind in CLASSES if kind != OP.Evidence for node in view.instances(str(kind))}
    adrift = (item for item in view.instances(str(OP.Evidence)) if view.value(item, OP.evidenceFor) not in described)
    nodes = sorted({*described, *adrift})
    vocabulary = known_triples(books, graph)
    reports: list[ValidationReport] = []
    for start in range(0, len(nodes), BATCH):
        batch = nodes[start : start + BATCH]
        quads = tuple(_batch(view, Books(Plain(graph)), batch, vocabulary))
        report = validate_quads(quads, coverage=True)
        own = {*batch, *(named(quad.subject).value for quad in quads if _is_evidence(quad))}
        reports.append(joined((report,), partial(_counts, own)))
        if progress is not None:
            progress(start + len(batch))
    return joined(reports, lambda _focus, _shape: True)


def _counts(own: set[str], focus: str, shape: str) -> bool:
    return focus in own or shape.endswith(_WHOLE_RELEASE)


def _is_evidence(quad: Quad) -> bool:
    return quad.predicate.value == str(OP.evidenceFor)


def _batch(
    view: StoreView, books: Books, batch: Sequence[str], vocabulary: frozenset[tuple[str, str, str]]
) -> Iterator[Quad]:
    near: set[str] = set()
    for node in batch:
        for prop, value in view.facts(node):
            quad = Quad(NamedNode(node), NamedNode(prop), value, _FACTS)
            known = (str(quad.subject), str(quad.predicate), str(value)) in vocabulary
            if known and not is_stated(books, quad):
                quad = Quad(quad.subject, quad.predicate, value, VOCABULARY)
            yield quad
            if isinstance(value, NamedNode):
                near.add(value.value)
        for evidence in view.subjects(OP.evidenceFor, node):
            for prop, value in view.facts(evidence):
                yield Quad(NamedNode(evidence), NamedNode(prop), value, _FACTS)
                if prop == str(OP.inRelease):
                    near.add(value.value)
    for node in sorted(near - set(batch)):
        for prop in (RDF.type, OP.latest, OP.earliest, DCTERMS.issued):
            for value in view.terms(node, str(prop)) if node.startswith("http") else ():
                yield Quad(NamedNode(node), NamedNode(str(prop)), value, _FACTS)
