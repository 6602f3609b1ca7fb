"""Dates that lean on the release's own: 'earlier this year', 'last month', 'by year-end', 'in November'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from oncopact.model import PartialDate
from oncopact.recognizers import periods
from oncopact.recognizers.spots import cased, spotter

_SPOTS = spotter(cased(("year", "month", "quarter", "yesterday")))
_PARTS: Final = {
    "early": "early", "beginning": "start", "start": "start", "mid": "mid", "middle": "mid", "late": "late",
    "end": "end", "close": "end",
}  # fmt: skip
_SHIFTS: Final = {"this": 0, "the": 0, "current": 0, "last": -1, "previous": -1, "prior": -1, "next": 1, "coming": 1}


def _whose(index: int) -> str:
    return rf"(?P<whose{index}>this|last|next|the\s+(?:current|previous|prior|coming)|the)"


_RELATIVE = re.compile(
    rf"""(?<![\w-])(?i:
        (?P<yesterday>yesterday)
      | (?P<quarter>first|second|third|fourth|final|[1-4](?:st|nd|rd|th))[\s-]+quarter\s+(?:of\s+)?{_whose(1)}\s+
        (?:calendar\s+)?year
      | (?<=the[\s])(?P<alone>first|second|third|fourth)[\s-]+quarter(?=\s*[.,;)])
      | (?P<half>first|second|latter)\s+half\s+(?:of\s+)?{_whose(2)}\s+(?:calendar\s+)?year
      | (?P<by>(?:by|before)\s+)?(?:the\s+)?(?P<part>early|mid|middle|late|beginning|start|end|close)
        (?:\s+of\s+|[\s-]+(?:in\s+)?){_whose(3)}
        (?:\s+calendar)?\s+(?P<unit>year|month)
      | (?P<yearend>(?:by|before|at|until|through)\s+(?:the\s+)?(?:calendar\s+)?year[\s-]?end)(?!\s+\d|['’])
      | (?:(?:earlier|later|sometime)\s+)?(?P<bare>this|last|next|the\s+current)\s+
        (?P<span>(?:calendar\s+)?year|month|quarter)
    )(?![\w-])(?!['’]s\b)""",
    re.VERBOSE,
)
_THE = re.compile(r"\b(?:the|over|past|during\s+the|for\s+the)\s+\Z", re.IGNORECASE)


def find(text: str, start: int, end: int, issued: PartialDate) -> Iterator[tuple[int, int, PartialDate, str]]:
    """Start, end, date and rule of each; nothing where `issued` is not exact enough to lean on."""
    done = start
    for at, to in _SPOTS(text, start, end):
        for match in _RELATIVE.finditer(text, max(done, at - 45), min(end, to + 30)):
            if match.start() < to <= match.end() and match.end() > done:
                done = match.end()
                if meant := _meant(match, text, issued):
                    yield match.start(), match.end(), meant, "date.relative"
                break


def _meant(match: re.Match[str], text: str, issued: PartialDate) -> PartialDate | None:
    if match["yesterday"]:
        return periods.days_before(issued, 1)
    if match["bare"]:
        bare = match["bare"].lower().split()[-1]
        if bare != "current" and _THE.search(text[max(0, match.start() - 12) : match.start()]):
            return None
        return _whole(match["span"].lower().split()[-1], _SHIFTS[bare], issued)
    this_year = periods.certain_year(issued)
    if this_year is None:
        return None
    if match["yearend"]:
        return periods.year(this_year)
    if match["alone"]:
        return periods.quarter(this_year, periods.ORDINALS[match["alone"].lower()])
    whose = next(value for name, value in match.groupdict().items() if name.startswith("whose") and value)
    year = this_year + _SHIFTS[whose.lower().split()[-1]]
    if match["quarter"]:
        return periods.quarter(year, periods.ORDINALS[match["quarter"].lower()])
    if match["half"]:
        return periods.months(year, *((1, 6) if match["half"].lower() == "first" else (7, 12)))
    return _part(match, whose.lower().split()[-1], issued, year)


def _part(match: re.Match[str], whose: str, issued: PartialDate, year: int) -> PartialDate | None:
    """A third or an end of a year or month; 'by the end' leaves open how much earlier."""
    part = "" if match["by"] else _PARTS[match["part"].lower()]
    if match["unit"].lower() == "year":
        return periods.year(year, part=part)
    moved = _moved_month(issued, _SHIFTS[whose])
    part = {"start": "early", "end": "late"}.get(part, part)
    return periods.month(*moved, part=part) if moved else None


def _whole(unit: str, shift: int, issued: PartialDate) -> PartialDate | None:
    if unit == "year":
        year = periods.certain_year(issued)
        return None if year is None else periods.year(year + shift)
    moved = _moved_month(issued, shift if unit == "month" else 3 * shift)
    if moved is None:
        return None
    return periods.month(*moved) if unit == "month" else periods.quarter(moved[0], (moved[1] + 2) // 3)


def _moved_month(issued: PartialDate, shift: int) -> tuple[int, int] | None:
    anchor = periods.certain_month(issued)
    if anchor is None:
        return None
    index = anchor[0] * 12 + anchor[1] - 1 + shift
    return index // 12, index % 12 + 1


def without_year(issued: PartialDate, month: int, day: int | None, whose: str) -> PartialDate | None:
    """The month or day nearest to the release that 'in November', 'last November' or 'next March 3' can mean.

    Without a word that points ahead it is the latest one at or before the release: releases report more than they
    announce.
    """
    anchor = periods.certain_month(issued)
    if anchor is None:
        return None
    year, now = anchor
    if whose == "next":
        year += month <= now
    elif whose == "last":
        year -= month >= now
    elif whose != "this" and (month > now or (month == now and day is not None and day > int(issued.latest[8:]))):
        year -= 1
    return periods.month(year, month) if day is None else periods.day(year, month, day)
