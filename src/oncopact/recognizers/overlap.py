"""Of names that overlap one stays: the longest, then the earliest, then the one whose rule comes first.

The losers are kept with the reason, for whoever asks why a name was not read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from oncopact.model import Mention


class Reason(StrEnum):
    """Why a name lost its place."""

    LONGER = "a longer name covers the place"
    EARLIER = "a name of the same length begins before"
    RULE = "a rule that comes first reads the same place"


@dataclass(frozen=True, slots=True)
class Loser:
    """A mention that gave way.

    Attributes:
        mention: What was not kept.
        winner: What was kept in its place.
        reason: Why.
    """

    mention: Mention
    winner: Mention
    reason: Reason


@dataclass(frozen=True, slots=True)
class Selection:
    """Mentions without overlap, and those that gave way to them.

    Attributes:
        kept: Sorted by span.
        lost: Sorted by span, then rule.
    """

    kept: tuple[Mention, ...] = ()
    lost: tuple[Loser, ...] = ()


def select(mentions: Iterable[Mention], order: Mapping[str, int]) -> Selection:
    """Apply the policy.

    Args:
        mentions: In any order; equal ones count once.
        order: The rank of each rule's name; what is not listed comes last.

    >>> from oncopact.model import Kind, Span
    >>> short = Mention(Kind.TARGET, Span(5, 11), "CD44v6", "lexicon")
    >>> long = Mention(Kind.ANTIBODY, Span(0, 20), "anti-CD44v6 antibody", "antibody.anti-target")
    >>> chosen = select([short, long], {})
    >>> [m.text for m in chosen.kept], str(chosen.lost[0].reason)
    (['anti-CD44v6 antibody'], 'a longer name covers the place')
    """

    def priority(mention: Mention) -> tuple[int, int, int, str, str, str]:
        span = mention.span
        rank = order.get(mention.rule, len(order))
        return (span.start - span.end, span.start, rank, mention.rule, mention.kind, mention.key or "")

    kept: list[Mention] = []
    starts: list[int] = []
    lost: list[Loser] = []
    for mention in sorted(mentions, key=priority):
        start, end = mention.span.start, mention.span.end
        at = bisect_left(starts, start)
        winner = None
        if at and kept[at - 1].span.end > start:
            winner = kept[at - 1]
        elif at < len(kept) and starts[at] < end:
            winner = kept[at]
        if winner is None:
            kept.insert(at, mention)
            starts.insert(at, start)
        elif winner != mention:
            lost.append(Loser(mention, winner, _reason(mention, winner)))
    return Selection(tuple(kept), tuple(sorted(lost, key=lambda loser: (loser.mention.span, loser.mention.rule))))


def _reason(mention: Mention, winner: Mention) -> Reason:
    own, other = mention.span, winner.span
    if own.end - own.start < other.end - other.start:
        return Reason.LONGER
    return Reason.EARLIER if other.start < own.start else Reason.RULE
