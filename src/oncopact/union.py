"""The views of the whole: the default graph, kept as releases come and go, and all named graphs in order.

The default graph is the union of all facts, evidence and vocabulary, each triple once, under the nodes of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Quad, Store

from oncopact.books import (
    ASSEMBLED,
    BOOKS,
    DEFAULT,
    SUM,
    TO,
    VOCABULARY,
    Books,
    Plain,
    entity_node,
    known_graph,
    note,
    release_node,
    release_of,
)
from oncopact.deliveries import delivered
from oncopact.graph import in_order
from oncopact.graph_terms import node
from oncopact.namespaces import ID, OP, RDF, SKOS
from oncopact.overlay import Overlay
from oncopact.rewrite import named

__all__ = [
    "Vocabulary",
    "by_graph",
    "common_graphs",
    "graphs",
    "is_stated",
    "keep_union",
    "known_triples",
    "release_ids",
]

Vocabulary = Callable[[frozenset[str]], Sequence[Quad]]
"""What the vocabulary knows of the things of these ids."""


def keep_union(
    overlay: Overlay,
    before: Books,
    releases: Iterable[str],
    entities: Iterable[str],
    vocabulary: Vocabulary | None,
    *,
    sums: bool = False,
) -> None:
    """Bring the default graph and the vocabulary's graph up to date.

    Args:
        overlay: The store with all changes to releases and decisions.
        before: The books before them.
        releases: Those whose graphs changed or are to be written with other nodes.
        entities: Those on which the decision changed.
        vocabulary: Gives the vocabulary's facts; None leaves its graph as it is.
        sums: Whether to keep in the books what tells one state of a release's graphs from another.
    """
    now, touched = Books(overlay), frozenset(releases)
    quads = _vocabulary(overlay, before, now, touched, entities, vocabulary)
    old = set(_united(before.vocabulary(quad for quad in quads if quad in overlay.base)))
    new = set(_united(now.vocabulary(quad for quad in quads if quad in overlay)))
    for release in sorted(touched):
        old |= _united(before.rewritten(release).quads)
        made = now.rewritten(release)
        new |= _united(made.quads)
        overlay.replace(_noted(overlay, release), _sums(release, made.quads) if sums else ())
        for raw, whole in made.nodes.items():
            if raw != whole:
                overlay.add(note(NamedNode(raw), TO, NamedNode(whole)))
    for quad in old - new:
        if not _supported(now, quad, touched):
            overlay.remove(quad)
    _add(overlay, new - old)


def _add(overlay: Overlay, quads: Iterable[Quad]) -> None:
    """Add to the default graph; of a subject that it does not have, no quad is looked for."""
    for subject, group in groupby(sorted(quads, key=_subject), key=_subject):
        if next(overlay.base.quads_for_pattern(NamedNode(subject), None, None, DEFAULT), None) is None:
            overlay.insert(group)
        else:
            for quad in group:
                overlay.add(quad)


def _subject(quad: Quad) -> str:
    return named(quad.subject).value


def _noted(overlay: Overlay, release: str) -> tuple[Quad, ...]:
    return tuple(overlay.match(release_node(release), SUM, None, BOOKS))


def _sums(release: str, quads: Iterable[Quad]) -> Iterator[Quad]:
    for made in map(delivered, by_graph(quads)):
        yield note(release_node(release), SUM, Literal(f"{made.graph} {made.entry}"))


def _vocabulary(
    overlay: Overlay,
    before: Books,
    now: Books,
    releases: Iterable[str],
    entities: Iterable[str],
    vocabulary: Vocabulary | None,
) -> frozenset[Quad]:
    """Keep the vocabulary's facts on the things in use; all of its quads that changed or are written otherwise now."""
    was, uses = before.listed(), now.listed()
    touched: set[Quad] = set()
    if vocabulary is not None and uses - was:
        for quad in vocabulary(frozenset(uses - was)):
            touched.add(quad)
            overlay.add(quad)
    if vocabulary is not None and was - uses:
        for quad in set(vocabulary(frozenset(was - uses))) - set(vocabulary(uses)):
            touched.add(quad)
            overlay.remove(quad)
    for release in releases:
        for books in (before, now):
            touched.update(books.source.match(None, None, None, known_graph(release)))
    for entity in entities:
        touched.update(now.source.match(entity_node(entity), None, None, VOCABULARY))
        touched.update(now.source.match(None, None, entity_node(entity), VOCABULARY))
    return frozenset(touched)


