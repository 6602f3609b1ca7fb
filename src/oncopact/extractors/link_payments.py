"""Payments of one release: the sums and fees of its sentences, under its agreements, each once and with both sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from oncopact.extractors import payments
from oncopact.extractors.merge import Draft
from oncopact.extractors.purposes import HARD
from oncopact.model import (
    AgreementKind,
    EntityId,
    EventKind,
    Evidence,
    Payment,
    PaymentKind,
    Qualifier,
    SectionKind,
    Span,
)


@dataclass(slots=True)
class Money:
    """A payment in the making; `spans` say where each of `sentences` names it."""

    found: payments.Found
    payers: list[EntityId]
    payees: list[EntityId]
    kind: PaymentKind = PaymentKind.OTHER
    agreement: int | None = None
    inferred: bool = False
    evidence: list[Evidence] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def place(self, sentence: int) -> Span | None:
        """Where a sentence names it."""
        return next((span for told, span in zip(self.sentences, self.spans, strict=True) if told == sentence), None)


def moneys(drafts: Sequence[Draft], found: Sequence[payments.Found]) -> list[Money]:
    """The payments that the sentences speak of, in order, each once."""
    out: list[Money] = []
    for item in found:
        money = Money(item, list(item.payers), list(item.payees), evidence=list(item.evidence))
        if item.generic and out:
            _same_payee(money, out[-1])
        if out and item.kind in HARD and money.payers and not money.payees:
            _same_payer(money, out[-1])
        money.agreement = _deal(drafts, item)
        money.inferred = not money.payers and not money.payees
        _sides(money, drafts)
        if item.kind is PaymentKind.TOTAL and item.licensing and not money.payers and not money.payees:
            _to_licensor(money)
        if not money.payers and not money.payees and item.kind in HARD:
            _as_others(money, drafts, out)
        if not money.payers and not money.payees and item.triggered and item.kind is PaymentKind.MILESTONE:
            _to_speaker(money, drafts)
        if not _stands(money, drafts):
            continue
        money.kind = item.kind or _unnamed(money, drafts)
        same = next((m for m in out if _same(m, money)), None) or next((m for m in out if _recalls(m, money)), None)
        if same is None:
            _tell_apart(money, out)
            money.sentences.append(item.sentence)
            money.spans.append(item.span)
            out.append(money)
        else:
            _join(same, money)
    return out


_HEADS = (SectionKind.HEADLINE, SectionKind.SUBHEAD)


def _tell_apart(money: Money, others: Sequence[Money]) -> None:
    """Give two equal sums of one sentence different words, so that they stay two facts."""
    found = money.found
    alike = [m for m in others if m.found.text == found.text and m.kind is money.kind and found.text]
    here = [m for m in alike if m.found.sentence == found.sentence]
    if any(m.found.near != found.near for m in here):
        money.found = replace(found, text=f"{found.text} {found.near}".rstrip(" .,;:"))
    elif here:
        money.found = replace(found, text=f"{found.ahead} {found.text}".lstrip(" .,;:"))


def _recalls(one: Money, two: Money) -> bool:
    """Whether a fee without a figure is one that was told with its figure, or the other way round."""
    if one.kind is not two.kind or two.found.sentence in one.sentences or one.found.one_sided or two.found.one_sided:
        return False
    if {*one.payers, *one.payees} != {*two.payers, *two.payees}:
        return False
    bare_one, bare_two = _bare(one), _bare(two)
    if bare_one == bare_two or one.found.triggered or two.found.triggered:
        return False
    if bare_two and two.found.definite:
        return True
    single = one.kind in (PaymentKind.UPFRONT, PaymentKind.ROYALTY, PaymentKind.OPTION_FEE)
    ceiling = Qualifier.UP_TO in (one.found.qualifier, two.found.qualifier)
    head = one.found.section in _HEADS or two.found.section in _HEADS
    return single or (one.kind is PaymentKind.MILESTONE and (ceiling or head))


def _bare(money: Money) -> bool:
    found = money.found
    return found.amount is None and found.percent is None and found.text is None


def _as_others(money: Money, drafts: Sequence[Draft], others: Sequence[Money]) -> None:
    """In a list under one deal of two, the direction that its other payments all have: 'Upfront: … Royalty: …'."""
    if money.agreement is None or len(drafts[money.agreement].parties) != 2 or money.found.one_sided:
        return
    told = [m for m in others if m.agreement == money.agreement and m.payers and m.payees and not m.inferred]
    ways = {(tuple(m.payers), tuple(m.payees)) for m in told}
    if len(ways) == 1:
        (payers, payees) = ways.pop()
        money.payers, money.payees = list(payers), list(payees)


def _same_payee(money: Money, last: Money) -> None:
    """'The company is also eligible …': who was paid in the sentence before, not who pays."""
    near = money.found.sentence - last.sentences[-1] in (0, 1, 2)
    if near and money.payees and money.payees == last.payers and not money.payers and last.payees:
        money.payers, money.payees = list(last.payers), list(last.payees)


def _to_licensor(money: Money) -> None:
    """'has three licensing agreements valued at $959 million': the value is the speaker's, whoever its partners are."""
    owner = money.found.owner
    if owner is not None and set(money.found.named) <= {owner}:
        money.payees = [owner]
        money.found = replace(money.found, one_sided=True)


