"""Which agreements of many releases are one: parties, kind, direction and cover agree, and dates don't contradict.

Announcements come first, each a deal of its own unless two releases announce one deal on the same days. What recalls,
amends or ends a deal is the one it fits, if it fits one only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from oncopact.curation import Curation
from oncopact.graph_keys import digest
from oncopact.identity import AgreementClaim, Decision, Reason, days_apart, days_before, narrowest
from oncopact.model import AgreementKind

SAME_NEWS: Final = 3
"""Partners announce one deal within so many days of each other."""

CLOSED: Final = 730
"""An acquisition is news when it is agreed, and news again when it closes, at most so many days later."""

STALE: Final = 31
"""What is announced as news happened at most so many days before."""


class Fit(Enum):
    """How two statements of a date go together."""

    FITS = "fits"
    UNKNOWN = "unknown"
    CONTRADICTS = "contradicts"


@dataclass(slots=True)
class _Deal:
    """An agreement of the whole graph while it is put together, the leading claim first."""

    lead: str
    claims: dict[str, AgreementClaim] = field(default_factory=dict)
    why: dict[str, Reason] = field(default_factory=dict)
    perhaps: list[Reason] = field(default_factory=list)
    unsure: bool = False

    @property
    def first(self) -> AgreementClaim:
        return self.claims[self.lead]

    @property
    def covers(self) -> frozenset[str]:
        return frozenset(item for claim in self.claims.values() for item in claim.covers)

    @property
    def day(self) -> str:
        period = next((found for claim in self.claims.values() if (found := when(claim))), None)
        return period[0] if period else ""


def solve(block: Mapping[str, AgreementClaim], curation: Curation) -> dict[str, Decision]:
    """Decide on the agreements of one set of parties.

    Args:
        block: All claims on them by id, with entities as the whole graph has them.
        curation: The user's word, which may name a claim's node or the node that it has got here.

    Returns:
        A decision for each claim.
    """
    deals: list[_Deal] = []
    for claim_id, claim in sorted(block.items(), key=_order):
        _place(claim_id, claim, deals, curation)
    nodes = _nodes(deals)
    decisions: dict[str, Decision] = {}
    for deal in deals:
        to, date = nodes[deal.lead], _date(deal)
        apart = tuple(sorted({Reason(item.rule, item.words, nodes[item.other]) for item in deal.perhaps}))
        for claim_id in deal.claims:
            reason = deal.why.get(claim_id)
            why = (Reason(reason.rule, reason.words, to),) if reason else ()
            decisions[claim_id] = Decision(to, date, why=why, perhaps=apart)
    return decisions


def dated_node(claim: AgreementClaim) -> str:
    """The node of a deal that another one, of other days, says the same of."""
    period = when(claim)
    return f"agreement/{digest([claim.node, *(period or ('',))])}"


def when(claim: AgreementClaim) -> tuple[str, str] | None:
    """The days between which the claim says the deal was made."""
    if claim.signed:
        return claim.signed[1], claim.signed[2]
    if claim.announced:
        return days_before(claim.announced, STALE), claim.announced
    return None


def _order(item: tuple[str, AgreementClaim]) -> tuple[object, ...]:
    """News before recollections, exact before vague, rich before poor, early before late."""
    claim_id, claim = item
    period = when(claim)
    width = days_apart(*period) if period else 10**6
    return claim.announced is None, width, -len(claim.covers), period or ("", ""), claim.node, claim_id


# ---------------------------------------------------------------- placing a claim


def _place(claim_id: str, claim: AgreementClaim, deals: list[_Deal], curation: Curation) -> None:
    found = [(deal, *_judge(claim, deal, curation)) for deal in deals]
    told = [(deal, reason) for deal, verdict, reason in found if verdict == _TOLD]
    fitting = told or [(deal, reason) for deal, verdict, reason in found if verdict == _SAME]
    chosen = _choose(claim, fitting) if not told else fitting[:1]
    if len(chosen) == 1:
        deal, reason = chosen[0]
        deal.claims[claim_id] = claim
        deal.why[claim_id] = reason
        return
    made = _Deal(claim_id, {claim_id: claim})
    made.unsure = len(fitting) > 1
    several = [
        Reason("agreement.several", f"fits {len(fitting)} agreements: {reason.words}", "") for _, reason in fitting
    ]
    doubts = [(deal, reason) for deal, verdict, reason in found if verdict == _PERHAPS]
    for deal, reason in [*zip((deal for deal, _ in fitting), several, strict=True), *doubts]:
        made.perhaps.append(Reason(reason.rule, reason.words, deal.lead))
        deal.perhaps.append(Reason(reason.rule, reason.words, claim_id))
    deals.append(made)


_SAME, _PERHAPS, _NO, _TOLD = "same", "perhaps", "no", "told"


def _judge(claim: AgreementClaim, deal: _Deal, curation: Curation) -> tuple[str, Reason]:
    """Whether a claim is of a deal, and why or why not."""
    verdicts = [_told(claim, other, curation) for other in deal.claims.values()] if curation.statements else []
    for word in ("different", "same"):
        for relation, words in verdicts:
            if relation == word:
                return (_TOLD if word == "same" else _NO), Reason(f"curation.{word}", words, "")
    other = deal.first
    if deal.unsure and claim.node != other.node:
        return _NO, Reason("", "", "")
    fit = _fit(claim, deal)
    if claim.kind != other.kind:
        doubt = fit is Fit.FITS and _comparable(claim, deal) and bool(claim.covers)
        return (_PERHAPS if doubt else _NO), Reason("agreement.kind", f"{claim.kind} here, {other.kind} there", "")
    if _reversed(claim, other):
        clash = _comparable(claim, deal) and bool(claim.covers) and fit is not Fit.CONTRADICTS
        return (_PERHAPS if clash else _NO), Reason("conflict.roles", "licensor and licensee are exchanged", "")
    if not _same_direction(claim, other):
        return _NO, Reason("", "", "")
    if claim.announced is not None and other.announced is not None:
        return _twice_announced(claim, deal, fit)
    return _recalled(claim, deal, fit)


def _told(claim: AgreementClaim, other: AgreementClaim, curation: Curation) -> tuple[str, str]:
    names = [(a, b) for a in (claim.node, dated_node(claim)) for b in (other.node, dated_node(other)) if a != b]
    for relation in ("different", "same"):
        pairs = curation.pairs(relation)
        for pair in names:
            if statement := pairs.get(frozenset(pair)):
                return relation, statement.words
    return "", ""


def _twice_announced(claim: AgreementClaim, deal: _Deal, fit: Fit) -> tuple[str, Reason]:
    near = bool(claim.announced) and any(
        other.announced and days_apart(claim.announced or "", other.announced) <= SAME_NEWS
        for other in deal.claims.values()
    )
    if _closed(claim, deal):
        words = f"announced on {claim.announced} and {deal.first.announced}: agreed and closed, by the same parties"
        return _SAME, Reason(_CLOSED, words, "")
    signed = claim.signed is not None and deal.first.signed is not None and fit is Fit.FITS
    same = (near or signed) and fit is not Fit.CONTRADICTS and _comparable(claim, deal)
    words = f"announced on {claim.announced} and {deal.first.announced}, by the same parties, of the same kind"
    return (_SAME if same else _NO), Reason("agreement.announced-twice", words, "")


_CLOSED: Final = "agreement.closed"


def _closed(claim: AgreementClaim, deal: _Deal) -> bool:
    """Whether one announces that an acquisition is agreed and the other that it has closed: a thing is bought once."""
    days = sorted(day for each in (claim, deal.first) if (day := each.announced))
    together = bool(deal.covers & set(claim.covers)) or not claim.covers or not deal.covers
    return (
        claim.kind == AgreementKind.ACQUISITION
        and len(claim.parties) > 1
        and together
        and len(days) == len((claim, deal.first))
        and days_apart(*days) <= CLOSED
    )


def _recalled(claim: AgreementClaim, deal: _Deal, fit: Fit) -> tuple[str, Reason]:
    other = deal.first
    shared = deal.covers & set(claim.covers)
    if fit is Fit.CONTRADICTS:
        clash = bool(shared) and set(claim.covers) == set(other.covers)
        words = f"all agrees but the date: {_words(claim)} here, {_words(other)} there"
        return (_PERHAPS if clash else _NO), Reason("conflict.date", words, "")
    if claim.node == other.node and not deal.unsure and fit is Fit.UNKNOWN and claim.announced is None:
        return _SAME, Reason("agreement.recalled", "parties, direction, kind and cover are the same", "")
    if fit is Fit.FITS and (shared or not claim.covers or not other.covers):
        words = f"parties, direction and kind are the same, and {_words(claim)} fits {_words(other)}"
        return _SAME, Reason("agreement.recalled", words, "")
    if fit is Fit.UNKNOWN and shared and _comparable(claim, deal):
        return _SAME, Reason("agreement.recalled", "parties, direction, kind and cover agree", "")
    if fit is Fit.UNKNOWN and not claim.covers:
        return _PERHAPS, Reason("agreement.recalled", "parties and kind agree, no cover or date is stated", "")
    return _NO, Reason("", "", "")


def _choose(claim: AgreementClaim, fitting: Sequence[tuple[_Deal, Reason]]) -> Sequence[tuple[_Deal, Reason]]:
    """The deals that fit best: by date before without, with the very same cover before a part of it."""
    if len(fitting) <= 1:
        return fitting
    dated = [item for item in fitting if _fit(claim, item[0]) is Fit.FITS]
    rest = dated or list(fitting)
    exact = [item for item in rest if set(item[0].first.covers) == set(claim.covers) and claim.covers]
    specific = dated or len({path.partition("/")[0] for path in claim.covers}) > 1
    return exact if len(exact) == 1 and specific else rest


def _words(claim: AgreementClaim) -> str:
    if claim.signed:
        return f"signed {claim.signed[0]}"
    return f"announced {claim.announced}" if claim.announced else "no date"


def _fit(claim: AgreementClaim, deal: _Deal) -> Fit:
    mine = when(claim)
    told = {item for item, reason in deal.why.items() if reason.rule == "curation.same"}
    periods = [found for item, other in deal.claims.items() if item not in told and (found := when(other))]
    if not mine or not periods:
        return Fit.UNKNOWN
    if any(reason.rule == _CLOSED for reason in deal.why.values()):  # it may be dated by its signing or its closing
        periods = [(min(first for first, _ in periods), max(last for _, last in periods))]
    return Fit.FITS if all(mine[0] <= last and first <= mine[1] for first, last in periods) else Fit.CONTRADICTS


def _comparable(claim: AgreementClaim, deal: _Deal) -> bool:
    """Whether the cover of one is part of the other's."""
    mine, theirs = set(claim.covers), deal.covers
    return mine <= theirs or theirs <= mine or set(deal.first.covers) <= mine


