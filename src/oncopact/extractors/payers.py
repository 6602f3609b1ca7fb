"""Who pays whom: the companies on both sides of a sum or fee, from verbs, voice and prepositions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from oncopact.extractors.scene import Scene
from oncopact.model import EntityId, Kind
from oncopact.syntax.clauses import complements, direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB, Group

_RECEIVING = frozenset(
    """receive earn get obtain collect gain recognize achieve entitle entitled eligible realize book pocket record
    retain keep garner win secure reap""".split()
)
_PAYING = frozenset(
    """pay make provide fund invest contribute purchase buy reimburse spend owe remit finance advance issue put bear
    share fetch cover commit responsible subscribe acquire reacquire repurchase in-license take pass exchange lengthen
    extend exercise waive redeem opt""".split()
)
_SELLING = frozenset("sell divest out-license sublicense license grant assign transfer cede".split())
_TRIGGERING = frozenset("trigger result generate yield bring prompt".split())
_EVENTFUL = frozenset("earn bring fetch generate yield".split())
_BUYING = frozenset("acquire buy purchase reacquire repurchase".split())
_PURCHASES = frozenset("acquisition purchase buyout buy-out takeover".split())
_PASSIVE_RECEIVING = frozenset("pay grant award owe entitle".split())
_PASSING = frozenset("go flow accrue revert remain rest pass fall come due reserve return belong".split())
_STATING = frozenset(
    """total amount be equal include comprise consist carry value structure involve exceed reach have follow rise lie
    increase provide represent call result accompany""".split()
)
_HOLDERS = frozenset("shareholders stockholders holders owners equityholders securityholders unitholders".split())


@dataclass(frozen=True, slots=True)
class Roles:
    """The sides of a payment as far as one sentence says.

    Attributes:
        payers, payees: Companies.
        deal: Whether a verb of paying, receiving or selling, or a preposition, makes a payment of it.
        triggered: Whether an event is said to bring it.
        verb: Position of the verb that governs it.
        negated: Whether the verb is denied.
        buys: Whether it is the price of a company that a noun says is bought.
    """

    payers: tuple[EntityId, ...] = ()
    payees: tuple[EntityId, ...] = ()
    deal: bool = False
    triggered: bool = False
    verb: int | None = None
    negated: bool = False
    buys: bool = False


def roles(scene: Scene, at: int, head: int) -> Roles:
    """The sides of the sum at `at` whose noun is at `head` (the same position where it has none)."""
    price = _price(scene, min(at, head))
    if price is not None:
        return price
    verb, right = _governor(scene.groups, at, head)
    found = _by_verb(scene, verb, right=right) if verb is not None else Roles()
    if verb is not None and not right and found.payees and not found.triggered and _in_return(scene, verb, head):
        # 'gained an option in exchange for $5 million'
        found = replace(found, payers=found.payees, payees=found.payers)
    payers, payees, deal = found.payers, found.payees, found.deal
    for position in dict.fromkeys((head, at)):
        by, to, source = (_prepositional(scene, position, p) for p in ("by", "to", "from"))
        if by or source:
            payers, deal = payers or by or source, True
        if to and not right and found.triggered:
            # 'B exercised its option, triggering a payment to A': who acts is not who is paid
            payers, payees = payers or tuple(c for c in payees if c not in to), to
        elif to and not right and (payers or verb is None or stated(scene, min(at, head))):
            payees = payees or tuple(c for c in to if c not in payers)
    owner = scene.possessor(head)
    if owner and not payers and not payees and found.triggered:
        payers = (owner,)
    deal = deal or (not found.negated and stated(scene, min(at, head)))
    return replace(found, payers=payers, payees=tuple(c for c in payees if c not in payers), deal=deal)


_TERMS = frozenset(
    "agreement deal terms transaction licence license collaboration arrangement package contract alliance".split()
)
_LAYING_DOWN = frozenset(
    "encompass include provide call comprise involve contain feature stipulate require entail carry have".split()
)


def stated(scene: Scene, at: int) -> bool:
    """Whether a deal's terms are said to include the sum or fee at `at`: 'the agreement provides for royalties'."""
    groups = scene.groups
    verb = next((i for i in range(at - 1, -1, -1) if groups[i].role == VERB), None)
    if verb is None or groups[verb].lemma not in _LAYING_DOWN or groups[verb].negated:
        return False
    if any(groups[i].tag in ";W" or groups[i].lemma in ("without", "from") for i in range(verb + 1, at)):
        return False
    return any(_TERMS & {groups[i].lemma, groups[i].words[-1]} for i in subject(groups, verb))


_RETURN = re.compile(r"\bin\s+(?:exchange|return|consideration)\s+(?:for|of)\b", re.IGNORECASE)


