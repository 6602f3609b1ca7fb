"""Payments in one sentence: amounts and rates with what they are for, and fees named without a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from oncopact.extractors.amounts import PLURAL_FEE, Reading, of_money
from oncopact.extractors.fees import fees
from oncopact.extractors.payers import Roles, mentioned
from oncopact.extractors.purposes import MEDICINE, OTHER_TRADE, purpose
from oncopact.extractors.rates import continues, of_rate
from oncopact.extractors.scene import Scene
from oncopact.extractors.sums import Sum, sums
from oncopact.model import (
    EntityId,
    Evidence,
    Modality,
    Money,
    PaymentKind,
    Percent,
    Qualifier,
    SectionKind,
    Span,
)
from oncopact.syntax.clauses import subject


@dataclass(frozen=True, slots=True)
class Found:
    """A payment that one sentence states.

    Attributes:
        kind, qualifier, amount, currency, percent, percent_high, text: As in `model.Payment`; `kind` is None where
            the sentence does not say what the money is for.
        payers, payees: As far as the sentence says.
        triggered: Whether the sentence says that an event brings it.
        sentence: Index of the sentence.
        span: Where the amount or the fee's name stands.
        evidence: One for the node and one for each role.
        one_sided: Whether a side that the sentence leaves out has to stay empty: shares of costs and profits.
        named: All companies that the sentence names.
        pair: The two companies last spoken of together, else those that issue the release.
        near: The words that follow the figure closely, `for ALD-12`.
        ahead: The words right before it, `for ALD-14, where`.
        owner: Whom 'the Company' means here.
        generic: Whether the payee is only called 'the company' or 'it'.
        licensing: Whether it is the value of a licensing deal, whose partner may stay unnamed.
        definite: Whether a fee without a figure is spoken of as known: 'the upfront payments'.
    """

    kind: PaymentKind | None
    qualifier: Qualifier
    amount: Decimal | None
    currency: str | None
    percent: Decimal | None
    percent_high: Decimal | None
    text: str | None
    payers: tuple[EntityId, ...]
    payees: tuple[EntityId, ...]
    triggered: bool
    sentence: int
    section: SectionKind
    span: Span
    evidence: tuple[Evidence, ...]
    modality: Modality
    one_sided: bool = False
    named: tuple[EntityId, ...] = ()
    pair: tuple[EntityId, ...] = ()
    definite: bool = False
    near: str = ""
    ahead: str = ""
    licensing: bool = False
    owner: EntityId | None = None
    generic: bool = False


def read(scene: Scene) -> tuple[Found, ...]:
    """All payments of a sentence, in order; deals outside of medicine are not ours."""
    taken: list[Reading] = []
    found: list[Found] = []
    last: Sum | None = None
    for item in sums(scene):
        before = taken[-1] if taken else None
        if last is not None and continues(last, item):
            continue
        last = item
        if item.part and before is not None and before.item.money is not None:
            found.append(_fraction(scene, item, before))
            continue
        reading = of_money(scene, item, before) if item.money else of_rate(scene, item, before)
        if reading is None or reading.who.negated:
            continue
        if reading.kind is None:
            reading = replace(reading, kind=_of_list(taken, reading))
        taken.append(reading)
        found.append(_figure(scene, reading))
        if before is not None and _OF_WHICH.search(item.lead) and not (before.who.payers or before.who.payees):
            whole = replace(before, who=replace(reading.who, negated=before.who.negated))
            found[-2:-1] = [_figure(scene, whole)]  # the sides of a part are those of the whole
    found.extend(_found(scene, fee.at, fee.kind, fee.who, one_sided=fee.one_sided) for fee in fees(scene, taken))
    if found and not MEDICINE.search(scene.document.text) and OTHER_TRADE.search(scene.document.text):
        return ()
    return tuple(sorted(found, key=lambda f: f.span))


def _of_list(taken: list[Reading], reading: Reading) -> PaymentKind | None:
    """The kind of a list's fees: 'upfront payments of $5 million for X, half of it now, and $7 million for Y'."""
    verb = reading.who.verb
    same = (r for r in reversed(taken) if verb is not None and r.who.verb == verb)
    alike = next((r for r in same if PLURAL_FEE.search(r.item.noun)), None)
    return alike.kind if alike is not None and reading.item.head == reading.item.at else None


def _fraction(scene: Scene, item: Sum, before: Reading) -> Found:
    """'half of it by buying B stock': a part of the sum before it."""
    money = before.item.money.money if before.item.money else None
    share = item.percent.low if item.percent else Decimal(100)
    amount = money.amount * share / 100 if money else None
    kind = purpose(item.near, item.far) or before.kind
    part = Reading(item.at, kind, before.who, item)
    return replace(
        _figure(scene, part),
        qualifier=money.qualifier if money else Qualifier.EXACT,
        amount=amount,
        currency=money.currency if money else None,
        percent=None,
    )


# ---------------------------------------------------------------- the payment


def _figure(scene: Scene, reading: Reading) -> Found:
    item, one_sided = reading.item, reading.one_sided
    return _found(scene, reading.at, reading.kind, reading.who, item=item, one_sided=one_sided, part=item.part)


def _rule(item: Sum | None, kind: PaymentKind | None, *, one_sided: bool) -> str:
    if item is None:
        return "payment.funding" if one_sided else "payment.words"
    if item.money is not None:
        return "payment.amount"
    return "payment.share" if kind is PaymentKind.OTHER else "payment.rate"