def _united(quads: Iterable[Quad]) -> frozenset[Quad]:
    return frozenset(Quad(quad.subject, quad.predicate, quad.object, DEFAULT) for quad in quads)


def is_stated(books: Books, quad: Quad) -> bool:
    """Whether a release states a triple of the default graph; else only the vocabulary, or the whole, knows it."""
    return _supported(books, quad, frozenset(), vocabulary=False)


def _supported(books: Books, quad: Quad, without: frozenset[str], *, vocabulary: bool = True) -> bool:
    """Whether a release that is not among these, or the vocabulary, still gives a triple of the default graph."""
    predicates = {quad.predicate} | ({node(SKOS.prefLabel)} if quad.predicate == node(SKOS.altLabel) else set())
    asked: set[str] = set()
    for raw in books.raws(named(quad.subject)):
        for predicate in sorted(predicates, key=str):
            for found in books.source.match(raw, predicate, None, None):
                if vocabulary and found.graph_name == VOCABULARY and quad in _united(books.vocabulary((found,))):
                    return True
                release = release_of(found.graph_name)
                if release is None or release in without or release in asked:
                    continue
                asked.add(release)
                if any(
                    (made.subject, made.predicate, made.object) == (quad.subject, quad.predicate, quad.object)
                    for made in books.rewritten(release).quads
                ):
                    return True
    return False


# ---------------------------------------------------------------- reading it all


def graphs(store: Store, *, only: Container[str] | None = None) -> Iterator[tuple[Quad, ...]]:
    """The named graphs of the whole, one after the other: sorted by name, and each by subject, predicate and object.

    The same releases give the same quads in the same order, however they came in.

    Args:
        store: As `keep_union` keeps it.
        only: The ids of the releases to give; all where it is not given. The graphs that belong to no release are
            given whole.
    """
    books = Books(Plain(store))
    releases = [release for release in release_ids(store) if only is None or release in only]
    whole = {str(quads[0].graph_name): quads for quads in common_graphs(store)}
    order = sorted([*(f"<{ID}graph/{release}/" for release in releases), *whole])
    for name in order:
        if name.endswith("/"):
            release = name.removeprefix(f"<{ID}graph/").rstrip("/")
            yield from by_graph(Books(books.source).rewritten(release).quads)
        else:
            yield whole[name]


def common_graphs(store: Store) -> tuple[tuple[Quad, ...], ...]:
    """The named graphs that belong to no release, those without quads left out."""
    assembled = store.quads_for_pattern(None, None, None, ASSEMBLED)
    found = (in_order(quads) for quads in (assembled, _known(Books(Plain(store)), store)))
    return tuple(quads for quads in found if quads)


def by_graph(quads: Iterable[Quad]) -> Iterator[tuple[Quad, ...]]:
    """Quads graph by graph, sorted."""
    ordered = in_order(quads)
    for _, group in groupby(ordered, key=lambda quad: quad.graph_name):
        yield tuple(group)


def release_ids(store: Store) -> tuple[str, ...]:
    """The ids of all releases, sorted."""
    found = store.quads_for_pattern(None, node(RDF.type), node(OP.Release), None)
    ids = {release_of(quad.graph_name) for quad in found}
    return tuple(sorted(release for release in ids if release is not None))


def known_triples(books: Books, store: Store) -> frozenset[tuple[str, str, str]]:
    """The vocabulary's triples, as N-Triples spells their terms."""
    quads = _known(books, store)
    return frozenset((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)


def _known(books: Books, store: Store) -> frozenset[Quad]:
    """The vocabulary's graph of the whole, with what releases took from it."""
    raw = [*store.quads_for_pattern(None, None, None, VOCABULARY)]
    for release in release_ids(store):
        raw.extend(
            Quad(quad.subject, quad.predicate, quad.object, VOCABULARY)
            for quad in store.quads_for_pattern(None, None, None, known_graph(release))
        )
    return books.vocabulary(raw)
