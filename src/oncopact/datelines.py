"""Where and when a release was issued, and by which wire, as its dateline prints it.

Patterns and small functions only, shared by the readers (is this a release?) and by segmentation (when was it issued?).
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from oncopact.model import PartialDate, Span

# ---------------------------------------------------------------- dates

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FOREIGN_MONTHS = {"mär": 3, "mai": 5, "okt": 10, "dez": 12}
_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|oktober|nov(?:ember)?|dec(?:ember)?|dezember)"
)
DATE = re.compile(
    rf"""
    \b(?:
        (?P<month>{_MONTH})\.?,?\s{{0,4}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b
            (?:\s?,?\s{{0,4}}(?P<year>(?:19|20)\d\d)\b)?
      | (?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s{{1,3}}(?:of\s)?(?P<month2>{_MONTH})\.?,?\s{{1,3}}(?P<year2>(?:19|
          20)\d\d)\b
      | (?P<year3>(?:19|20)\d\d)[-/](?P<month3>\d\d)[-/](?P<day3>\d\d)\b
      | (?P<day5>\d{{1,2}})\.(?P<month5>\d{{1,2}})\.(?P<year5>(?:19|20)\d\d)\b
      | (?P<month4>\d{{1,2}})/(?P<day4>\d{{1,2}})/(?P<year4>(?:19|20)\d\d)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A day as releases print it; the year may be missing after a month's name."""


def day(year: int, month: int, number: int) -> PartialDate | None:
    """A full date, or None where the calendar has no such day.

    >>> day(2002, 10, 15)
    PartialDate(value='2002-10-15', earliest='2002-10-15', latest='2002-10-15')
    """
    if not (1 <= month <= 12 and 1900 <= year <= 2099 and 1 <= number <= calendar.monthrange(year, month)[1]):
        return None
    iso = f"{year:04d}-{month:02d}-{number:02d}"
    return PartialDate(iso, iso, iso)


def date_of(match: re.Match[str], *, year: int | None = None) -> PartialDate | None:
    """The value of a match of `DATE`; `year` stands in for a year that is not printed.

    >>> date_of(DATE.search("Oct. 15, 2002")).value
    '2002-10-15'
    """
    parts = match.groupdict()
    stated = parts["year"] or parts["year2"] or parts["year3"] or parts["year4"] or parts["year5"]
    if stated is None and year is None:
        return None
    named = parts["month"] or parts["month2"]
    number = _month_number(named) if named else int(parts["month3"] or parts["month4"] or parts["month5"])
    printed = parts["day"] or parts["day2"] or parts["day3"] or parts["day4"] or parts["day5"]
    return day(int(stated or year or 0), number, int(printed))


def stated_day(value: str) -> str | None:
    """The day that a container's date field states, `YYYY-MM-DD`.

    >>> stated_day("March 08, 2019 04:10 PM Eastern Standard Time")
    '2019-03-08'
    """
    match = DATE.search(value)
    date = date_of(match) if match else None
    return date.value if date else None


def _month_number(name: str) -> int:
    head = name.lower()[:3]
    return _FOREIGN_MONTHS.get(head) or _MONTHS.index(head) + 1


# ---------------------------------------------------------------- datelines

_WIRE_NAME = (
    r"business\s?wire|pr\s?newswire(?:-[\w ]{2,20})?|globe\s?newswire|marketwired?|primezone|prime\s?newswire|"
    r"accesswire|"
    r"newsfile(?:\s+corp\.?)?|einpresswire(?:\.com)?|cnw(?:\s+group)?|canada\s?newswire|jcn\s?newswire|"
    r"thomson\s+reuters\s+one|hugin|newswire|marketwatch|internet\s+wire|comtex|ots|news\s?direct|prweb|"
    r"dpa-?afx|awp|rtt\s?news|reuters|associated\s+press|eqs(?:[-\s]news)?|dgap|presswire|"
    r"antara|xinhua|kyodo\s?jbn|medianet|afp|dow\s?jones|acn\s?newswire|primenewswire|newsbank|investor\s?wire"
)
_BRACKETED_WIRE = re.compile(
    rf"[(/\[]\s*(?P<wire>(?:{_WIRE_NAME}|"
    rf"[\w .-]{{0,24}}wires?(?:\.com)?)\b[^)/\]\n]{{0,50}}?)\s*(?:via\s[^)/\]\n]{{0,40}})?[)/\]]+",
    re.IGNORECASE,
)
_BARE_WIRE = re.compile(r"(?P<wire>(?:PR\s?Newswire|BUSINESS WIRE|GLOBE NEWSWIRE|Business Wire|ACCESSWIRE))\b\s*/?")
_PLACE_WORD = re.compile(
    r"(?:[A-Z]\.)+|[A-Z0-9À-Þ][\w.'’()/-]*|and|AND|&|of|de|del|la|le|les|sur|upon|am|an|der|di|in|a\.d|do|da|el|los|/"
)
_PLACE_WORDS = 4
_NO_PLACE = frozenset(
    "on in at as since for by the from during under before after until this these when while today effective dated "
    "date "
    "through our its page filed of copyright".split()
)
_GAP = re.compile(r"(?:[\s,;(\[\-–—‒―.|/•·:)\]]|(?<=\s)I(?=\s))*")
_TIME = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|at\s(?=\d)|updated\b|"
    r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?|"
    r"\d{1,2}\s?[ap]\.?m\b\.?|[ECMP][SD]?T\b|GMT\b|CES?T\b|Eastern(?:\s(?:Standard|Daylight))?(?:\sTime)?)",
    re.IGNORECASE,
)
_END = re.compile(
    r"[\s,;)\].]*(?:(?:[-–—‒―|]|(?<=\s)I(?=\s)|\.{2,}|…|:|//?)[\s\-–—‒―]*)+(?:via\s[\w .]{1,40}?[-–—]{1,2}\s*)?"
)
_MIXED_PLACE = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2},(?: the)? [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}"
    r"\s[–—-]{1,2}\s+(?=[A-Z“\"])"
)
_BLANK = re.compile(r"[\s,.)]*")
_WEAK = re.compile(
    r"""
    [A-Z][A-Z.'’-]+(?:[ ][A-Z][A-Z.'’-]*){0,3}                         # RAHWAY, SALT LAKE CITY
    (?:(?:,[ ]|\s(?:and|AND|&)\s)[A-Z][\w.]*(?:[ ][A-Z][\w.]*){0,3}){0,5},?   # , N.J. and TOKYO
    \s?(?:-{2,}|\s?[–—]{1,3}\s?|\s-{1,2}\s)\s*(?=[A-Z“"0-9‘'])
    """,
    re.VERBOSE,
)
_LOOK = 260
"""How far into a paragraph the date or wire of its dateline may stand."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a release was issued from, when, and by which wire.

    Attributes:
        span: From the first place to past the dash and blanks after it.
        date: The date as printed.
        issued: The date, where a year is printed or given.
        wire: The wire service as printed, its brackets left out.
    """

    span: Span
    date: Span | None = None
    issued: PartialDate | None = None
    wire: str | None = None