def _found(
    scene: Scene,
    at: int,
    kind: PaymentKind | None,
    who: Roles,
    *,
    item: Sum | None = None,
    one_sided: bool = False,
    part: bool = False,
) -> Found:
    groups = scene.groups
    verb = groups[who.verb] if who.verb is not None else None
    modality = verb.modality if verb else Modality.ASSERTED
    span = item.span if item else groups[at].span
    starts = min(groups[at].span.start, span.start, verb.span.start if verb else span.start)
    whole = Span(starts, max(span.end, groups[at].span.end, verb.span.end if verb else span.end))
    money = item.money.money if item and item.money else None
    rate = item.percent if item else None
    rule = "payment.part" if part else _rule(item, kind, one_sided=one_sided)
    evidence = [scene.evidence(rule, whole, modality=modality)]
    evidence += [scene.evidence(rule, whole, prop="op:payer", value=c, modality=modality) for c in who.payers]
    evidence += [scene.evidence(rule, whole, prop="op:payee", value=c, modality=modality) for c in who.payees]
    return Found(
        kind,
        _qualifier(item, pool=kind is PaymentKind.MILESTONE and _pool(scene, item, modality)),
        _amount(item) if item else None,
        money.currency if money else None,
        rate.low if rate else None,
        rate.high if rate else None,
        item.text if item else None,
        who.payers,
        who.payees,
        who.triggered,
        scene.sentence.index,
        scene.sentence.kind,
        span,
        tuple(evidence),
        modality,
        one_sided=one_sided,
        named=mentioned(scene),
        pair=scene.discourse.pair(scene.sentence) or scene.discourse.issuers,
        definite=item is None and (groups[at].words[0] in _DEFINITE or _in_addition(scene, at)),
        near=" ".join(item.near.split()[:8]) if item else "",
        ahead=" ".join(scene.document.text[max(scene.sentence.span.start, span.start - 60) : span.start].split()[-4:]),
        licensing=item is not None and bool(_LICENSING.search(f"{item.lead[-60:]} {item.noun} {item.own} {item.near}")),
        owner=scene.discourse.the_company(scene.sentence),
        generic=_generic(scene, who),
    )


_CHANGING = re.compile(
    r"\b(?:ris\w+|rais\w+|increas\w+|lower\w*|reduc\w+|amend\w+)\b[^.;]{0,60}\bfrom\s*$", re.IGNORECASE
)


def _amount(item: Sum) -> Decimal | None:
    """The amount; of a range its upper end, as of 'raised from $6 million to $8 million'."""
    money = item.money.money if item.money else None
    return None if money is None else money.maximum or money.amount


_OF_WHICH = re.compile(r"\bof\s+which\b", re.IGNORECASE)
_ADDED = re.compile(r"\bin\s+addition\s+to\b(?:[^,.;]|,\s+(?=\w+\s+(?:and|payments)))*$", re.IGNORECASE)


def _in_addition(scene: Scene, at: int) -> bool:
    """Whether another fee is told beside it: 'in addition to the upfront payment and potential milestone payments'."""
    return bool(_ADDED.search(scene.document.text[scene.sentence.span.start : scene.groups[at].span.start]))


_MANY = re.compile(r"\b(?:payments|milestones)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:potential(?:ly)?|contingent|conditional|subject\s+to|depend(?:ing|ent)|if)\b", re.IGNORECASE
)


_ELIGIBLE = re.compile(r"\beligible\s+(?:to\s+\w+|for)\b[^.;]*$", re.IGNORECASE)


def _pool(scene: Scene, item: Sum | None, modality: Modality) -> bool:
    """Whether it is the sum of several payments none of which is certain: 'would pay milestones of $5 million'."""
    if item is None or not _MANY.search(f"{item.noun} {item.own} {item.near[:110]}"):
        return False
    words = scene.document.text[scene.groups[item.head].span.start : item.span.end + 60]
    awaited = _ELIGIBLE.search(item.lead[-60:])
    return modality is Modality.CONDITIONAL or bool(awaited or _CONDITION.search(f"{item.lead[-80:]} {words}"))


def _qualifier(item: Sum | None, *, pool: bool = False) -> Qualifier:
    """A range is known up to its upper end, as is a pool; what was changed from one sum to another is exact."""
    value = None if item is None else item.money.money if item.money else item.percent
    if item is None or value is None:
        return Qualifier.UNDISCLOSED
    ranging = value.maximum if isinstance(value, Money) else value.high
    if ranging is not None and value.qualifier is Qualifier.EXACT:
        return Qualifier.EXACT if _CHANGING.search(item.lead) or isinstance(value, Percent) else Qualifier.UP_TO
    if pool and value.qualifier in (Qualifier.EXACT, Qualifier.APPROXIMATELY):
        return Qualifier.UP_TO
    return value.qualifier


def _generic(scene: Scene, who: Roles) -> bool:
    if who.verb is None or not who.payees:
        return False
    named = subject(scene.groups, who.verb)
    return bool(named) and all(scene.groups[i].lemma in ("company", "it", "firm") for i in named)


_LICENSING = re.compile(
    r"\b(?:out-?)?licen[cs](?:ing|e)\b[^.;]{0,30}\b(?:deals?|agreements?|transactions?|contracts?)\b", re.IGNORECASE
)
_DEFINITE = frozenset("the this these such that those both said".split())
