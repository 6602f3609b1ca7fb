"""Payments in one sentence: amounts and rates with what they are for, and fees named without a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from oncopact.extractors.purposes import FEE, FEES, NO_DEAL, OF_COSTS, OF_SALES, THRESHOLD, purpose
from oncopact.extractors.scene import Scene
from oncopact.model import EntityId, Evidence, Kind, Mention, Modality, PaymentKind, Qualifier, SectionKind, Span
from oncopact.syntax.clauses import complements, direct_object, subject
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB, Group

_RECEIVING = frozenset("receive earn get obtain collect gain recognize achieve entitle realize book pocket".split())
_PAYING = frozenset(
    """pay make provide fund invest contribute purchase buy reimburse spend owe remit finance advance issue acquire put
    bear share fetch cover""".split()
)
_TRIGGERING = frozenset("trigger result generate yield bring".split())
_PASSIVE_RECEIVING = frozenset("pay grant award owe".split())


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


@dataclass(frozen=True, slots=True)
class _Roles:
    payers: tuple[EntityId, ...] = ()
    payees: tuple[EntityId, ...] = ()
    deal: bool = False
    triggered: bool = False
    verb: int | None = None


def read(scene: Scene) -> tuple[Found, ...]:
    """All payments of a sentence, in order."""
    found: list[Found] = []
    used: set[int] = set()
    for at, group in enumerate(scene.groups):
        if group.role != NOUN:
            continue
        for mention in group.mentions:
            payment = None
            if mention.kind is Kind.MONEY:
                payment = _of_money(scene, at, mention, used)
            elif mention.kind is Kind.PERCENT:
                payment = _of_percent(scene, at, mention, used)
            if payment:
                found.append(payment)
    for at, group in enumerate(scene.groups):
        if group.role == NOUN and at not in used:
            found.extend(_of_words(scene, at))
        elif group.role == VERB and group.lemma in ("fund", "finance") and not group.passive:
            found.extend(_of_funding(scene, at))
    return tuple(sorted(found, key=lambda f: f.span))


# ---------------------------------------------------------------- amounts


def _of_money(scene: Scene, at: int, money: Mention, used: set[int]) -> Found | None:
    text = scene.document.text
    own, before, after, near = _phrases(scene, at)
    kind = purpose(own, before, after)
    roles = _roles(scene, at)
    clause = _clause(scene, at)
    soft = kind in (None, PaymentKind.EQUITY, PaymentKind.TOTAL)
    if soft and (not roles.deal or NO_DEAL.search(clause)):
        return None
    if kind is None and not (roles.payers or roles.payees):
        return None
    if NO_DEAL.search(clause) and not roles.deal:
        return None
    if THRESHOLD.search(text[max(0, money.span.start - 80) : money.span.start]):
        return None
    used |= {at, *near}
    return _found(scene, at, kind, money, roles)


def _of_percent(scene: Scene, at: int, percent: Mention, used: set[int]) -> Found | None:
    """A royalty rate, or a share of costs or income."""
    text = scene.document.text
    own, before, after, near = _phrases(scene, at)
    tail = text[percent.span.end : percent.span.end + 80]
    roles = _roles(scene, at)
    if purpose(own, before) is PaymentKind.ROYALTY or (
        purpose(after) is PaymentKind.ROYALTY and "royalt" in after[:40]
    ):
        kind = PaymentKind.ROYALTY
    elif OF_COSTS.match(tail) and roles.deal:
        kind = PaymentKind.OTHER
    elif OF_SALES.match(tail) and roles.deal and roles.payers + roles.payees:
        kind = PaymentKind.ROYALTY
    else:
        return None
    used |= {at, *near}
    return _found(scene, at, kind, None, roles, percent=percent)


def _phrases(scene: Scene, at: int) -> tuple[str, str, str, tuple[int, ...]]:
    """The words of the amount's own group, of the noun it is 'of', of what follows it; and the groups they stand in."""
    groups = scene.groups
    near: list[int] = []
    own = " ".join(t.word for t in groups[at].tokens if t.mention is None)
    before = at - 1
    while before > 0 and (
        groups[before].lemma in ("of", "totaling", "totalling", "is", "be", "worth") or groups[before].tag in "R:-"
    ):
        before -= 1
    left = ""
    if 0 <= before < at - 1 and groups[before].role == NOUN:
        left = " ".join(groups[before].words)
        near.append(before)
    pieces: list[str] = []
    position, nouns = at + 1, 0
    while position < len(groups) and nouns < 3:
        group = groups[position]
        amount = group.role == NOUN and any(m.kind in (Kind.MONEY, Kind.PERCENT) for m in group.mentions)
        if (
            amount
            or group.tag in (",", ";")
            or (group.tag == "C" and nouns)
            or (group.role == VERB and group.finite and not group.reduced)
        ):
            break
        if group.role == NOUN:
            nouns += 1
            near.append(position)
        pieces.append(" ".join(group.words))
        position += 1
    return own, left, " ".join(pieces), tuple(near)


def _clause(scene: Scene, at: int) -> str:
    """The text between semicolons around a group."""
    first, last = at, at
    while first > 0 and scene.groups[first - 1].tag != ";":
        first -= 1
    while last + 1 < len(scene.groups) and scene.groups[last + 1].tag != ";":
        last += 1
    return scene.span(first, last).of(scene.document.text)


# ---------------------------------------------------------------- words without amounts


