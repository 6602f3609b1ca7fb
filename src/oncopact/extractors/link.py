"""Milestones and payments of one release, joined with each other and with its agreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from oncopact.extractors import milestones, payments
from oncopact.extractors.merge import Draft
from oncopact.model import (
    AgreementKind,
    Document,
    EntityId,
    EventKind,
    Evidence,
    Kind,
    Milestone,
    MilestoneKind,
    Payment,
    PaymentKind,
    Qualifier,
    SectionKind,
    Status,
)
from oncopact.resolve import Resolution


@dataclass(slots=True)
class Event:
    """A milestone in the making."""

    found: milestones.Found
    product: EntityId | None
    agreement: int | None = None
    triggers: list[int] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Money:
    """A payment in the making."""

    found: payments.Found
    payers: list[EntityId]
    payees: list[EntityId]
    kind: PaymentKind = PaymentKind.OTHER
    agreement: int | None = None
    evidence: list[Evidence] = field(default_factory=list)


def link(
    document: Document,
    drafts: Sequence[Draft],
    events: Sequence[milestones.Found],
    moneys: Sequence[payments.Found],
    resolution: Resolution,
) -> tuple[tuple[Milestone, ...], tuple[Payment, ...]]:
    """Finished milestones and payments; indices refer to `drafts` and to the returned payments."""
    merged = _events(document, events, resolution)
    money = _moneys(document, drafts, moneys)
    _trigger(merged, money)
    _under(merged, drafts)
    for event in merged:
        for index in event.triggers:
            if event.agreement is None:
                event.agreement = money[index].agreement
            if event.agreement is not None and event.product:
                _cover(drafts[event.agreement], event)
    return tuple(_milestone(e) for e in merged), tuple(_payment(m) for m in money)


# ---------------------------------------------------------------- milestones


def _events(document: Document, found: Sequence[milestones.Found], resolution: Resolution) -> list[Event]:
    topic = _topic(document, resolution)
    events: list[Event] = []
    for item in found:
        product = item.product or _near_product(document, item, resolution) or topic
        same = next((e for e in events if _same_event(e, item, product)), None)
        if same is None:
            events.append(Event(item, product, evidence=[item.evidence]))
            continue
        same.evidence.append(item.evidence)
        same.product = same.product or product
        if _better(item, same.found):
            date = same.found.date or item.date
            same.found = replace(item, date=date)
        elif same.found.date is None and item.date is not None:
            same.found = replace(same.found, date=item.date)
    return events


def _topic(document: Document, resolution: Resolution) -> EntityId | None:
    """The one product that the headline names."""
    headlines = [s.span for s in document.sections if s.kind is SectionKind.HEADLINE]
    kinds = ("conjugate/", "product/", "antibody/")
    named = {e for span, e in resolution.at.items() if e.startswith(kinds) and any(h.covers(span) for h in headlines)}
    return named.pop() if len(named) == 1 else None


def _near_product(document: Document, item: milestones.Found, resolution: Resolution) -> EntityId | None:
    """The last product named in the sentences of the same section just before, or in the sentence after."""
    sentences = document.sentences
    here = sentences[item.sentence]
    kinds = ("conjugate/", "product/", "antibody/")
    for index in (item.sentence - 1, item.sentence - 2, item.sentence - 3, item.sentence + 1):
        if 0 <= index < len(sentences) and sentences[index].section == here.section:
            span = sentences[index].span
            named = [e for s, e in sorted(resolution.at.items()) if e.startswith(kinds) and span.covers(s)]
            if len(set(named)) == 1:
                return named[0]
    return None


_CLASS = {"milestone.first-patient": "start", "milestone.trial-start": "start"}


def _same_event(event: Event, item: milestones.Found, product: EntityId | None) -> bool:
    one, two = event.found, item
    if one.kind is not two.kind or (event.product and product and event.product != product):
        return False
    if _CLASS.get(one.rule, one.rule) != _CLASS.get(two.rule, two.rule):
        return False
    if one.date and two.date and not (one.date.earliest <= two.date.latest and two.date.earliest <= one.date.latest):
        return False
    phases = [_phase(one.event), _phase(two.event)]
    if all(phases) and phases[0] != phases[1]:
        return False
    if {one.status, two.status} == {Status.ACHIEVED, Status.PLANNED}:
        return False
    return one.sentence != two.sentence or one.rule != two.rule or one.event == two.event


def _phase(event: str) -> str | None:
    match = milestones._PHASE.search(event)
    return match.group().lower().replace("iii", "3").replace("ii", "2").replace(" i", " 1") if match else None


def _better(new: milestones.Found, old: milestones.Found) -> bool:
    """Whether the new wording is the better label: the body's over the headline's, the longer of two."""
    return (
        old.section is SectionKind.HEADLINE
        and new.section is not SectionKind.HEADLINE
        and len(new.event) >= len(old.event)
    )


def _under(events: Sequence[Event], drafts: Sequence[Draft]) -> None:
    """A milestone stands under the agreement that its own sentence speaks of and that can cover its product."""
    for event in events:
        if event.agreement is not None:
            continue
        for index, draft in enumerate(drafts):
            if event.found.sentence in draft.sentences and (
                not draft.products or event.product in draft.products or event.product is None
            ):
                event.agreement = index
                break


def _cover(draft: Draft, event: Event) -> None:
    if event.product and event.product not in draft.products and draft.kind is not AgreementKind.ACQUISITION:
        draft.products.append(event.product)
        draft.evidence.append(replace(event.evidence[0], property="op:coversProduct", value=event.product))


def _milestone(event: Event) -> Milestone:
    found = event.found
    unique = tuple(sorted(dict.fromkeys(event.evidence), key=lambda e: (e.span, e.rule)))
    return Milestone(
        found.event,
        found.kind,
        found.status,
        event.product,
        found.date,
        event.agreement,
        found.achieved_by,
        tuple(sorted(event.triggers)),
        unique,
    )


# ---------------------------------------------------------------- payments


def _moneys(document: Document, drafts: Sequence[Draft], found: Sequence[payments.Found]) -> list[Money]:
    moneys: list[Money] = []
    for item in found:
        money = Money(item, list(item.payers), list(item.payees), evidence=list(item.evidence))
        money.agreement = _deal(drafts, item)
        _sides(money, drafts)
        if not money.payers and not money.payees:
            continue
        if money.agreement is None and not (money.payers and money.payees):
            continue
        money.kind = item.kind or _unnamed(money, drafts)
        same = next((m for m in moneys if _same_money(m, money)), None)
        if same is None:
            moneys.append(money)
        else:
            same.evidence.extend(money.evidence)
            same.payers = same.payers or money.payers
            same.payees = same.payees or money.payees
            if same.kind is PaymentKind.OTHER:
                same.kind = money.kind
    del document
    return moneys


def _unnamed(money: Money, drafts: Sequence[Draft]) -> PaymentKind:
    """What money without a word for it is: the price where a company is bought, the first payment of a new licence."""
    draft = drafts[money.agreement] if money.agreement is not None else None
    if draft and draft.kind is AgreementKind.ACQUISITION:
        return PaymentKind.TOTAL
    if draft and draft.event is EventKind.ANNOUNCED and money.found.amount is not None:
        return PaymentKind.UPFRONT
    return PaymentKind.OTHER


def _deal(drafts: Sequence[Draft], item: payments.Found) -> int | None:
    """The agreement that a payment stands under: of its companies, the one spoken of in or last before its sentence."""
    named = {*item.payers, *item.payees}
    fitting = [
        (index, draft)
        for index, draft in enumerate(drafts)
        if named <= set(draft.parties) and len(draft.parties) >= 2 and draft.event is not EventKind.TERMINATED
    ]
    if not fitting:
        return None
    if not named:
        fitting = [(i, d) for i, d in fitting if d.event is not EventKind.REFERENCED] or fitting
    before = [
        (max(s for s in d.sentences if s <= item.sentence), -i) for i, d in fitting if min(d.sentences) <= item.sentence
    ]
    if before:
        return -max(before)[1]
    return fitting[0][0]


def _sides(money: Money, drafts: Sequence[Draft]) -> None:
    """Fill the side that the sentence leaves out from the agreement."""
    if money.agreement is None:
        return
    draft = drafts[money.agreement]
    if not money.payers and not money.payees:
        if draft.licensees and draft.licensors:
            money.payers, money.payees = list(draft.licensees), list(draft.licensors)
        elif draft.kind is AgreementKind.ACQUISITION and len(draft.parties) == 2:
            money.payers, money.payees = draft.parties[:1], draft.parties[1:]
        return
    if money.payers and not money.payees:
        rest = [p for p in draft.parties if p not in money.payers]
        money.payees = rest if len(draft.parties) == 2 or set(rest) == set(draft.licensors) else []
    elif money.payees and not money.payers:
        rest = [p for p in draft.parties if p not in money.payees]
        money.payers = rest if len(draft.parties) == 2 or set(rest) == set(draft.licensees) else []


def _same_money(one: Money, two: Money) -> bool:
    left, right = one.found, two.found
    if left.amount is not None or right.amount is not None:
        if (left.amount, left.currency) != (right.amount, right.currency):
            return False
        return one.kind is two.kind or not {one.kind, two.kind}.isdisjoint((PaymentKind.OTHER, PaymentKind.TOTAL))
    if one.kind is not two.kind or left.triggered != right.triggered or left.percent != right.percent:
        return False
    if left.sentence == right.sentence:
        return False
    return set(one.payees) == set(two.payees) and set(one.payers) == set(two.payers)


def _trigger(events: Sequence[Event], moneys: Sequence[Money]) -> None:
    """A payment that an event brings belongs to the milestone achieved in its sentence or the one before."""
    for index, money in enumerate(moneys):
        conditional = [
            e
            for e in events
            if e.found.sentence == money.found.sentence
            and e.found.status is Status.CONDITIONAL
            and money.found.amount is not None
            and 0 <= e.found.span.start - money.found.span.end < 120
        ]
        if conditional and not money.found.triggered:
            nearest = min(conditional, key=lambda e: e.found.span)
            if not any(
                0 <= m.found.span.start - money.found.span.end < nearest.found.span.start - money.found.span.end
                for m in moneys
                if m.found.sentence == money.found.sentence and m is not money
            ):
                nearest.triggers.append(index)
            continue
        if not money.found.triggered:
            continue
        near = [
            e
            for e in events
            if e.found.status is not Status.PLANNED and 0 <= money.found.sentence - e.found.sentence <= 2
        ]
        reached = [e for e in near if e.found.status is Status.ACHIEVED] or near
        if reached:
            reached[-1].triggers.append(index)


def _payment(money: Money) -> Payment:
    found = money.found
    for prop, companies in (("op:payer", money.payers), ("op:payee", money.payees)):
        for company in companies:
            if not any(e.property == prop and e.value == company for e in money.evidence):
                money.evidence.append(replace(money.evidence[0], property=prop, value=company))
    unique = sorted(dict.fromkeys(money.evidence), key=lambda e: (e.span, e.property or "", e.value or "", e.rule))
    return Payment(
        money.kind,
        found.qualifier if found.amount is not None or found.percent is not None else Qualifier.UNDISCLOSED,
        found.amount,
        found.currency,
        found.percent,
        found.percent_high,
        tuple(money.payers),
        tuple(money.payees),
        money.agreement,
        found.text,
        tuple(unique),
    )


__all__ = ["Kind", "MilestoneKind", "link"]
