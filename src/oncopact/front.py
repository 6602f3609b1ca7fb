"""What stands above a release's body: letterhead, contacts, headline, subheads, dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oncopact import datelines, layout
from oncopact.datelines import Dateline
from oncopact.model import PartialDate, Release, SectionKind, Span
from oncopact.paragraphs import Paragraph, Part, trim
from oncopact.text import folded

_FRONT = 40
"""So many paragraphs may stand above the dateline."""
_VERB = re.compile(
    r"\b(?:announc|report|achiev|acqui|ink(?:s|ed)?\b|licen[sc]|agree|collaborat|receiv|grant|complet|initiat|enter|sign|appoint|present|join|"
    r"expand|extend|launch|select|award|advanc|publish|regain|terminat|amend|exercis|form|establish|partner|start|begin|dos(?:es|ed|ing)|"
    r"approv|clear|submit|file|provid|highlight|demonstrat|show|to\s+\w+|secur|name|elect|host|rais|clos|issu|increas|declar|sell|sold|buy|bought|open|regain|licens|give|return|"
    r"updat|unveil|introduc|release|confirm|adopt|results?|milestone|agreement|alliance|merger)",
    re.IGNORECASE,
)
_LEGAL_END = re.compile(
    r"\b(?:Inc|Ltd|Corp|Corporation|LLC|plc|AG|GmbH|N\.?V|S\.?A|Company|Limited|Incorporated)\.?$", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\b\d{5}(?:-\d{4})?\b|\b\d+\s+\w+(?:\s\w+)?\s+(?:street|st|avenue|ave|road|rd|drive|blvd|parkway|way|suite)\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"(?:\b(?:an?|the|to|of|and|for|with|in|on|by|its|from|as|or|at|into)|[,&-])$", re.IGNORECASE)
_CONTINUES = re.compile(
    r"(?:AND|and|OF|of|TO|to|FOR|for|WITH|with|IN|in|UNDER|[Uu]nder|BY|by|FROM|[Ff]rom|ON|on|AT|at|AS|as|[Ww]ith|[Ff]or|"
    r"THAT|that|&)\s"
)
_DATE_LINE = re.compile(r"(?:(?:news\s+)?(?:date|published|released?|issued)\s*(?:on|:)?\s*)?", re.IGNORECASE)
_SOURCE_AFTER = re.compile(r"\|\s*source\s*:.*", re.IGNORECASE)
_RELEASED = re.compile(r"(?:for\s+)?(?:immediate\s+)?release", re.IGNORECASE)
_TOP = 6
_PROSE = 140
_SHORT_PROSE = 8
_INNER_STOP = re.compile(r"[a-z]{3}[.!?] [A-Z]")
_ALONE = 40
"""The first paragraph of all is the body, not a headline, only if it has more words."""
_LETTERHEAD_WORDS = 3
_RUNNING_WORDS = 150
"""More words than a subhead or its list of highlights has."""


@dataclass(frozen=True, slots=True)
class Front:
    """The parts above the body, and what they say of the release.

    Attributes:
        parts: In order, ending with the dateline where there is one.
        body: Where the body begins.
        title: The headline.
        dateline: Where and when it was issued.
        issued: The date that the front states, and where.
    """

    parts: tuple[Part, ...]
    body: int
    title: Span | None
    dateline: Dateline | None
    issued: PartialDate | None
    issued_span: Span | None


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of one paragraph that belong together, with what they look like."""

    paragraph: Paragraph
    kind: SectionKind | None = None
    date: bool = False


def read_front(release: Release, paragraphs: Sequence[Paragraph]) -> Front:
    """What stands above the body of a release.

    Args:
        release: The release.
        paragraphs: All its paragraphs.
    """
    text = release.text
    if not paragraphs:
        return Front((), 0, None, None, None, None)
    found = _dateline(release, paragraphs)
    body = found.span.start if found else _below_date(text, paragraphs, _first_prose(text, paragraphs))
    runs = _runs(text, [part for part in paragraphs if part.span.start < body], body)
    runs = _with_contacts(runs)
    chosen = _headline(runs, release.source.title)
    parts = _parts(runs, chosen)
    title = next((part.span for part in parts if part.kind is SectionKind.HEADLINE), None)
    if found:
        parts.append(Part(SectionKind.DATELINE, trim(text, found.span.start, found.span.end), opens=True))
    issued, printed = _issued(text, runs, found)
    if issued is None:
        issued, printed = _said_on(text, paragraphs, body, release.source.published_on)
    return Front(tuple(parts), found.span.end if found else body, title, found, issued, printed)


