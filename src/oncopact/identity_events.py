"""Which milestones of many releases are one, and which planned ones came to pass.

Two statements are of one milestone where product (or agreement), kind and status are the same, the events mean the same
and the dates agree: both partners report it on the same days, or a later release dates what was news then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from oncopact.curation import Curation
from oncopact.folding import compact, fold
from oncopact.identity import Decision, MilestoneClaim, Reason, days_apart, days_before, narrowest
from oncopact.identity_deals import SAME_NEWS, STALE
from oncopact.model import Status


@dataclass(frozen=True, slots=True)
class Sense:
    """What an event's words mean, as far as we compare them; empty parts are not said.

    Attributes:
        act: `start`, `filing`, `approval`, …; otherwise the folded words.
        phase: `1`, `2`, …, `pivotal`.
        paper: `ind`, `bla`, …
        place: A region or authority.
    """

    act: str
    phase: str = ""
    paper: str = ""
    place: str = ""

    def agrees(self, other: Sense) -> bool:
        """Whether nothing that both say differs."""
        pairs = zip((self.phase, self.paper, self.place), (other.phase, other.paper, other.place), strict=True)
        return self.act == other.act and all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


_ACTS: Final = (
    ("antitrust clearance", r"hart scott rodino|hsr|antitrust|competition authorit\w+"),
    ("offer's end", r"(?:expir\w+|close|closing|end) of .{0,40}?tender offer|tender offer .{0,20}?expir\w+"),
    ("offer's start", r"(?:commenc\w+|launch\w*|start\w*|begin\w*) of .{0,20}?tender offer"),
    ("purchase's end", r"(?:clos\w+|complet\w+|conclu\w+|consummat\w+) of .{0,40}?(?:acquisition|merger|purchase)"),
    ("acceptance", r"accept\w*|clear\w*|validat\w*|allow\w*"),
    ("filing", r"fil(?:e|ing|ed|es)|submi\w+|resubmi\w+|lodg\w+"),
    ("approval", r"approv\w*|authori[sz]ation|adopt\w*"),
    ("launch", r"launch\w*|first sales?|commerciali[sz]\w+"),
    ("fast track", r"fast track"),
    ("orphan status", r"orphan"),
    ("breakthrough status", r"breakthrough"),
    ("rare paediatric status", r"rare pa?ediatric"),
    ("designation", r"designat\w*"),
    ("completion", r"complet\w*|conclu\w*|clos(?:e[sd]?|ing)"),
    ("start", r"initiat\w*|start\w*|commenc\w*|begin\w*|beg[au]n|open\w*|first patient\w*|dos(?:ed|ing)|enrol\w*"),
    ("nomination", r"nominat\w*|select\w*"),
)
_PHASES: Final = (
    ("4", r"phase (?:iv|4)\b"),
    ("3", r"phase (?:iii|3)[ab]?\b"),
    ("2", r"phase (?:i i|i ii|1 2|ii|2)[ab]?\b"),
    ("1", r"phase (?:i|1)[abc]?\b"),
    ("pivotal", r"pivotal|registration(?:al)?"),
)
_PAPERS: Final = (
    ("ind", r"ind\b|investigational new drug|cta\b|clinical trial application"),
    ("bla", r"s?bla\b|biologics? licen[cs]e"),
    ("nda", r"s?nda\b|new drug application"),
    ("maa", r"maa\b|marketing authori[sz]ation"),
)
_PLACES: Final = (
    ("us", r"fda|u s|us|usa|united states"),
    ("eu", r"ema|emea|eu|europe(?:an)?|chmp"),
    ("japan", r"japan|mhlw|pmda|japanese"),
    ("china", r"china|nmpa|chinese"),
)


@lru_cache(maxsize=4096)
def sense(event: str) -> Sense:
    """What the words of an event mean.

    >>> sense("initiation of a Phase II trial of huN901-DM1") == sense("first patient dosed in Phase 2 study")
    True
    """
    words = fold(event)
    act = _first(_ACTS, words)
    parts = (_first(_PHASES, words), _first(_PAPERS, words), _first(_PLACES, words))
    return Sense(act, *parts) if act else Sense(compact(event))


def _first(table: Sequence[tuple[str, str]], words: str) -> str:
    return next((name for name, pattern in table if re.search(rf"\b(?:{pattern})\b", words)), "")


# ---------------------------------------------------------------- solving


@dataclass(slots=True)
class _Event:
    """A milestone of the whole graph while it is put together."""

    lead: str
    meaning: Sense
    claims: dict[str, MilestoneClaim] = field(default_factory=dict)
    why: dict[str, Reason] = field(default_factory=dict)
    perhaps: list[Reason] = field(default_factory=list)

    @property
    def first(self) -> MilestoneClaim:
        return self.claims[self.lead]


def solve(
    block: Mapping[str, MilestoneClaim],
    curation: Curation,
    releases: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> dict[str, Decision]:
    """Decide on the milestones of one product (or agreement) and kind.

    Args:
        block: All claims on them by id, with products and agreements as the whole graph has them.
        curation: The user's word.
        releases: Who makes each claim: what one release tells apart stays apart.

    Returns:
        A decision for each claim.
    """
    events: list[_Event] = []
    for claim_id, claim in sorted(block.items(), key=_order):
        _place(claim_id, claim, events, curation, releases)
    nodes = {event.lead: event.first.node for event in events}
    decisions: dict[str, Decision] = {}
    for event in events:
        fulfilled = _fulfilment(event, events)
        apart = tuple(sorted({Reason(item.rule, item.words, nodes[item.other]) for item in event.perhaps}))
        dates = {claim.dated for claim in event.claims.values()}
        words = {claim.event for claim in event.claims.values()}
        for claim_id in event.claims:
            reason = event.why.get(claim_id)
            decisions[claim_id] = Decision(
                nodes[event.lead],
                narrowest(dates) if len(dates - {None}) > 1 else None,
                event.first.event if len(words) > 1 else "",
                (Reason(reason.rule, reason.words, nodes[event.lead]),) if reason else (),
                apart,
                nodes[fulfilled.lead] if fulfilled else "",
            )
    return decisions


def when(claim: MilestoneClaim) -> tuple[str, str] | None:
    """The days between which the milestone is or was."""
    if claim.dated:
        return claim.dated[1], claim.dated[2]
    if claim.status == Status.ACHIEVED and len(claim.said) == len("2001-11-27"):
        return days_before(claim.said, STALE), claim.said
    return None


def _order(item: tuple[str, MilestoneClaim]) -> tuple[object, ...]:
    claim_id, claim = item
    period = when(claim)
    width = days_apart(*period) if period else 10**6
    return claim.status, not claim.dated, width, period or ("", ""), claim.said, claim.node, claim_id


def _place(
    claim_id: str,
    claim: MilestoneClaim,
    events: list[_Event],
    curation: Curation,
    releases: Mapping[str, frozenset[str]],
) -> None:
    mine, meaning = releases.get(claim_id, frozenset()), sense(claim.event)
    found = [
        (event, *_judge(claim, event, curation))
        for event in events
        if event.first.node == claim.node
        or (
            (curation.statements or (event.first.status == claim.status and event.meaning.act == meaning.act))
            and not any(mine & releases.get(item, frozenset()) for item in event.claims)
        )
    ]
    same = [(event, reason) for event, verdict, reason in found if verdict is True]
    own = [item for item in same if item[0].first.node == claim.node] or same
    if len(own) == 1 or (own and own[0][0].first.node == claim.node):
        event, reason = own[0]
        event.claims[claim_id] = claim
        if event.first.node != claim.node:
            event.why[claim_id] = reason
        return
    made = _Event(claim_id, sense(claim.event), {claim_id: claim})
    for event, verdict, reason in found:
        if verdict is not False:
            made.perhaps.append(Reason(reason.rule, reason.words, event.lead))
            event.perhaps.append(Reason(reason.rule, reason.words, claim_id))
    events.append(made)


def _judge(claim: MilestoneClaim, event: _Event, curation: Curation) -> tuple[bool | None, Reason]:
    """Whether a claim is of a milestone: yes, no, or None for perhaps."""
    for other in event.claims.values() if curation.statements else ():
        pair = frozenset((claim.node, other.node))
        for relation in ("different", "same"):
            if len(pair) > 1 and (statement := curation.pairs(relation).get(pair)):
                return relation == "same", Reason(f"curation.{relation}", statement.words, "")
    other = event.first
    if claim.node == other.node:
        return True, Reason("milestone.same", "the releases say the same", "")
    if claim.status != other.status or not sense(claim.event).agrees(event.meaning):
        return False, Reason("", "", "")
    return _dates(claim, event)


def _dates(claim: MilestoneClaim, event: _Event) -> tuple[bool | None, Reason]:
    other, mine = event.first, when(claim)
    theirs = _period(event)
    if claim.status != Status.ACHIEVED:
        same = claim.dated == other.dated or (mine and theirs and _overlap(mine, theirs))
        words = f"planned alike: {claim.event!r} and {other.event!r}"
        return bool(same), Reason("milestone.planned-twice", words, "")
    if not claim.dated and not other.dated and len(claim.said) == len(other.said) == len("2001-11-27"):
        near = days_apart(claim.said, other.said) <= SAME_NEWS
        words = f"reported on {claim.said} and {other.said}: {claim.event!r} and {other.event!r}"
        return near, Reason("milestone.reported-twice", words, "")
    if mine and theirs and _overlap(mine, theirs):
        words = f"reached {_words(claim)} and {_words(other)}: {claim.event!r} and {other.event!r}"
        return True, Reason("milestone.recalled", words, "")
    if claim.dated and other.dated and sense(claim.event) == event.meaning:
        words = f"all agrees but the date: {claim.dated[0]} here, {other.dated[0]} there"
        return None, Reason("conflict.date", words, "")
    return False, Reason("", "", "")


def _period(event: _Event) -> tuple[str, str] | None:
    return next((found for claim in event.claims.values() if (found := when(claim))), None)


def _overlap(one: tuple[str, str], two: tuple[str, str]) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _words(claim: MilestoneClaim) -> str:
    return f"in {claim.dated[0]}" if claim.dated else f"as reported on {claim.said}"


def _fulfilment(event: _Event, events: Sequence[_Event]) -> _Event | None:
    """The first milestone reached, after it was spoken of, that a planned or conditional one means."""
    if event.first.status not in (Status.PLANNED, Status.CONDITIONAL):
        return None
    spoken = min((claim.said for claim in event.claims.values()), default="")
    reached = [
        (period, other.lead, other)
        for other in events
        if other.first.status == Status.ACHIEVED and event.meaning.agrees(other.meaning)
        for period in (_period(other),)
        if period and spoken and period[1][: len(spoken)] >= spoken
    ]
    return min(reached, key=lambda item: item[:2])[2] if reached else None
