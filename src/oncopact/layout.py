"""How a release looks: datelines, dates, wire services, marks of page furniture, boilerplate and contacts.

Patterns and small functions only, shared by the readers (is this a release?) and by segmentation (where is what?).
"""

from __future__ import annotations

import calendar
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
    stated = parts["year"] or parts["year2"] or parts["year3"] or parts["year4"]
    if stated is None and year is None:
        return None
    named = parts["month"] or parts["month2"]
    number = _month_number(named) if named else int(parts["month3"] or parts["month4"])
    return day(int(stated or year or 0), number, int(parts["day"] or parts["day2"] or parts["day3"] or parts["day4"]))


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
_GAP = re.compile(r"[\s,;(\[\-–—‒―.|/•·:)\]]*")
_TIME = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|at\s(?=\d)|updated\b|"
    r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?|"
    r"\d{1,2}\s?[ap]\.?m\b\.?|[ECMP][SD]?T\b|GMT\b|CES?T\b|Eastern(?:\s(?:Standard|Daylight))?(?:\sTime)?)",
    re.IGNORECASE,
)
_END = re.compile(r"[\s,;)\].]*(?:(?:[-–—‒―]|\.{2,}|…|:|//?)[\s\-–—‒―]*)+(?:via\s[\w .]{1,40}?[-–—]{1,2}\s*)?")
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


def find_said_on(text: str, start: int, end: int) -> tuple[PartialDate, Span] | None:
    """The date on which a release without dateline says that something was said ('confirmed on December 19, 2018').

    >>> find_said_on("Alpha AG said on 2 May 2019 that it had paid.", 0, 44)[0].value
    '2019-05-02'
    """
    for match in _SAID_ON.finditer(text, start, end):
        date = DATE.match(text, match.end(), end)
        if date is not None and (value := date_of(date)) is not None:
            return value, Span(date.start(), date.end())
    return None


_CAPITALS = re.compile(r"(?<!\S)[A-Z]{3,}")


def _place_ends(text: str, start: int, stop: int) -> bool | None:
    """Whether the place between `start` and `stop` is in capitals; None where no place stands there."""
    place = re.sub(r"[\s,;(\[\-–—‒―.|/:]+$", "", text[start:stop])
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

# ---------------------------------------------------------------- furniture, contacts, boilerplate

