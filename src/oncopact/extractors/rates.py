"""Royalty rates, and shares of costs, profits or another's income."""

from __future__ import annotations

import re

from oncopact.extractors.amounts import Reading
from oncopact.extractors.payers import Roles, payer_or_payee, roles
from oncopact.extractors.purposes import HARD, NO_DEAL, OF_COSTS, OF_INCOME, OF_SALES
from oncopact.extractors.scene import Scene
from oncopact.extractors.sums import Sum
from oncopact.model import PaymentKind, SectionKind
from oncopact.syntax.clauses import subject
from oncopact.syntax.groups import VERB


def of_rate(scene: Scene, item: Sum, before: Reading | None) -> Reading | None:
    """A royalty rate, or a share of costs or income."""
    text = scene.document.text
    tail = text[item.span.end : item.span.end + 110]
    who = roles(scene, item.at, item.head)
    split = re.fullmatch(r"50\W50", item.text) is not None
    if split or re.search(r"\b(?:equal|equally|even|evenly)\b", item.text, re.IGNORECASE):
        return Reading(item.at, PaymentKind.OTHER, _account(scene, item), item, one_sided=True)
    if item.percent is not None and OF_COSTS.match(tail):
        sides = _account(scene, item)
        return Reading(item.at, PaymentKind.OTHER, sides, item, one_sided=True) if sides.deal else None
    if item.percent is not None and OF_INCOME.match(tail):
        return Reading(item.at, PaymentKind.OTHER, who, item) if who.payers or who.payees else None
    if _GROWTH.search(f"{item.noun} {item.own} {item.lead[-60:]}"):
        return None
    if _royalty(item, tail, before) and not NO_DEAL.search(item.lead[-80:] if not item.noun else ""):
        return Reading(item.at, PaymentKind.ROYALTY, who, item)
    if item.percent is None or not OF_SALES.match(tail) or NO_DEAL.search(item.lead[-80:]):
        return None
    listed = item.lead.rstrip().endswith(":")
    if (who.payers or who.payees or listed) and scene.sentence.kind is not SectionKind.ABOUT:
        return Reading(item.at, PaymentKind.ROYALTY, who, item)
    return (
        Reading(item.at, PaymentKind.ROYALTY, before.who, item) if before is not None and before.kind in HARD else None
    )


def _royalty(item: Sum, tail: str, before: Reading | None) -> bool:
    """Whether the word stands with the rate, leads to it, or was said of the rate before."""
    if "royalt" in f"{item.noun} {item.own} {item.near[:60]}".lower():
        return not _ASIDE.search(item.own)
    if re.search(r"\broyalt|\bRoyalties\b", item.lead[-140:] + item.far[:80]):
        return not _ASIDE.search(f"{item.own} {item.near[:40]}")
    if before is not None and before.kind is PaymentKind.ROYALTY:
        return bool(OF_SALES.match(tail)) or before.item.percent is None
    return False


_GROWTH = re.compile(r"\b(?:receipts|growth|grew|(?:in|de)creased?\s+(?:of|by)|up|down)\b", re.IGNORECASE)
"""Words of a comparison with the year before: 'royalty receipts growth of 12%'."""
_ASIDE = re.compile(
    r"\b(?:stake|interest|shares?|ownership|premium|patients|adults|owned|response|tax|population|cases|women|men)\b",
    re.IGNORECASE,
)
_BEARING = frozenset(
    "share split bear divide fund pay cover take responsible contribute reimburse receive retain".split()
)


def _account(scene: Scene, item: Sum) -> Roles:
    """Whose share of costs or profits it is: nobody's in particular where all of several share alike."""
    groups = scene.groups
    verbs = [i for i, g in enumerate(groups) if g.role == VERB and (g.lemma in _BEARING or _answers(scene, i))]
    before = [i for i in verbs if i <= item.at]
    if not verbs:
        return Roles()
    verb = before[-1] if before else verbs[0]
    named = subject(groups, verb)
    who = payer_or_payee(scene, verb)
    mutual = len(who) != 1 or any("each" in groups[i].words for i in named)
    return Roles(() if mutual else who, deal=True, verb=verb, negated=groups[verb].negated)


def _answers(scene: Scene, at: int) -> bool:
    """'is responsible for', where the adjective is a group of its own."""
    following = scene.groups[at + 1 : at + 2]
    return scene.groups[at].lemma == "be" and any("responsible" in g.words for g in following)


def continues(last: Sum, item: Sum) -> bool:
    """Whether a rate in words goes on from the one before: 'start in the high single digits and rise to low teens'."""
    worded = last.money is None and last.percent is None and item.money is None and item.percent is None
    return worded and item.head == item.at and "royalt" not in (item.own + item.near).lower()
