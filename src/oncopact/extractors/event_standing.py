"""How an event is meant, and what the money in its sentence says of that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oncopact.extractors.scene import Scene
from oncopact.model import Kind, Modality, SectionKind, Status
from oncopact.syntax.groups import NOUN, VERB, Group


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event is meant.

    Attributes:
        status: Achieved, planned or conditional.
        predicate: Position of the verb that says so, where it is not the trigger itself: 'is expected'.
        paid: Whether the words make money depend on it: '$5 million upon acceptance of the IND'.
    """

    status: Status
    predicate: int | None = None
    paid: bool = False


HEADS = (SectionKind.HEADLINE, SectionKind.SUBHEAD)
_MONEY = frozenset("payment payments milestone milestones fee fees".split())
_PAST_PAY = frozenset("receive earn trigger pay record recognize gain secure achieve".split())


def money_before(scene: Scene, at: int) -> bool:
    """Whether an amount, or a payment named without one, stands before `at` in its clause."""
    groups = scene.groups
    for position in range(at - 1, max(-1, at - 9), -1):
        group = groups[position]
        if group.tag in ";":
            return False
        if any(m.kind is Kind.MONEY for m in group.all_mentions):
            return True
        if group.role == NOUN and set(group.words) & _MONEY and set(group.words) & {"payment", "payments", "fee"}:
            return True
        if group.role == VERB and group.finite and not group.reduced and group.lemma not in ("be", "fall", "become"):
            return False
    return False


def money_near(scene: Scene) -> bool:
    """Whether the sentence names an amount."""
    return any(m.kind is Kind.MONEY for m in scene.mentions)


_PAYING = _PAST_PAY | frozenset(
    """include be provide comprise owe become consist get have agree consider report announce follow due make close
    upon fall""".split()
)
_BOOKS = frozenset("revenue revenues income loss expenses expense results".split())
_STAGES = frozenset("development approval commercialization commercialisation launch sales filing registration".split())


def pooled(groups: Sequence[Group], at: int) -> bool:
    """Whether the noun stands in a row of stages that share one sum: 'development, regulatory approval and sales'."""
    if groups[at].role != NOUN:
        return False
    before = groups[at - 2] if at > 1 and groups[at - 1].tag in (",", "C") else None
    behind = groups[at + 2] if at + 2 < len(groups) and groups[at + 1].tag in (",", "C") else None
    return any(g is not None and g.role == NOUN and not g.mentions and g.lemma in _STAGES for g in (before, behind))


def by_payment(scene: Scene, at: int) -> Standing | None:
    """The status that the verb of paying lends: 'received $2 million upon', 'will receive $2 million upon'."""
    groups = scene.groups
    if pooled(groups, at):
        return None
    verb = next((i for i in range(at - 1, -1, -1) if groups[i].role == VERB and not groups[i].gerund), None)
    if verb is not None:
        group = groups[verb]
        if group.negated:
            return None
        asserted = group.modality is Modality.ASSERTED and not (group.infinitive and not group.finite)
        done = group.past or (scene.sentence.kind in HEADS and group.lemma in _PAST_PAY)
        first = sum(any(m.kind is Kind.MONEY for m in g.mentions) for g in groups[verb:at]) <= 1
        books = group.lemma == "include" and bool(_BOOKS & {w for g in groups[:verb] for w in g.words})
        if asserted and done and (group.lemma in _PAST_PAY or books) and first:
            return Standing(Status.ACHIEVED, paid=True)
        if asserted and group.lemma not in _PAYING:
            return None
    start = groups[verb].span.end if verb is not None else scene.sentence.span.start
    sums = [m for m in scene.mentions if m.kind is Kind.MONEY and start <= m.span.start < groups[at].span.start]
    if len(sums) <= 1 and re.search(r"\breceipt\b|\breceived\b", scene.document.text[start : groups[at].span.start]):
        return Standing(Status.ACHIEVED, paid=True)
    return Standing(Status.CONDITIONAL, paid=True)