def _to_speaker(money: Money, drafts: Sequence[Draft]) -> None:
    """'A milestone payment was triggered': who reports it under a deal of two is who is paid."""
    parties = drafts[money.agreement].parties if money.agreement is not None else []
    owner = money.found.owner
    if owner is not None and owner in parties and len(parties) == 2:
        money.payees = [owner]
        money.payers = [party for party in parties if party != owner]


def _same_payer(money: Money, last: Money) -> None:
    """'A made an upfront payment of $8 million to B, and paid $25 million to expand': whom the payer paid before."""
    if money.found.sentence == last.sentences[-1] and money.payers == last.payers:
        money.payees = list(last.payees)


def _stands(money: Money, drafts: Sequence[Draft]) -> bool:
    """Whether enough is known: an agreement, or both sides; a share of costs needs a deal to be one of."""
    if money.found.one_sided:
        return money.agreement is not None or bool(drafts) or money.found.kind is PaymentKind.TOTAL
    if not money.payers and not money.payees:
        return False
    if money.agreement is not None or (money.payers and money.payees):
        return True
    return money.found.kind in HARD and money.found.amount is not None and bool(money.payees)


def _join(same: Money, money: Money) -> None:
    same.evidence.extend(money.evidence)
    same.sentences.append(money.found.sentence)
    same.spans.append(money.found.span)
    if same.inferred and not money.inferred:
        same.payers, same.payees, same.inferred = money.payers, money.payees, False
    same.payers = same.payers or [c for c in money.payers if c not in same.payees]
    same.payees = same.payees or [c for c in money.payees if c not in same.payers]
    same.agreement = money.agreement if same.agreement is None else same.agreement
    if same.kind is PaymentKind.OTHER or (same.kind is PaymentKind.TOTAL and money.found.kind is not None):
        same.kind = money.kind
    vague = same.found.amount is None and same.found.percent is None
    better = money.found.amount is not None or money.found.percent is not None or money.found.text is not None
    headline = same.found.section in _HEADS and money.found.amount == same.found.amount
    if (headline and money.found.percent == same.found.percent) or (vague and better):
        same.found = replace(money.found, triggered=money.found.triggered or same.found.triggered)


def _unnamed(money: Money, drafts: Sequence[Draft]) -> PaymentKind:
    """What money without a word for it is: the price where a company is bought, the first payment of a new licence."""
    draft = drafts[money.agreement] if money.agreement is not None else None
    if money.found.triggered:
        return PaymentKind.MILESTONE
    if draft and draft.kind is AgreementKind.ACQUISITION:
        return PaymentKind.TOTAL
    if money.found.qualifier is Qualifier.UP_TO:
        return PaymentKind.MILESTONE  # what is sure to be paid at once has no ceiling
    new = draft.event is EventKind.ANNOUNCED if draft else _FOR_RIGHTS.search(money.found.near) is not None
    if new and money.found.amount is not None:
        return PaymentKind.UPFRONT
    return PaymentKind.OTHER


_FOR_RIGHTS = re.compile(r"\bfor\b.*\b(?:rights?|licen[cs]e)\b", re.IGNORECASE)


# ---------------------------------------------------------------- the deal and its sides


def _deal(drafts: Sequence[Draft], item: payments.Found) -> int | None:
    """The agreement that a payment stands under: of its companies, the one spoken of in or last before its sentence."""
    named = {*item.payers, *item.payees}
    fitting = [
        (index, draft)
        for index, draft in enumerate(drafts)
        if named <= set(draft.parties)
        and (len(draft.parties) >= 2 or (draft.kind is AgreementKind.ACQUISITION and item.sentence in draft.sentences))
        and draft.event is not EventKind.TERMINATED
    ]
    if not fitting:
        return None
    others = set(item.named) - named
    if len(named) < 2 and others:
        fitting = [(i, d) for i, d in fitting if others & set(d.parties)] or fitting
    if not named:
        fitting = [(i, d) for i, d in fitting if d.event is not EventKind.REFERENCED] or fitting
    before = [
        (item.sentence in d.sentences, d.event is not EventKind.REFERENCED, _last(d, item.sentence), -i)
        for i, d in fitting
        if min(d.sentences) <= item.sentence
    ]
    if before:
        return -max(before)[-1]
    return fitting[0][0]


