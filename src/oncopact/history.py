"""What happened, in the order of time, and what releases contradict each other on.

Both read the graph and change nothing. A date that no release states is bounded by the release that reports the event:
it happened by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from oncopact.called import find
from oncopact.graph_view import GraphView, Seen, short
from oncopact.labels import amount, covered, describe, notation
from oncopact.model import AgreementKind, EventKind, Status
from oncopact.namespaces import DCTERMS, OP, OWL, SKOS, concept
from oncopact.text import folded

__all__ = ["Conflict", "Happening", "Side", "conflicts", "timeline"]


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """One event in time.

    Attributes:
        day: The last day it can have happened, for the order; empty where nothing bounds it.
        when: The date as stated; `by` and the release's date where none is; for a plan the date planned.
        what: `announced`, `renewed`, `achieved`, `planned`, `paid`, …
        words: The agreement, milestone or payment in words, and what became of it.
        source: The file of the release that says so first.
        quote: The words that say so.
        node: The node's id.
        seen: The evidence that these words are.
    """

    day: str
    when: str
    what: str
    words: str
    source: str
    quote: str
    node: str
    seen: Seen | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """One side of a contradiction: the value, and who says so in which words."""

    value: str
    source: str
    quote: str
    seen: Seen | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Releases that cannot both be right.

    Attributes:
        about: The thing in words.
        kind: `date`, `amount`, `role`, `payload`, `antibody`, `exclusive`.
        sides: At least two.
    """

    about: str
    kind: str
    sides: tuple[Side, ...]


# ---------------------------------------------------------------- finding


# ---------------------------------------------------------------- the timeline


def timeline(view: GraphView, name: str) -> tuple[Happening, ...]:
    """What happened to a company, product, technology, target or agreement, first things first.

    Args:
        view: All graphs as one.
        name: An id, IRI or name.

    Raises:
        GraphError: There is no such thing.
    """
    iri = find(view, name)
    deals, milestones, payments = _concerned(view, iri)
    found = {happening for deal in deals for happening in _of_deal(view, deal)}
    found |= {_of_milestone(view, milestone) for milestone in milestones}
    found |= {_of_payment(view, payment) for payment in payments}
    return tuple(sorted(found, key=lambda item: (not item.day, item)))


def _concerned(view: GraphView, iri: str) -> tuple[set[str], set[str], set[str]]:
    kind = view.class_name(iri)
    pointing = view.mentions(iri)
    deals = {subject for prop, subject in pointing if prop in _IN_DEALS}
    milestones = {subject for prop, subject in pointing if prop in _IN_MILESTONES}
    if kind == "Agreement":
        deals |= {iri, *view.subjects(OP.partOf, iri)}
    payments = {payment for prop, payment in pointing if prop in (str(OP.payer), str(OP.payee))}
    if kind in ("Agreement", "Company", "Institution"):
        under = {subject for deal in deals for subject in view.subjects(OP.underAgreement, deal)}
        milestones |= {subject for subject in under if view.class_name(subject) == "Milestone"}
        payments |= {subject for subject in under if view.class_name(subject) == "Payment"}
    triggered = {payment for milestone in milestones for payment in view.values(milestone, OP.triggers)}
    return deals, milestones, payments - triggered


_IN_DEALS: Final = frozenset(str(term) for term in (OP.party, OP.coversProduct, OP.coversTechnology, OP.coversTarget))
_IN_MILESTONES: Final = frozenset(str(term) for term in (OP.concernsProduct, OP.achievedBy))


def _of_deal(view: GraphView, deal: str) -> Iterator[Happening]:
    events = view.subjects(OP.ofAgreement, deal)
    kinds = {event: view.value(event, OP.eventKind) or "" for event in events}
    signed = view.value(deal, OP.signedOn)
    words = _deal(view, deal)
    if signed:
        seen = _first(view, deal, str(OP.signedOn)) or _first(view, deal)
        yield _happening(view, deal, view.value(deal, OP.latest) or "", signed, "signed", words, seen)
    recalled = [event for event, kind in sorted(kinds.items()) if kind == EventKind.REFERENCED]
    known = signed or len(recalled) < len(kinds)
    first = min(recalled, key=lambda event: (_reported(view, _first(view, event)) or "9999", event), default=None)
    for event, kind in sorted(kinds.items()):
        if kind == EventKind.REFERENCED and (known or event != first):
            continue  # said again and again of an old deal
        seen = _first(view, event) or _first(view, deal)
        stated = view.value(event, OP.date)
        day = view.value(event, OP.latest) or _reported(view, seen)
        when = stated or (f"by {day}" if kind == EventKind.REFERENCED else day)
        yield _happening(view, event, day, when, kind, words + _outcome(view, deal, kind), seen)


