"""A graph → NetworkX and GraphML: things as nodes, properties as edges, deals between companies as edges too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import NamedNode, Quad

from oncopact.exporters.rdf import is_vocabulary
from oncopact.graph_view import GraphView, Seen, short
from oncopact.labels import describe, notation
from oncopact.model import Basis
from oncopact.namespaces import CLASSES, DCTERMS, OP, compact
from oncopact.text import folded

if TYPE_CHECKING:
    import networkx as nx

Value: TypeAlias = str | float | bool
"""What a node or an edge may carry."""

Edge: TypeAlias = tuple[str, str, str, dict[str, Value]]
"""Start, end, key, attributes."""

Evidence: TypeAlias = Mapping[str, tuple[Seen, ...]]
"""All evidence by node."""

_CLASSES: Final = tuple(kind for kind in CLASSES if kind not in (OP.Evidence, OP.AgreementEvent))

_ATTRIBUTES: Final = (
    (OP.agreementKind, "kind"),
    (OP.milestoneKind, "kind"),
    (OP.paymentKind, "kind"),
    (OP.signedOn, "signed"),
    (OP.date, "date"),
    (DCTERMS.issued, "date"),
    (OP.earliest, "earliest"),
    (OP.latest, "latest"),
    (OP.exclusive, "exclusive"),
    (OP.territory, "territory"),
    (OP.excludedTerritory, "excluded_territory"),
    (OP.milestoneEvent, "event"),
    (OP.status, "status"),
    (OP.amount, "amount"),
    (OP.currency, "currency"),
    (OP.amountQualifier, "qualifier"),
    (OP.amountText, "amount_text"),
    (OP.percentage, "percent"),
    (OP.minimumPercentage, "minimum_percent"),
    (OP.maximumPercentage, "maximum_percent"),
    (OP.ticker, "ticker"),
    (OP.linker, "linker"),
    (DCTERMS.source, "source"),
)


def network(quads: Iterable[Quad]) -> nx.MultiDiGraph[str]:
    """The graph as a NetworkX network.

    Nodes are named by their ids (`company/immunogen`) and carry `label`, `type`, `iri`, and what is known of dates,
    amounts and status. Edges carry `property`, `label`, `type` (`stated`, `vocabulary` or `derived`) and, where there
    is evidence, `quote`, `rule` and `release`. Two kinds of edge between companies are derived from agreements and
    payments: `licenses_to` and `pays`; the key of an edge is its property, for derived ones with the deal's id.
    """
    import networkx as nx

    quads = tuple(quads)
    view = GraphView(quads)
    said = GraphView(quad for quad in quads if not is_vocabulary(quad.graph_name))
    known = GraphView(quad for quad in quads if is_vocabulary(quad.graph_name))
    evidence = said.evidence()
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="oncopact")
    shown = sorted({iri for kind in _CLASSES for iri in view.instances(kind)})
    for iri in shown:
        made.add_node(short(iri), **_node(view, iri, evidence.get(iri, ())))
    for start, end, key, attributes in (
        *_edges(said, shown, "stated", evidence),
        *_edges(known, shown, "vocabulary", {}),
        *_derived(said, evidence),
    ):
        if start in made and end in made and not made.has_edge(start, end, key):
            made.add_edge(start, end, key, **attributes)
    return made


def graphml(made: nx.MultiDiGraph[str]) -> str:
    """A network as GraphML."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(made, named_key_ids=True)) + "\n"


def _node(view: GraphView, iri: str, seen: Iterable[Seen]) -> dict[str, Value]:
    found: dict[str, Value] = {"label": describe(view, iri), "type": view.class_name(iri), "iri": iri}
    for prop, name in _ATTRIBUTES:
        value = view.value(iri, prop)
        if value is not None:
            found.setdefault(name, _plain(str(prop), value))
    return found | _quoted(seen)


def _plain(prop: str, value: str) -> Value:
    if prop in _NUMBERS:
        return float(Decimal(value))
    if prop == str(OP.exclusive):
        return value == "true"
    return notation(value)


_NUMBERS: Final = frozenset(
    str(term) for term in (OP.amount, OP.percentage, OP.minimumPercentage, OP.maximumPercentage)
)


def _edges(view: GraphView, shown: Iterable[str], kind: str, evidence: Evidence) -> Iterator[Edge]:
    """The properties between things, with the sentence that states each."""
    for iri in shown:
        for prop, value in view.facts(iri):
            if isinstance(value, NamedNode):
                items = evidence.get(iri, ())
                seen = [item for item in items if (item.property, item.value) == (prop, value.value)]
                seen = seen or [item for item in items if not item.property]
                name = compact(prop).rpartition(":")[2]
                edge: dict[str, Value] = {"property": name, "label": name, "type": kind}
                yield short(iri), short(value.value), name, edge | _quoted(seen)


def _quoted(seen: Iterable[Seen]) -> dict[str, Value]:
    """The first evidence: what is said before what is denied or a name encodes, the node itself before a property."""
    ranked = sorted(seen, key=lambda item: (item.negated, item.basis != Basis.STATED, bool(item.property), item))
    if not ranked:
        return {}
    first = ranked[0]
    return {"quote": folded(first.quote), "rule": first.rule, "release": short(first.release)}


def _derived(view: GraphView, evidence: Evidence) -> Iterator[Edge]:
    """Edges between companies, which the graph itself never asserts."""
    for kind, givers, takers, name in (
        (OP.Agreement, OP.licensor, OP.licensee, "licenses_to"),
        (OP.Payment, OP.payer, OP.payee, "pays"),
    ):
        for iri in view.instances(kind):
            attributes = _node(view, iri, evidence.get(iri, ()))
            attributes.update({"property": name, "type": "derived", "node": short(iri)})
            del attributes["iri"]
            for giver in view.values(iri, givers):
                for taker in view.values(iri, takers):
                    yield short(giver), short(taker), f"{name} {short(iri)}", dict(attributes)