def _last(draft: Draft, sentence: int) -> int:
    return max(s for s in draft.sentences if s <= sentence)


def _sides(money: Money, drafts: Sequence[Draft]) -> None:
    """Fill the side that the sentence leaves out: from the agreement, else from the only other company in question."""
    if money.found.one_sided:
        return
    if money.agreement is not None:
        _from_deal(money, drafts[money.agreement])
    if bool(money.payers) != bool(money.payees):
        known = money.payers or money.payees
        others = [c for c in money.found.named if c not in known]
        if len(others) != 1 and set(known) < set(money.found.pair):
            others = [c for c in money.found.pair if c not in known]
        if len(others) != 1 and money.found.owner and money.found.owner not in known:
            others = [money.found.owner]
        if len(others) == 1 and money.agreement is None:
            money.payers, money.payees = (known, others) if money.payers else (others, known)


def _from_deal(money: Money, draft: Draft) -> None:
    acquisition = draft.kind is AgreementKind.ACQUISITION
    if acquisition and money.found.kind is PaymentKind.ROYALTY and draft.parties[0] in money.payees:
        return  # who buys a company is owed royalties by others
    if not money.payers and not money.payees:
        if draft.licensees and draft.licensors:
            money.payers, money.payees = list(draft.licensees), list(draft.licensors)
        elif acquisition and len(draft.parties) == 2 and _of_purchase(money, draft):
            money.payers, money.payees = list(draft.parties[:1]), list(draft.parties[1:])
        return
    if _by_actor(money, draft):
        money.payers, money.payees = list(draft.licensees), list(draft.licensors)
        return
    if money.payers and not money.payees:
        rest = [p for p in draft.parties if p not in money.payers]
        givers = [p for p in draft.licensors if p not in money.payers]
        money.payees = rest if len(draft.parties) == 2 or set(rest) == set(draft.licensors) else givers
    elif money.payees and not money.payers:
        rest = [p for p in draft.parties if p not in money.payees]
        takers = [p for p in draft.licensees if p not in money.payees]
        money.payers = rest if len(draft.parties) == 2 or set(rest) == set(draft.licensees) else takers


def _by_actor(money: Money, draft: Draft) -> bool:
    """'The licensee dosed a patient, triggering a payment': who acts owes it to the licensor and is not paid."""
    actor = set(money.payees)
    if not money.found.triggered or money.payers or not actor or money.found.near.startswith("to "):
        return False
    return bool(draft.licensors) and actor <= set(draft.licensees) - set(draft.licensors)


def _of_purchase(money: Money, draft: Draft) -> bool:
    """Whether money of unnamed sides can be part of a price: told near the purchase, and no royalty."""
    near = any(abs(money.found.sentence - sentence) <= 3 for sentence in draft.sentences)
    return money.found.kind is not PaymentKind.ROYALTY and near


def _same(one: Money, two: Money) -> bool:
    """Whether two sentences speak of one payment: the same figure, kinds that agree, no side that differs."""
    left, right = one.found, two.found
    if right.sentence in one.sentences:
        return False
    if one.inferred or two.inferred:
        if {*one.payers, *one.payees} != {*two.payers, *two.payees}:
            return False
    elif _differ(one.payers, two.payers) or _differ(one.payees, two.payees):
        return False
    if left.amount is not None or right.amount is not None:
        if (left.amount, left.currency) != (right.amount, right.currency):
            return False
        # what the words call by a name of no kind, 'continuation payments', is no upfront payment of the same size
        unnamed = left.kind is None or right.kind is None
        return one.kind is two.kind or unnamed or PaymentKind.TOTAL in (one.kind, two.kind)
    if one.kind is not two.kind or (left.triggered != right.triggered and one.kind is PaymentKind.MILESTONE):
        return False
    if left.percent != right.percent or (left.text is None) != (right.text is None):
        return False
    if left.one_sided or right.one_sided:
        return left.one_sided == right.one_sided
    if one.inferred or two.inferred:
        return True
    return set(one.payees) == set(two.payees) and set(one.payers) == set(two.payers)


def _differ(one: Sequence[EntityId], two: Sequence[EntityId]) -> bool:
    return bool(one) and bool(two) and not set(one) & set(two)


# ---------------------------------------------------------------- the finished value


def payment(money: Money) -> Payment:
    """The finished value, with evidence for each side and none for a company that is on neither."""
    found = money.found
    sides = {"op:payer": money.payers, "op:payee": money.payees}
    kept = [e for e in money.evidence if e.property not in sides or e.value in sides[e.property]]
    for prop, companies in sides.items():
        for company in companies:
            if not any(e.property == prop and e.value == company for e in kept):
                kept.append(replace(kept[0], property=prop, value=company))
    unique = sorted(dict.fromkeys(kept), key=lambda e: (e.span, e.property or "", e.value or "", e.rule))
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