def _deal(view: GraphView, deal: str) -> str:
    things = ", ".join(covered(view, deal))
    return describe(view, deal) + (f" on {things}" if things else "")


def _outcome(view: GraphView, deal: str, kind: str) -> str:
    """For an option, whether it was taken up."""
    option = view.value(deal, OP.agreementKind) == str(concept(AgreementKind.OPTION))
    if not option or kind not in (EventKind.ANNOUNCED, EventKind.REFERENCED):
        return ""
    kinds = {found for event in view.subjects(OP.ofAgreement, deal) for found in view.values(event, OP.eventKind)}
    if EventKind.EXERCISED in kinds:
        return " (exercised)"
    return " (ended)" if EventKind.TERMINATED in kinds else " (open, as far as the releases say)"


def _of_milestone(view: GraphView, milestone: str) -> Happening:
    status = view.value(milestone, OP.status) or ""
    seen = _first(view, milestone)
    stated = view.value(milestone, OP.date)
    reported = _reported(view, seen)
    day = (view.value(milestone, OP.latest) or reported) if status == Status.ACHIEVED else reported
    words = describe(view, milestone).removesuffix(f" ({status})")
    for payment in view.values(milestone, OP.triggers):
        much = amount(view, payment)
        words += f", triggers {'an undisclosed payment' if much == 'undisclosed' else much}"
    if status == Status.ACHIEVED:
        when = stated or f"by {day}"
    else:
        when = day
        words += f", for {stated}" if stated else ""
        words += _fate(view, milestone, status)
    return _happening(view, milestone, day, when, status, words, seen)


def _fate(view: GraphView, milestone: str, status: str) -> str:
    reached = view.values(milestone, OP.fulfilledBy)
    if reached:
        seen = _first(view, reached[0])
        return f" (achieved {view.value(reached[0], OP.date) or 'by ' + _reported(view, seen)})"
    return " (no later word)" if status in (Status.PLANNED, Status.CONDITIONAL) else ""


def _of_payment(view: GraphView, payment: str) -> Happening:
    seen = _first(view, payment)
    day = _reported(view, seen)
    sides = [view.label(side) for prop in (OP.payer, OP.payee) for side in view.values(payment, prop)]
    words = describe(view, payment) + (f", {' → '.join(sides)}" if sides else "")
    what = "payment" if seen is None or seen.modality == "asserted" else f"payment, {seen.modality}"
    return _happening(view, payment, day, f"by {day}" if day else "", what, words, seen)


def _happening(view: GraphView, node: str, day: str, when: str, what: str, words: str, seen: Seen | None) -> Happening:
    source = view.value(seen.release, DCTERMS.source) or "" if seen else ""
    return Happening(day, when, what, words, source, folded(seen.quote) if seen else "", short(node), seen)


def _first(view: GraphView, node: str, prop: str = "") -> Seen | None:
    """The evidence of the earliest release."""
    found = [seen for seen in view.evidence_for(node) if not prop or seen.property == prop]
    return min(found, key=lambda seen: (_reported(view, seen) or "9999", seen), default=None)


def _reported(view: GraphView, seen: Seen | None) -> str:
    return (view.value(seen.release, OP.latest) or "") if seen else ""


# ---------------------------------------------------------------- contradictions


def conflicts(view: GraphView) -> tuple[Conflict, ...]:
    """What releases contradict each other on, each side with its words, sorted."""
    found = {*_told_apart(view), *_payments(view), *_parts(view), *_exclusive(view)}
    return tuple(sorted(found))


def _told_apart(view: GraphView) -> Iterator[Conflict]:
    """Agreements and milestones that would be one but for a date or a role."""
    pairs: dict[frozenset[str], str] = {}
    for axiom in view.instances(OWL.Axiom):
        rule = view.value(axiom, SKOS.notation) or ""
        if rule.startswith("conflict."):
            ends = (view.value(axiom, OWL.annotatedSource) or "", view.value(axiom, OWL.annotatedTarget) or "")
            pairs[frozenset(ends)] = rule.partition(".")[2].rstrip("s")
    for pair, kind in pairs.items():
        nodes = sorted(node for node in pair if node in view)
        if len(nodes) > 1 and not _releases(view, nodes[0]) & _releases(view, nodes[1]):
            yield Conflict(_about(view, nodes[0]), kind, tuple(sorted(_node_side(view, node, kind) for node in nodes)))