# ---------------------------------------------------------------- dateline and date


def _dateline(release: Release, paragraphs: Sequence[Paragraph]) -> Dateline | None:
    year = _stated_year(release)
    for weak in (False, True):
        for number, paragraph in enumerate(paragraphs[:_FRONT]):
            lines = paragraph.lines[:8]
            for index, line in enumerate(lines):
                if weak and index == 0 and number == 0:
                    continue
                if "\t" in release.text[line.start : line.end]:
                    continue
                found = datelines.find_dateline(release.text, line.start, paragraph.span.end, year=year, weak=weak)
                if found is not None and _precedes_body(
                    release.text, found, paragraph, paragraphs[number + 1 : number + 2]
                ):
                    later = _lower(release, found, lines[index + 1 :], paragraph, year) if not weak else None
                    return _dated(release, later or found)
        for paragraph in paragraphs[:3]:
            late = datelines.find_late_dateline(release.text, paragraph.span.start, paragraph.span.end, year=year)
            if late is not None:
                return _dated(release, late)
    return None


def _lower(
    release: Release, found: Dateline, lines: Sequence[Span], paragraph: Paragraph, year: int | None
) -> Dateline | None:
    """The same dateline begun at a lower line, where the end of a headline was taken for its place."""
    for line in lines:
        before = release.text[found.span.start : line.start].rstrip()
        if line.start >= found.span.end or before.endswith((",", "&", "-", " and", " AND")):
            return None
        lower = datelines.find_dateline(release.text, line.start, paragraph.span.end, year=year)
        if (
            lower is not None
            and lower.span.end == found.span.end
            and lower.span.start < (lower.date or lower.span).start
        ):
            return lower
    return None


def _precedes_body(text: str, found: Dateline, paragraph: Paragraph, following: Sequence[Paragraph]) -> bool:
    """Whether prose follows the dateline, in its paragraph or, after a dash, in the next."""
    rest = trim(text, found.span.end, paragraph.span.end)
    if rest.end - rest.start >= 40:
        return True
    closed = text[found.span.start : found.span.end].rstrip()[-1:] in "-–—:/)…."
    return rest.start == rest.end and closed and bool(following) and len(following[0].text) >= 60


def _stated_year(release: Release) -> int | None:
    stated = release.source.published_on or release.source.filed_on
    return int(stated[:4]) if stated else None


def _dated(release: Release, found: Dateline) -> Dateline:
    """A dateline of late December in a submission of January belongs to the year before."""
    filed = release.source.published_on or release.source.filed_on
    if found.issued is None or filed is None or found.date is None or found.issued.value <= filed[:8] + "99":
        return found
    if re.search(r"(?:19|20)\d\d", found.date.of(release.text)):
        return found
    earlier = datelines.day(int(filed[:4]) - 1, int(found.issued.value[5:7]), int(found.issued.value[8:]))
    return Dateline(found.span, found.date, earlier, found.wire) if found.issued.value[:7] > filed[:7] else found


def _issued(text: str, runs: Sequence[_Run], found: Dateline | None) -> tuple[PartialDate | None, Span | None]:
    if found and found.issued:
        return found.issued, found.date
    if found and found.date and (said := datelines.date_with_year(text, found.date)) is not None:
        return said, found.date
    for run in runs:
        if run.date and (match := datelines.DATE.search(text, run.paragraph.span.start, run.paragraph.span.end)):
            stated = datelines.date_of(match)
            if stated:
                return stated, Span(match.start(), match.end())
    return None, None


def _said_on(
    text: str, paragraphs: Sequence[Paragraph], body: int, stated: str | None
) -> tuple[PartialDate | None, Span | None]:
    """The date in the first words of a body, where neither dateline nor container states one."""
    if stated is None:
        for paragraph in paragraphs[:4]:
            if paragraph.span.end > body:
                found = datelines.find_said_on(
                    text, max(body, paragraph.span.start), min(paragraph.span.end, body + 500)
                )
                return found or (None, None)
    return None, None