def find_dateline(text: str, start: int, end: int, *, year: int | None = None, weak: bool = False) -> Dateline | None:
    """The dateline that a paragraph begins with.

    Args:
        text: The release.
        start: Where the paragraph begins, white space excluded.
        end: Where it ends.
        year: The year to take where the dateline prints none.
        weak: Whether a place in capitals and a dash will do, without date or wire.

    >>> line = find_dateline("VIENNA, Austria, 15 October 2002 - Alpha AG said", 0, 48)
    >>> line.issued.value, line.span
    ('2002-10-15', Span(start=0, end=35))
    """
    limit = min(end, start + _LOOK)
    firsts = [
        match
        for pattern in (DATE, _BRACKETED_WIRE, _BARE_WIRE)
        if (match := pattern.search(text, start, limit)) is not None
    ]
    if firsts:
        first = min(firsts, key=lambda match: match.start())
        if (place := _place_ends(text, start, first.start())) is not None:
            found = _read_dateline(text, start, first.start(), end, year=year, capitals=place)
            if found is not None:
                return found
    if weak and (match := _WEAK.match(text, start, limit) or _MIXED_PLACE.match(text, start, limit)) is not None:
        return Dateline(Span(start, match.end()))
    return None


def find_late_dateline(text: str, start: int, end: int, *, year: int | None = None) -> Dateline | None:
    """The dateline that stands after other words at the beginning of a paragraph, as on pages flattened to one line.

    >>> find_late_dateline("Alpha AG VIENNA, Oct. 15, 2002 (GLOBE NEWSWIRE) -- Alpha said", 0, 61).span.start
    9
    """
    limit = min(end, start + 900)
    for mark in (_BRACKETED_WIRE.search(text, start, limit), _DASHED_DATE.search(text, start, limit)):
        if mark is None:
            continue
        for match in _CAPITALS.finditer(text, max(start, mark.start() - 160), mark.start()):
            found = find_dateline(text, match.start(), end, year=year)
            if found is not None and found.span.end > mark.start():
                return found
    return None


