"""A market as two networks: which companies deal with each other, and who owns, develops and passes on what.

Their edges are derived: the graph itself has agreements with parties and never an edge between two companies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

from oncopact.exporters.network_parts import Attributes, Edge, Material
from oncopact.exporters.quotes import supporting, told
from oncopact.exporters.window import When, Window
from oncopact.graph_view import Seen, short
from oncopact.labels import amount, notation
from oncopact.model import AgreementKind
from oncopact.namespaces import OP

_WORK_TOGETHER: Final = frozenset(
    kind.value for kind in (AgreementKind.COLLABORATION, AgreementKind.CO_DEVELOPMENT, AgreementKind.RESEARCH)
)
_COVERS: Final = (OP.coversTechnology, OP.coversProduct)

_BETWEEN: Final = (
    # property of the graph, name of the edge, whether the edge runs against the property
    (OP.ownedBy, "owns", True),
    (OP.developedBy, "develops", True),
    (OP.deliversPayload, "delivers", False),
    (OP.usesTechnology, "used_in", True),
    (OP.hasAntibody, "part_of", True),
    (OP.hasPayload, "part_of", True),
    (OP.derivativeOf, "gives_rise_to", True),
    (OP.bindsTarget, "binds", False),
)
_THINGS: Final = (OP.Technology, OP.Conjugate, OP.Antibody, OP.Payload, OP.Product)


@dataclass(frozen=True, slots=True)
class _Deal:
    """One agreement or payment that makes an edge.

    Attributes:
        iri: Its node.
        when: When it was; None where nothing dates it.
        words: Its kind, or how much is paid.
        seen: Its evidence.
    """

    iri: str
    when: When | None
    words: str
    seen: tuple[Seen, ...]


def company_edges(material: Material, window: Window) -> list[Edge]:
    """Edges from company to company; at most one of each relation between two of them in one direction.

    - `licenses_to`: from licensor to licensee, whatever the kind of agreement.
    - `acquires`: from buyer to bought, where the graph says who that is.
    - `collaborates_with` (collaboration, co-development, research) and `deals_with` (all other kinds): agreements
      whose sides the text does not tell apart. They have no direction: there are two edges, one each way.
    - `pays`: from payer to payee.

    Attributes: `relation`, `weight` (the number of agreements or payments), `kinds` (theirs, joined by semicolons; for
    `pays` the payments' kinds), `since` and `until` (the first and the last day that they may fall on), `dated`
    (`stated` if a text dates any of them, else `told`: these are the days of the releases that told them first),
    `iris` (their nodes, joined by blanks), `quote`, `rule`, `release` and `told` of the first one, `quotes` (one of
    each, joined by ' | '). `pays` has `amounts`: each as stated, 'USD 45,000,000', never summed, since ceilings, facts
    and currencies don't add up. A payment to two companies makes two edges.
    """
    found: dict[tuple[str, str, str], list[_Deal]] = {}
    for iri in _kept(material, OP.Agreement, window):
        for start, end, relation in _sides(material, iri):
            found.setdefault((start, end, relation), []).append(_deal(material, iri))
    for iri in _kept(material, OP.Payment, window):
        payers, payees = material.said.values(iri, OP.payer), material.said.values(iri, OP.payee)
        for start, end in product(payers, payees):
            found.setdefault((start, end, "pays"), []).append(_deal(material, iri))
    return [_bundle(material, *key, deals) for key, deals in sorted(found.items())]


def product_edges(material: Material, window: Window) -> list[Edge]:
    """Edges in the direction that rights and substances take: company → technology → product → company, target.

    - `owns` (company → technology), `develops` (company → product), `delivers` (technology → payload), `used_in`
      (technology → conjugate), `part_of` (antibody or payload → conjugate), `gives_rise_to` (payload → payload),
      `binds` (product → target). Their `origin` is `stated`, or `vocabulary` where only that knows it.
    - `licensed_out` (licensor → technology or product that the agreement covers), `licensed_to` (from there to the
      licensee), `deals_in` (from a party to it where the text tells no sides apart). Their `origin` is `derived`, their
      other attributes those of `company_edges`.

    A window by time keeps what is stated in it; one by kinds keeps agreements of these kinds, what they cover, and
    what is stated of that.
    """
    found: dict[tuple[str, str, str], list[_Deal]] = {}
    covered: set[str] = set()
    for iri in _kept(material, OP.Agreement, window):
        covered.update(short(value) for prop in _COVERS for value in material.said.values(iri, prop))
        for start, end, relation in _covers(material, iri):
            found.setdefault((start, end, relation), []).append(_deal(material, iri))
    deals = [_bundle(material, *key, items) for key, items in sorted(found.items())]
    between = _between(material, window, covered)
    return [*deals, *(edge for edge in between if not window.kinds or covered & set(edge[:2]))]


# ---------------------------------------------------------------- agreements and payments


def _kept(material: Material, kind: str, window: Window) -> Iterator[str]:
    for iri in material.said.instances(kind):
        if window.wants(material.said, iri) and window.holds(material.when(iri)):
            yield iri


def _sides(material: Material, iri: str) -> Iterator[tuple[str, str, str]]:
    """The pairs of companies that an agreement joins."""
    view = material.said
    givers, takers = view.values(iri, OP.licensor), view.values(iri, OP.licensee)
    if givers and takers:
        yield from ((giver, taker, "licenses_to") for giver, taker in product(givers, takers) if giver != taker)
        return
    kind = notation(view.value(iri, OP.agreementKind) or "")
    relation = "collaborates_with" if kind in _WORK_TOGETHER else "deals_with"
    for one, other in permutations(view.values(iri, OP.party), 2):
        if kind == AgreementKind.ACQUISITION and other in material.view.values(one, OP.acquiredBy):
            continue
        bought = kind == AgreementKind.ACQUISITION and one in material.view.values(other, OP.acquiredBy)
        yield one, other, "acquires" if bought else relation


def _covers(material: Material, iri: str) -> Iterator[tuple[str, str, str]]:
    """How rights to what an agreement covers pass through it."""
    view = material.said
    givers, takers = view.values(iri, OP.licensor), view.values(iri, OP.licensee)
    others = [party for party in view.values(iri, OP.party) if party not in (*givers, *takers)]
    for thing in (value for prop in _COVERS for value in view.values(iri, prop)):
        yield from ((giver, thing, "licensed_out") for giver in givers)
        yield from ((thing, taker, "licensed_to") for taker in takers)
        yield from ((party, thing, "deals_in") for party in others)


def _deal(material: Material, iri: str) -> _Deal:
    view = material.said
    kind = view.value(iri, OP.agreementKind) or view.value(iri, OP.paymentKind) or ""
    return _Deal(iri, material.when(iri), notation(kind), material.evidence.get(iri, ()))


def _bundle(material: Material, start: str, end: str, relation: str, deals: Iterable[_Deal]) -> Edge:
    """Some deals as one edge, the first one first."""
    deals = sorted(deals, key=lambda deal: (deal.when.first if deal.when else "9999", deal.iri))
    dates = [deal.when for deal in deals if deal.when]
    quoted = [material.quoted(deal.seen) for deal in deals]
    attributes: Attributes = {
        "relation": relation,
        "label": relation,
        "origin": "derived",
        "weight": len(deals),
        "kinds": "; ".join(sorted({deal.words for deal in deals})),
        "iris": " ".join(deal.iri for deal in deals),
    }
    if dates:
        attributes["since"] = min(date.first for date in dates)
        attributes["until"] = max(date.last for date in dates)
        attributes["dated"] = "stated" if any(date.stated for date in dates) else "told"
    if quotes := [str(item["quote"]) for item in quoted if "quote" in item]:
        attributes["quotes"] = " | ".join(dict.fromkeys(quotes))
    if relation == "pays":
        attributes["amounts"] = "; ".join(amount(material.said, deal.iri) for deal in deals)
    return short(start), short(end), relation, attributes | quoted[0]


# ---------------------------------------------------------------- things


def _between(material: Material, window: Window, covered: Iterable[str]) -> Iterator[Edge]:
    """What joins companies, technologies, products and targets; what is stated comes before what is only known.

    What only the vocabulary knows has no date: it joins what a window by time leaves.
    """
    found: dict[tuple[str, str, str], Edge] = {}
    things = sorted({iri for kind in _THINGS for iri in material.view.instances(kind)})
    for iri, (prop, relation, against) in product(things, _BETWEEN):
        for value in material.said.values(iri, prop):
            seen = supporting(material.evidence.get(iri, ()), prop, value)
            days = told(seen, material.issued)
            if window.holds(When(*days, stated=False) if days else None):
                edge = _thing_edge(iri, value, relation, "stated", against=against)
                found.setdefault(edge[:3], (*edge[:3], edge[3] | material.quoted(seen)))
    joined = {name for edge in found.values() for name in edge[:2]} | set(covered)
    for iri, (prop, relation, against) in product(things, _BETWEEN):
        for value in material.known.values(iri, prop):
            edge = _thing_edge(iri, value, relation, "vocabulary", against=against)
            if not window.timed or joined & set(edge[:2]):
                found.setdefault(edge[:3], edge)
    yield from found.values()


def _thing_edge(iri: str, value: str, relation: str, origin: str, *, against: bool) -> Edge:
    start, end = (value, iri) if against else (iri, value)
    return short(start), short(end), relation, {"relation": relation, "label": relation, "origin": origin, "weight": 1}
