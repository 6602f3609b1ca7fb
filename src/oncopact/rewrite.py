"""A release's graphs as part of the whole: its own nodes replaced by those of all releases, its words kept.

The same decisions give the same quads, whatever else the whole graph holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from oncopact.errors import GraphError
from oncopact.exporters.rdf import is_facts
from oncopact.graph_keys import PaymentKey, event_node, payment_nodes
from oncopact.graph_terms import Term, date, day, node, text
from oncopact.graph_view import GraphView
from oncopact.identity import Decision, NameDecision
from oncopact.namespaces import ID, OP, PATHS, RDF, SKOS

NameOf = Callable[[str], NameDecision | None]
"""The decision on an entity, where there is one."""

_ENTITIES: Final = frozenset(
    path for kind, path in PATHS.items() if kind not in (OP.Agreement, OP.AgreementEvent, OP.Evidence, OP.Milestone)
) - {"payment", "release"}
_CLASSES: Final = {path: node(kind) for kind, path in PATHS.items()}
_TYPE, _PREFERRED, _OTHER = node(RDF.type), node(SKOS.prefLabel), node(SKOS.altLabel)
_FOR, _PROPERTY, _VALUE = node(OP.evidenceFor), node(OP.evidenceProperty), node(OP.evidenceValue)
_DATES: Final = frozenset({node(OP.signedOn), node(OP.date)})
_EVENT: Final = node(OP.milestoneEvent)
_NEVER_ITSELF: Final = frozenset(
    node(term) for term in (OP.acquiredBy, OP.partOfGroup, OP.derivativeOf, OP.partOf, SKOS.broader)
)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is decided on the nodes of one release.

    Attributes:
        name_of: On its entities.
        agreements, milestones: On its agreements and milestones, by node.
    """

    name_of: NameOf = field(default=lambda _: None)
    agreements: Mapping[str, Decision] = field(default_factory=dict)
    milestones: Mapping[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A release's graphs as part of the whole.

    Attributes:
        quads: Facts and evidence.
        nodes: What the release's agreements, events, milestones and payments became, as IRIs.
    """

    quads: frozenset[Quad]
    nodes: Mapping[str, str]


def rewritten(quads: Iterable[Quad], release: str, decisions: Decisions) -> Rewritten:
    """A release's quads with the nodes, labels and dates of the whole graph.

    Args:
        quads: The graphs as made from the release alone.
        release: Its id.
        decisions: On its nodes.
    """
    quads = tuple(quads)
    plan = _plan(quads, release, decisions)
    evidence: dict[str, list[Quad]] = defaultdict(list)
    made: set[Quad] = set()
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith("/evidence"):
            evidence[named(quad.subject).value].append(quad)
        else:
            made.update(_fact(plan, quad))
    for statement in evidence.values():
        made.update(_evidence(plan, statement))
    return Rewritten(frozenset(made), plan.nodes)


def is_entity(name: str) -> bool:
    """Whether an id is that of an entity, on which there may be a decision: a company, product, target.

    >>> is_entity("company/immunogen"), is_entity("agreement/349ba4b318e26ad4")
    (True, False)
    """
    return name.partition("/")[0] in _ENTITIES


def vocabulary(quads: Iterable[Quad], name_of: NameOf) -> frozenset[Quad]:
    """What only the vocabulary knows, likewise."""
    plan = _Plan(Decisions(name_of), {}, {}, {})
    return frozenset(made for quad in quads for made in _fact(plan, quad))


# ---------------------------------------------------------------- which node becomes which


@dataclass(frozen=True, slots=True)
class _Plan:
    """What changes in a release's graphs.

    Attributes:
        decisions: As given.
        nodes: IRIs of agreements, events, milestones and payments and what they become.
        dates: The date of each node whose releases differ.
        events: The words of each milestone whose releases differ.
    """

    decisions: Decisions
    nodes: Mapping[str, str]
    dates: Mapping[str, tuple[str, str, str]]
    events: Mapping[str, str]

    def node(self, term: NamedNode) -> NamedNode:
        """What a node becomes."""
        if (found := self.nodes.get(term.value)) is not None:
            return NamedNode(found)
        if (name := self.name(term)) is not None:
            return NamedNode(f"{ID}{name.to}")
        return term

    def name(self, term: NamedNode) -> NameDecision | None:
        """The decision on an entity's node."""
        tail = term.value.removeprefix(str(ID))
        return self.decisions.name_of(tail) if is_entity(tail) else None

    def value(self, term: object) -> Term:
        """What an object becomes."""
        if isinstance(term, NamedNode):
            return self.node(term)
        if isinstance(term, Literal):
            return term
        raise GraphError("blank nodes are not supported", where=str(term), remedy="give every node an IRI")


def _plan(quads: Iterable[Quad], release: str, decisions: Decisions) -> _Plan:
    view = GraphView(quad for quad in quads if is_facts(quad.graph_name))
    nodes: dict[str, str] = {}
    dates: dict[str, tuple[str, str, str]] = {}
    events: dict[str, str] = {}
    for found in (decisions.agreements, decisions.milestones):
        for name, decision in found.items():
            nodes[f"{ID}{name}"] = f"{ID}{decision.to}"
            if decision.date:
                dates[f"{ID}{name}"] = decision.date
            if decision.event:
                events[f"{ID}{name}"] = decision.event
    plan = _Plan(decisions, nodes, dates, events)
    day = view.value(f"{ID}release/{release}", OP.latest) or release
    for iri in view.instances(OP.AgreementEvent):
        deal = plan.node(NamedNode(view.value(iri, OP.ofAgreement) or iri)).value
        kind, when = view.value(iri, OP.eventKind) or "", view.value(iri, OP.date) or ""
        nodes[iri] = event_node(deal, kind, when, release=release, day=day)
    payments = view.instances(OP.Payment)
    keys = [_payment(view, iri, plan) for iri in payments]
    nodes.update(zip(payments, payment_nodes(keys, release=release, day=day), strict=True))
    return plan


def _payment(view: GraphView, iri: str, plan: _Plan) -> PaymentKey:
    def whole(values: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({plan.node(NamedNode(value)).value for value in values}))

    def sides(prop: str) -> tuple[str, ...]:
        return tuple(value.removeprefix(str(ID)) for value in whole(view.values(iri, prop)))

    figures = (OP.amount, OP.percentage, OP.minimumPercentage, OP.maximumPercentage)
    return PaymentKey(
        kind=(view.value(iri, OP.paymentKind) or "").rpartition("/")[2],
        qualifier=view.value(iri, OP.amountQualifier) or "",
        currency=view.value(iri, OP.currency) or "",
        figures=tuple(view.value(iri, prop) for prop in figures),
        payers=sides(OP.payer),
        payees=sides(OP.payee),
        under=next(iter(whole(view.values(iri, OP.underAgreement))), ""),
        triggers=whole(view.subjects(OP.triggers, iri)),
        words=tuple(words.casefold() for words in view.values(iri, OP.amountText)),
    )


# ---------------------------------------------------------------- facts


def _fact(plan: _Plan, quad: Quad) -> Iterator[Quad]:
    raw, graph = named(quad.subject), quad.graph_name
    subject = plan.node(raw)
    if quad.predicate == _PREFERRED or quad.predicate == _OTHER:
        label = _label(plan, raw)
        if quad.predicate == _PREFERRED:
            yield Quad(subject, _PREFERRED, label or quad.object, graph)
        if (label and quad.object != label) or (not label and quad.predicate == _OTHER):
            yield Quad(subject, _OTHER, quad.object, graph)
    elif quad.predicate == _TYPE and (name := plan.name(raw)) is not None:
        yield Quad(subject, _TYPE, _CLASSES[name.to.partition("/")[0]], graph)
    elif raw.value in plan.dates and quad.predicate in _DATES:
        stated, first, last = plan.dates[raw.value]
        yield Quad(subject, quad.predicate, date(stated), graph)
        yield Quad(subject, node(OP.earliest), day(first), graph)
        yield Quad(subject, node(OP.latest), day(last), graph)
    elif raw.value in plan.dates and quad.predicate in _BOUNDS:
        return
    elif quad.predicate == _EVENT and raw.value in plan.events:
        yield Quad(subject, _EVENT, text(plan.events[raw.value]), graph)
    else:
        value = plan.value(quad.object)
        if value != subject or quad.predicate not in _NEVER_ITSELF:
            yield Quad(subject, quad.predicate, value, graph)


_BOUNDS: Final = frozenset({node(OP.earliest), node(OP.latest)})


def _label(plan: _Plan, term: NamedNode) -> Literal | None:
    """The preferred label of the whole graph, where it may differ from the release's."""
    name = plan.name(term)
    return text(name.label) if name and name.label else None


# ---------------------------------------------------------------- evidence


def _evidence(plan: _Plan, statement: Iterable[Quad]) -> Iterator[Quad]:
    """An evidence follows its fact; where the whole graph settled the fact otherwise, it supports the node."""
    parts = {quad.predicate: quad for quad in statement}
    told, prop, value = parts.get(_FOR), parts.pop(_PROPERTY, None), parts.pop(_VALUE, None)
    for quad in parts.values():
        yield Quad(quad.subject, quad.predicate, plan.value(quad.object), quad.graph_name)
    if told is None or prop is None or value is None:
        return
    subject, predicate, term = named(told.object), named(prop.object), plan.value(value.object)
    raw = value.object
    label = _label(plan, subject)
    if label and predicate in (_PREFERRED, _OTHER):
        predicate = _PREFERRED if raw == label else _OTHER
    elif predicate in _DATES and subject.value in plan.dates:
        if raw != date(plan.dates[subject.value][0]):
            return
    elif predicate == _EVENT and subject.value in plan.events and raw != text(plan.events[subject.value]):
        return
    if predicate in _NEVER_ITSELF and term == plan.node(subject):
        return
    yield Quad(prop.subject, _PROPERTY, predicate, prop.graph_name)
    yield Quad(value.subject, _VALUE, term, value.graph_name)


def named(term: object) -> NamedNode:
    """A node that must have an IRI.

    Raises:
        GraphError: It is a blank node or a literal.
    """
    if isinstance(term, NamedNode):
        return term
    raise GraphError("blank nodes are not supported", where=str(term), remedy="give every node an IRI")
