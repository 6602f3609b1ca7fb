"""Dates as releases print them: 'October 15, 2002', 'Q1 2003', 'the second half of 2003', 'by year-end'.

Months and years are found first and the patterns are tried beside them. A date keeps the precision of its words; what
is no date of the calendar is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from oncopact.model import Kind, Mention, PartialDate, Span
from oncopact.recognizers import periods, relative_dates, years
from oncopact.recognizers.spots import spotter
from oncopact.text import folded

_SHORT: Final = "jan feb mar apr jun jul aug sep sept oct nov dec".split()
_NAMES: Final = sorted({form for name in (*periods.MONTHS, *_SHORT) for form in (name.capitalize(), name.upper())})
_SPOTS = spotter(_NAMES)
_DASH: Final = r"(?:-{1,2}|–|—|‑|−)"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)"
# Patterns look no further than this, so that long runs of blanks cost nothing.
_REACH: Final = 80
_ORDINAL: Final = r"(?:\s?(?i:st|nd|rd|th)\b)?"
_UNTIL: Final = rf"\s*(?:{_DASH}|/|&|(?i:to|through|and|or)\b)\s*"

_MONTH = re.compile(rf"(?:{'|'.join(sorted(_NAMES, key=lambda name: (-len(name), name)))})(?![A-Za-z])\.?")
_DAY_YEAR = re.compile(
    rf"""\s*,? \s*(?:the\s+)? (?P<day>[0-3]?\d){_ORDINAL} (?:{_UNTIL}(?P<last>[0-3]?\d){_ORDINAL})?
    (?:\s*,\s*|\s+(?:of\s+|in\s+)?) {_YEAR}""",
    re.VERBOSE,
)
_MONTH_YEAR = re.compile(rf"\s*[,/-]?\s*(?:of\s+)?{_YEAR}")
_DAY_ONLY = re.compile(
    rf"\s*(?:the\s+)?(?P<day>[0-3]?\d){_ORDINAL}(?!\w|[.,:/]\d|\s*%|-[A-Za-z]|\s*[-–]\s*\d|\s+(?:patients|million|mg))"
)
_DAY_BEFORE = re.compile(
    rf"""(?<![\w$€£.,/:-]) (?P<day>[0-3]?\d){_ORDINAL} (?:{_UNTIL}(?P<last>[0-3]?\d){_ORDINAL})?
    (?:\s+(?:day\s+)?(?:of\s+)?|[./-]) \Z""",
    re.VERBOSE,
)
_NUMBERED = re.compile(
    r"\b(?:[Pp]hase|PHASE|[Cc]ohort|[Pp]art|[Ff]orm|[Gg]roup|[Dd]ay|[Ww]eek|[Aa]rm|[Nn]o\.?|[Gg]rade|[Ss]tage)\s+\Z"
)
_PART = re.compile(
    r"""(?<![\w-])(?<!\bto\s)(?<!will\s)(?<!could\s)(?<!would\s)(?i:(?P<by>(?:by|before|until)\s+)?(?:the\s+)?
        (?P<part>early|mid|middle|late|beginning|start|end)(?:\s+of\s+|[\s-]+(?:in\s+)?))\Z""",
    re.VERBOSE,
)
_CUE = re.compile(
    r"""(?<![\w-])(?i:in|during|since|until|till|by|of|for|from|through|throughout|on|dated|before|after|as\s+of|effective
        |(?P<whose>last|next|this)|this\s+past|early|late|mid|between|to|beginning|starting|ending|ended
        |(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[\s,-]+(?:the\s+)?\Z""",
    re.VERBOSE,
)
_YEAR_AFTER = re.compile(r"\s*,?\s+(?:of\s+)?(?P<whose>last|this|next)\s+year\b(?!['’])", re.IGNORECASE)
_ROW = re.compile(rf"\s*(?:,|,?\s*(?:and|or|to|through)\b|&|/|{_DASH})\s*(?:on\s+|in\s+)?", re.IGNORECASE)
_SPAN_GAP = re.compile(
    rf"\s*(?:(?P<dash>{_DASH})|,?\s*(?:(?P<to>to|through|until|till)|(?P<and>and))\b)\s*(?:the\s+)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?\Z", re.IGNORECASE)
_MOVED = re.compile(
    r"(?:postpon|mov|delay|exten|chang|accelerat|push|amend|shift|renew|advanc|revis|compar|increas|decreas|rose|grew)"
    r"\w*\b[^.;]{0,70}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A date, or a month or day that still needs a year (`month` is then set and `date` is not)."""

    start: int
    end: int
    rule: str
    date: PartialDate | None = None
    month: int = 0
    day: int | None = None
    cued: bool = False
    whose: str = ""


def find(
    text: str, start: int = 0, end: int | None = None, *, issued: PartialDate | None = None
) -> tuple[Mention, ...]:
    """The dates in `text[start:end]`, sorted by span.

    Args:
        text: The whole text.
        start: Where to begin.
        end: Where to stop; the end of the text by default.
        issued: The release's date, which dates that lean on it need ('earlier this year', 'in November').

    >>> [(m.date.value, m.rule) for m in find("signed on October 15, 2002; data in the second half of 2003")]
    [('2002-10-15', 'date.month-day-year'), ('2003-07/2003-12', 'date.half')]
    """
    end = len(text) if end is None else end
    found = list(_by_month(text, start, end))
    found.extend(_Found(at, to, rule, date) for at, to, date, rule in years.find(text, start, end))
    if issued:
        found.extend(_Found(at, to, rule, date) for at, to, date, rule in relative_dates.find(text, start, end, issued))
    dates = _with_years(text, _longest(found), issued)
    return tuple(_mention(text, one) for one in _spans(text, dates, start) if one.date)


def _mention(text: str, found: _Found) -> Mention:
    span = Span(found.start, found.end)
    return Mention(kind=Kind.DATE, span=span, text=folded(span.of(text)), rule=found.rule, date=found.date)


def _longest(found: list[_Found]) -> list[_Found]:
    """Of overlapping ones the longest, then the earliest, in the order of the text."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.rule)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


# ---------------------------------------------------------------- beside a month


def _by_month(text: str, start: int, end: int) -> Iterator[_Found]:
    for at, _ in _SPOTS(text, start, end):
        before = text[at - 1 : at]
        # 'inMay 2019': pages lose blanks before links.
        name = _MONTH.match(text, at, end)
        if name is None or (before.isalpha() and not (before.islower() and text[at + 1].islower())):
            continue
        month = periods.month_number(name.group())
        if found := _full(text, at, name.end(), month, start, end):
            yield from found
        else:
            yield from _month_alone(text, at, name.end(), month, start, end)


def _full(text: str, at: int, to: int, month: int, start: int, end: int) -> list[_Found]:
    """Dates with day and year around the month at `at`; one that the calendar lacks gives none."""
    near = min(end, to + _REACH)
    if match := _DAY_YEAR.match(text, to, near):
        return _days(at, match.end(), month, match, match, "date.month-day-year")
    match = _MONTH_YEAR.match(text, to, near)
    low = max(start, at - 26)
    number = _DAY_BEFORE.search(text[low:at]) if match else None
    if match and number and not _NUMBERED.search(text[max(start, low + number.start() - 9) : low + number.start()]):
        return _days(low + number.start(), match.end(), month, number, match, "date.day-month-year")
    if match is None:
        return []
    part = _PART.search(text[low:at])
    if part is None:
        return [_Found(at, match.end(), "date.month-year", periods.month(int(match["year"]), month))]
    third = (
        ""
        if part["by"]
        else {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}.get(
            part["part"].lower(), part["part"].lower()
        )
    )
    opening = low + part.start("part")
    return [_Found(opening, match.end(), "date.part-of-month", periods.month(int(match["year"]), month, part=third))]


def _days(at: int, to: int, month: int, days: re.Match[str], rest: re.Match[str], rule: str) -> list[_Found]:
    year = int(rest["year"])
    first = periods.day(year, month, int(days["day"]))
    if first is None or days["last"] is None:
        return [_Found(at, to, rule, first)]
    last = periods.day(year, month, int(days["last"]))
    joined = periods.span(first, last) if last else None
    return [_Found(at, to, "date.span" if joined else rule, joined)]


def _month_alone(text: str, at: int, to: int, month: int, start: int, end: int) -> Iterator[_Found]:
    """A month or a day without a year."""
    low = max(start, at - 26)
    near = min(end, to + _REACH)
    day_match = _DAY_ONLY.match(text, to, near)
    number = None if day_match else _DAY_BEFORE.search(text[low:at])
    number = number if number and number["last"] is None else None
    opening = low + number.start() if number else at
    closing = day_match.end() if day_match else to
    which = day_match or number
    day = int(which["day"]) if which else None
    part = _PART.search(text[low:opening]) if day is None else None
    if part:
        opening = low + part.start("part")
    cue = _CUE.search(text[max(start, opening - 18) : opening])
    # 'of last year' behind the month says the year; 'this past' and weekdays only say that it is a date.
    after = _YEAR_AFTER.match(text, closing, min(end, closing + _REACH))
    whose = "year:" + after["whose"].lower() if after else (cue["whose"] or "").lower() if cue else ""
    rule = "date.month-without-year" if day is None else "date.day-without-year"
    yield _Found(
        opening,
        after.end() if after else closing,
        rule,
        month=month,
        day=day,
        cued=bool(cue or after or part),
        whose=whose,
    )


# ---------------------------------------------------------------- years and spans


def _with_years(text: str, found: list[_Found], issued: PartialDate | None) -> list[_Found]:
    """Months and days without a year take that of the date they stand in a row with, else the release tells it."""
    out: list[_Found] = []
    following: _Found | None = None
    for one in reversed(found):
        done = one
        if one.month:
            year = _row_year(text, one, following)
            if year:
                date = periods.day(year, one.month, one.day) if one.day else periods.month(year, one.month)
                done = replace(one, date=date, rule=one.rule.replace("without", "shared"))
            elif one.cued and issued:
                done = replace(one, date=_leaning(one, issued))
        out.append(done)
        following = done
    return out[::-1]


def _row_year(text: str, one: _Found, following: _Found | None) -> int | None:
    if (
        following is None
        or following.date is None
        or not following.rule.startswith(("date.month", "date.day", "date.span"))
    ):
        return None
    if following.rule.endswith("without-year") or following.start - one.end > _REACH:
        return None
    if not _ROW.fullmatch(text, one.end, following.start):
        return None
    return int(following.date.value[:4])


def _leaning(one: _Found, issued: PartialDate) -> PartialDate | None:
    if one.whose.startswith("year:"):
        year = periods.certain_year(issued)
        if year is None:
            return None
        year += {"last": -1, "this": 0, "next": 1}[one.whose.removeprefix("year:")]
        return periods.day(year, one.month, one.day) if one.day else periods.month(year, one.month)
    return relative_dates.without_year(issued, one.month, one.day, one.whose)


def _spans(text: str, found: list[_Found], start: int) -> list[_Found]:
    """'from X to Y', 'between X and Y', 'X – Y' as one date each."""
    out: list[_Found] = []
    for one in found:
        joined = _span(text, out[-1], one, start) if out else None
        if joined:
            out[-1] = joined
        else:
            out.append(one)
    return out


def _span(text: str, first: _Found, last: _Found, start: int) -> _Found | None:
    if first.date is None or last.date is None or last.start - first.end > _REACH:
        return None
    if "/" in first.date.value or first.rule == "date.span":
        return None
    gap = _SPAN_GAP.fullmatch(text, first.end, last.start)
    if gap is None:
        return None
    before = text[max(start, first.start - 90) : first.start]
    if gap["and"] and not _BETWEEN.search(before):
        return None
    # 'postponed from March to June 2003' says two dates; so does 'rose from 2002 to 2003'.
    if gap["to"] and _MOVED.search(before):
        return None
    if gap["to"] and "relative" in last.rule and not _FROM.search(before):
        return None
    date = periods.span(first.date, last.date)
    return replace(last, start=first.start, date=date, rule="date.span", month=0) if date else None