def _in_return(scene: Scene, verb: int, head: int) -> bool:
    """Whether the sum is what the verb's object is got for."""
    group = scene.groups[verb]
    if group.lemma not in _RECEIVING or group.passive:
        return False
    between = scene.document.text[group.span.end : scene.groups[head].span.start]
    return len(between) > 1 and bool(_RETURN.search(between))


def _price(scene: Scene, at: int) -> Roles | None:
    """'completed its acquisition of B for $310 million'; not 'the acquisition of a plant of B for …'."""
    groups = scene.groups
    if at < 4 or groups[at - 1].lemma != "for" or groups[at - 1].role != PREPOSITION:
        return None
    for position in range(at - 4, max(-1, at - 12), -1):
        if any(g.role == VERB for g in groups[position : at - 1]):
            return None
        noun, of, bought = groups[position : position + 3]
        if noun.role == NOUN and noun.lemma in _PURCHASES and of.lemma == "of":
            payees = companies(scene, (position + 2,)) if bought.head(Kind.COMPANY) else ()
            verb = next((i for i in range(position - 1, -1, -1) if groups[i].role == VERB), None)
            owner = scene.possessor(position)
            buyers = (owner,) if owner else payer_or_payee(scene, verb) if verb is not None else ()
            payers = tuple(c for c in buyers if c not in payees)
            denied = verb is not None and groups[verb].negated
            return Roles(payers, payees, deal=True, verb=verb, negated=denied, buys=True) if payees else None
    return None


def mentioned(scene: Scene) -> tuple[EntityId, ...]:
    """The companies that the sentence names, in order."""
    kinds = (Kind.COMPANY, Kind.INSTITUTION)
    return scene.ids(m for m in scene.mentions if m.kind in kinds)


# ---------------------------------------------------------------- the verb


def _governor(groups: Sequence[Group], at: int, head: int) -> tuple[int | None, bool]:
    """The verb that the sum depends on, and whether it stands to the right, the sum being its subject."""
    rights = [i for i in range(at + 1, len(groups)) if groups[i].role == VERB][:3]
    left = next((i for i in range(head - 1, -1, -1) if groups[i].role == VERB), None)
    held = left is not None and _money_verb(groups, left) and direct_object(groups, left) in (at, head)
    right = next((i for i in rights if not held and _is_subject(groups, i, at, head)), None)
    if right is not None:
        return right, True
    relative = next((i for i in range(at + 1, min(len(groups), at + 6)) if _pays_it(groups, i, at, head)), None)
    if relative is not None:
        return relative, False
    for position in range(head - 1, -1, -1):
        if groups[position].role == VERB and _money_verb(groups, position) and not _aside(groups, position, head):
            return position, False
    if not any(g.role == VERB for g in groups[:at]):
        # 'A royalty of 2%, of which B may buy back one half, is reserved to A'
        late = next((i for i in rights if groups[i - 1].tag == "," and groups[i].finite), None)
        return late, late is not None
    return None, False


def _pays_it(groups: Sequence[Group], verb: int, at: int, head: int) -> bool:
    """'the $3 million that B had paid': a relative clause whose object is the sum."""
    group = groups[verb]
    money = group.role == VERB and group.lemma in _PAYING | _RECEIVING
    return money and group.finite and not group.passive and direct_object(groups, verb) in (at, head)


def _aside(groups: Sequence[Group], verb: int, head: int) -> bool:
    """Whether the verb stands in a relative clause that a comma closes before the sum."""
    if not any(g.tag == "," for g in groups[verb + 1 : head]):
        return False
    for position in range(verb - 1, -1, -1):
        group = groups[position]
        if group.tag == "W" or group.words[0] == "whose":
            return position > 0 and groups[position - 1].tag == "," and group.words[0] != "that"
        if group.tag in ",;" or group.role == VERB:
            return False
    return False


def _is_subject(groups: Sequence[Group], verb: int, at: int, head: int) -> bool:
    group = groups[verb]
    if group.gerund or group.infinitive:
        return False
    if is_reduced(groups, verb) or group.reduced:
        before = verb - 1
        while before > at and groups[before].tag in ",R":
            before -= 1
        return before == at and group.lemma in _PASSIVE_RECEIVING | _PASSING | {"make", "receive", "trigger"}
    return bool({at, head} & set(subject(groups, verb)))


def _money_verb(groups: Sequence[Group], at: int) -> bool:
    return groups[at].lemma in _RECEIVING | _PAYING | _TRIGGERING | _SELLING or bool(_adjective(groups, at))


def _adjective(groups: Sequence[Group], at: int) -> str:
    """The adjective of 'is eligible for', 'will be responsible for', where it is a group of its own."""
    following = groups[at + 1].words[-1] if groups[at].lemma == "be" and at + 1 < len(groups) else ""
    return following if following in ("eligible", "entitled", "responsible", "liable") else ""


