"""A store as its readers want it: read as it is asked, so that a question costs what it touches, not what there is."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from oncopact.books import ASSEMBLED, Books, Plain
from oncopact.explain import Explanation, explained
from oncopact.graph_terms import Term
from oncopact.graph_view import GraphView, Seen
from oncopact.namespaces import OP, RDF
from oncopact.rewrite import named
from oncopact.union import is_stated

__all__ = ["StoreView", "explain"]

_DEFAULT = DefaultGraph()


class StoreView(GraphView):
    """The default graph of a store and what is said there of identity.

    Args:
        graph: The store.
    """

    def __init__(self, graph: Store) -> None:
        super().__init__(())
        self.graph = graph

    def _match(
        self, subject: NamedNode | None = None, prop: NamedNode | None = None, value: Term | None = None
    ) -> Iterator[Quad]:
        yield from self.graph.quads_for_pattern(subject, prop, value, _DEFAULT)
        yield from self.graph.quads_for_pattern(subject, prop, value, ASSEMBLED)

    def __contains__(self, subject: object) -> bool:
        found = self.graph.quads_for_pattern(NamedNode(str(subject)), None, None, _DEFAULT) if _is_iri(subject) else ()
        return next(iter(found), None) is not None

    def terms(self, subject: str, prop: str) -> tuple[NamedNode | Literal, ...]:
        """The objects of a property, sorted."""
        found = {_term(quad) for quad in self._match(NamedNode(subject), NamedNode(str(prop)))}
        return tuple(sorted(found, key=str))

    def subjects(self, prop: str, value: str) -> tuple[str, ...]:
        """The nodes that have `value` for `prop`, sorted."""
        if not _is_iri(value):
            return ()
        found = {named(quad.subject).value for quad in self._match(None, NamedNode(str(prop)), NamedNode(value))}
        return tuple(sorted(found))

    def instances(self, kind: str) -> tuple[str, ...]:
        """The nodes of a class, sorted by IRI."""
        return self.subjects(str(RDF.type), str(kind))

    def facts(self, subject: str) -> tuple[tuple[str, NamedNode | Literal], ...]:
        """All properties and objects of a node, its type first."""
        pairs = {(quad.predicate.value, _term(quad)) for quad in self._match(NamedNode(subject))}
        return tuple(sorted(pairs, key=lambda pair: (pair[0] != str(RDF.type), pair[0], str(pair[1]))))

    def mentions(self, value: str) -> tuple[tuple[str, str], ...]:
        """All properties and subjects that point at a node, sorted by property."""
        found = {
            (quad.predicate.value, named(quad.subject).value) for quad in self._match(None, None, NamedNode(value))
        }
        return tuple(sorted(found))

    def evidence(self) -> dict[str, tuple[Seen, ...]]:
        """All evidence by the node that it speaks of, in the order of the text."""
        subjects = {self.value(iri, OP.evidenceFor) or "" for iri in self.instances(OP.Evidence)}
        return {subject: self.evidence_for(subject) for subject in sorted(subjects)}


def explain(graph: Store, name: str) -> Explanation:
    """What a store says of a node, and why.

    Raises:
        GraphError: There is no such node.
    """
    books = Books(Plain(graph))
    return explained(StoreView(graph), name, lambda quad: is_stated(books, quad))


def _term(quad: Quad) -> NamedNode | Literal:
    return quad.object if isinstance(quad.object, Literal) else named(quad.object)


def _is_iri(value: object) -> bool:
    return (
        isinstance(value, str)
        and value.startswith(("http://", "https://", "urn:"))
        and not set(value) & set(' <>"{}|\\^`')
    )
