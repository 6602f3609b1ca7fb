"""What a source has to hand on: its named graphs by name and entry, each made only when it is asked for.

A store keeps the entries of its releases' graphs, so that what has not changed costs a look into its books.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from oncopact.books import ASSEMBLED, VOCABULARY, Books, Plain
from oncopact.deliveries import Delivery, delivered
from oncopact.errors import GraphError
from oncopact.knowledge import KnowledgeGraph
from oncopact.namespaces import ID
from oncopact.rewrite import named
from oncopact.store import ReleaseStore, is_store
from oncopact.union import by_graph, common_graphs, release_ids

__all__ = ["Offer", "Offers", "offered"]


class Offer:
    """A named graph that can be handed on.

    Args:
        graph: Its IRI.
        make: Gives its quads, sorted.
        entry: What a manifest says of it, where that is known.
    """

    def __init__(self, graph: str, make: Callable[[], Sequence[Quad]], entry: str | None = None) -> None:
        self.graph, self._make, self._entry = graph, make, entry

    @property
    def entry(self) -> str:
        """What a manifest says of it."""
        if self._entry is None:
            self._entry = self.delivery().entry
        return self._entry

    @property
    def quads(self) -> tuple[Quad, ...]:
        """Its quads, sorted."""
        return tuple(self._make())

    def delivery(self) -> Delivery:
        """It, ready to be sent."""
        return delivered(self._make())


@dataclass(frozen=True, slots=True)
class Offers:
    """What a source has.

    Attributes:
        about: How many there are, as far as that can be told beforehand.
        has: Whether there may be a graph of this name.
        graphs: The graphs, sorted by name; to be gone through once.
    """

    about: int
    has: Callable[[str], bool]
    graphs: Iterator[Offer]


@contextmanager
def offered(source: Path | str | KnowledgeGraph) -> Iterator[Offers]:
    """The named graphs of a store, of a graph's file, of the folder that a build wrote, or of a graph in memory.

    A store stays open, and closed to writers, until the end.

    Raises:
        GraphError: There is none, it cannot be read, or it has triples outside of named graphs.
    """
    if isinstance(source, KnowledgeGraph):
        yield _of_graph(source)
    elif is_store(source):
        with ReleaseStore(source) as store:
            yield _of_store(store.graph)
    else:
        yield _of_graph(KnowledgeGraph.load(source))


def _of_graph(graph: KnowledgeGraph) -> Offers:
    for term in (term for quad in graph.quads for term in (quad.subject, quad.object)):
        if not isinstance(term, NamedNode | Literal):
            raise GraphError("blank nodes are not supported", where=str(term), remedy="give every node an IRI")
    loose = sum(not isinstance(quad.graph_name, NamedNode) for quad in graph.quads)
    if loose:
        remedy = "give a store or the graph.trig of a build, which keep the releases apart"
        raise GraphError(f"{loose} triples stand in no named graph", remedy=remedy)
    groups = {named(name).value: tuple(quads) for name, quads in groupby(graph.quads, key=lambda quad: quad.graph_name)}
    return Offers(len(groups), groups.__contains__, (_at_hand(quads) for quads in groups.values()))


def _of_store(store: Store) -> Offers:
    source = Plain(store)
    common = {ASSEMBLED.value, VOCABULARY.value}

    def has(graph: str) -> bool:
        return graph in common or store.contains_named_graph(NamedNode(graph))

    releases = release_ids(store)
    return Offers(2 * len(releases) + len(common), has, _by_name(store, source, releases))


def _by_name(store: Store, source: Plain, releases: Sequence[str]) -> Iterator[Offer]:
    common = {named(quads[0].graph_name).value: quads for quads in common_graphs(store)}
    order = sorted([*(f"{ID}graph/{release}/" for release in releases), *common])
    for name in order:
        if name in common:
            yield _at_hand(common[name])
        else:
            yield from _of_release(Books(source), name.removeprefix(f"{ID}graph/").rstrip("/"))


def _of_release(books: Books, release: str) -> Iterator[Offer]:
    """The graphs of a release; they are made together, when the first of them is asked for."""

    @cache
    def made() -> Mapping[str, tuple[Quad, ...]]:
        groups = by_graph(books.rewritten(release).quads)
        return {named(quads[0].graph_name).value: quads for quads in groups}

    sums = books.sums(release) or dict.fromkeys(made())
    for graph, entry in sums.items():
        yield Offer(graph, lambda graph=graph: made()[graph], entry)  # type: ignore[misc]


def _at_hand(quads: Sequence[Quad]) -> Offer:
    return Offer(named(quads[0].graph_name).value, lambda: quads)