_DASHED_DATE = re.compile(rf"\b{_MONTH}\.?\s\d{{1,2}},\s(?:19|20)\d\d\s?(?:[-–—]{{1,2}}|/)", re.IGNORECASE)
_SAID_ON = re.compile(
    r"(?:said|announced|confirmed|reported|stated|disclosed|filing\s[\w\s]{0,40}?)(?:\s+today)?,?\s+on\s+",
    re.IGNORECASE,
)


_ON_DAY = re.compile(r"On\s+")
_SAYS = re.compile(r"[^.]{3,200}?\b(?:announced|reported|said|disclosed|confirmed)\b", re.DOTALL)


def find_said_on(text: str, start: int, end: int) -> tuple[PartialDate, Span] | None:
    """The date on which a release without dateline says that something was said ('confirmed on December 19, 2018').

    >>> find_said_on("Alpha AG said on 2 May 2019 that it had paid.", 0, 44)[0].value
    '2019-05-02'
    >>> find_said_on("On May 2, 2019 Alpha AG reported that it had paid.", 0, 50)[0].value
    '2019-05-02'
    """
    opening = _ON_DAY.match(text, start, end)
    for match in (*((opening,) if opening else ()), *_SAID_ON.finditer(text, start, end)):
        date = DATE.match(text, match.end(), end)
        if date is None or (match is opening and _SAYS.match(text, date.end(), end) is None):
            continue
        if (value := date_of(date)) is not None:
            return value, Span(date.start(), date.end())
    return None


_PERIOD_END = re.compile(r"\b(?:ended|ending)\s+(?:on\s+)?", re.IGNORECASE)
_LEAD = 3000
_SOON = 200
"""So many days after a period's end its figures are out."""


def date_with_year(text: str, printed: Span) -> PartialDate | None:
    """The date of a dateline that prints no year, where the release tells it elsewhere.

    Told by the same day with its year, or by the end of the period that the lead reports on.

    Args:
        text: The release.
        printed: The dateline's month and day.

    >>> release = "LINZ, July 29 /PRNewswire/ -- Oakline reported results for the year ended June 30, 2003."
    >>> date_with_year(release, Span(6, 13)).value
    '2003-07-29'
    """
    match = DATE.match(text, printed.start, printed.end)
    if match is None or date_of(match) is not None:
        return None
    month_and_day = (date_of(match, year=2000) or PartialDate("", "", "")).value[4:]
    same = {
        date.value
        for other in DATE.finditer(text)
        if (date := date_of(other)) is not None and date.value.endswith(month_and_day) and month_and_day
    }
    if len(same) == 1:
        return date_of(match, year=int(same.pop()[:4]))
    ends = [
        date.value
        for period in _PERIOD_END.finditer(text, printed.end, printed.end + _LEAD)
        if (other := DATE.match(text, period.end())) is not None and (date := date_of(other)) is not None
    ]
    if same or not ends:
        return None
    last = datetime.date.fromisoformat(max(ends))
    following = (date_of(match, year=year) for year in (last.year, last.year + 1))
    return next((date for date in following if date and 0 <= _days(last, date) <= _SOON), None)


