"""Milestones and payments of one release, joined with each other and with its agreements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from oncopact.extractors import link_milestones, link_payments, milestones, payments
from oncopact.extractors.link_milestones import Event
from oncopact.extractors.link_payments import Money
from oncopact.extractors.merge import Draft
from oncopact.model import AgreementKind, Document, Milestone, MilestoneKind, Modality, Payment, PaymentKind, Status
from oncopact.resolve import Resolution


def link(
    document: Document,
    drafts: Sequence[Draft],
    events: Sequence[milestones.Found],
    moneys: Sequence[payments.Found],
    resolution: Resolution,
) -> tuple[tuple[Milestone, ...], tuple[Payment, ...]]:
    """Finished milestones and payments; indices refer to `drafts` and to the returned payments."""
    merged = link_milestones.events(document, events, resolution)
    money = link_payments.moneys(drafts, moneys)
    _trigger(document, merged, money)
    for event in merged:
        for index in event.triggers:
            if event.agreement is None:
                event.agreement = money[index].agreement
            if event.agreement is not None:
                _lend(event, drafts[event.agreement])
                _cover(drafts[event.agreement], event)
    link_milestones.under(document, merged, drafts, resolution)
    for index, draft in enumerate(drafts):
        _direct(draft, [m for m in money if m.agreement == index])
    finished = tuple(link_milestones.milestone(e) for e in merged if link_milestones.stands(e))
    return finished, tuple(link_payments.payment(m) for m in money)


def _lend(event: Event, draft: Draft) -> None:
    """What is paid for under a deal on one product happens to that product."""
    if event.product is None and event.found.kind is not MilestoneKind.OTHER and len(draft.products) == 1:
        event.product = draft.products[0]


def _cover(draft: Draft, event: Event) -> None:
    if event.product and event.product not in draft.products and draft.kind is not AgreementKind.ACQUISITION:
        draft.products.append(event.product)
        draft.evidence.append(replace(event.evidence[0], property="op:coversProduct", value=event.product))


_FOR_RIGHTS = (PaymentKind.UPFRONT, PaymentKind.MILESTONE, PaymentKind.ROYALTY, PaymentKind.LICENCE_FEE)


def _direct(draft: Draft, moneys: Sequence[Money]) -> None:
    """In a licence between two whose words don't say who licenses, whoever is paid for it does."""
    if draft.kind is not AgreementKind.LICENCE or len(draft.parties) != 2 or draft.licensors or draft.licensees:
        return
    paid = [m for m in moneys if m.kind in _FOR_RIGHTS and m.payers and m.payees]
    ways = {(tuple(m.payees), tuple(m.payers)) for m in paid}
    if len(ways) != 1:
        return
    (payees, payers) = ways.pop()
    if len(payees) == len(payers) == 1 and {*payees, *payers} == set(draft.parties):
        draft.licensors, draft.licensees = list(payees), list(payers)
        evidence = replace(paid[0].found.evidence[0], rule="agreement.paid-for-rights")
        for prop, company in (("op:licensor", payees[0]), ("op:licensee", payers[0])):
            draft.evidence.append(replace(evidence, property=prop, value=company))


# ---------------------------------------------------------------- what an event brings


def _trigger(document: Document, events: Sequence[Event], moneys: Sequence[Money]) -> None:
    """Join each event with the money that it brings: first what its words say, then what was said to be triggered."""
    used: set[int] = set()
    for event in events:
        if event.found.paid and not event.found.source.hangs:
            index = _hanging(event, events, moneys)
            if index is not None and index not in used:
                event.triggers.append(index)
                used.add(index)
    for index, money in enumerate(moneys):
        if index not in used and (money.found.triggered or _points_back(document, money)):
            reached = _reached(money, events)
            if reached is not None:
                reached.triggers.append(index)
                used.add(index)
    for index, money in enumerate(moneys):
        single = _told_with(money, events)
        if index not in used and single is not None and not single.triggers:
            single.triggers.append(index)
            used.add(index)
    _close(events, moneys, used)
    for event in events:
        if event.found.source.hangs and not event.triggers:
            index = _hanging(event, events, moneys) if event.found.paid else None
            chosen = [index] if index is not None and index not in used else _for_step(event, moneys, used)
            if event.found.source.family == "payment" and chosen:
                reached = _reached(moneys[chosen[0]], events)
                (reached or event).triggers.append(chosen[0])
            else:
                event.triggers.extend(chosen)
            used.update(chosen)


_AT_CLOSING = re.compile(
    r"^\W*(?:in\s+cash\s+)?(?:payable\s+)?(?:upon|on|at|following)\s+(?:the\s+)?(?:closing|completion)\b", re.IGNORECASE
)