def _reversed(claim: AgreementClaim, other: AgreementClaim) -> bool:
    return bool(
        (set(claim.licensors) & set(other.licensees))
        and (set(claim.licensees) & set(other.licensors))
        and not set(claim.licensors) & set(other.licensors)
    )


def _same_direction(claim: AgreementClaim, other: AgreementClaim) -> bool:
    return all(
        not mine or not theirs or mine == theirs
        for mine, theirs in ((claim.licensors, other.licensors), (claim.licensees, other.licensees))
    )


# ---------------------------------------------------------------- what comes of it


def _nodes(deals: Sequence[_Deal]) -> dict[str, str]:
    """What each deal is called: as its leading claim; where several are called so, the later ones by their day too."""
    named: dict[str, list[_Deal]] = defaultdict(list)
    for deal in deals:
        named[deal.first.node].append(deal)
    nodes: dict[str, str] = {}
    for node, sharing in named.items():
        for position, deal in enumerate(sorted(sharing, key=lambda item: (item.unsure, item.day, item.lead))):
            nodes[deal.lead] = dated_node(deal.first) if position else node
    taken = Counter(nodes.values())
    return {lead: f"agreement/{digest([node, lead])}" if taken[node] > 1 else node for lead, node in nodes.items()}


def _date(deal: _Deal) -> tuple[str, str, str] | None:
    """The most exact date of signing, where claims state several."""
    stated = {claim.signed for claim in deal.claims.values()}
    return narrowest(stated) if len(stated - {None}) > 1 else None
