"""Companies by who works for them or is advised, by lists with a lead-in, and by where a release begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oncopact.model import Document, Kind, Mention, SectionKind
from oncopact.recognizers.company_neighbours import CAPITALISED, is_name
from oncopact.recognizers.company_walk import walk
from oncopact.recognizers.page import Page
from oncopact.recognizers.spots import spotter

_NAME = rf"(?P<name>{CAPITALISED}(?:[ \n](?:&[ \n])?{CAPITALISED}){{0,3}})"

# ---------------------------------------------------------------- who advises

_ADVISES = spotter(
    [
        f" {also}{verb}"
        for also in ("", "also ")
        for verb in (
            "is acting as",
            "are acting as",
            "has acted as",
            "acted as",
            "is serving as",
            "served as",
            "is advising as",
        )
    ]
)
_ADVISER = re.compile(
    r"\s(?:also\s)?(?:is|are|(?:has\s)?acted|served)\s(?:acting\s|serving\s|advising\s)?as\s(?:to\s)?"
    r"(?:an?\s|the\s|its\s|their\s)?"
    r"(?:(?:exclusive|sole|lead|joint|co-?lead|independent|principal)[\s,-]+){0,2}"
    r"(?:co-?managers?|managers?|bookrunn|financial|legal|patent|tax|capital|placement|book-?running|underwrit|dealer|"
    r"information|transaction)",
    re.IGNORECASE,
)


def advisers(page: Page) -> Iterator[Mention]:
    """'For Borgwell, X is acting as financial advisor': banks and law firms that advise on a deal."""
    text = page.text
    for at, _ in _ADVISES(page.lower, 0, len(page.lower)):
        if not text[at - 1 : at].isalnum() or _ADVISER.match(text, at) is None:
            continue
        begin = walk(page, at)
        if begin is not None and is_name(page, begin, at) and len(text[begin:at].split()) <= 4:
            yield page.mention(Kind.COMPANY, begin, at, "company.adviser")


# ---------------------------------------------------------------- who works there

_OFFICER_SPOTS = spotter(
    (
        "ceo|cfo|coo|cmo|cso|cto|chief|officer|president|chairman|chairwoman|founder|partner at|executive|counsel at|"
        "analyst at|consultant at|banker at|career at|tenure at|years at|time at|positions at|roles at|position at|"
        "role at|worked at|employed at|employed by|experience at|joins|joined|joining|capacities at"
    ).split("|")
)
_OFFICER = re.compile(
    rf"""(?:
      (?:CEO|CFO|COO|CMO|CSO|CTO|[Oo]fficer|[Ff]ounder|[Cc]hair(?:man|woman))s?
        (?:\s(?:and|&|/)\s(?:CEO|[Pp]resident|[Cc]hair\w*|[Ff]ounder|[Dd]irector|
          [Cc]hief\s[Ee]xecutive(?:\s[Oo]fficer)?))?
        \s(?:of|at|for)\s
    | [Cc]hief\s[Ee]xecutive\s(?:of|at)\s
    | (?:[Pp]resident|[Ee]xecutive|[Pp]artner|[Cc]ounsel|[Aa]nalyst|[Cc]onsultant|[Bb]anker|career|
        tenure|years|time|positions?|roles?|worked|employed|experience|capacities)\s(?:at|by)\s
    | (?:joins|joined|joining)\s(?=[^.;]{{0,60}}\s(?:as|from|in)\s)
    )(?:the\s)?(?=\S){_NAME}""",
    re.VERBOSE,
)
_DEPARTMENT = re.compile(
    r"\b(?:Sales|Operations|Marketing|Development|Affairs|Regulatory|Finance|Resources|Relations|Communications|"
    r"Strategy|Discovery|Manufacturing|Commercial|Business|Legal|Technology|Investments?|Division|Unit|Department|"
    r"Region|Physician|Commerce|E-Commerce|America|Europe|Asia|Clinical|Medical|Science|Executive|Officer|President|Board|Chairman|Director)\b"
)
_PART_OF = re.compile(r"\s(?:of\s|(?:business|division|unit|franchise|team|department|practice|segment)\b)")
_COUNTRY = re.compile(r"U\.?S\b|U\.K\b|.*-based\Z|Harvard|Yale|Stanford|Oxford|Princeton|Cornell|MIT\b|UC\w*\b")


def officers(page: Page) -> Iterator[Mention]:
    """'CEO of X', '17 years at X', 'joins X as': where people work or have worked."""
    text = page.text
    done = 0
    for at, _ in _OFFICER_SPOTS(page.lower, 0, len(page.lower)):
        match = _OFFICER.match(text, at, page.bounds(at)[1]) if at >= done else None
        if match is None:
            continue
        start, end = _trimmed(text, *match.span("name"))
        done = match.start("name")
        name = text[start:end]
        if end == len(text) or _PART_OF.match(text, end) or _DEPARTMENT.search(name) or _COUNTRY.match(name):
            continue
        if not is_name(page, start, end):
            continue
        yield page.mention(Kind.COMPANY, start, end, "company.officer")


_OWNING = re.compile(r"['’]s?(?=\s)")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The name up to a possessive, without a full stop at its end."""
    owning = _OWNING.search(text, start, end + 1)
    end = owning.start() if owning else end
    while end > start and text[end - 1] in ".,":
        end -= 1
    return start, end