def _close(events: Sequence[Event], moneys: Sequence[Money], used: set[int]) -> None:
    """Join a deal's closing with the sum that is due at it, and an investment's closing with the investment."""
    closings = [e for e in events if e.found.rule == "milestone.closing" and not e.triggers]
    for event in closings:
        invests = "investment" in event.found.event
        due = [
            index
            for index, money in enumerate(moneys)
            if index not in used
            and money.found.amount is not None
            and (
                money.kind is PaymentKind.EQUITY
                if invests
                else len(closings) == 1 and _AT_CLOSING.search(money.found.near) is not None
            )
        ]
        if due:
            event.triggers.append(due[0])
            used.add(due[0])


_BACK = re.compile(
    r"""\b(?:for|on|with|upon|by|from) \s+ (?:this|that) (?:\s+(?:account|step|event|achievement|start|accomplishment))?
        (?=\s*[,.;]|\s+(?:and|in|the|a|,)\b)
      | ^\W* For \s+ (?:this|that)\b
      | \bas \s+ a \s+ (?:result|consequence)\b
      | ^\s*(?:This|The) \s+ (?:[\w-]+\s+){0,2}
        (?:step|event|achievement|start|milestone|selection|initiation|acceptance|clearance|nomination|submission)\b""",
    re.VERBOSE,
)


def _points_back(document: Document, money: Money) -> bool:
    """Whether a sum is received for what the sentence before told: 'For this step Alderis receives $2 million'."""
    text = document.sentences[money.found.sentence].span.of(document.text)
    return money.found.modality is Modality.ASSERTED and bool(money.payees) and bool(_BACK.search(text))


def _hanging(event: Event, events: Sequence[Event], moneys: Sequence[Money]) -> int | None:
    """The sum that the event's words make depend on it: the nearest before it, else the first after it.

    A sum before several events is a pool, and no event's own.
    """
    here = [(i, p) for i, m in enumerate(moneys) if (p := m.place(event.found.sentence)) is not None]
    at = event.found.span
    before = [(i, p) for i, p in here if p.end <= at.start]
    if before:
        index, nearest = max(before, key=lambda pair: pair[1])
        following = [p.start for _, p in here if p.start > nearest.start]
        end = min(following, default=at.end + 1)
        sharing = [
            e
            for e in events
            if e.found.sentence == event.found.sentence and e.found.paid and nearest.end <= e.found.span.start < end
        ]
        return index if len(sharing) == 1 and at.start - nearest.end < 160 else None
    after = [(i, p) for i, p in here if p.start >= at.end]
    return min(after, key=lambda pair: pair[1])[0] if after else None


def _reached(money: Money, events: Sequence[Event]) -> Event | None:
    """The event that the sentence of a triggered payment, or one of the two before it, tells as reached."""
    near = [
        e
        for e in events
        if e.found.status is not Status.PLANNED
        and not e.found.source.hangs
        and not e.found.source.deal
        and any(0 <= told - s <= 2 for s in e.sentences for told in money.sentences)
    ]
    reached = [e for e in near if e.found.status is Status.ACHIEVED] or near
    return reached[-1] if reached else None


def _told_with(money: Money, events: Sequence[Event]) -> Event | None:
    """The one thing reached that the sentence of a milestone payment tells."""
    if money.kind is not PaymentKind.MILESTONE or money.found.modality is not Modality.ASSERTED:
        return None
    reached = [
        e
        for e in events
        if e.found.status is Status.ACHIEVED
        and not e.found.source.hangs
        and not e.found.source.deal
        and set(e.sentences) & set(money.sentences)
    ]
    return reached[0] if len(reached) == 1 and money.found.amount is not None else None


def _reach(event: Event, money: Money) -> int:
    """How many sentences after a step its money may be told; an option's fee names the option."""
    return 4 if money.kind is PaymentKind.OPTION_FEE and event.found.source.sort == "option" else 2


_STEP_FEES = (PaymentKind.OPTION_FEE, PaymentKind.LICENCE_FEE, PaymentKind.MILESTONE, PaymentKind.OTHER)


def _for_step(event: Event, moneys: Sequence[Money], used: set[int]) -> list[int]:
    """The payment for a step under a deal (an option exercised, a target chosen): in its sentence or the next two."""
    near = [
        index
        for index, money in enumerate(moneys)
        if index not in used
        and any(0 <= s - told <= _reach(event, money) for s in money.sentences for told in event.sentences)
        and (money.kind in _STEP_FEES or money.found.sentence == event.found.sentence)
        and money.found.amount is not None
        and (
            event.found.status is not Status.ACHIEVED
            or not event.found.achieved_by
            or set(event.found.achieved_by) & {*money.payers, *money.payees}
        )
    ]
    if event.found.source.sort == "option":
        near.sort(key=lambda index: moneys[index].kind is not PaymentKind.OPTION_FEE)
    return near[:1]


__all__ = ["link"]