RULE = re.compile(r"[-=_*~–—·•.\s#]{3,}|(?:#\s*)+|\*")
END_MARK = re.compile(
    r"(?:#\s*){1,}|-\s?(?:0|30|end|ends)\s?-|(?:\*\s*){3,}|ends?|[<>\[(]?\s*end\s*[\])<>]?|x\s?x\s?x|/\*{2,}/?",
    re.IGNORECASE,
)
MORE = re.compile(r"[\[(<]?\s*[-–—.]*\s*\(?more(?:\s+to\s+(?:follow|come))?\)?\s*[-–—.]*\s*[\])>]?", re.IGNORECASE)
FURNITURE = re.compile(
    r"""
    (?:for\s+)?immediate\s+release(?:\s*[:.-])?
  | (?:for\s+(?:immediate\s+)?(?:release|publication)\b.{0,60})
  | not\s+for\s+(?:immediate\s+)?(?:release|distribution)\b.{0,120}
  | \(?exhibit\s+(?:no\.?\s+)?\d+(?:\.\d+)?(?:\s?\(?[a-z]\)?)?\)?\.?
  | ex-\d+(?:\.\d+)?
  | \[?\(?(?:company\s+|corporate\s+)?(?:logo|letterhead)\)?\]?
  | \[.{0,60}\b(?:logo|letterhead|graphic|photo|image|picture)\b.{0,30}\]
  | (?:news|press|media|investor|corporate|company|trade|business|financial|joint)?\s*(?:news|press|media|
      product)\s*(?:release|information|contact\s+sheet)\s*:?
  | (?:\W*)(?:news|press\s+release|news\s+release|news\s*\|.{0,30})(?:\W*)
  | source\s*:?\s+.{2,160}
  | (?:pr\s?newswire|business\s?wire|globe\s?newswire|accesswire|news\s?direct|marketwired?)
  | -{1,2}\s?\(?news\s?direct\)?\s?-{1,2}
  | news\s+provided\s+by\b.{0,100}
  | view\s+(?:original|source)\s+(?:content|version)\b.{0,400}
  | (?:logo|photo|image|video|multimedia)\s*(?:available)?\s*[-:–]\s*(?:available\s+at\s*:?\s*)?https?://.{0,400}
  | (?:an?\s+)?(?:photo|infographic|video|media\s+snippet)\w*\s+(?:accompanying|is\s+available|are\s+available).{0,400}
  | this\s+press\s+release\s+features\s+multimedia\..{0,400}
  | (?:page|seite)\s+\d+(?:\s+of\s+\d+)?
  | https?://\S+
  | (?:related|latest|more|other|recent)\s+(?:news|headlines|releases|stories|articles)\b.{0,440}
  | [A-Z][\w&' ]{1,24}(?:\s[|›»•·]\s[A-Z][\w&' ]{1,24}){2,}
  | [-–—\s]*(?:(?:financial|unaudited|selected|summary)\s+)*tables?\s+(?:to\s+)?(?:follows?|attached)[-–—\s.]*
  | (?:back\s+to\s+top|print(?:\s+this)?(?:\s+page)?|share(?:\s+this)?|download\s+(?:pdf|now)?|email\s+alerts?|rss)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""A whole paragraph or line that belongs to the sheet, not to the release."""

_SOURCE = re.compile(
    r"^[ \t]*(?:SOURCE\b:?|Source:|News\s+provided\s+by:?)\s+(?P<names>[A-Z0-9][^\n]{1,160}?)[ \t]*$", re.MULTILINE
)


def source_names(text: str) -> tuple[str, ...]:
    r"""Whom the newswire's line at the end of a release names as its source; where it lists several, the line first.

    >>> source_names("It is so.\n\nSOURCE Oakline, Inc.; Tarn Bio")
    ('Oakline, Inc.; Tarn Bio', 'Oakline, Inc.', 'Tarn Bio')
    """
    found = list(_SOURCE.finditer(text))
    if not found:
        return ()
    line = re.sub(r"\s*\([^()]*\)$", "", found[-1]["names"])
    return tuple(dict.fromkeys((line, *re.split(r"\s*;\s*|\s+and\s+", line))))


PHONE = re.compile(
    r"(?:\+\d{1,3}[\s.()-]*(?:\d[\s.()/-]*){6,12}\d|\(?\b\d{3}\)?[\s./-]{1,2}\d{3}[\s.-]{1,2}\d{4}\b|\b(?:tel|phone|"
    r"fax|telephone|mobile)\s*[:.#]\s*[+(\d])",
    re.IGNORECASE,
)
EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b|\[email[^\]]{0,12}protected\]")
CONTACT_LABEL = re.compile(
    r"""[\W_]*(?:
        (?:(?:for|the|company|media|press|investors?|relations|corporate|public|communications|business|trade|
        financial|ir|pr|general|
            analysts?|news|international|global|medical|us|u\.s\.|europe(?:an)?|additional|further|more|other|and|
            or)[\s,/&]+)*
        (?:contacts?(?:\s+(?:information|details|persons?|us|for\s.{0,40}))?|inquiries|enquiries)
      | (?:for\s+)?(?:more|further|additional)\s+information,?\s*(?:(?:please\s+)?contact|call)?
      | (?:please\s+)?(?:refer\s+to|direct\s+inquiries\s+to)
      | (?:investors?|media|press)(?:\s+relations)?(?:\s*(?:/|and|&)\s*(?:investors?|media|press)(?:\s+relations)?)?
    )(?:[\s:.–—*_-]|\(s\))*""",
    re.VERBOSE | re.IGNORECASE,
)
"""A line that opens a block of contacts."""

ABOUT = re.compile(r"(?:[-–—*•\s]*)about\s+(?P<subject>\S.{0,140}?)\s*[:.]?\s*", re.IGNORECASE | re.DOTALL)
"""A whole 'About X' heading."""