# ---------------------------------------------------------------- lists with a lead-in

_SUCH_SPOTS = spotter([" such as ", " including ", ", including ", " like "])
_SUCH_BEFORE = re.compile(
    r"\b(?:clients|customers|partners|companies|firms|brands|competitors|investors|manufacturers|suppliers|retailers|"
    r"distributors|vendors|banks|licensees|collaborators|leaders|publishers)[^.;:()]{0,30}\Z"
)
_SUCH = re.compile(rf",?\s(?:such\sas|including|like)\s(?:the\s)?(?=\S){_NAME}")


def exemplified(page: Page) -> Iterator[Mention]:
    """'clients such as X', 'companies including X': the list's other names follow from it."""
    text = page.text
    for at, _ in _SUCH_SPOTS(page.lower, 0, len(page.lower)):
        low, high = page.bounds(at)
        match = _SUCH.match(text, at, high)
        if match is None or _SUCH_BEFORE.search(text, max(low, at - 60), at) is None:
            continue
        start, end = _trimmed(text, *match.span("name"))
        if is_name(page, start, end) and not text[end : end + 2].startswith(("'", "’")):
            yield page.mention(Kind.COMPANY, start, end, "company.such-as")


_NUMBERED = re.compile(
    rf"\((?:\d|[a-h]|i{{1,3}}|iv|v)\)\s(?=\S){_NAME}(?=,\s(?:an?\s|the\s)?(?:[\w-]+\s){{0,2}}"
    r"(?:licen[sc]es?|options?|collaborations?|agreements?|supply|rights|sublicen[sc]e|alliance)\b)"
)
_UNDER = re.compile(
    rf"\bfrom\s(?=\S){_NAME}(?=\sunder\s(?:an?|its|the)\s(?:[\w-]+\s){{0,2}}(?:licen[sc]e|agreement|option|contract)\b)"
)
_NUMBER_SPOTS = spotter([f"({n}) " for n in "123456789abcdefgh"] + ["(i) ", "(ii) ", "(iii) ", "(iv) ", "(v) "])
_FROM_SPOTS = spotter([" under a ", " under an ", " under its ", " under the "])


def enumerated(page: Page) -> Iterator[Mention]:
    """'(3) X, licence to …' in a list of deals; 'from X under a licence'."""
    text = page.text
    found = [_NUMBERED.match(text, at) for at, _ in _NUMBER_SPOTS(page.lower, 0, len(page.lower))]
    for at, to in _FROM_SPOTS(page.lower, 0, len(page.lower)):
        found.append(_UNDER.search(text, max(page.bounds(at)[0], at - 60), min(to + 60, len(text))))
    for match in found:
        if match is not None and is_name(page, *match.span("name")):
            yield page.mention(Kind.COMPANY, *match.span("name"), "company.such-as")


# ---------------------------------------------------------------- the release's first words

_DATELINE = re.compile(
    rf"(?:/|\)|\d{{4}}|[A-Z]\.)\s{{0,3}}(?:--|–|—|-)\s{{0,3}}(?=\S){_NAME}"
    r"(?=,?\s(?:\(|an?\s|the\s|today|announce|is\s|has\s|will\s|and\s|which|said|reported))"
)
_HEAD = 3000
_SHORTENED = re.compile(r"\s?\([\"“]?[A-Z][\w&]{1,12}[\"”]?\)")
"""'Borgwell Gas & Electric (BG&E)'."""


def first(page: Page, document: Document) -> Iterator[Mention]:
    """'VIENNA, May 3 -- X, the maker of lenses, today announced': the name after the dateline, if named again."""
    text = page.text
    headline = next((s.span for s in document.sections if s.kind is SectionKind.HEADLINE), None)
    for match in _DATELINE.finditer(text, 0, _HEAD):
        start, end = _trimmed(text, *match.span("name"))
        name = text[start:end]
        known = (
            text.count(name) > 2
            or _SHORTENED.match(text, end)
            or (headline is not None and name.lower() in headline.of(text).lower())
        )
        if known and is_name(page, start, end):
            yield page.mention(Kind.COMPANY, start, end, "company.dateline")
