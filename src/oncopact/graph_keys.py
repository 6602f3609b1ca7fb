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
from typing import Final

from pyoxigraph import NamedNode

from oncopact.graph_terms import decimal
from oncopact.model import Agreement, EventKind, Evidence, Findings, Milestone, PartialDate, Payment, Qualifier
from oncopact.namespaces import ID, concept
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
    issued = findings.document.issued
    day = issued.latest if issued else release
    events = tuple(
        NamedNode(event_node(iri.value, agreement.event, _date(agreement.event_date), release=release, day=day))
        for agreement, iri in zip(findings.agreements, agreements, strict=True)
    )
    milestones = tuple(_milestone(milestone, agreements, release) for milestone in findings.milestones)
    triggers: dict[int, list[str]] = defaultdict(list)
    for milestone, iri in zip(findings.milestones, milestones, strict=True):
        for index in milestone.triggers:
            triggers[index].append(iri.value)
    keys = [
        _payment(payment, agreements, sorted(set(triggers[index]))) for index, payment in enumerate(findings.payments)
    ]
    payments = tuple(NamedNode(iri) for iri in payment_nodes(keys, release=release, day=day))
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


def event_node(deal: str, kind: str, date: str, *, release: str, day: str) -> str:
    """The IRI of an agreement's event.

    A dated event is the same in every release, and so are the announcement of a deal and what becomes of it on the day
    of the releases that report it; each release recalls a deal for itself.

    Args:
        deal: The agreement's IRI.
        kind: `announced`, …
        date: The stated date, or empty.
        release: The release's id.
        day: The release's date, or its id where it has none.
    """
    place = "" if date or kind == EventKind.ANNOUNCED else release if kind == EventKind.REFERENCED else day
    return f"{ID}event/{digest([deal, kind, date, place])}"


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


@dataclass(frozen=True, slots=True)
class PaymentKey:
    """What tells one payment from another.

    Attributes:
        kind, qualifier, currency: As in the graph.
        figures: Amount, rate, lower and upper rate, in canonical spelling; None where not stated.
        payers, payees: Ids of companies, sorted.
        under: The agreement's IRI, or empty.
        triggers: IRIs of the milestones that trigger it, sorted.
        words: The amount in words, folded; they count where there is no figure, or where one release has two payments
            that differ in nothing else.
    """

    kind: str
    qualifier: str
    currency: str
    figures: tuple[str | None, ...]
    payers: tuple[str, ...]
    payees: tuple[str, ...]
    under: str
    triggers: tuple[str, ...]
    words: tuple[str, ...]

    def core(self, *, release: str, day: str) -> list[object]:
        """All but the words, and where it is paid more than once, the release's day; what floats, its release."""
        once = self.kind in _ONCE or self.qualifier in _OPEN or self.triggers
        anchored = day if self.payers and self.payees else release
        place = "" if (self.under or self.triggers) and once else day if self.under else anchored
        sides = [list(self.payers), list(self.payees)]
        figures = list(self.figures)
        return [self.kind, self.qualifier, figures, self.currency, sides, self.under, list(self.triggers), place]


_ONCE: Final = frozenset({"upfront", "licence-fee", "option-fee", "royalty", "total"})
"""What is paid or promised once under an agreement: who repeats it speaks of the same."""

_OPEN: Final = frozenset({Qualifier.UP_TO, Qualifier.UNDISCLOSED})


def payment_nodes(keys: Sequence[PaymentKey], *, release: str, day: str) -> tuple[str, ...]:
    """The IRIs of a release's payments, index for index; equal ones are one."""
    cores = [digest(key.core(release=release, day=day)) for key in keys]
    told: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key, core in zip(keys, cores, strict=True):
        told[core].add(key.words)
    return tuple(
        f"{ID}payment/{digest([core, list(key.words) if not any(key.figures) or len(told[core]) > 1 else []])}"
        for key, core in zip(keys, cores, strict=True)
    )


def _payment(payment: Payment, agreements: Sequence[NamedNode], triggers: Sequence[str]) -> PaymentKey:
    ranged = payment.percent is not None and payment.percent_high is not None
    numbers = (
        payment.amount,
        None if ranged else payment.percent,
        payment.percent if ranged else None,
        payment.percent_high,
    )
    words = _fold(payment.text)
    return PaymentKey(
        kind=str(concept(payment.kind)).rpartition("/")[2],
        qualifier=payment.qualifier,
        currency=payment.currency or "",
        figures=tuple(None if value is None else decimal(value).value for value in numbers),
        payers=tuple(sorted(set(payment.payers))),
        payees=tuple(sorted(set(payment.payees))),
        under="" if payment.agreement is None else agreements[payment.agreement].value,
        triggers=tuple(triggers),
        words=(words,) if words else (),
    )


def _date(date: PartialDate | None) -> str:
    return date.value if date else ""


def _fold(value: str | None) -> str | None:
    return folded(value).casefold() if value else None