def _of_words(scene: Scene, at: int) -> Sequence[Found]:
    """Fees that are named without a figure: 'milestone payments plus royalties on net product sales'."""
    group = scene.groups[at]
    words = " ".join(group.words)
    match = FEE.search(words)
    if not match or any(m.kind in (Kind.MONEY, Kind.PERCENT) for m in group.mentions):
        return ()
    name = match.lastgroup or "payment"
    kind = FEES[name]
    roles = _roles(scene, at)
    if not roles.deal:
        return ()
    if name == "payment":
        if not (roles.triggered and "undisclosed" in _clause(scene, at)):
            return ()
        kind = PaymentKind.MILESTONE
    if name == "milestone" and "payment" not in words and "fee" not in words and not roles.payees:
        return ()
    return (_found(scene, at, kind, None, roles),)


def _of_funding(scene: Scene, at: int) -> Sequence[Found]:
    """'B will fund research and development': money for research without a figure."""
    noun = direct_object(scene.groups, at)
    if noun is None or not _RESEARCH & set(scene.groups[noun].words) or scene.things((noun,), Kind.MONEY):
        return ()
    payers = scene.companies(subject(scene.groups, at))
    if not payers:
        return ()
    return (_found(scene, noun, PaymentKind.RESEARCH_FUNDING, None, _Roles(payers, deal=True, verb=at)),)


_RESEARCH = frozenset("research development r&d studies work programme program activities".split())


# ---------------------------------------------------------------- who pays whom


def _roles(scene: Scene, at: int) -> _Roles:
    """Payers, payees, whether a verb of paying or receiving governs, and whether an event brings the payment."""
    groups = scene.groups
    verb = next((i for i in range(at - 1, -1, -1) if groups[i].role == VERB and _money_verb(groups[i])), None)
    roles = _by_verb(scene, verb) if verb is not None else _Roles()
    payers, payees, deal = roles.payers, roles.payees, roles.deal
    by, to, source = (_prepositional(scene, at, p) for p in ("by", "to", "from"))
    if by or source:
        payers, deal = payers or by or source, True
    if to and payers:
        payees = payees or tuple(c for c in to if c not in payers)
    owner = scene.possessor(at)
    if owner and not payers and not payees and roles.triggered:
        payers = (owner,)
    return _Roles(payers, tuple(c for c in payees if c not in payers), deal, roles.triggered, verb)


def _by_verb(scene: Scene, verb: int) -> _Roles:
    group = scene.groups[verb]
    who = scene.companies(subject(scene.groups, verb))
    if group.lemma in ("earn", "bring", "fetch", "generate", "yield") and not who:
        return _Roles((), _indirect(scene, verb), deal=True, triggered=True)
    if group.lemma in _TRIGGERING:
        return _Roles((), who, deal=True, triggered=True)
    if group.lemma in _RECEIVING or (group.passive and group.lemma in _PASSIVE_RECEIVING and who):
        return _Roles(_prepositional(scene, verb, "from"), who, deal=True)
    if group.passive:
        return _Roles(_prepositional(scene, verb, "by"), _prepositional(scene, verb, "to"), deal=True)
    return _Roles(who, _prepositional(scene, verb, "to") or _indirect(scene, verb), deal=True)


def _money_verb(group: Group) -> bool:
    return group.lemma in _RECEIVING or group.lemma in _PAYING or group.lemma in _TRIGGERING


def _prepositional(scene: Scene, at: int, preposition: str) -> tuple[EntityId, ...]:
    return scene.companies(c.at for c in complements(scene.groups, at) if c.preposition == preposition and c.depth == 0)


def _indirect(scene: Scene, verb: int) -> tuple[EntityId, ...]:
    """'pay B $5 million'."""
    after = verb + 1
    while after < len(scene.groups) and (scene.groups[after].tag == "R" or scene.groups[after].role == PREPOSITION):
        after += 1
    if after == verb + 1 and after < len(scene.groups) and scene.groups[after].role == NOUN:
        return scene.companies((after,))
    return ()


# ---------------------------------------------------------------- the payment


def _found(
    scene: Scene,
    at: int,
    kind: PaymentKind | None,
    money: Mention | None,
    roles: _Roles,
    *,
    percent: Mention | None = None,
) -> Found:
    groups = scene.groups
    verb = groups[roles.verb] if roles.verb is not None else None
    modality = verb.modality if verb else Modality.ASSERTED
    figure = money or percent
    span = figure.span if figure else groups[at].span
    whole = Span(verb.span.start if verb else groups[at].span.start, max(span.end, groups[at].span.end))
    rule = "payment.amount" if money else "payment.rate" if percent else "payment.words"
    evidence = [scene.evidence(rule, whole, modality=modality)]
    evidence += [scene.evidence(rule, whole, prop="op:payer", value=c, modality=modality) for c in roles.payers]
    evidence += [scene.evidence(rule, whole, prop="op:payee", value=c, modality=modality) for c in roles.payees]
    value = money.money if money else None
    rate = percent.percent if percent else None
    return Found(
        kind,
        value.qualifier if value else rate.qualifier if rate else Qualifier.UNDISCLOSED,
        value.amount if value else None,
        value.currency if value else None,
        rate.low if rate else None,
        rate.high if rate else None,
        figure.text if figure else None,
        roles.payers,
        roles.payees,
        roles.triggered,
        scene.sentence.index,
        scene.sentence.kind,
        span,
        tuple(evidence),
        modality,
    )