def _first_prose(text: str, paragraphs: Sequence[Paragraph]) -> int:
    """Where the body begins when no dateline says so: at the first long paragraph after a headline."""
    for number, paragraph in enumerate(paragraphs):
        prose = len(paragraph.text) >= _PROSE and not paragraph.is_table(text) and paragraph.text[-1] in ".:!?”\"'’)"
        if prose and (number or paragraph.words > _ALONE or _INNER_STOP.search(paragraph.text)):
            return paragraph.span.start
    for paragraph in paragraphs[1:] or paragraphs:
        if paragraph.words >= _SHORT_PROSE and paragraph.text[-1] in ".!?":
            return paragraph.span.start
    return paragraphs[1].span.start if len(paragraphs) > 1 else paragraphs[0].span.end


def _below_date(text: str, paragraphs: Sequence[Paragraph], body: int) -> int:
    """Where the body begins in a paragraph that goes on from its headline: below a line of place and date."""
    paragraph = next((item for item in paragraphs if item.span.start == body), None)
    lines = paragraph.lines if paragraph else ()
    dated = [index for index, line in enumerate(lines[:_TOP]) if _is_date(folded(line.of(text)))]
    return lines[dated[-1] + 1].start if dated and dated[-1] + 1 < len(lines) else body


# ---------------------------------------------------------------- runs of lines


def _runs(text: str, paragraphs: Sequence[Paragraph], body: int) -> list[_Run]:
    """The paragraphs above the body, lines of furniture and dates split off."""
    runs: list[_Run] = []
    for paragraph in paragraphs:
        pending: list[Span] = []
        lines = [trim(text, line.start, min(line.end, body)) for line in paragraph.lines if line.start < body]
        whole = Paragraph.of(text, paragraph.span.start, lines[-1].end) if lines else paragraph
        if _is_furniture(whole.text) and not layout.has_contact(whole.text):
            runs.append(_Run(whole, SectionKind.FURNITURE, date=_RELEASED.match(whole.text) is not None))
            continue
        for line in lines:
            printed = folded(line.of(text))
            furniture, date = _is_furniture(printed), _is_date(printed)
            if furniture or date:
                runs.extend(_pending(text, pending))
                pending = []
                dated = date or _RELEASED.match(printed) is not None
                runs.append(_Run(Paragraph.of(text, line.start, line.end), SectionKind.FURNITURE, date=dated))
            else:
                pending.append(line)
        runs.extend(_pending(text, pending))
    return runs


def _pending(text: str, lines: list[Span]) -> Iterator[_Run]:
    """Ordinary lines as one run; a label of contacts opens one of its own."""
    first = 0
    for index, line in enumerate(lines):
        printed = folded(line.of(text))
        labelled = len(printed) <= 80 and _opens_contacts(printed)
        if index and (labelled or _ends_contacts(text, lines, index)):
            yield _run_of(text, lines[first], lines[index - 1])
            first = index
    if lines:
        yield _run_of(text, lines[first], lines[-1])


def _run_of(text: str, first: Span, last: Span) -> _Run:
    run = Paragraph.of(text, first.start, last.end)
    return _Run(run, _front_kind(run))


def _ends_contacts(text: str, lines: list[Span], index: int) -> bool:
    """Whether a headline in capitals stands right below a telephone number."""
    before, here = lines[index - 1].of(text), lines[index].of(text)
    return here.isupper() and here.count(" ") >= 2 and not before.isupper() and layout.has_contact(before)


def _is_furniture(printed: str) -> bool:
    return len(printed) <= 450 and layout.FURNITURE.fullmatch(printed) is not None


def _is_date(printed: str) -> bool:
    """Whether a line is a date and no more, or with its place or hour."""
    if len(printed) > 110:
        return False
    match = datelines.DATE.search(printed)
    if match is None:
        return False
    before, after = printed[: match.start()], printed[match.end() :]
    bare = datelines.is_place(before) or _DATE_LINE.fullmatch(before) is not None
    dated = datelines.date_of(match) is not None or datelines.HOUR.fullmatch(before or "?") is not None
    return bare and dated and datelines.HOUR.fullmatch(_SOURCE_AFTER.sub("", after)) is not None


def _opens_contacts(printed: str) -> bool:
    label = printed.split(":", 1)[0] if ":" in printed[:50] else printed
    return len(label) <= 80 and layout.CONTACT_LABEL.fullmatch(label) is not None


