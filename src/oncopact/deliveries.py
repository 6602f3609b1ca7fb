"""Named graphs as they leave the house: sorted, as N-Triples, with the number and the hash that they are known by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from oncopact.errors import GraphError
from oncopact.knowledge import KnowledgeGraph
from oncopact.namespaces import DCTERMS, ID, VOCABULARY_GRAPH
from oncopact.rewrite import named
from oncopact.store import ReleaseStore, is_store

__all__ = ["ENTRY", "MANIFEST", "PENDING", "Delivery", "Source", "delivered", "opened"]

MANIFEST: Final = NamedNode(f"{ID}graph/manifest")
"""The named graph, at a triple store, that says what was loaded."""
ENTRY: Final = NamedNode(str(DCTERMS.identifier))
"""The property that leads from a graph to its entry there."""
PENDING: Final = "pending"
"""The entry of a graph that is being sent."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A named graph to be handed on.

    Attributes:
        graph: Its IRI.
        triples: How many it has.
        content: They as N-Triples, sorted.
    """

    graph: str
    triples: int
    content: bytes

    @property
    def entry(self) -> str:
        r"""What a manifest says of it.

        >>> Delivery("urn:g", 1, b"<urn:a> <urn:b> <urn:c> .\n").entry[:27]
        '1 triples, sha256 b6bbf512b'
        """
        return f"{self.triples} triples, sha256 {hashlib.sha256(self.content).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where named graphs come from.

    Attributes:
        names: The IRIs of all graphs that there may be.
        graphs: Their quads, graph by graph, sorted by name; to be gone through once.
    """

    names: frozenset[str]
    graphs: Iterator[tuple[Quad, ...]]


@contextmanager
def opened(source: Path | str | KnowledgeGraph) -> Iterator[Source]:
    """The named graphs of a store, of a graph's file, of the folder that a build wrote, or of a graph in memory.

    A store stays open, and closed to writers, until the end.

    Raises:
        GraphError: There is none, it cannot be read, or it has triples outside of named graphs.
    """
    if isinstance(source, KnowledgeGraph):
        yield _of_graph(source)
    elif is_store(source):
        from oncopact.books import ASSEMBLED
        from oncopact.namespaces import evidence_graph, facts_graph
        from oncopact.union import graphs

        with ReleaseStore(source) as store:
            names = {str(name(release)) for release in store.releases() for name in (facts_graph, evidence_graph)}
            yield Source(frozenset(names | {str(VOCABULARY_GRAPH), ASSEMBLED.value}), graphs(store.graph))
    else:
        yield _of_graph(KnowledgeGraph.load(source))


def _of_graph(graph: KnowledgeGraph) -> Source:
    nodes = (term for quad in graph.quads for term in (quad.subject, quad.object))
    for term in nodes:
        if not isinstance(term, NamedNode | Literal):
            raise GraphError("blank nodes are not supported", where=str(term), remedy="give every node an IRI")
    loose = sum(not isinstance(quad.graph_name, NamedNode) for quad in graph.quads)
    if loose:
        remedy = "give a store or the graph.trig of a build, which keep the releases apart"
        raise GraphError(f"{loose} triples stand in no named graph", remedy=remedy)
    groups = groupby(graph.quads, key=lambda quad: quad.graph_name)
    names = {named(quad.graph_name).value for quad in graph.quads}
    return Source(frozenset(names), (tuple(quads) for _, quads in groups))


def delivered(quads: Sequence[Quad]) -> Delivery:
    """A named graph, ready to be sent; its quads must be sorted."""
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    written = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
    return Delivery(named(quads[0].graph_name).value, len(quads), written or b"")
