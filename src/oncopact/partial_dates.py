"""Dates that users give and graphs keep with less than a day's precision, as their first and last possible day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final, NoReturn

from oncopact.errors import QueryError

__all__ = ["bounds", "months_between"]

_DATE: Final = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?")


def bounds(value: str) -> tuple[str, str]:
    """The first and last day that a date can mean.

    Raises:
        QueryError: It is no date.

    >>> bounds("2003"), bounds("2003-Q4"), bounds("2004-02")
    (('2003-01-01', '2003-12-31'), ('2003-10-01', '2003-12-31'), ('2004-02-01', '2004-02-29'))
    """
    match = _DATE.fullmatch(value)
    try:
        return _bounds(match) if match else _refused(value)
    except ValueError:  # the 30th of February
        return _refused(value)


def _bounds(match: re.Match[str]) -> tuple[str, str]:
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"])).isoformat()
        return day, day
    first, last = 1, 12
    if match["month"]:
        first = last = int(match["month"])
    elif match["quarter"]:
        last = 3 * int(match["quarter"])
        first = last - 2
    return date(year, first, 1).isoformat(), date(year, last, monthrange(year, last)[1]).isoformat()


def _refused(value: str) -> NoReturn:
    raise QueryError("no date", where=value, remedy="give 2003, 2003-11, 2003-Q4 or 2003-11-12")


def months_between(first: str, last: str, later_first: str, later_last: str) -> str:
    """How many whole months lie between two dates, each known by its first and last possible day; a span where unsure.

    Args:
        first: The first day that the earlier date can mean.
        last: Its last day.
        later_first: The first day that the later date can mean.
        later_last: Its last day.

    >>> months_between("2001-07-16", "2001-07-16", "2003-11-12", "2003-11-12")
    '27'
    >>> months_between("2000-11-01", "2000-11-30", "2003-11-12", "2003-11-12")
    '35–36'
    """
    least, most = _months(last, later_first), _months(first, later_last)
    return str(least) if least == most else f"{least}–{most}"


def _months(earlier: str, later: str) -> int:
    one, other = date.fromisoformat(earlier), date.fromisoformat(later)
    if other < one:
        return -_months(later, earlier)
    return (other.year - one.year) * 12 + other.month - one.month - (other.day < one.day)