_SAFE_CUES = tuple(
    (stems, re.compile(cue, re.IGNORECASE | re.DOTALL))
    for stems, cue in (
        (("forward",), r"forward[\s-]+looking"),
        (("litigation",), r"private\s+securities\s+litigation\s+reform\s+act"),
        (("harbo",), r"safe[\s-]+harbou?r"),
        (
            ("materially",),
            (
                r"(?:actual|future)\s+(?:results|events|outcomes).{0,60}(?:differ|vary)\s+materially"
                r"|(?:differ|vary)\s+materially\s+from"
            ),
        ),
        (("reliance",), r"undue\s+reliance"),
        (
            ("obligation", "duty", "intent", "update"),
            (
                r"(?:undertakes?|assumes?|accepts?|has|under)\s+no\s+(?:obligation|duty)"
                r"|(?:disclaims?|do(?:es)?\s+not\s+(?:undertake|assume|intend))\b.{0,40}(?:obligation|duty|intent|update)"
            ),
        ),
        (("risk",), r"risks?\s+and\s+uncertaint|uncertainties\s+and\s+risks?|risk\s+factors"),
        (("exchange", "10-k", "10-q"), r"securities\s+and\s+exchange\s+commission|(?:form|on)\s+10-[kq]\b"),
        (("27a", "21e"), r"section\s+(?:27a|21e)\s+of\s+the\s+securities"),
    )
)
_STRONG_CUES = 6
"""The cues before this one are strong: they stand in nothing else."""
_SAFE_HEADING = re.compile(
    r"""[\W_]*(?:
        (?:(?:cautionary|important|special|disclosure|legal|further)\s+)*(?:note|notice|statements?|language|
        information|remarks?|comments?|factors)?\s*
        (?:regarding|concerning|on|about|relating\s+to|with\s+respect\s+to|as\s+to|for)?\s*(?:the\s+use\s+of\s+)?
        [\w.,&'’\s]{0,60}\bforward[\s-]+looking\s+(?:statements?|information)[\w.,&'’“”"()\s/:;-]{0,120}
      | safe[\s-]*harbou?r\b.{0,140}
      | [“"]?safe\s+harbou?r[”"]?\s+statement.{0,140}
      | cautionary\s+(?:note|statements?|language).{0,120}
      | disclaimers?
      | risk\s+factors
      | no\s+duty\s+to\s+update
      | important\s+(?:additional\s+)?information(?:\s+(?:about|for|and|regarding).{0,100})?
      | (?:additional|further)\s+information\s+(?:about|and\s+where).{0,100}
      | participants\s+in\s+the\s+solicitation
      | no\s+offer\s+or\s+solicitation
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


_CLAUSE = re.compile(
    r"\b(?:contains?|includes?|including|are|is|may|constitutes?|these|we|which|should|based)\b", re.IGNORECASE
)


def is_safe_heading(printed: str) -> bool:
    """Whether a short text is the heading of a safe-harbour or notice section, and no sentence of it.

    >>> is_safe_heading("Cautionary Note Regarding Forward-Looking Statements")
    True
    """
    return len(printed) <= 250 and _SAFE_HEADING.fullmatch(printed) is not None and not _CLAUSE.search(printed)


def safe_cues(text: str, start: int, end: int) -> tuple[int, int]:
    """How many different cues of a safe-harbour statement stand in a paragraph, and where the first strong one is.

    A paragraph that names the SEC or 'risks and uncertainties' only is none: the second value is then -1.

    >>> safe_cues("Results may vary materially from plans; place no undue reliance.", 0, 65)
    (2, 12)
    """
    lowered = text[start:end].lower().replace("i̇", "i")  # 'İ' grows when lowered
    count, first = 0, -1
    for number, (stems, cue) in enumerate(_SAFE_CUES):
        at = _first_cue(lowered, stems, cue)
        if at < 0:
            continue
        count += 1
        if number < _STRONG_CUES and (first < 0 or start + at < first):
            first = start + at
    return count, first


def _first_cue(lowered: str, stems: tuple[str, ...], cue: re.Pattern[str]) -> int:
    """Where a cue first stands near one of its stems, -1 where it does not; finding a stem is far cheaper."""
    found = -1
    for stem in stems:
        at = lowered.find(stem)
        while at >= 0 and (found < 0 or at < found):
            match = cue.search(lowered, max(0, at - _NEAR), at + _NEAR)
            if match is not None:
                found = match.start() if found < 0 else min(found, match.start())
                break
            at = lowered.find(stem, at + _NEAR)
    return found


_NEAR = 110


def has_contact(printed: str) -> bool:
    """Whether a telephone number or a mail address stands in a text.

    >>> has_contact("Tel: (617) 995-2500"), has_contact("In 2001, it had 140 affiliates.")
    (True, False)
    """
    if "@" in printed and EMAIL.search(printed):
        return True
    if "[email" in printed:
        return True
    return _DIGITS.search(printed) is not None and PHONE.search(printed) is not None


_DIGITS = re.compile(r"\d[\d) ./-]\d")