def _days(first: datetime.date, date: PartialDate) -> int:
    return (datetime.date.fromisoformat(date.value) - first).days


_CAPITALS = re.compile(r"(?<!\S)[A-Z]{3,}")


def _place_ends(text: str, start: int, stop: int) -> bool | None:
    """Whether the place between `start` and `stop` is in capitals; None where no place stands there."""
    place = re.sub(r"(?:[\s,;(\[\-–—‒―.|/:]|(?<=\s)I(?=\s))+$", "", text[start:stop])
    place = re.sub(r"[\s,(]*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?$", "", place, flags=re.IGNORECASE)
    if not place:
        return False
    if len(place) > 150 or place.split(None, 1)[0].lower().strip(",.") in _NO_PLACE:
        return None
    parts = re.split(r"\s*(?:--+|[–—‒―]|\s-\s|\.{2,}|…)\s*", place)
    for chunk in re.split(r"[,;|•·]|\band\b|\bAND\b|&", ",".join(parts)):
        words = chunk.split()
        if len(words) > _PLACE_WORDS or not all(_PLACE_WORD.fullmatch(word) for word in words):
            return None
    return parts[0].split(",")[0].isupper()


def _read_dateline(text: str, start: int, at: int, end: int, *, year: int | None, capitals: bool) -> Dateline | None:
    date: re.Match[str] | None = None
    wire: re.Match[str] | None = None
    position = closed = at
    while True:
        if date is None and (match := DATE.match(text, position, end)) is not None:
            date = match
        elif wire is None and (match := _wire_at(text, position, end)) is not None:
            wire = match
        elif (match := _TIME.match(text, position, end)) is None:
            break
        closed = match.end()
        gap = _GAP.match(text, closed, end)
        position = _bracket_start(text, closed, gap.end() if gap else closed, end)
    if date is None and wire is None:
        return None
    after = _END.match(text, closed, end)
    if after is not None:
        stop = after.end()
    elif (wire is not None or (at > start and text[closed : closed + 1] == ("," if capitals else "."))) and (
        blank := _BLANK.match(text, closed, end)
    ) is not None:
        stop = blank.end()
    else:
        return None
    issued = date_of(date, year=year) if date else None
    printed = Span(date.start(), date.end()) if date else None
    return Dateline(Span(start, stop), printed, issued, " ".join(wire["wire"].split()) if wire else None)


def _wire_at(text: str, position: int, end: int) -> re.Match[str] | None:
    return _BRACKETED_WIRE.match(text, position, end) or _BARE_WIRE.match(text, position, end)


def _bracket_start(text: str, low: int, position: int, end: int) -> int:
    """`position`, or the bracket that opens a wire's name just before it."""
    if position > low and text[position - 1] in "(/[" and _BRACKETED_WIRE.match(text, position - 1, end):
        return position - 1
    return position


def is_place(printed: str) -> bool:
    """Whether a text is nothing but a place, or a weekday, as it stands before a date."""
    return len(printed) <= 90 and _place_ends(printed, 0, len(printed)) is not None


HOUR = re.compile(rf"(?:[\s,;()\-–—|/•·:.]|{_TIME.pattern})*", re.IGNORECASE)
"""What may follow the date in a line of its own."""
