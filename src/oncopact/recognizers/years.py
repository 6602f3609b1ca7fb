"""What a year's number dates: quarters, halves, parts of the year, fiscal years, numeric dates, years alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from oncopact.model import PartialDate
from oncopact.recognizers import periods
from oncopact.recognizers.spots import spotter

Dated: TypeAlias = tuple[int, int, PartialDate, str]

_SPOTS = spotter(str(decade) for decade in range(198, 205))
_SHORT_SPOTS = spotter([*(f"Q{n}" for n in range(1, 5)), *(f"{n}Q" for n in range(1, 5)), "H1", "H2", "1H", "2H", "FY"])
_DASH: Final = r"(?:-{1,2}|–|—|‑|−)"
_WHICH: Final = r"first|second|third|fourth|final|1st|2nd|3rd|4th"
_FISCAL: Final = (
    r"(?:(?:of|in|for)\s+)?(?:the\s+|its\s+|our\s+|their\s+)?(?:(?P<fiscal>fiscal|financial)[\s-]+)?"
    r"(?:calendar[\s-]+)?(?:year[\s-]+)?"
)
_QUARTER = re.compile(
    rf"""(?<![\w-])(?i:
        (?P<one>{_WHICH}) (?:\s*(?:and|or|to|through|{_DASH}|/)\s*(?:the\s+)?(?P<two>{_WHICH}))? [\s-]+
        (?:(?P<fiscal0>fiscal|financial)[\s-]+|calendar[\s-]+)? quarters?,? [\s-]+ {_FISCAL}
      | (?:Q(?P<q1>[1-4])|(?P<q2>[1-4])Q) (?:\s*(?:and|or|to|{_DASH}|/)\s*(?:Q(?P<q3>[1-4])|(?P<q4>[1-4])Q))?
        [\s,/’'-]* (?:of\s+)? (?:(?P<fiscal2>fiscal|financial|FY)\s*)? )\Z""",
    re.VERBOSE,
)
_HALF = re.compile(
    rf"""(?<![\w-])(?i:
        (?P<which>first|second|latter|1st|2nd)[\s-]+half,?[\s-]+ {_FISCAL}
      | (?:H(?P<h1>[12])|(?P<h2>[12])H)[\s,/’'-]*(?:of\s+)?
      | (?P<end>first|last)\s+(?P<count>three|six|nine)\s+months\s+(?:of|in)\s+(?:calendar\s+)? )\Z""",
    re.VERBOSE,
)
_PART = re.compile(
    r"""(?<![\w-])(?<!\bto\s)(?<!will\s)(?<!could\s)(?<!would\s)(?i:
        (?P<by>(?:by|before|until|through|prior\s+to)\s+)? (?:the\s+)?(?:very\s+)?
        (?P<part>early|earlier|mid[\s-]year|mid|middle|late|later|beginning|start|end|close|year[\s-]end|first\s+part|latter\s+part
          |spring|summer|fall|autumn|winter)
        (?:\s+of\s+(?:the\s+year\s+|calendar\s+(?:year\s+)?)?|\s*,\s*
          |[\s-]+(?:in\s+)?(?:calendar\s+(?:year\s+)?)?) )\Z""",
    re.VERBOSE,
)
_PARTS: Final = {
    "early": "early", "earlier": "", "beginning": "start", "start": "start", "mid": "mid", "middle": "mid",
    "mid-year": "mid",
    "late": "late", "later": "", "end": "end", "close": "end", "year-end": "end", "first part": "early",
    "latter part": "late",
}  # fmt: skip
_FISCAL_YEAR = re.compile(r"(?<![\w-])(?i:(?:fiscal|financial)[\s-]+(?:year[\s-]+)?|FY\s?['’]?)\Z")
_CUE = re.compile(
    r"""(?<![\w-])(?i:in|since|during|by|of|until|till|from|through|throughout|before|after|between|around|about|within|to
        |prior\s+to|as\s+of|(?:the|calendar)\s+year|full[\s-]year|calendar|beginning|starting|as\s+(?:early|late)\s+as
        |year|into|for|late\s+in|early\s+in)\s+\Z""",
    re.VERBOSE,
)
# 'Reform Act of 1995', 'Plan of 2003': the year is part of a name.
_NAMED = re.compile(
    r"\b(?:Acts?|Code|Law|Bill|Directive|Regulations?|Rules?|Amendments?|Treaty|Statute|Plan|Declaration|Order|Convention"
    r"|Class|ACT|CODE|LAW|PLAN)\s*,?\s+of\s+\Z"
)
# The year of a deal: 'its 1999 collaboration', 'the 2001 licence agreement'; not 'its 2024 collaboration revenue'.
_WHOSE = re.compile(r"(?<!\w)(?:(?i:its|their|our|his|the|this|that|an?)|[\w.]+['’]s?)\s+\Z")
_DEAL = re.compile(
    r"""\s+(?:[a-z][a-z-]*\s+){0,3}?(?:agreement|licen[cs]e|collaboration|alliance|partnership|deal|pact|acquisition)
        (?!\w|\s+(?:revenues?|income|expenses?|fees?|payments?|proceeds|costs))""",
    re.VERBOSE | re.IGNORECASE,
)
_WEAK = re.compile(r"\b(?:to|for|about|around|within|of|from)\s+\Z", re.IGNORECASE)
_NOT_A_YEAR = re.compile(
    r"""\s*(?:[-‑][A-Za-z]|%|percent\b|(?:mg|ml|mL|kg|g|nM|units?|IU|mcg|cells?|sites|doses|cases|participants|volunteers
        |hospitals|people|persons|patients|subjects|individuals|men|women|children|employees|associates|shares|clinical|of|million
        |billion|square|or\s+more|euros?|dollars?|[€$£]|meters|compounds|samples|U\.?S\.?\s+dollars|times|hours|words)(?!\w))""",
    re.VERBOSE,
)
_MEETING = re.compile(
    r"\s+(?:[A-Z]{3,}\b(?![a-z])|(?:[A-Z][\w&/-]*\s+){0,6}(?:Meeting|Congress|Conference|Symposium|Summit|Forum|Week|Awards?)\b)"
)
_MORE = re.compile(r"\s*(?:,|,?\s+and|,?\s+or|,?\s+and/or)\s+(?=(?:19[89]|20[0-4])\d(?!\d))")
_RANGE = re.compile(rf"\s*(?:{_DASH}|/)\s*(?P<last>(?:19[89]|20[0-4])\d)(?![\d/]|[-–][\d])")
_NUMERIC = re.compile(r"(?<![\d./-])(?P<one>\d{1,2})(?P<sign>[./])(?P<two>\d{1,2})(?P=sign)\Z")
_ISO = re.compile(r"(?P<year>\d{4})(?P<sign>[-/])(?P<month>[01]\d)(?P=sign)(?P<day>[0-3]\d)(?!\d|[-/.]\d)")
_SHORT_YEAR = re.compile(
    r"(?:Q(?P<q1>[1-4])|(?P<q2>[1-4])Q|H(?P<h1>[12])|(?P<h2>[12])H|(?P<fiscal>FY))(?:\s?['’]\s?|)(?P<year>\d\d)(?![\w%]|[.,]\d)"
)


def find(text: str, start: int, end: int) -> Iterator[Dated]:
    """Start, end, date and rule of everything that a year from 1980 to 2049 closes."""
    done = start
    for at, _ in _SPOTS(text, start, end):
        to = at + 4
        if (
            at < done
            or not text[at:to].isdigit()
            or to > end
            or text[to : to + 1].isdigit()
            or text[at - 1 : at].isdigit()
        ):
            continue
        for dated in _at_year(text, at, to, start, end):
            done = max(done, dated[1])
            yield dated
    yield from _short_years(text, start, end)


def _at_year(text: str, at: int, to: int, start: int, end: int) -> Iterator[Dated]:
    low = max(start, at - 64)
    before = text[low:at]
    year = int(text[at:to])
    if numeric := _numeric(text, at, before, year, end):
        opening, closing, date, rule = numeric
        yield (opening if opening == at else low + opening), closing, date, rule
        return
    # '2,003' is a number, 'the 2030s' are ten years.
    if (
        text[to : to + 1] == "s"
        or text[to : to + 2].lstrip(".,").isdigit()
        or before.endswith(("$", "€", "£", "¥", "#"))
    ):
        return
    for pattern, reading in ((_QUARTER, _quarter), (_HALF, _half), (_PART, _part), (_FISCAL_YEAR, _fiscal)):
        if (match := pattern.search(before)) and (dated := reading(match, year)):
            yield low + match.start(dated[2]), to, dated[0], dated[1]
            return
    yield from _alone(text, at, to, before, end)


# ---------------------------------------------------------------- readings of the words before


def _first(match: re.Match[str], *names: str) -> str:
    return next((match[name] for name in names if match[name]), "")


def _quarter(match: re.Match[str], year: int) -> tuple[PartialDate, str, str | int] | None:
    one = _number(_first(match, "one", "q1", "q2"))
    two = _number(_first(match, "two", "q3", "q4"))
    if _first(match, "fiscal0", "fiscal", "fiscal2"):
        return periods.fiscal(year, 0 if two else one), "date.fiscal", 0
    if not two:
        return periods.quarter(year, one), "date.quarter", 0
    return (periods.months(year, 3 * one - 2, 3 * two), "date.span", 0) if one < two else None


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else periods.ORDINALS.get(printed.lower(), 0)


def _half(match: re.Match[str], year: int) -> tuple[PartialDate, str, str | int] | None:
    if match["count"]:
        count = {"three": 3, "six": 6, "nine": 9}[match["count"].lower()]
        low = 1 if match["end"].lower() == "first" else 13 - count
        return periods.months(year, low, low + count - 1), "date.span", 0
    if match["fiscal"]:
        return periods.fiscal(year), "date.fiscal", 0
    first = (match["which"] or "").lower() in ("first", "1st") or _first(match, "h1", "h2") == "1"
    return periods.months(year, *((1, 6) if first else (7, 12))), "date.half", 0


def _part(match: re.Match[str], year: int) -> tuple[PartialDate, str, str | int] | None:
    part = re.sub(r"[\s-]+", "-" if "year" in match["part"].lower() else " ", match["part"].lower())
    rule = "date.season" if part not in _PARTS else "date.part-of-year"
    part = _PARTS.get(part, part)
    # 'by the end of 2020' leaves open how much earlier.
    if match["by"] and part == "end":
        part = ""
    return periods.year(year, part=part), rule, "part"


def _fiscal(_: re.Match[str], year: int) -> tuple[PartialDate, str, str | int] | None:
    return periods.fiscal(year), "date.fiscal", 0


# ---------------------------------------------------------------- numbers alone


def _numeric(text: str, at: int, before: str, year: int, end: int) -> Dated | None:
    """ISO dates, and day and month in figures where only one order is possible."""
    iso = _ISO.match(text, at, end)
    if iso and not (before and (before[-1].isalnum() or before[-1] in "-/.")):
        date = periods.day(year, int(iso["month"]), int(iso["day"]))
        return (at, iso.end(), date, "date.iso") if date else None
    match = _NUMERIC.search(before)
    if match is None or text[at + 4 : at + 5] in ("/", "-"):
        return None
    one, two = int(match["one"]), int(match["two"])
    if one <= 12 and two <= 12 and one != two:
        return None
    date = periods.day(year, two, one) if one > 12 else periods.day(year, one, two)
    return (match.start(), at + 4, date, "date.numeric") if date else None


def _alone(text: str, at: int, to: int, before: str, end: int) -> Iterator[Dated]:
    """A year with a word before it that asks for one, in parentheses, or as the start of a span of years."""
    if before and (before[-1].isalnum() or before[-1] in "-–/."):
        return
    near = min(end, to + 120)
    span = _RANGE.match(text, to, near)
    if span and 0 < int(span["last"]) - int(text[at:to]) <= 25:
        date = periods.span(periods.year(int(text[at:to])), periods.year(int(span["last"])))
        if date:
            yield at, span.end(), date, "date.span"
        return
    bracketed = before.endswith("(") and text[to : to + 1] == ")"
    cue = _CUE.search(before)
    if not (bracketed or cue or (_WHOSE.search(before) and _DEAL.match(text, to, near))) or (
        cue and _NAMED.search(before)
    ):
        return
    if bracketed and re.search(r"\b(?:Act|Code|Law|Directive|Regulation)\s+\(\Z", before):
        return
    if text[to : to + 1] in ("/", "-", "–", "_") or _NOT_A_YEAR.match(text, to, near) or _MEETING.match(text, to, near):
        return
    yield at, to, periods.year(int(text[at:to])), "date.year"
    while more := _MORE.match(text, to, min(end, to + 40)):
        at, to = more.end(), more.end() + 4
        if _NOT_A_YEAR.match(text, to, end) or text[to : to + 1] in ("-", "/"):
            return
        yield at, to, periods.year(int(text[at:to])), "date.year"


def _short_years(text: str, start: int, end: int) -> Iterator[Dated]:
    """'1Q03', "Q2'04", '2H24', 'FY25': years of two digits, which only these abbreviations carry."""
    for at, _ in _SHORT_SPOTS(text, start, end):
        match = _SHORT_YEAR.match(text, at, end)
        if match is None or text[at - 1 : at].isalnum():
            continue
        short = int(match["year"])
        year = short + (2000 if short < 50 else 1900)
        if which := _first(match, "q1", "q2"):
            yield at, match.end(), periods.quarter(year, int(which)), "date.quarter"
        elif half := _first(match, "h1", "h2"):
            yield at, match.end(), periods.months(year, *((1, 6) if half == "1" else (7, 12))), "date.half"
        else:
            yield at, match.end(), periods.fiscal(year), "date.fiscal"