def _about(view: GraphView, node: str) -> str:
    return _deal(view, node) if view.class_name(node) == "Agreement" else describe(view, node)


def _node_side(view: GraphView, node: str, kind: str) -> Side:
    prop = OP.signedOn if view.class_name(node) == "Agreement" else OP.date
    seen = (_first(view, node, str(prop)) if kind == "date" else None) or _first(view, node)
    date = view.value(node, prop) or f"by {_reported(view, seen)}"
    return _side(view, date if kind == "date" else describe(view, node), seen)


def _side(view: GraphView, value: str, seen: Seen | None) -> Side:
    source = view.value(seen.release, DCTERMS.source) or "" if seen else ""
    return Side(value, source, folded(seen.quote) if seen else "", seen)


def _payments(view: GraphView) -> Iterator[Conflict]:
    """Two exact amounts, from different releases, for one thing that is paid once."""
    once: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for payment in view.instances(OP.Payment):
        kind = notation(view.value(payment, OP.paymentKind) or "")
        under, currency = view.value(payment, OP.underAgreement), view.value(payment, OP.currency)
        exact = view.value(payment, OP.amountQualifier) == "exact" and view.value(payment, OP.amount)
        triggers = view.subjects(OP.triggers, payment)
        if exact and under and (kind in _ONCE or triggers):
            once[(under, kind, currency or "", *triggers)].append(payment)
    for (under, kind, *_), payments in once.items():
        for pair in combinations(sorted(payments), 2):
            seen = [_first(view, payment) for payment in pair]
            if seen[0] and seen[1] and not _releases(view, pair[0]) & _releases(view, pair[1]):
                sides = tuple(
                    sorted(_side(view, amount(view, one), place) for one, place in zip(pair, seen, strict=True))
                )
                if sides[0].value != sides[1].value:
                    yield Conflict(f"{kind} under {_about(view, under)}", "amount", sides)


_ONCE: Final = frozenset({"upfront", "licence fee", "option fee", "total"})


def _releases(view: GraphView, node: str) -> set[str]:
    return {seen.release for seen in view.evidence_for(node)}


def _parts(view: GraphView) -> Iterator[Conflict]:
    """A conjugate with two antibodies or payloads, of which neither is a kind or derivative of the other."""
    for conjugate in view.instances(OP.Conjugate):
        for prop, kind in ((OP.hasPayload, "payload"), (OP.hasAntibody, "antibody")):
            stated = [value for value in view.values(conjugate, prop) if _first_for(view, conjugate, prop, value)]
            if len(stated) > 1 and not _related(view, stated):
                sides = sorted(
                    _side(view, view.label(value), _first_for(view, conjugate, prop, value)) for value in stated
                )
                if len({side.source for side in sides}) > 1:
                    yield Conflict(view.label(conjugate), kind, tuple(sides))


def _first_for(view: GraphView, node: str, prop: str, value: str) -> Seen | None:
    found = [seen for seen in view.evidence_for(node) if (seen.property, seen.value) == (str(prop), value)]
    return min(found, key=lambda seen: (_reported(view, seen) or "9999", seen), default=None)


def _related(view: GraphView, values: Sequence[str]) -> bool:
    """Whether some values are classes or sources of the others: a maytansinoid is DM1, said with less."""
    families = {value: set(view.values(value, OP.payloadFamily)) for value in values}
    derived = any(source in values for value in values for source in view.values(value, OP.derivativeOf))
    kinds = any(not found for found in families.values()) or len(set.intersection(*families.values())) > 0
    return derived or kinds


def _exclusive(view: GraphView) -> Iterator[Conflict]:
    for deal in view.instances(OP.Agreement):
        stated = view.values(deal, OP.exclusive)
        if len(stated) > 1:
            sides = tuple(
                sorted(
                    _side(
                        view,
                        "exclusive" if value == "true" else "not exclusive",
                        _first_for(view, deal, OP.exclusive, value),
                    )
                    for value in stated
                )
            )
            yield Conflict(_about(view, deal), "exclusive", sides)
