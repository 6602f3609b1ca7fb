"""Time and kind as filters: which deals, milestones and payments of a graph are meant."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from oncopact.errors import GraphError
from oncopact.exporters.quotes import Issued, told
from oncopact.graph_view import GraphView, Seen
from oncopact.labels import notation
from oncopact.model import AgreementKind, MilestoneKind, PaymentKind
from oncopact.namespaces import OP

Day: TypeAlias = "str | int | date"
"""A day, month or year: 2001, '2001', '2001-11', '2001-11-27' or a date."""

KINDS: Final = tuple(
    dict.fromkeys(kind.value for kinds in (AgreementKind, MilestoneKind, PaymentKind) for kind in kinds)
)
"""What a filter by kind may name: kinds of agreements, of milestones and of payments."""

_DATE: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_KIND_OF: Final = (OP.agreementKind, OP.milestoneKind, OP.paymentKind)


@dataclass(frozen=True, slots=True)
class When:
    """The days between which a fact lies, `YYYY-MM-DD`.

    Attributes:
        first, last: Both included.
        stated: Whether the text dates it; else this is the day of the release that told it first.
    """

    first: str
    last: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Which facts are meant.

    Attributes:
        since, until: The first and the last day, `YYYY-MM-DD`; empty where the window is open.
        kinds: The kinds of agreements, milestones and payments that are meant; all where it is empty.
    """

    since: str = ""
    until: str = ""
    kinds: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *, since: Day | None = None, until: Day | None = None, kinds: Collection[str] = ()) -> Window:
        """The window that a user describes.

        Raises:
            GraphError: A date or kind is unknown, or the window ends before it begins.

        >>> Window.of(since=2001, until="2003-06", kinds=["licence"])
        Window(since='2001-01-01', until='2003-06-30', kinds=frozenset({'licence'}))
        """
        kinds = [kinds] if isinstance(kinds, str) else kinds
        for kind in sorted(kinds):
            if kind not in KINDS:
                raise GraphError("no such kind", where=kind, remedy=f"use one of {', '.join(KINDS)}")
        first = "" if since is None else _day(since, last=False)
        end = "" if until is None else _day(until, last=True)
        if first and end and first > end:
            raise GraphError("the window ends before it begins", where=f"{first} to {end}", remedy="exchange the dates")
        return cls(first, end, frozenset(kinds))

    @property
    def open(self) -> bool:
        """Whether everything is meant."""
        return not (self.timed or self.kinds)

    @property
    def timed(self) -> bool:
        """Whether time counts."""
        return bool(self.since or self.until)

    def holds(self, when: When | None) -> bool:
        """Whether a fact may lie in the window; what nothing dates lies only in an open one.

        >>> Window.of(since=2001, until=2001).holds(When("2001-11-01", "2002-01-31", stated=True))
        True
        """
        if not self.timed:
            return True
        if when is None:
            return False
        return (not self.until or when.first <= self.until) and (not self.since or when.last >= self.since)

    def wants(self, view: GraphView, iri: str) -> bool:
        """Whether a node's kind is meant; a node without a kind is not, unless all are."""
        return not self.kinds or any(notation(view.value(iri, prop) or "") in self.kinds for prop in _KIND_OF)


def when(view: GraphView, iri: str, seen: Iterable[Seen], issued: Issued) -> When | None:
    """When a thing was, or is to be: as the text dates it, else the day of the release that told it first.

    A payment is dated by the milestone that triggers it.
    """
    dated = [iri, *view.subjects(OP.triggers, iri)]
    for node in dated:
        first, last = view.value(node, OP.earliest), view.value(node, OP.latest)
        if first and last:
            return When(first, last, stated=True)
    days = told(seen, issued)
    return When(days[0], days[0], stated=False) if days else None


def _day(given: Day, *, last: bool) -> str:
    text = given.isoformat() if isinstance(given, date) else str(given).strip()
    year, month, day = (int(part or 0) for part in _parts(text))
    try:
        month = month or (12 if last else 1)
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1)).isoformat()
    except ValueError as error:
        raise GraphError("no date", where=text, remedy="write 2001, 2001-11 or 2001-11-27") from error


def _parts(text: str) -> tuple[str | None, ...]:
    match = _DATE.fullmatch(text)
    return match.groups() if match else ("0", "0", "0")