def _by_verb(scene: Scene, verb: int, *, right: bool) -> Roles:
    group = scene.groups[verb]
    denied = verb > 0 and scene.groups[verb - 1].tag == "X"  # 'elected not to pay'
    base = Roles(verb=verb, negated=group.negated or denied)
    if not right and group.lemma in _BOOKING and _charge(scene, verb):
        return base
    if right:
        return _as_subject(scene, verb, base)
    who = payer_or_payee(scene, verb)
    if group.lemma in _EVENTFUL and not who:
        return replace(base, payees=_indirect(scene, verb), deal=True, triggered=True)
    if group.lemma in _TRIGGERING:
        return replace(base, payees=who, deal=True, triggered=True)
    if group.lemma == "entitle" and not group.passive and (paid := _indirect(scene, verb)):
        return replace(base, payees=paid, deal=True, triggered=True)  # 'the approval entitles A to $5 million'
    if (
        group.lemma in _RECEIVING
        or _adjective(scene.groups, verb) in ("eligible", "entitled")
        or (group.passive and group.lemma in _PASSIVE_RECEIVING and who)
    ):
        return replace(base, payers=_prepositional(scene, verb, "from"), payees=who, deal=True)
    if group.passive:
        return _passive(scene, verb, base)
    if group.lemma in _SELLING:
        return _sold(scene, verb, who, base)
    if group.lemma in _BUYING:
        payees = _prepositional(scene, verb, "from") or _bought(scene, verb)
        if set(payees) & set(who):
            who = _with_before(scene, verb, payees)
        return replace(base, payers=who, payees=payees, deal=True)
    payees = _prepositional(scene, verb, "to") or _indirect(scene, verb) or _prepositional(scene, verb, "from")
    if group.lemma == "subscribe" and not payees:
        payees = _prepositional(scene, verb, "in") or _shares_for(scene, verb)
    elif group.lemma == "subscribe" or (group.lemma in ("take", "invest") and not payees):
        payees = _prepositional(scene, verb, "in") or _round_of(scene, verb)
    if group.lemma == "make" and not payees and _invests_in(scene, verb):
        payees = _prepositional(scene, verb, "in")
    return replace(base, payers=who, payees=payees, deal=bool(who or payees) or group.lemma in ("pay", "owe"))


def _sold(scene: Scene, verb: int, who: tuple[EntityId, ...], base: Roles) -> Roles:
    """Who sells or licenses out is paid."""
    group = scene.groups[verb]
    source = _prepositional(scene, verb, "from")
    if source:
        return replace(base, payers=who, payees=source, deal=bool(who))
    taken = group.infinitive and verb and scene.groups[verb - 1].lemma in ("option", "options", "right", "rights")
    if taken and group.lemma == "license":  # who has 'an option to license X' takes the licence
        return replace(base, payers=who, deal=bool(who))
    buyer = _prepositional(scene, verb, "to") or _indirect(scene, verb)
    return replace(base, payers=buyer, payees=who, deal=bool(who or buyer))


def _shares_for(scene: Scene, verb: int) -> tuple[EntityId, ...]:
    """'subscribes $14 million for new A shares'."""
    found = (c.at for c in complements(scene.groups, verb) if c.preposition == "for" and c.depth == 0)
    shares = [i for i in found if scene.groups[i].lemma in ("shares", "stock")]
    return scene.ids(m for i in shares for m in scene.groups[i].mentions if m.kind is Kind.COMPANY)[:1]


def _round_of(scene: Scene, verb: int) -> tuple[EntityId, ...]:
    """'will invest $30 million in A's new financing round'."""
    found = (c.at for c in complements(scene.groups, verb) if c.preposition == "in" and c.depth == 0)
    owners = (scene.possessor(i) for i in found if scene.groups[i].lemma in ("round", "financing", "equity", "stock"))
    return tuple(dict.fromkeys(owner for owner in owners if owner))


def _invests_in(scene: Scene, verb: int) -> bool:
    """'made an equity investment in A'."""
    noun = direct_object(scene.groups, verb)
    return noun is not None and scene.groups[noun].lemma in ("investment", "investments")


_BOOKING = frozenset("record recognize realize book report incur".split())
_CHARGES = frozenset("charge charges expense expenses cost costs loss losses impairment".split())


def _charge(scene: Scene, verb: int) -> bool:
    """'will record a charge of $5 million, reflecting the upfront payment': an entry in the books, whoever is paid."""
    noun = direct_object(scene.groups, verb)
    return noun is not None and bool(set(scene.groups[noun].words) & _CHARGES)


