"""A graph → NetworkX: everything, the companies and their deals, or who owns and develops what.

The files that hold a network are in `network_files`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from oncopact.errors import GraphError
from oncopact.exporters.market import company_edges, product_edges
from oncopact.exporters.network_files import graphml
from oncopact.exporters.network_parts import Attributes, Edge, Material
from oncopact.exporters.quotes import supporting, told
from oncopact.exporters.window import Day, When, Window
from oncopact.graph_view import GraphView, Seen, short
from oncopact.namespaces import CLASSES, ID, OP, compact

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["View", "graphml", "network"]


class View(StrEnum):
    """What a network shows."""

    EVERYTHING = "everything"
    COMPANIES = "companies"
    PRODUCTS = "products"


_CLASSES: Final = tuple(kind for kind in CLASSES if kind not in (OP.Evidence, OP.AgreementEvent))
_FACTS: Final = (OP.Agreement, OP.Milestone, OP.Payment)
_DERIVED: Final = (
    (OP.Agreement, OP.licensor, OP.licensee, "licenses_to"),
    (OP.Payment, OP.payer, OP.payee, "pays"),
)


def network(
    quads: Iterable[Quad],
    *,
    view: str = View.EVERYTHING,
    since: Day | None = None,
    until: Day | None = None,
    kinds: Collection[str] = (),
) -> nx.MultiDiGraph[str]:
    """The graph as a NetworkX network.

    Nodes are named by their ids (`company/immunogen`) and carry `label`, `type` (the class), `iri`, `aliases`, and
    what is known of dates, amounts and status. Where there is evidence, nodes and edges carry `quote`, `rule`,
    `release`, and `told`: the day of the first release that tells the fact. Text, numbers and booleans only, so that
    each file format holds them.

    - `everything`: all things, agreements, milestones, payments and releases. An edge's key is its `property`; its
      `origin` is `stated` (a release says so), `vocabulary`, or `derived`: `licenses_to` and `pays` lead from company
      to company, one for each agreement or payment, whose id is in `node` and in the key.
    - `companies`: see `market.company_edges`.
    - `products`: see `market.product_edges`.

    Args:
        quads: A graph's, named graphs and all.
        view: One of these.
        since: Keep what happened, or is to happen, on this day, month or year or later. An agreement, milestone or
            payment without a date of its own counts by the first release that tells it; other facts by the releases
            that state them.
        until: Likewise the end, included.
        kinds: Keep agreements, milestones and payments of these kinds (`window.KINDS`), and what they touch.

    Raises:
        GraphError: There is no such view or kind, or a date can't be read.
    """
    import networkx as nx

    if view not in tuple(View):
        raise GraphError("no such view", where=view, remedy=f"use one of {', '.join(View)}")
    window = Window.of(since=since, until=until, kinds=kinds)
    material = Material.of(tuple(quads))
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="oncopact")
    match view:
        case View.COMPANIES:
            _fill(made, material, (), company_edges(material, window))
        case View.PRODUCTS:
            _fill(made, material, (), product_edges(material, window))
        case _:
            _fill(made, material, *_everything(material, window))
    return made


def _fill(made: nx.MultiDiGraph[str], material: Material, nodes: Iterable[str], edges: Iterable[Edge]) -> None:
    """Add nodes in the order of their ids, then edges in that of their ends and keys."""
    edges = sorted(edges, key=lambda edge: edge[:3])
    ids = {short(iri) for iri in nodes} | {end for edge in edges for end in edge[:2]}
    for name in sorted(ids):
        made.add_node(name, **material.node(f"{ID}{name}"))
    for start, end, key, attributes in edges:
        made.add_edge(start, end, key, **attributes)


# ---------------------------------------------------------------- everything


def _everything(material: Material, window: Window) -> tuple[set[str], list[Edge]]:
    """The nodes and edges to show."""
    shown = {iri for kind in _CLASSES for iri in material.view.instances(kind)}
    facts = {iri for kind in _FACTS for iri in material.view.instances(kind)}
    edges: dict[tuple[str, str, str], Edge] = {}
    for edge in (*_stated(material, shown, facts, window), *_known(material, shown), *_derived(material)):
        if f"{ID}{edge[0]}" in shown and f"{ID}{edge[1]}" in shown:
            edges.setdefault(edge[:3], edge)
    if window.open:
        return shown, list(edges.values())
    kept = {iri for iri in facts if window.wants(material.view, iri) and window.holds(material.when(iri))}
    return _within(material, window, edges.values(), facts - kept, kept)


def _within(
    material: Material, window: Window, edges: Iterable[Edge], dropped: set[str], kept: set[str]
) -> tuple[set[str], list[Edge]]:
    """What a window leaves: the facts in it, what they touch, and what is stated of these in it."""
    left = [edge for edge in edges if not dropped & _nodes(edge)]
    touching = [edge for edge in left if kept & _nodes(edge) or (edge[3]["origin"] == "stated" and not window.kinds)]
    nodes = kept | {node for edge in touching for node in _nodes(edge)}
    releases = {seen.release for iri in kept for seen in material.evidence.get(iri, ())}
    nodes |= {iri for iri in releases if window.holds(material.when(iri))}
    return nodes, [edge for edge in left if _nodes(edge) <= nodes]


def _nodes(edge: Edge) -> set[str]:
    """An edge's ends, and the agreement or payment that a derived one stands for."""
    return {f"{ID}{name}" for name in (edge[0], edge[1], edge[3].get("node")) if name}


def _stated(material: Material, shown: Iterable[str], facts: Collection[str], window: Window) -> Iterator[Edge]:
    """What releases state of deals and the like, and what releases of the window state of other things."""
    for iri, prop, value in _links(material.said, shown):
        seen = supporting(material.evidence.get(iri, ()), prop, value)
        if iri in facts or value in facts or window.holds(_stated_when(material, iri, seen)):
            yield _edge(iri, prop, value, "stated", material.quoted(seen))


def _stated_when(material: Material, iri: str, seen: Iterable[Seen]) -> When | None:
    """When releases stated what they say of a thing; what they say of themselves has their own date."""
    days = told(seen, material.issued)
    return When(*days, stated=False) if days else material.when(iri)


def _known(material: Material, shown: Iterable[str]) -> Iterator[Edge]:
    for iri, prop, value in _links(material.known, shown):
        yield _edge(iri, prop, value, "vocabulary", {})


def _links(view: GraphView, shown: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for iri in sorted(shown):
        for prop, value in view.facts(iri):
            if isinstance(value, NamedNode):
                yield iri, prop, value.value


def _edge(iri: str, prop: str, value: str, origin: str, quoted: Attributes) -> Edge:
    name = compact(prop).rpartition(":")[2]
    return short(iri), short(value), name, {"property": name, "label": name, "origin": origin} | quoted


def _derived(material: Material) -> Iterator[Edge]:
    """Edges between companies, which the graph itself never asserts."""
    view = material.said
    for kind, givers, takers, name in _DERIVED:
        for iri in view.instances(kind):
            attributes = material.node(iri) | {"property": name, "origin": "derived", "node": short(iri)}
            del attributes["iri"], attributes["type"]
            for giver in view.values(iri, givers):
                for taker in view.values(iri, takers):
                    yield short(giver), short(taker), f"{name} {short(iri)}", dict(attributes)