def _front_kind(paragraph: Paragraph) -> SectionKind | None:
    text = paragraph.text
    if layout.has_contact(text) or _opens_contacts(text):
        return SectionKind.CONTACTS
    return None


def _with_contacts(runs: list[_Run]) -> list[_Run]:
    """Names and offices between or beside contacts are contacts too."""
    result = list(runs)
    for index, run in enumerate(result):
        if run.kind is not None or index == 0 or result[index - 1].kind is not SectionKind.CONTACTS:
            continue
        before = result[index - 1].paragraph
        after = result[index + 1].kind if index + 1 < len(result) else None
        label_only = before.words <= 8 and _opens_contacts(before.text) and not layout.has_contact(before.text)
        short = max(line.end - line.start for line in run.paragraph.lines) < 50
        if (label_only and (short or len(run.paragraph.lines) > 2)) or (short and after is SectionKind.CONTACTS):
            result[index] = _Run(run.paragraph, SectionKind.CONTACTS)
    return result


# ---------------------------------------------------------------- headline


def _headline(runs: Sequence[_Run], stated: str | None) -> int | None:
    """Which run is the headline."""
    best, chosen = -99, None
    wanted = folded(stated).casefold() if stated else ""
    for index, run in enumerate(runs):
        if run.kind is not None:
            continue
        printed = run.paragraph.text.casefold()
        if wanted and _is_titled(printed, wanted):
            return index
        earlier = sum(other.kind is None for other in runs[:index])
        score = _headline_score(run.paragraph, _after_release_mark(runs, index)) - min(earlier, 3)
        if score > best:
            best, chosen = score, index
    alone = sum(run.kind is None for run in runs) == 1
    return chosen if best > (-4 if alone else -2) else None


def _is_titled(printed: str, wanted: str) -> bool:
    """Whether a run is the title that the container states, the site's name after it left out."""
    bare = printed.rstrip(".… ")
    if printed == wanted or (len(bare) >= 20 and wanted.startswith(bare)):
        return True
    return wanted.startswith(bare) and re.match(r"\s*[-|–—:»]", wanted[len(bare) :]) is not None


def _after_release_mark(runs: Sequence[_Run], index: int) -> bool:
    return any(run.kind is not None for run in runs[:index])


def _headline_score(paragraph: Paragraph, after_mark: bool) -> int:
    text = paragraph.text
    score = 2 if paragraph.words > _LETTERHEAD_WORDS else -2
    score += 2 if _VERB.search(text) else 0
    score += 1 if after_mark else 0
    score -= 3 if _ADDRESS.search(text) else 0
    score -= 2 if paragraph.words <= 6 and _LEGAL_END.search(text) else 0
    score -= 2 if text[0] in "-–—*•(/" or len(text) > 220 else 0
    score -= 2 if text.endswith(".") and not _LEGAL_END.search(text) else 0
    return score


def _parts(runs: Sequence[_Run], chosen: int | None) -> list[Part]:
    parts: list[Part] = []
    title = ""
    for index, run in enumerate(runs):
        span, kind = run.paragraph.span, run.kind
        if kind is None and chosen is not None:
            if index == chosen:
                kind, title = SectionKind.HEADLINE, run.paragraph.text
                if parts and parts[-1].kind is SectionKind.HEADLINE:
                    span = Span(parts.pop().span.start, span.end)
            elif index == chosen - 1 and _CONTINUES.match(runs[chosen].paragraph.text):
                kind = SectionKind.HEADLINE
            elif index < chosen or run.paragraph.text.casefold() == title.casefold():
                kind = SectionKind.FURNITURE
            elif index == chosen + 1 and (
                _OPEN_END.search(title) or run.paragraph.text[0].islower() or _CONTINUES.match(run.paragraph.text)
            ):
                headline = parts.pop()
                span, kind = Span(headline.span.start, span.end), SectionKind.HEADLINE
            else:
                # a release without a blank line in it runs on from its headline
                kind = SectionKind.BODY if run.paragraph.words > _RUNNING_WORDS else SectionKind.SUBHEAD
        parts.append(
            Part(kind or SectionKind.FURNITURE, span, opens=kind in (SectionKind.HEADLINE, SectionKind.SUBHEAD))
        )
    return parts
