"""Identity by content: which agreements, milestones and payments of a release are one node, and what it is called.

A node's IRI is a hash of what tells it apart, never of where it stands, so that two releases that say the same name
the same node, and the order of reading cannot matter. What has nothing to anchor it (a royalty between unnamed
sides) belongs to its release alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from oncopact.model import Agreement, Evidence, Findings, Milestone, PartialDate, Payment
from oncopact.namespaces import ID
from oncopact.text import folded


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a release's n-ary facts, index for index; equal nodes are one.

    Attributes:
        agreements, events, milestones, payments: `events` holds each agreement's event in this release.
    """

    agreements: tuple[NamedNode, ...]
    events: tuple[NamedNode, ...]
    milestones: tuple[NamedNode, ...]
    payments: tuple[NamedNode, ...]


def nodes(findings: Findings) -> Nodes:
    """The nodes of all agreements, events, milestones and payments of one release."""
    release = findings.document.release.id
    agreements = _agreements(findings.agreements, release)
    events = tuple(
        _event(agreement, iri, release) for agreement, iri in zip(findings.agreements, agreements, strict=True)
    )
    milestones = tuple(_milestone(milestone, agreements, release) for milestone in findings.milestones)
    triggers: dict[int, list[str]] = defaultdict(list)
    for milestone, iri in zip(findings.milestones, milestones, strict=True):
        for index in milestone.triggers:
            triggers[index].append(iri.value)
    payments = tuple(
        _payment(payment, agreements, sorted(set(triggers[index])), release)
        for index, payment in enumerate(findings.payments)
    )
    return Nodes(agreements, events, milestones, payments)


def digest(parts: Sequence[object]) -> str:
    """Sixteen hexadecimal digits that follow from `parts` alone.

    >>> digest(["licence", ["company/a"]])
    'c00b5569e652637a'
    """
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:16]


def evidence_node(release: str, evidence: Evidence, subject: str, prop: str, value: str) -> NamedNode:
    """The node of one evidence for one statement."""
    meaning = [evidence.rule, evidence.basis, evidence.modality, evidence.negated]
    return _mint("evidence", [release, evidence.span.start, evidence.span.end, *meaning, subject, prop, value])


def parties(agreement: Agreement) -> tuple[str, ...]:
    """All parties in the order of first mention; those known only as licensor or licensee come last."""
    return tuple(dict.fromkeys((*agreement.parties, *agreement.licensors, *agreement.licensees)))


def _mint(path: str, parts: Sequence[object]) -> NamedNode:
    return NamedNode(f"{ID}{path}/{digest(parts)}")


def _agreements(agreements: Sequence[Agreement], release: str) -> tuple[NamedNode, ...]:
    cores = [_agreement_core(agreement, release) for agreement in agreements]
    terms: dict[str, list[tuple[str | None, ...]]] = defaultdict(list)
    for agreement, core in zip(agreements, cores, strict=True):
        terms[digest(core)].append(_terms(agreement))
    return tuple(
        _mint("agreement", [*core, list(_terms(agreement))] if _contradict(terms[digest(core)]) else core)
        for agreement, core in zip(agreements, cores, strict=True)
    )


def _agreement_core(agreement: Agreement, release: str) -> list[object]:
    """Kind, parties, direction, what it covers, and when it was signed."""
    covered = {*agreement.technologies, *agreement.targets, *agreement.products}
    anchored = len(parties(agreement)) > 1 or covered
    return [
        agreement.kind,
        sorted(parties(agreement)),
        sorted(set(agreement.licensors)),
        sorted(set(agreement.licensees)),
        sorted(covered),
        _date(agreement.signed),
        "" if anchored else release,
    ]


def _terms(agreement: Agreement) -> tuple[str | None, ...]:
    """What tells two deals of the same parties on the same things apart: an exclusive one here, another there."""
    exclusive = None if agreement.exclusive is None else str(agreement.exclusive)
    return exclusive, _fold(agreement.territory), _fold(agreement.excluded_territory)


def _contradict(terms: Iterable[tuple[str | None, ...]]) -> bool:
    """Whether one of the terms is stated in two ways; a term left out contradicts nothing."""
    return any(len({value for value in column if value}) > 1 for column in zip(*terms, strict=True))


def _event(agreement: Agreement, iri: NamedNode, release: str) -> NamedNode:
    """A dated event is the same in every release; an undated one is this release's."""
    date = _date(agreement.event_date)
    return _mint("event", [iri.value, agreement.event, date, "" if date else release])


def _milestone(milestone: Milestone, agreements: Sequence[NamedNode], release: str) -> NamedNode:
    """Status and date are part of the key, so that no node is both planned and achieved, or has two dates."""
    under = "" if milestone.agreement is None else agreements[milestone.agreement].value
    anchored = under or milestone.product
    key = [
        _fold(milestone.event) or "",
        milestone.kind,
        milestone.status,
        _date(milestone.date),
        milestone.product or "",
        under,
    ]
    return _mint("milestone", [*key, "" if anchored else release])


def _payment(payment: Payment, agreements: Sequence[NamedNode], triggers: Sequence[str], release: str) -> NamedNode:
    under = "" if payment.agreement is None else agreements[payment.agreement].value
    numbers = [
        None if value is None else format(value.normalize(), "f")
        for value in (payment.amount, payment.percent, payment.percent_high)
    ]
    sides = [sorted(set(payment.payers)), sorted(set(payment.payees))]
    anchored = under or all(sides)
    words = _fold(payment.text) or ""
    return _mint(
        "payment",
        [payment.kind, payment.qualifier, numbers, payment.currency or "", sides, under, list(triggers), words]
        + ([] if anchored else [release]),
    )


def _date(date: PartialDate | None) -> str:
    return date.value if date else ""


def _fold(value: str | None) -> str | None:
    return folded(value).casefold() if value else None
