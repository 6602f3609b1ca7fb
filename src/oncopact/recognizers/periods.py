"""Dates with the precision that the text states, and the days they can mean."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from oncopact.model import PartialDate

MONTHS: Final = tuple("january february march april may june july august september october november december".split())
ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (1, 12)}


def month_number(name: str) -> int:
    """1 to 12 for a month's English name or its abbreviation, with or without its full stop.

    >>> month_number("Sept."), month_number("MAY")
    (9, 5)
    """
    short = name[:3].lower()
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(short))


def day(year: int, month: int, number: int) -> PartialDate | None:
    """One day, or None where the calendar has no such day.

    >>> day(2003, 2, 29) is None
    True
    """
    if not (1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    printed = f"{year:04}-{month:02}-{number:02}"
    return PartialDate(printed, printed, printed)


def month(year: int, number: int, *, part: str = "") -> PartialDate:
    """A month, or the early, mid or late third of one; the value is the month all the same."""
    last = monthrange(year, number)[1]
    low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    value = f"{year:04}-{number:02}"
    return PartialDate(value, f"{value}-{low:02}", f"{value}-{high:02}")


def year(number: int, *, part: str = "") -> PartialDate:
    """A year, or a part of one: 'early', 'mid', 'late' (thirds), 'start', 'end' (quarters) or a season.

    The part narrows the days and leaves the value a year, which is as exact as such words are. Winter does not narrow:
    it lies on both sides of New Year.

    >>> year(2005, part="mid")
    PartialDate(value='2005', earliest='2005-05-01', latest='2005-08-31')
    """
    spans = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "start": (1, 3), "end": (10, 12), **_SEASONS}
    low, high = spans.get(part, (1, 12))
    return PartialDate(f"{number:04}", f"{number:04}-{low:02}-01", months(number, low, high).latest)


def months(number: int, low: int, high: int) -> PartialDate:
    """Several months of one year, as a span: a half year is `2003-07/2003-12`."""
    last = monthrange(number, high)[1]
    value = f"{number:04}-{low:02}/{number:04}-{high:02}"
    return PartialDate(value, f"{number:04}-{low:02}-01", f"{number:04}-{high:02}-{last:02}")


def quarter(number: int, which: int) -> PartialDate:
    """A calendar quarter.

    >>> quarter(2003, 1)
    PartialDate(value='2003-Q1', earliest='2003-01-01', latest='2003-03-31')
    """
    span = months(number, 3 * which - 2, 3 * which)
    return PartialDate(f"{number:04}-Q{which}", span.earliest, span.latest)


def fiscal(number: int, which: int = 0) -> PartialDate:
    """A fiscal year or a quarter of one, whose days the text leaves open.

    A company's fiscal year may begin eleven months before the calendar year of its name, or end, as in Japan, three
    months after it.
    """
    value = f"{number:04}-Q{which}" if which else f"{number:04}"
    return PartialDate(value, f"{number - 1:04}-02-01", f"{number + 1:04}-03-31")


def span(first: PartialDate, last: PartialDate) -> PartialDate | None:
    """From one date to another; None where the second does not come after the first.

    >>> span(year(2003), year(2005)).value
    '2003/2005'
    """
    if first.earliest > last.earliest or first.latest >= last.latest:
        return None
    low = first.value if first.value.replace("-", "").isdigit() else first.earliest[:7]
    high = last.value if last.value.replace("-", "").isdigit() else last.latest[:7]
    return PartialDate(f"{low}/{high}", first.earliest, last.latest)


def certain_year(anchor: PartialDate) -> int | None:
    """The year that all days of `anchor` lie in."""
    return int(anchor.earliest[:4]) if anchor.earliest[:4] == anchor.latest[:4] else None


def certain_month(anchor: PartialDate) -> tuple[int, int] | None:
    """The year and month that all days of `anchor` lie in."""
    same = anchor.earliest[:7] == anchor.latest[:7]
    return (int(anchor.earliest[:4]), int(anchor.earliest[5:7])) if same else None


def days_before(anchor: PartialDate, count: int) -> PartialDate | None:
    """The day `count` days before `anchor`, where that is one day."""
    if anchor.earliest != anchor.latest:
        return None
    moved = date.fromisoformat(anchor.earliest) - timedelta(days=count)
    return day(moved.year, moved.month, moved.day)