def payer_or_payee(scene: Scene, verb: int) -> tuple[EntityId, ...]:
    """The companies that the verb's subject names; failing that, the noun right before it, or that of 'has … paid'."""
    groups = scene.groups
    who = companies(scene, subject(groups, verb))
    before = verb - 1
    while before > 0 and groups[before].tag == "R":
        before -= 1
    if who or before < 0:
        return who
    if groups[before].role == NOUN and (before == 0 or groups[before - 1].role != PREPOSITION):
        joined = before >= 2 and groups[before - 1].tag == "C" and groups[before - 2].role == NOUN
        who = companies(scene, (before - 2, before) if joined else (before,))
    auxiliary = next((i for i in range(before, -1, -1) if groups[i].role == VERB), None)
    if not who and groups[verb].reduced and auxiliary is not None and groups[auxiliary].lemma in ("have", "be"):
        who = companies(scene, subject(groups, auxiliary))
    return who


def _as_subject(scene: Scene, verb: int, base: Roles) -> Roles:
    """'$5 million will be paid by B to A', 'royalties are due to A', 'payments could total $300 million'."""
    group = scene.groups[verb]
    by, to, kept = (_prepositional(scene, verb, p) for p in ("by", "to", "with"))
    source = _prepositional(scene, verb, "from")
    if group.lemma in _TRIGGERING:
        return replace(base, payers=by, payees=to, deal=True, triggered=True)
    if group.lemma in _PASSIVE_RECEIVING | {"make", "receive", "retain", "keep"}:
        if group.lemma in ("receive", "retain", "keep"):
            return replace(base, payers=source, payees=by, deal=bool(by or source))
        return replace(base, payers=by, payees=to or _prepositional(scene, verb, "for"), deal=True)
    if group.lemma in _PASSING:
        return replace(
            base, payers=by or source, payees=to or kept, deal=bool(to or kept or by) or group.lemma == "due"
        )
    if group.lemma in _STATING:
        return replace(base, payers=by, payees=to if group.lemma == "be" else (), deal=True)
    return base


def _passive(scene: Scene, verb: int, base: Roles) -> Roles:
    group = scene.groups[verb]
    by, to = _prepositional(scene, verb, "by"), _prepositional(scene, verb, "to")
    if group.lemma in _SELLING:
        return replace(base, payers=to or (by if group.lemma not in ("grant", "license") else ()), deal=True)
    if group.lemma in ("acquire", "buy", "purchase"):
        return replace(base, payers=by, payees=companies(scene, subject(scene.groups, verb)), deal=True)
    return replace(base, payers=by, payees=to, deal=True)


# ---------------------------------------------------------------- companies


def companies(scene: Scene, at: Iterable[int]) -> tuple[EntityId, ...]:
    """The companies that noun groups name or stand for; a company's shareholders stand for it."""
    found: list[EntityId] = []
    for position in at:
        group = scene.groups[position]
        named = scene.companies((position,))
        if not named and group.lemma in _HOLDERS:
            inside = scene.ids(m for m in group.mentions if m.kind is Kind.COMPANY)
            after = scene.groups[position + 1 : position + 3]
            named = inside or (
                scene.companies((position + 2,)) if len(after) == 2 and after[0].lemma in ("of", "in") else ()
            )
        found.extend(named)
    return tuple(dict.fromkeys(found))


def _prepositional(scene: Scene, at: int, preposition: str) -> tuple[EntityId, ...]:
    found = [c.at for c in complements(scene.groups, at) if c.preposition == preposition and c.depth == 0]
    return companies(scene, found)


def _indirect(scene: Scene, verb: int) -> tuple[EntityId, ...]:
    """'pay B $5 million'."""
    after = verb + 1
    while after < len(scene.groups) and (scene.groups[after].tag == "R" or scene.groups[after].role == PREPOSITION):
        after += 1
    if after == verb + 1 and after < len(scene.groups) and scene.groups[after].role == NOUN:
        return companies(scene, (after,))
    return ()


def _bought(scene: Scene, verb: int) -> tuple[EntityId, ...]:
    """'acquire all shares of B', 'buy B stock'."""
    for complement in complements(scene.groups, verb):
        group = scene.groups[complement.at]
        if complement.depth or group.role != NOUN:
            continue
        if complement.preposition in ("", "of", "in"):
            found = companies(scene, (complement.at,)) or scene.ids(m for m in group.mentions if m.kind is Kind.COMPANY)
            if found:
                return found[:1]
    return ()


def _with_before(scene: Scene, verb: int, bought: tuple[EntityId, ...]) -> tuple[EntityId, ...]:
    """The buyer in 'A has an agreement with B to acquire A'."""
    for position in range(verb - 1, 0, -1):
        if scene.groups[position - 1].lemma in ("with", "by") and scene.groups[position].role == NOUN:
            return tuple(c for c in companies(scene, (position,)) if c not in bought)
    return ()
